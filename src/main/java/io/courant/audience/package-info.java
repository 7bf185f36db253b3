/**
 * Who gets mail and who must not: subscribers, segments, suppressions, and their import and export.
 * An address is checked once, when an {@link io.courant.audience.EmailAddress} is made.
 *
 * <p>An import commits by the thousands of rows, not all at once, so that a file of a million neither fills the memory
 * nor blocks a running send. It reads the file first for what comes twice, since a mailbox has to be merged in one
 * piece. The price is a second reading, and that an import can stop between two groups; the same file can then be
 * imported again, and what is there already is passed over.
 */
@NullMarked
package io.courant.audience;

import org.jspecify.annotations.NullMarked;
