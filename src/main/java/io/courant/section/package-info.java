/**
 * Splits a post into its trend sections and assigns each section to a topic, with the reasons.
 * Everything here is a pure function of its input: no clock, no database, no network.
 */
@NullMarked
package io.courant.section;

import org.jspecify.annotations.NullMarked;
