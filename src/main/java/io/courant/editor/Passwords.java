package io.courant.editor;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Hashes passwords with bcrypt, which is slow on purpose. */
public final class Passwords {
    /** About a quarter of a second. */
    private static final int STRENGTH = 12;

    private static final int SHORTEST = 12;

    /** Of what follows, bcrypt takes no notice. */
    private static final int LONGEST_BYTES = 72;

    private final BCryptPasswordEncoder bcrypt;
    private final String nobodys;

    public Passwords() {
        this(STRENGTH);
    }

    Passwords(int strength) {
        bcrypt = new BCryptPasswordEncoder(strength);
        nobodys = String.valueOf(bcrypt.encode(Secret.of("", 20).text()));
    }

    /**
     * What is kept of a new password.
     *
     * @throws IllegalArgumentException when it is too short or too long
     */
    public String hash(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            throw new IllegalArgumentException("the password has " + length + " characters; take at least " + SHORTEST
                    + ", for example four words that have nothing to do with each other");
        }
        int bytes = bytes(password);
        if (bytes > LONGEST_BYTES) {
            throw new IllegalArgumentException("the password takes " + bytes + " bytes; take at most " + LONGEST_BYTES
                    + " (a letter with an accent takes two or more)");
        }
        return String.valueOf(bcrypt.encode(password));
    }

    /**
     * Whether it is the password.
     *
     * @param hash null: nobody's. It takes as long, so that nobody can tell.
     */
    boolean matches(String password, @Nullable String hash) {
        boolean fits = bytes(password) <= LONGEST_BYTES;
        boolean equal =
                bcrypt.matches(fits ? password : password.substring(0, SHORTEST), hash == null ? nobodys : hash);
        return fits && equal && hash != null;
    }

    private static int bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }
}
