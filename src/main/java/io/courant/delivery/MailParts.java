package io.courant.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * What a reader's mail program shows of one of our messages.
 *
 * @param text the text/plain part
 * @param html the text/html part
 */
public record MailParts(String text, String html) {

    /**
     * Takes a message apart.
     *
     * @param message as {@link MessageTemplate#fill} gave it
     * @throws IllegalArgumentException if it is no multipart/alternative of text and HTML
     */
    public static MailParts of(byte[] message) {
        try {
            MimeMessage mime = new MimeMessage(null, new ByteArrayInputStream(message));
            if (mime.getContent() instanceof MimeMultipart alternative && alternative.getCount() == 2) {
                return new MailParts(text(alternative.getBodyPart(0)), text(alternative.getBodyPart(1)));
            }
            throw new IllegalArgumentException("not a message of text and HTML: " + mime.getContentType());
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("not a message: " + e.getMessage(), e);
        }
    }

    private static String text(Part part) throws MessagingException, IOException {
        return String.valueOf(part.getContent()).replace("\r\n", "\n");
    }
}
