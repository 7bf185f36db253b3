package io.courant.lab;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that the relay has taken for one recipient.
 *
 * @param mail the MAIL command, as it came
 * @param rcpt the RCPT command, as it came
 * @param content the very bytes after dot-unstuffing, one char each (ISO 8859-1)
 */
public record Taken(String mail, String rcpt, String content) {
    private static final Pattern PATH = Pattern.compile("[^<]*<([^>]*)>.*");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*<?([^>\\s]*)");

    /** The reverse-path. */
    public String sender() {
        return path(mail);
    }

    /** The recipient's address. */
    public String recipient() {
        return path(rcpt);
    }

    /** The Message-ID without angle brackets; empty when there is none. */
    public String messageId() {
        int end = content.indexOf("\r\n\r\n");
        Matcher header = MESSAGE_ID.matcher(end < 0 ? content : content.substring(0, end));
        return header.find() ? header.group(1) : "";
    }

    byte[] bytes() {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Of the content, in hex. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What stands between the angle brackets of MAIL or RCPT; empty when nothing does. */
    static String path(String command) {
        Matcher path = PATH.matcher(command);
        return path.matches() ? path.group(1) : "";
    }
}
