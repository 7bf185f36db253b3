package io.courant.consent;

import java.time.Duration;

/**
 * How many requests are taken in within a time; those beyond are answered like the others and forgotten at once.
 *
 * @param perBlock from one {@link Origin#block}
 * @param inAll from everywhere
 */
public record Limits(int perBlock, int inAll, Duration within) {
    /** More than a school or an office asks for, and less than is worth an attacker's while. */
    public static final Limits DEFAULT = new Limits(20, 1_000, Duration.ofHours(1));
}
