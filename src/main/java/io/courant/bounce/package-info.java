/**
 * Reads what comes back: delivery status notifications (RFC 3464), complaints (RFC 5965) and the free texts of mail
 * systems that know neither, and decides what follows for a subscriber. A mail is never deleted, a report that nobody
 * signed never suppresses anybody alone, and every event is kept with its evidence.
 */
@NullMarked
package io.courant.bounce;

import org.jspecify.annotations.NullMarked;
