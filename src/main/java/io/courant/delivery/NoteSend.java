package io.courant.delivery;

import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;

/** Sends notes by the relays of a newsletter. No ledger hears of them: whoever sends one remembers what came of it. */
public final class NoteSend {
    private final Relays relays;
    private final List<DkimKey> keys;

    /** @param keys that sign; empty leaves that to the relay */
    public NoteSend(Transport transport, List<DkimKey> keys) {
        this.relays = new Relays(transport, (SSLSocketFactory) SSLSocketFactory.getDefault());
        this.keys = List.copyOf(keys);
    }

    /**
     * Asks one relay after the other, until one may have taken the note.
     *
     * @param gate asked before a final dot may leave; if the answer is no, no relay can have taken the note. It is
     *     asked again when the next relay is tried
     * @throws RelayException when none can be used
     */
    public Outcome send(Note note, BooleanSupplier gate) {
        return relays.send(new Mail(note.envelope(), MessageTemplate.message(note, keys)), gate)
                .outcome();
    }
}
