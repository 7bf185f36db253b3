/**
 * Says what happened to an issue, in numbers that add up: every candidate is accounted for by exactly one state.
 */
@NullMarked
package io.courant.report;

import org.jspecify.annotations.NullMarked;
