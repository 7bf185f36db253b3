package io.courant.delivery;

/** What came of one attempt to hand a message to the relay. */
public sealed interface Outcome {
    /** The state that follows from the outcome. */
    DeliveryState state();

    /** The relay answered 250 after the final dot. */
    record Accepted(Reply reply) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.ACCEPTED;
        }
    }

    /** The relay answered 4xx: try again later. */
    record Deferred(Phase phase, Reply reply) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.DEFERRED;
        }
    }

    /** The relay answered 5xx: do not try again. */
    record Rejected(Phase phase, Reply reply) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.REJECTED;
        }
    }

    /** There was no attempt: the claim was handed back. Nothing is charged, and nothing is remembered of it. */
    record Untried() implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.READY;
        }
    }

    /** The connection ended before the final dot: the relay cannot have taken the message. */
    record NotSent(Phase phase, String cause) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.READY;
        }
    }

    /** The connection ended at the final dot: the relay may have taken the message. */
    record InDoubt(String cause) implements Outcome {
        @Override
        public DeliveryState state() {
            return DeliveryState.IN_DOUBT;
        }
    }
}
