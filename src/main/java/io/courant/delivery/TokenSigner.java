package io.courant.delivery;

import io.courant.delivery.Token.Purpose;
import io.courant.issue.IssueId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Makes and checks tokens that nobody without the key can make: HMAC-SHA256 over purpose, newsletter and content, cut
 * to 128 bits (RFC 2104 §5). A token is 40 to 45 letters and digits in which case does not matter, so
 * {@code unsubscribe+TOKEN} stays within the 64 bytes of a local part (RFC 5321 §4.5.3.1.1).
 */
public final class TokenSigner {
    private static final int MAC_BYTES = 16;
    private static final int PLAIN_BYTES = 1 + Long.BYTES; // key, subject
    private static final int ISSUE_BYTES = PLAIN_BYTES + Short.BYTES + 1; // and the issue's day and number
    private static final Pattern DAY_AND_NUMBER = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2})(?:-(\\d{1,3}))?");

    private final TokenKeys keys;
    // What all tokens of an issue have in common; to work it out takes longer than to sign.
    private final Map<Signature, Mac> begun = new ConcurrentHashMap<>();
    private final Map<IssueId, byte[]> issues = new ConcurrentHashMap<>();

    public TokenSigner(TokenKeys keys) {
        this.keys = keys;
    }

    /** The number of the key that signs. */
    public int newestKey() {
        return keys.newest();
    }

    /** The token as text, signed with the newest key. */
    public String sign(Token token) {
        return sign(token, newestKey());
    }

    /** The token as text. */
    String sign(Token token, int key) {
        ByteBuffer content = ByteBuffer.allocate(ISSUE_BYTES).put((byte) key).putLong(token.subject());
        IssueId issue = token.issue();
        if (issue != null) {
            content.put(issues.computeIfAbsent(issue, id -> dayAndNumber(token.newsletter(), id)));
        }
        byte[] payload = Arrays.copyOf(content.array(), content.position());
        byte[] mac = mac(key, token.purpose(), token.newsletter(), payload)
                .orElseThrow(() -> new IllegalStateException("key " + key + ", with which the issue's first messages were"
                        + " signed, is missing; restore " + key + ".key from a backup"));
        return Base32.encode(ByteBuffer.allocate(payload.length + MAC_BYTES)
                .put(payload)
                .put(mac)
                .array());
    }

    /** What the text says, if one of our keys signed it for this purpose and newsletter. */
    public Optional<Token> verify(String text, Purpose purpose, String newsletter) {
        int expected = (purpose.namesIssue() ? ISSUE_BYTES : PLAIN_BYTES) + MAC_BYTES;
        byte[] bytes = Base32.decode(text).orElse(new byte[0]);
        if (bytes.length != expected) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOf(bytes, expected - MAC_BYTES);
        byte[] claimed = Arrays.copyOfRange(bytes, expected - MAC_BYTES, expected);
        // isEqual takes the same time wherever the first difference is
        return mac(payload[0] & 0xFF, purpose, newsletter, payload)
                .filter(mac -> MessageDigest.isEqual(mac, claimed))
                .map(mac -> read(ByteBuffer.wrap(payload, 1, payload.length - 1), purpose, newsletter));
    }

    private static Token read(ByteBuffer content, Purpose purpose, String newsletter) {
        long subject = content.getLong();
        if (!purpose.namesIssue()) {
            return new Token(purpose, newsletter, subject, null);
        }
        LocalDate day = LocalDate.ofEpochDay(Short.toUnsignedLong(content.getShort()));
        return new Token(purpose, newsletter, subject, IssueId.of(newsletter, day, content.get() & 0xFF));
    }

    private static byte[] dayAndNumber(String newsletter, IssueId issue) {
        String value = issue.value();
        Matcher rest = DAY_AND_NUMBER.matcher(value.startsWith(newsletter) ? value.substring(newsletter.length()) : "");
        if (!rest.matches()) {
            throw new IllegalArgumentException("issue " + issue + " is not one of newsletter " + newsletter);
        }
        int number = rest.group(2) == null ? 1 : Integer.parseInt(rest.group(2));
        if (number > 255) {
            throw new IllegalArgumentException("issue " + issue + " is more than the 255th of its day");
        }
        return ByteBuffer.allocate(Short.BYTES + 1)
                .putShort((short) LocalDate.parse(rest.group(1)).toEpochDay())
                .put((byte) number)
                .array();
    }

    private Optional<byte[]> mac(int keyId, Purpose purpose, String newsletter, byte[] payload) {
        return keys.find(keyId)
                .map(key -> begun.computeIfAbsent(
                        new Signature(keyId, purpose, newsletter), signature -> begin(signature, key)))
                .map(mac -> Arrays.copyOf(copy(mac).doFinal(payload), MAC_BYTES));
    }

    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the Java platform's HmacSHA256 can be cloned", e);
        }
    }

    private static Mac begin(Signature signature, SecretKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((signature.purpose().name() + '\0' + signature.newsletter() + '\0')
                    .getBytes(StandardCharsets.UTF_8));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** What decides how a signature begins. */
    private record Signature(int keyId, Purpose purpose, String newsletter) {}
}
