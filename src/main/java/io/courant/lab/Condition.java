package io.courant.lab;

import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** When a rule applies. One that counts counts for itself, so every rule has its own. */
interface Condition {
    /**
     * Whether it holds this time.
     *
     * @param recipient empty where none is known
     */
    boolean holds(String recipient, Random random);

    static Condition first(int most) {
        AtomicInteger left = new AtomicInteger(most);
        return (recipient, random) -> left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    static Condition every(int nth) {
        AtomicLong count = new AtomicLong();
        return (recipient, random) -> count.incrementAndGet() % nth == 0;
    }

    static Condition share(double percent) {
        return (recipient, random) -> random.nextDouble() * 100 < percent;
    }

    /** For an address, or for all of a domain. */
    static Condition recipient(String addressOrDomain) {
        String wanted = addressOrDomain.toLowerCase(Locale.ROOT);
        return (recipient, random) -> {
            String found = recipient.toLowerCase(Locale.ROOT);
            return wanted.contains("@") ? found.equals(wanted) : found.endsWith("@" + wanted);
        };
    }
}
