/**
 * Composes a newsletter's issue from what is new to it: a lead, sections by topic with quotas, the rest in brief.
 * What is new is decided by the state of items, never by the clock, so a missed run loses nothing and a second run
 * repeats nothing. Composing is a pure function: the same candidates give the same issue.
 *
 * <p>When there is not room for all topics, places are given topic by topic, not one to each in turn: readers get few
 * sections that say something instead of many of one item. The price is that the weakest topics of an issue stand in
 * brief or wait.
 */
@NullMarked
package io.courant.issue;

import org.jspecify.annotations.NullMarked;
