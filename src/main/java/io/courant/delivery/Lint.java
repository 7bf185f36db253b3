package io.courant.delivery;

import io.courant.issue.Edition;
import io.courant.issue.Issue;
import io.courant.issue.Item;
import io.courant.render.Flaw;
import io.courant.render.Flaws;
import io.courant.render.Letter;
import io.courant.render.MailRules;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at a message as it would be sent: its bytes, its headers, its parts, and what a reader sees of it
 * ({@link MailRules}). It asks nobody: no name is looked up, no link is followed.
 */
public final class Lint {
    /** What is said of mail that nobody can leave with one click; it follows the name of the header. */
    public static final String NO_PAGE =
            "names no <https://…> page; Gmail and Yahoo ask bulk senders for one (RFC 8058)";

    private static final Pattern PAGE = Pattern.compile("<(https:[^<>\\s]+)>", Pattern.CASE_INSENSITIVE);

    private final Flaws flaws = new Flaws();
    private final List<MimePart> parts = new ArrayList<>();

    private Lint() {}

    /**
     * What is wrong with a message, errors first.
     *
     * @param message lines ended by CRLF
     * @param hosts that its links may lead to; empty when any may be meant
     */
    public static List<Flaw> of(byte[] message, Set<String> hosts) {
        return new Lint().look(message, hosts);
    }

    /**
     * What is wrong with a frozen issue's messages, one of each language and form, filled for a reader who never was.
     * All were looked at before the issue was frozen.
     *
     * @param keys that sign them
     */
    public static List<Flaw> of(FrozenIssue issue, List<DkimKey> keys, TokenSigner signer) {
        return of(
                issue.issue(),
                issue.imprint(),
                ofEachKind(issue.signedWith(keys).variants()),
                signer);
    }

    /** What is wrong with the message of an issue that is not frozen yet. */
    public static List<Flaw> of(Press.Proof.Printed proof, List<DkimKey> keys, TokenSigner signer) {
        MessageTemplate message = proof.message().signedWith(keys, proof.issue().date());
        return of(proof.issue(), proof.imprint(), List.of(message), signer);
    }

    private static List<MessageTemplate> ofEachKind(List<Variant> variants) {
        Map<Object, Variant> kinds = new LinkedHashMap<>();
        for (Variant variant : variants) {
            Edition edition = variant.edition();
            kinds.putIfAbsent(edition == null ? "" : edition.kind(), variant);
        }
        return kinds.values().stream().map(Variant::message).toList();
    }

    /** What is wrong with the message of an edition that is not frozen yet. */
    public static List<Flaw> of(PressRun.Sheet sheet, Imprint imprint, List<DkimKey> keys, TokenSigner signer) {
        MessageTemplate message = sheet.message().signedWith(keys, sheet.issue().date());
        return of(sheet.issue(), imprint, List.of(message), signer);
    }

    private static List<Flaw> of(Issue issue, Imprint imprint, List<MessageTemplate> messages, TokenSigner signer) {
        Flaws all = new Flaws();
        Personal sample = new Personalizer(imprint, issue.id(), signer).sample(issue.date());
        Set<String> hosts = hosts(issue, imprint);
        messages.forEach(message -> all.addAll(of(message.fill(sample).bytes(), hosts)));
        return all.list();
    }

    private static Set<String> hosts(Issue issue, Imprint imprint) {
        Stream<URI> links = issue.items().stream().flatMap(Item::links);
        return Stream.concat(links, Stream.of(imprint.home()))
                .map(URI::getHost)
                .filter(Objects::nonNull)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private List<Flaw> look(byte[] bytes, Set<String> hosts) {
        WireRules.apply(bytes, flaws);
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            new MessageRules(message, flaws).apply();
            open(message);
            structure(message);
            Letter letter = letter(message, hosts);
            flaws.addAll(message.isMimeType("text/plain") ? MailRules.textFlaws(letter) : MailRules.flaws(letter));
        } catch (MessagingException | IOException e) {
            flaws.error("mime", "message", "cannot be taken apart: " + e.getMessage());
        }
        return flaws.list();
    }

    private void open(MimePart part) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart inner) {
            for (int i = 0; i < inner.getCount(); i++) {
                if (inner.getBodyPart(i) instanceof MimePart one) {
                    open(one);
                }
            }
        } else {
            parts.add(part);
        }
    }

    private void structure(MimeMessage message) throws MessagingException {
        if (message.isMimeType("text/plain")) {
            return; // for those who want nothing else
        }
        boolean textFirst = parts.size() > 1
                && parts.get(0).isMimeType("text/plain")
                && parts.get(1).isMimeType("text/html");
        if (!message.isMimeType("multipart/alternative") || !textFirst) {
            flaws.error(
                    "mime",
                    "message",
                    "should be multipart/alternative of text/plain and then text/html (RFC 2046 §5.1.4), and is "
                            + message.getContentType().replaceAll("\\s+", " "));
        }
        for (MimePart part : parts) {
            if (part.isMimeType("text/*")) {
                String type = part.getContentType().toLowerCase(Locale.ROOT);
                if (!type.matches("(?s).*charset=\"?utf-8\"?.*")) {
                    flaws.error("mime", "message", type.replaceAll("\\s+", " ") + " should be in UTF-8");
                }
                if (!"quoted-printable".equalsIgnoreCase(part.getEncoding())) {
                    flaws.warning(
                            "mime",
                            "message",
                            type.replaceAll(";.*", "")
                                    + " should be quoted-printable, which every relay leaves alone, and is "
                                    + part.getEncoding());
                }
            }
        }
    }

    private Letter letter(MimeMessage message, Set<String> hosts) throws MessagingException, IOException {
        Matcher page = PAGE.matcher(String.valueOf(message.getHeader("List-Unsubscribe", ",")));
        Map<String, Integer> pictures = new HashMap<>();
        for (MimePart part : parts) {
            String id = part.getContentID();
            if (id != null && part.isMimeType("image/*")) {
                pictures.put(id.replaceAll("[<>]", ""), part.getInputStream().readAllBytes().length);
            }
        }
        return new Letter(
                Objects.requireNonNullElse(message.getSubject(), ""),
                text("text/html"),
                text("text/plain"),
                page.find() ? page.group(1) : "",
                pictures,
                hosts);
    }

    private String text(String type) throws MessagingException, IOException {
        for (Part part : parts) {
            if (part.isMimeType(type)) {
                return String.valueOf(part.getContent()).replace("\r\n", "\n");
            }
        }
        return "";
    }
}
