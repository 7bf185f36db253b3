package io.courant.consent;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.consent.Requests.Claim;
import io.courant.delivery.NoteSend;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.RelayException;
import io.courant.delivery.TokenSigner;
import io.courant.render.NoteRenderer;
import io.courant.render.TemplateError;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails about requests, and forgets old requests. May be called as often as one likes, by several processes at
 * once: no mail is sent twice. What cannot be sent now is tried again when it is called later.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration ONE_MAIL_IN = Duration.ofDays(1);
    /** Longer than a relay may take over one message; then whoever claimed it is taken to be dead. */
    private static final Duration CLAIMED_FOR = Duration.ofHours(1);

    private final Requests requests;
    private final Subscribers subscribers;
    private final Erasures erasures;
    private final Letters letters;
    private final Function<String, Sender> senders;
    private final Instance instance;
    private final InstantSource clock;
    private volatile boolean held;

    /** @param senders by the newsletter's name; it may fail for a newsletter whose job is not in order */
    public Outbox(
            Requests requests,
            Subscribers subscribers,
            Readers readers,
            Erasures erasures,
            NoteRenderer renderer,
            TokenSigner signer,
            Function<String, Sender> senders,
            Instance instance,
            InstantSource clock) {
        this.requests = requests;
        this.subscribers = subscribers;
        this.erasures = erasures;
        this.letters = new Letters(subscribers, readers, renderer, signer);
        this.senders = senders;
        this.instance = instance;
        this.clock = clock;
    }

    /**
     * Sends what is due for all newsletters, unless this may be a copy. Trouble with one holds up no other, and is logged.
     *
     * @return how many mails a relay has taken
     */
    public int sendDue() {
        requests.forget(clock.instant().minus(DoubleOptIn.VALID));
        if (isHeld()) {
            return 0;
        }
        return requests.waiting(clock.instant()).stream().mapToInt(this::send).sum();
    }

    /** Sends what is due for one newsletter; see {@link #sendDue()}. */
    public int sendDue(String newsletter) {
        requests.forget(clock.instant().minus(DoubleOptIn.VALID));
        return !isHeld() && requests.waiting(clock.instant()).contains(newsletter) ? send(newsletter) : 0;
    }

    /** Whether nothing may go out from here; said once when that begins. */
    private boolean isHeld() {
        Optional<Doubt> doubt = instance.doubt();
        if (doubt.isPresent() && !held) {
            LOG.warn("mails that ask for a confirmation wait: {}", doubt.get().words());
        }
        held = doubt.isPresent();
        return held;
    }

    private int send(String newsletter) {
        int sent = 0;
        try {
            Sender sender = senders.apply(newsletter);
            NoteSend relays = new NoteSend(sender.transport(), sender.keys());
            for (Optional<Claim> claim = claim(newsletter); claim.isPresent(); claim = claim(newsletter)) {
                sent += send(sender, relays, claim.get()) ? 1 : 0;
            }
        } catch (RuntimeException e) {
            LOG.warn("newsletter={} mails that ask for a confirmation wait: {}", newsletter, e.getMessage());
        }
        return sent;
    }

    private Optional<Claim> claim(String newsletter) {
        Instant now = clock.instant();
        return requests.claim(newsletter, now, now.minus(ONE_MAIL_IN), now.plus(CLAIMED_FOR));
    }

    private boolean send(Sender sender, NoteSend relays, Claim claim) {
        EmailAddress address = claim.request().address();
        if (erasures.isErased(address)) {
            requests.drop(claim);
            return false;
        }
        if (subscribers.suppression(address).isPresent()) {
            requests.settle(claim, MailState.WITHHELD, clock.instant());
            return false;
        }
        try {
            Outcome outcome = relays.send(
                    letters.write(sender.newsletter(), claim),
                    () -> requests.settle(claim, MailState.SENT, clock.instant()));
            return settle(sender, claim, outcome);
        } catch (RelayException | TemplateError e) { // any other accident may have come after the final dot
            putOff(sender, claim);
            throw e;
        }
    }

    private boolean settle(Sender sender, Claim claim, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            return true;
        }
        LOG.info("newsletter={} request={} outcome={}", sender.newsletter().name(), claim.id(), outcome.state());
        if (outcome instanceof Outcome.Rejected rejected && rejected.phase() != Phase.MAIL) {
            requests.settle(claim, MailState.REFUSED, clock.instant());
        } else if (!(outcome instanceof Outcome.InDoubt)) { // which stays SENT: it may have been
            putOff(sender, claim); // also when the sender was refused, for which nobody's address is to blame
        }
        return false;
    }

    private void putOff(Sender sender, Claim claim) {
        Duration delay = sender.transport().policy().retry().delay(claim.attempt(), 0.5);
        requests.settle(claim, MailState.READY, clock.instant().plus(delay));
    }
}
