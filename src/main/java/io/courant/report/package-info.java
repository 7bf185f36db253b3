/**
 * Says what happened to an issue, in numbers that add up: every candidate is accounted for by exactly one state. Says it to
 * programs, too: by the names that {@code --json} and the HTTP API share, and by messages to {@link
 * io.courant.report.Webhooks}.
 */
@NullMarked
package io.courant.report;

import org.jspecify.annotations.NullMarked;
