package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.render.Hole;
import java.util.Map;

/**
 * What differs from one recipient to the next: the envelope and every value that fills a hole of a
 * {@link MessageTemplate}. No value contains a control character, so none can forge a header.
 *
 * @param messageId without angle brackets
 * @param unsubscribeUrl RFC 8058 one-click page
 * @param unsubscribeMailbox mail to it unsubscribes, too
 * @param values what readers see in the text
 */
public record Personal(
        Envelope envelope,
        String messageId,
        String unsubscribeUrl,
        EmailAddress unsubscribeMailbox,
        Map<Hole, String> values) {
    public Personal {
        values = Map.copyOf(values);
        HeaderText.refuseControls("Message-ID", messageId);
        HeaderText.refuseControls("List-Unsubscribe", unsubscribeUrl);
        for (Hole hole : Hole.values()) {
            String value = values.get(hole);
            if (value == null) {
                throw new IllegalArgumentException("no value for reader." + hole.field());
            }
            HeaderText.refuseControls("reader." + hole.field(), value);
        }
    }
}
