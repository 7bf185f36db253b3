package io.courant.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;

/**
 * What a reader's mail program shows of one of our messages.
 *
 * @param text the text/plain part
 * @param html the text/html part, with the pictures that came beside it in it; empty in a mail of text only
 */
public record MailParts(String text, String html) {

    /**
     * Takes a message apart.
     *
     * @param message as {@link MessageTemplate#fill} gave it
     * @throws IllegalArgumentException if it is neither a multipart/alternative of text and HTML, nor text
     */
    public static MailParts of(byte[] message) {
        try {
            MimeMessage mime = new MimeMessage(null, new ByteArrayInputStream(message));
            if (mime.getContent() instanceof MimeMultipart alternative && alternative.getCount() == 2) {
                return new MailParts(text(alternative.getBodyPart(0)), html(alternative.getBodyPart(1)));
            }
            if (mime.isMimeType("text/plain")) {
                return new MailParts(text(mime), "");
            }
            throw new IllegalArgumentException("not a message of text and HTML: " + mime.getContentType());
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("not a message: " + e.getMessage(), e);
        }
    }

    /** The HTML, and instead of the pictures beside it the pictures themselves. */
    private static String html(Part part) throws MessagingException, IOException {
        if (!(part.getContent() instanceof MimeMultipart related)) {
            return text(part);
        }
        String html = text(related.getBodyPart(0));
        for (int i = 1; i < related.getCount(); i++) {
            MimeBodyPart picture = (MimeBodyPart) related.getBodyPart(i);
            String id = String.valueOf(picture.getContentID()).replaceAll("[<>]", "");
            String data =
                    Base64.getEncoder().encodeToString(picture.getInputStream().readAllBytes());
            html = html.replace("\"cid:" + id + "\"", "\"data:image/png;base64," + data + "\"");
        }
        return html;
    }

    private static String text(Part part) throws MessagingException, IOException {
        return String.valueOf(part.getContent()).replace("\r\n", "\n");
    }
}
