package io.courant.dns;

import io.courant.delivery.DkimKey;
import io.courant.delivery.Relay;
import java.util.List;

/**
 * What a newsletter's mail says of where it comes from.
 *
 * @param domain of From, and of the envelope sender to whom bounces go
 * @param reports mailbox that reports on the domain may go to
 * @param relays by which the mail leaves
 * @param home host of the unsubscribe pages
 */
public record Sender(String domain, String reports, List<DkimKey> keys, List<Relay> relays, String home) {
    public Sender {
        keys = List.copyOf(keys);
        relays = List.copyOf(relays);
    }
}
