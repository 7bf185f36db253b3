/**
 * Asks before it believes: whatever somebody wants for an address – to get a newsletter, to have it come elsewhere –
 * counts once who reads the mailbox has confirmed it, and the proof of that is kept. Taking a request in does the same
 * work whoever the address belongs to; what becomes of it is decided afterwards, off the request's path, so neither the
 * answer nor the time that it takes tells anything.
 *
 * <p>A mail of this package is sent once at most: that it was sent is written down before the final dot leaves
 * (RFC 5321 §4.1.1.4). After a crash in between, nobody gets it, and whoever misses it asks again a day later. The other
 * choice, a second copy, would break the promise that matters to those who asked for nothing: one mail in a day.
 */
@NullMarked
package io.courant.consent;

import org.jspecify.annotations.NullMarked;
