package io.courant.delivery;

import java.time.Duration;

/** How a newsletter's mail is sent when all does not go well. */
public record DeliveryPolicy(RetryPolicy retry, Doubt doubt, Refusals refusals, Groups groups) {
    public static final DeliveryPolicy DEFAULT = new DeliveryPolicy(
            RetryPolicy.DEFAULT,
            new Doubt(InDoubtPolicy.RESEND, Duration.ofMinutes(15), 2),
            new Refusals(100, 0.1),
            new Groups(400, 500, Duration.ofMillis(50)));

    /**
     * What happens to a delivery in doubt.
     *
     * @param after time before it is sent again, if it is
     * @param times how often it is sent again at most
     */
    public record Doubt(InDoubtPolicy policy, Duration after, int times) {
        public Doubt {
            if (after.isNegative() || times < 0) {
                throw new IllegalArgumentException(
                        "in-doubt needs a time and a number of 0 or more, not " + after + " and " + times);
            }
        }

        /** How often a delivery may be sent again by itself. */
        int resends() {
            return policy == InDoubtPolicy.RESEND ? times : 0;
        }
    }

    /**
     * When so many of the first answers are 5xx, something is wrong with the list or with us, and the run stops.
     *
     * @param first how many answers are looked at
     * @param share more than this part of them stops the run; 1 never does
     */
    public record Refusals(int first, double share) {
        public Refusals {
            if (first < 1 || !(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "refusals need a number of at least 1 and a share from 0 to 1, not " + first + " and " + share);
            }
        }

        boolean isTooMany(long rejected) {
            return rejected > share * first;
        }
    }

    /**
     * What is written down together.
     *
     * @param claims claimed and not yet settled at most; a crash leaves no more than these in doubt. A run begins with
     *     a few and comes near to this number only when the relay is fast
     * @param outcomes settled in one commit at most
     * @param every the longest time that an outcome waits for others
     */
    public record Groups(int claims, int outcomes, Duration every) {
        public Groups {
            if (claims < 1 || outcomes < 1 || every.isNegative()) {
                throw new IllegalArgumentException("groups need at least 1 claim and 1 outcome, and a time, not "
                        + claims + ", " + outcomes + " and " + every);
            }
        }
    }
}
