package io.courant.delivery;

/** What came of one attempt to hand a message to the relay. */
public sealed interface Outcome {
    /** The state that follows from the outcome. */
    DeliveryState state();

    /** How far the transaction got. */
    Phase phase();

    /** The relay's reply, or why there is none. */
    String said();

    /** The relay answered 250 after the final dot. */
    record Accepted(Reply reply) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.ACCEPTED;
        }

        @Override
        public Phase phase() {
            return Phase.DOT;
        }

        @Override
        public String said() {
            return reply.toString();
        }
    }

    /** The relay answered 4xx: try again later. */
    record Deferred(Phase phase, Reply reply) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.DEFERRED;
        }

        @Override
        public String said() {
            return reply.toString();
        }
    }

    /** The relay answered 5xx: do not try again. */
    record Rejected(Phase phase, Reply reply) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.REJECTED;
        }

        @Override
        public String said() {
            return reply.toString();
        }
    }

    /** There was no attempt: the claim was handed back. Nothing is charged, and nothing is remembered of it. */
    record Untried() implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.READY;
        }

        @Override
        public Phase phase() {
            return Phase.CONNECT;
        }

        @Override
        public String said() {
            return "";
        }
    }

    /** The connection ended before the final dot: the relay cannot have taken the message. */
    record NotSent(Phase phase, String cause) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.READY;
        }

        @Override
        public String said() {
            return cause;
        }
    }

    /** The connection ended at the final dot: the relay may have taken the message. */
    record InDoubt(String cause) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.IN_DOUBT;
        }

        @Override
        public Phase phase() {
            return Phase.DOT;
        }

        @Override
        public String said() {
            return cause;
        }
    }
}
