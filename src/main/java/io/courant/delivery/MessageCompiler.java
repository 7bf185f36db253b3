package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.Issue;
import io.courant.issue.Newsletter;
import io.courant.render.Hole;
import io.courant.render.Rendering;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds an issue's message with Jakarta Mail, once for all recipients, with marks where personal values go. */
final class MessageCompiler {
    // RFC 5322 §2.1.1
    private static final int LONGEST_LINE = 998;

    private final Newsletter newsletter;
    private final Issue issue;
    private final Rendering rendering;

    MessageCompiler(Newsletter newsletter, Issue issue, Rendering rendering) {
        this.newsletter = newsletter;
        this.issue = issue;
        this.rendering = rendering;
    }

    byte[] compile() {
        return compile(message -> {
            MimeBodyPart html = part("text/html", Slot.Place.HTML, rendering.html());
            message.setContent(new Parts(
                    "alternative",
                    "",
                    "a." + boundary(),
                    List.of(
                            part("text/plain", Slot.Place.TEXT, rendering.text()),
                            rendering.pictures().isEmpty() ? html : withPictures(html))));
            message.saveChanges();
        });
    }

    /** A message of one part, which is text. */
    byte[] compileText() {
        return compile(message -> message.setText(encode(Slot.Place.TEXT, rendering.text())));
    }

