package io.courant.delivery;

import java.time.Duration;
import java.util.List;

/** How a newsletter's mail is sent when all does not go well. */
public record DeliveryPolicy(RetryPolicy retry, Doubt doubt, Refusals refusals, Groups groups, Outage outage) {
    public static final DeliveryPolicy DEFAULT = new DeliveryPolicy(
            RetryPolicy.DEFAULT,
            new Doubt(InDoubtPolicy.RESEND, Duration.ofMinutes(15), 2, false),
            new Refusals(100, 0.1),
            new Groups(400, 500, Duration.ofMillis(50)),
            new Outage(
                    List.of(
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(15)),
                    Duration.ofMinutes(2)));

    /**
     * What happens to a delivery in doubt.
     *
     * @param after time before it is sent again, if it is
     * @param times how often it is sent again at most
     * @param marksDots whether the ledger is told before each final dot leaves. Then a crash leaves only those in
     *     doubt that were at their dot; the price is a commit before it
     */
    public record Doubt(InDoubtPolicy policy, Duration after, int times, boolean marksDots) {
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

    /**
     * What happens while a relay cannot be used.
     *
     * @param rests how long it is left alone after the first failure, the second …; the last goes for all that follow
     * @param patience a run that has got through before waits for so long; then it ends, and another goes on
     */
    public record Outage(List<Duration> rests, Duration patience) {
        public Outage {
            rests = List.copyOf(rests);
            if (rests.isEmpty() || rests.stream().anyMatch(rest -> rest.isNegative() || rest.isZero())) {
                throw new IllegalArgumentException("rests need at least one time, each longer than 0, not " + rests);
            }
            if (patience.isNegative()) {
                throw new IllegalArgumentException("patience must be 0 or longer, not " + patience);
            }
        }
    }
}
