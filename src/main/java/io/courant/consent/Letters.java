package io.courant.consent;

import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.consent.Requests.Claim;
import io.courant.delivery.Note;
import io.courant.delivery.Token;
import io.courant.delivery.TokenSigner;
import io.courant.issue.Newsletter;
import io.courant.render.NoteRenderer;
import io.courant.render.NoteRenderer.Kind;
import io.courant.render.Rendering;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what a request's mail says: who reads a newsletter already need not confirm that they want it. */
final class Letters {
    private final Subscribers subscribers;
    private final Readers readers;
    private final NoteRenderer renderer;
    private final TokenSigner signer;

    Letters(Subscribers subscribers, Readers readers, NoteRenderer renderer, TokenSigner signer) {
        this.subscribers = subscribers;
        this.readers = readers;
        this.renderer = renderer;
        this.signer = signer;
    }

    Note write(Newsletter newsletter, Claim claim) {
        Request request = claim.request();
        String confirm = "c/" + signer.sign(Token.confirm(newsletter.name(), claim.id()));
        return switch (request.kind()) {
            case SIGN_UP ->
                reader(newsletter, request)
                        .map(reader -> note(
                                newsletter,
                                claim,
                                Kind.READING,
                                settings(newsletter, reader),
                                language(reader, request)))
                        .orElseGet(() -> note(newsletter, claim, Kind.CONFIRM, confirm, request.language()));
            case ADDRESS_CHANGE -> note(newsletter, claim, Kind.CHANGE, confirm, request.language());
            case NOTICE -> note(newsletter, claim, Kind.CHANGED, null, request.language());
        };
    }

    private Optional<Subscriber> reader(Newsletter newsletter, Request request) {
        return subscribers
                .find(request.address())
                .filter(one -> readers.reads(newsletter.name(), newsletter.audience(), one.id()));
    }

    private String settings(Newsletter newsletter, Subscriber reader) {
        return "p/" + signer.sign(Token.preferences(newsletter.name(), reader.id()));
    }

    private static @Nullable Locale language(Subscriber reader, Request request) {
        return reader.language() == null ? request.language() : reader.language();
    }

    /** @param page below the newsletter's home; null: there is nothing to do */
    private Note note(Newsletter newsletter, Claim claim, Kind kind, @Nullable String page, @Nullable Locale language) {
        String home = newsletter.home().toASCIIString().replaceFirst("/+$", "");
        Rendering rendering = renderer.render(newsletter, language, kind, page == null ? null : home + "/" + page);
        Request request = claim.request();
        return new Note(newsletter, request.address(), newsletter.name() + "/" + claim.id(), request.at(), rendering);
    }
}
