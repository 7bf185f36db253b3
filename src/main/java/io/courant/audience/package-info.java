/**
 * Who gets mail and who must not: subscribers, segments, suppressions, and their import and export.
 * An address is checked once, when an {@link io.courant.audience.EmailAddress} is made.
 *
 * <p>An import commits by the thousand rows, not all at once, so that a file of a million neither fills the memory nor
 * blocks a running send. The price is that an import can stop between two groups; it then says at which line, and the
 * same file can be imported again.
 */
@NullMarked
package io.courant.audience;

import org.jspecify.annotations.NullMarked;
