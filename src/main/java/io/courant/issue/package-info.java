/**
 * Composes a newsletter's issue from what is new to it: a lead, sections by topic with quotas, the rest in brief.
 * What is new is decided by the state of items, never by the clock, so a missed run loses nothing and a second run
 * repeats nothing. Composing is a pure function: the same candidates give the same issue.
 *
 * <p>When there is not room for all topics, places are given topic by topic, not one to each in turn: readers get few
 * sections that say something instead of many of one item. The price is that the weakest topics of an issue stand in
 * brief or wait.
 *
 * <p>Where sentences end is told by rules and word lists of our own ({@code language/*.properties}), because {@code
 * java.text.BreakIterator} knows no abbreviations, ends sentences within quotations, and differs between releases of
 * Java. The price is that we keep the lists; of a language without one, all rules hold, which only makes quotations
 * longer.
 */
@NullMarked
package io.courant.issue;

import org.jspecify.annotations.NullMarked;
