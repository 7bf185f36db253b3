package io.courant.editor;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What an editor's app shows beside the password, for those who want it. It is asked for once one code was right, so
 * that nobody is shut out by an app that went wrong. Each code is taken once; ten recovery codes stand in for a lost
 * app.
 */
public final class OneTimeCodes {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;

    private final Credentials credentials;
    private final InstantSource clock;

    public OneTimeCodes(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * What an app needs.
     *
     * @param secret in Base32, to be typed
     * @param uri the same, for a QR code
     */
    public record Offer(String secret, URI uri) {
        @Override
        public String toString() {
            return "Offer"; // belongs into no log
        }
    }

    /** A new secret, which counts once it is confirmed. */
    public Offer offer(Editor editor) {
        String secret = Totp.secret();
        credentials.offerCodes(editor.id(), secret);
        return new Offer(secret, Totp.uri(editor.name(), secret));
    }

    /** The secret that waits to be confirmed, to be shown again. */
    public Optional<Offer> offered(Editor editor) {
        return Optional.ofNullable(credentials.of(editor.id()).offered())
                .map(secret -> new Offer(secret, Totp.uri(editor.name(), secret)));
    }

    /**
     * Asks for codes from now on, if this one is right.
     *
     * @return the recovery codes, which are shown this once; empty if the code is wrong
     */
    public Optional<List<String>> confirm(Editor editor, String code) {
        String secret = credentials.of(editor.id()).offered();
        OptionalLong step = secret == null ? OptionalLong.empty() : Totp.step(secret, code, clock.instant());
        if (step.isEmpty()) {
            return Optional.empty();
        }
        List<String> recovery = IntStream.range(0, RECOVERY_CODES)
                .mapToObj(i -> grouped(Secret.of("", RECOVERY_BYTES).text()))
                .toList();
        boolean confirmed = credentials.confirmCodes(
                editor.id(),
                step.getAsLong(),
                recovery.stream().map(OneTimeCodes::recoveryDigest).toList());
        return confirmed ? Optional.of(recovery) : Optional.empty();
    }

    /** Uses up a code, of the app or for recovery, if it is right. */
    boolean take(Editor editor, String code) {
        String secret = credentials.of(editor.id()).secret();
        if (secret == null) {
            return false;
        }
        OptionalLong step = Totp.step(secret, code, clock.instant());
        return step.isPresent()
                ? credentials.use(editor.id(), step.getAsLong())
                : credentials.useRecovery(editor.id(), recoveryDigest(code), clock.instant());
    }

    private static String grouped(String text) {
        return text.replaceAll("(.{4})(?!$)", "$1-");
    }

    private static Digest recoveryDigest(String typed) {
        return Digest.of(typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }
}
