package io.courant.editor;

import io.courant.consent.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Lets editors in who prove who they are. Whether a name is known cannot be told from the answer, nor from the time
 * that it takes. Who guesses waits longer and longer, for each name and for each network; restarting changes nothing
 * about that.
 */
public final class SignIn {
    private final Editors editors;
    private final Credentials credentials;
    private final LoginAttempts attempts;
    private final Passwords passwords;
    private final OneTimeCodes codes;
    private final InstantSource clock;

    public SignIn(
            Editors editors,
            Credentials credentials,
            LoginAttempts attempts,
            Passwords passwords,
            OneTimeCodes codes,
            InstantSource clock) {
        this.editors = editors;
        this.credentials = credentials;
        this.attempts = attempts;
        this.passwords = passwords;
        this.codes = codes;
        this.clock = clock;
    }

    /** The answer to who wants in. */
    public sealed interface Answer {
        /** Comes in. */
        record Admitted(Editor editor) implements Answer {}

        /** The password was right; a code is asked for next, by {@link SignIn#withCode}. */
        record CodeWanted(Editor editor) implements Answer {}

        /** Something was wrong; what, nobody is told. */
        record Refused() implements Answer {}

        /** Too many were wrong; this one was not looked at. */
        record Wait(Duration left) implements Answer {}
    }

    /** The first step, and for most the only one. */
    public Answer withPassword(String name, String password, Origin origin) {
        String counter = "password " + EditorName.normal(name);
        return attempt(counter, origin, () -> {
            Optional<Editor> editor = editors.find(name);
            String kept =
                    editor.map(found -> credentials.of(found.id()).password()).orElse(null);
            return passwords.matches(password, kept) ? editor : Optional.empty();
        });
    }

    /** The second step, of somebody whose password was right a moment ago. */
    public Answer withCode(Editor editor, String code, Origin origin) {
        Answer answer = attempt(
                "code " + editor.name(),
                origin,
                () -> editors.find(editor.id()).filter(now -> now.epoch() == editor.epoch() && codes.take(now, code)));
        return answer instanceof Answer.CodeWanted right ? admitted(right.editor()) : answer;
    }

    private Answer attempt(String counter, Origin origin, Proof proof) {
        String block = "block " + origin.block();
        Duration wait =
                attempts.begin(Map.of(counter, LoginLimits.OF_NAME, block, LoginLimits.OF_BLOCK), clock.instant());
        if (!wait.isZero()) {
            return new Answer.Wait(wait);
        }
        Optional<Editor> proven = proof.given().filter(editor -> !editor.disabled());
        if (proven.isEmpty()) {
            return new Answer.Refused();
        }
        attempts.succeeded(counter);
        attempts.takeBack(block); // the others in it were no better for that
        return proven.get().hasCodes() ? new Answer.CodeWanted(proven.get()) : admitted(proven.get());
    }

    private Answer admitted(Editor editor) {
        Instant now = clock.instant();
        editors.seen(editor, now);
        return new Answer.Admitted(editor);
    }

    /** Looks whether it is them. */
    private interface Proof {
        Optional<Editor> given();
    }
}
