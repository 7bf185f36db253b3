package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.Newsletter;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds the message of a note with Jakarta Mail, with a mark where the recipient's address goes. */
final class NoteCompiler {
    private final Note note;
    private final Newsletter newsletter;

    NoteCompiler(Note note) {
        this.note = note;
        this.newsletter = note.newsletter();
    }

    byte[] compile() {
        try {
            MimeMessage message = new MessageCompiler.Unidentified();
            headers(message);
            message.setContent(new MessageCompiler.Parts(
                    "alternative",
                    "",
                    note.name(),
                    List.of(
                            part("text/plain", note.rendering().text()),
                            part("text/html", note.rendering().html()))));
            message.saveChanges();
            return MessageCompiler.bytes(message, newsletter);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("note cannot be made into a message: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void headers(MimeMessage message) throws MessagingException {
        String from = MessageCompiler.senderAddress(newsletter);
        message.setHeader("From", HeaderText.phrase("From", newsletter.from().name(), "<" + from + ">"));
        EmailAddress replyTo = newsletter.replyTo();
        if (replyTo != null) {
            message.setHeader("Reply-To", replyTo.ascii());
        }
        String to = new String(MessageTemplate.mark(Slot.TO), StandardCharsets.US_ASCII);
        message.setHeader("To", "<" + to + ">");
        message.setHeader(
                "Subject", HeaderText.unstructured("Subject", note.rendering().subject()));
        message.setHeader("Date", MessageCompiler.date(note.date(), newsletter));
        message.setHeader(
                "Message-ID",
                "<" + note.name() + "@" + newsletter.from().address().domain() + ">");
        // RFC 3834 §5; no List- headers: it is no mail of a list
        message.setHeader("Auto-Submitted", "auto-generated");
    }

    private static MimeBodyPart part(String type, String content) throws MessagingException {
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", type + "; charset=UTF-8");
        headers.setHeader("Content-Transfer-Encoding", "quoted-printable");
        QuotedPrintable encoder = new QuotedPrintable(content.length() * 2);
        encoder.append(content, false);
        return new MimeBodyPart(headers, encoder.bytes());
    }
}
