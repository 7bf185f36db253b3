package io.courant.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may send: AUTH (RFC 4954) with PLAIN (RFC 4616) and LOGIN. */
record Login(String user, String password) {
    static final String OFFER = "AUTH PLAIN LOGIN";

    /** Asks the client something. */
    interface Challenge {
        /** What the client answers, or {@code null} when it has gone. */
        @Nullable
        String put(String challenge) throws IOException;
    }

    /** Goes through the exchange that a command begins, and says what came of it. */
    String verdict(String command, Challenge challenge) throws IOException {
        String[] words = command.split(" +", -1);
        String initial = words.length > 2 ? words[2] : null;
        String mechanism = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        try {
            return switch (mechanism) {
                case "PLAIN" -> verdict(decoded(initial, "", challenge).split("\0", -1));
                case "LOGIN" ->
                    verdict("", decoded(initial, "Username:", challenge), decoded(null, "Password:", challenge));
                default -> "504 5.5.4 expected AUTH PLAIN or AUTH LOGIN";
            };
        } catch (IllegalArgumentException e) {
            return "501 5.5.2 that is no base64";
        }
    }

    /** Of whom to act for, user and password. */
    private String verdict(String... claimed) {
        return claimed.length == 3 && claimed[1].equals(user) && claimed[2].equals(password)
                ? "235 2.7.0 welcome"
                : "535 5.7.8 wrong user or password";
    }

    private static String decoded(@Nullable String given, String prompt, Challenge challenge) throws IOException {
        String text = given;
        if (text == null) {
            text = challenge.put(Base64.getEncoder().encodeToString(prompt.getBytes(StandardCharsets.US_ASCII)));
        }
        return text == null ? "" : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "login of " + user; // no password in a log
    }
}