    private byte[] compile(Body body) {
        try {
            Unidentified message = new Unidentified();
            headers(message);
            body.into(message);
            return bytes(message, newsletter);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(
                    "issue " + issue.id() + " cannot be made into a message: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands below the headers. */
    private interface Body {
        void into(Unidentified message) throws MessagingException;
    }

    private void headers(MimeMessage message) throws MessagingException {
        String from = senderAddress(newsletter);
        String domain = from.substring(from.lastIndexOf('@') + 1);
        message.setHeader("From", HeaderText.phrase("From", newsletter.from().name(), "<" + from + ">"));
        EmailAddress replyTo = newsletter.replyTo();
        if (replyTo != null) {
            message.setHeader("Reply-To", replyTo.ascii());
        }
        message.setHeader("To", "<" + mark(Slot.TO) + ">");
        if (rendering.subject().contains(markerStart())) {
            throw new IllegalArgumentException(
                    "subject.ftl uses ${reader…}; the subject is the same for everybody, so leave it out there");
        }
        message.setHeader("Subject", HeaderText.unstructured("Subject", rendering.subject()));
        message.setHeader("Date", date(issue.date(), newsletter));
        message.setHeader("Message-ID", "<" + mark(Slot.MESSAGE_ID) + ">");
        // RFC 2919
        message.setHeader(
                "List-Id",
                HeaderText.phrase("List-Id", newsletter.title(), "<" + newsletter.name() + "." + domain + ">"));
        // RFC 2369, and RFC 8058 for the one-click POST
        message.setHeader(
                "List-Unsubscribe",
                "<" + mark(Slot.UNSUBSCRIBE_URL) + ">," + HeaderText.FOLD + "<mailto:" + mark(Slot.UNSUBSCRIBE_MAILBOX)
                        + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.setHeader("List-Archive", "<" + newsletter.archive().toASCIIString() + ">");
        String help = replyTo == null ? from : replyTo.ascii();
        message.setHeader("List-Help", "<mailto:" + help.replace("%", "%25") + "?subject=help>");
        // RFC 3834 §5
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Feedback-ID", issue.id() + ":" + newsletter.name() + ":digest:courant");
    }

    static String senderAddress(Newsletter newsletter) {
        String from = newsletter.from().address().ascii();
        if (newsletter.from().address().needsSmtputf8()) {
            throw new IllegalArgumentException("newsletter " + newsletter.name() + ": from address '" + from
                    + "' must be ASCII before the @, because most relays take no other sender");
        }
        return from;
    }

    static String date(Instant at, Newsletter newsletter) {
        // RFC 5322 §3.3 wants +0000 where Java's formatter, after RFC 1123, says GMT.
        return DateTimeFormatter.RFC_1123_DATE_TIME
                .format(at.atZone(newsletter.zone()))
                .replace("GMT", "+0000");
    }

    private MimeBodyPart part(String type, Slot.Place place, String content) throws MessagingException {
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", type + "; charset=UTF-8");
        headers.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return new MimeBodyPart(headers, encode(place, content));
    }

    /** RFC 2387: the HTML and what it shows by Content-ID. */
    private MimeBodyPart withPictures(MimeBodyPart html) throws MessagingException {
        List<MimeBodyPart> parts = new ArrayList<>();
        parts.add(html);
        for (Rendering.Picture picture : rendering.pictures()) {
            InternetHeaders headers = new InternetHeaders();
            headers.setHeader("Content-Type", "image/png");
            headers.setHeader("Content-Transfer-Encoding", "base64");
            headers.setHeader("Content-ID", "<" + picture.id() + ">");
            headers.setHeader("Content-Disposition", "inline");
            parts.add(new MimeBodyPart(
                    headers, Base64.getMimeEncoder().encode(Base64.getDecoder().decode(picture.base64()))));
        }
        MimeBodyPart related = new MimeBodyPart();
        related.setContent(new Parts("related", ";\r\n type=\"text/html\"", "r." + boundary(), parts));
        return related;
    }

    private String boundary() {
        String id = issue.id().value();
        return id.length() <= 60 ? id : id.substring(id.length() - 60);
    }

    private byte[] encode(Slot.Place place, String content) {
        QuotedPrintable encoder = new QuotedPrintable(content.length() * 2);
        Pattern markers = Pattern.compile(Stream.of(Hole.values())
                .map(hole -> hole.marker(rendering.nonce()))
                .collect(Collectors.joining("|")));
        Matcher matcher = markers.matcher(content);
        int start = 0;
        while (matcher.find()) {
            String marker = matcher.group();
            Hole hole = Stream.of(Hole.values())
                    .filter(candidate -> candidate.marker(rendering.nonce()).equals(marker))
                    .findFirst()
                    .orElseThrow();
            encoder.append(content.substring(start, matcher.start()), true);
            encoder.slot(MessageTemplate.mark(Slot.of(place, hole, newsletter.language())));
            start = matcher.end();
        }
        String rest = content.substring(start);
        encoder.append(rest, false);
        return encoder.bytes();
    }

    /** What every marker of this rendering begins with. */
    private String markerStart() {
        String marker = Hole.ADDRESS.marker(rendering.nonce());
        return marker.substring(
                0, marker.indexOf(rendering.nonce()) + rendering.nonce().length());
    }

    private static String mark(Slot slot) {
        return new String(MessageTemplate.mark(slot), StandardCharsets.US_ASCII);
    }

    /** What a message is on the wire. */
    static byte[] bytes(MimeMessage message, Newsletter newsletter) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        int length = 0;
        for (byte b : out.toByteArray()) {
            length = b == '\n' ? 0 : length + 1;
            if (b < 0 || length > LONGEST_LINE) {
                throw new IllegalArgumentException("newsletter " + newsletter.name()
                        + ": a header of the message is not ASCII or longer than " + LONGEST_LINE
                        + " bytes; shorten the newsletter's home or title");
            }
        }
        return out.toByteArray();
    }

    /** A message whose Message-ID is ours: {@code saveChanges} would put a random one in its place. */
    static final class Unidentified extends MimeMessage {
        Unidentified() {
            super(Session.getInstance(new Properties()));
        }

        /** Makes it a message of one part; {@code saveChanges} would encode again what is encoded. */
        void setText(byte[] quotedPrintable) throws MessagingException {
            setHeader("MIME-Version", "1.0");
            setHeader("Content-Type", "text/plain; charset=UTF-8");
            setHeader("Content-Transfer-Encoding", "quoted-printable");
            content = quotedPrintable;
            modified = false;
            saved = true;
        }

        @Override
        protected void updateMessageID() {}
    }

    /** Several parts (RFC 2046 §5.1), with a boundary that the caller names. */
    static final class Parts extends MimeMultipart {
        Parts(String subtype, String parameters, String name, List<MimeBodyPart> parts) throws MessagingException {
            // "=_" cannot occur in quoted-printable or base64 (RFC 2045 §6.7, §6.8), so no content can forge the
            // boundary; RFC 2046 §5.1.1 allows 70 characters.
            contentType = "multipart/" + subtype + parameters + ";\r\n boundary=\"=_" + name + "\"";
            for (MimeBodyPart part : parts) {
                addBodyPart(part);
            }
        }
    }
}
