package io.courant.editor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 of an act, its number and the seal of the act before it.
 *
 * @param hex in lower case
 */
public record Seal(String hex) {
    /** What stands before the first act. */
    public static final Seal FIRST = new Seal("0".repeat(64));

    /** The seal of the act that follows. */
    public Seal next(long number, Act act) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(hex.getBytes(StandardCharsets.UTF_8));
            sha256.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(number)
                    .putLong(act.at().toEpochMilli())
                    .flip());
            for (String text : List.of(act.who(), act.from(), act.what(), act.subject(), act.detail())) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                // with its length, so that nothing can be moved from one field into the next
                sha256.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                sha256.update(bytes);
            }
            return new Seal(HexFormat.of().formatHex(sha256.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
