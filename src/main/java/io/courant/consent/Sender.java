package io.courant.consent;

import io.courant.delivery.DkimKey;
import io.courant.delivery.Transport;
import io.courant.issue.Newsletter;
import java.util.List;

/**
 * Who writes, and how the mail leaves.
 *
 * @param keys that sign the mail; empty leaves that to the relay
 */
public record Sender(Newsletter newsletter, Transport transport, List<DkimKey> keys) {
    public Sender {
        keys = List.copyOf(keys);
    }
}
