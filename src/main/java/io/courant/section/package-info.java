/**
 * Splits a post into its trend sections, assigns each section to topics with the reasons, and finds which topics take a
 * rising share of the posts. Splitting, assigning and trends are pure functions of their input: no clock, no database,
 * no network, and to the last bit the same on every machine.
 *
 * <p>What a section was assigned to is kept, not worked out anew each time: votes of earlier sections would otherwise
 * change with every new one, editors could not rely on what they saw, and trends over years would read years of text.
 * The price is that a section keeps what was known when it came, until the topics change or an editor says otherwise.
 */
@NullMarked
package io.courant.section;

import org.jspecify.annotations.NullMarked;
