/**
 * Hands rendered messages to an SMTP relay and remembers, per subscriber, what the relay answered.
 * A message that the relay may have taken is not sent again blindly: it is IN_DOUBT until a policy or an editor
 * decides. Terms follow RFC 5321.
 *
 * <p>Reading order: {@link MessageTemplate} is compiled when an issue is frozen; {@link Courier} takes claims from the
 * ledger ({@link Deliveries}), fills the template with what {@link Personalizer} works out, and has it handed to the
 * {@link Relay}, one {@link Outcome} for each claim.
 *
 * <p>Where a job names a {@link DkimKey}, {@link DkimSigner} puts a signature before each message; usually the relay
 * does. It is made anew for each attempt and comes out the same, so the key has to stay until an issue is finished.
 *
 * <p>Four decisions bind this package. Transactions are our own instead of Jakarta Mail's {@code sendMessage}, which
 * cannot tell a break before the final dot from one after it; the price is that we read replies ourselves. A message of
 * up to 128 KB leaves in one write with its final dot, and a relay that offers PIPELINING hears MAIL, RCPT and DATA at
 * once; the price is that a connection that breaks in that write leaves the message in doubt, even if its dot never
 * left. Only the thread that runs the courier touches the ledger; the price is a queue between it and the senders. A
 * 5xx to MAIL, or one that blames the sender's set-up, stops the run and marks nobody, because it says nothing about
 * the recipient; the price is that one sender problem holds up a whole issue until it is mended.
 */
@NullMarked
package io.courant.delivery;

import org.jspecify.annotations.NullMarked;
