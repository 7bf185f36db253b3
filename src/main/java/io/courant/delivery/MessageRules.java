package io.courant.delivery;

import io.courant.render.Flaws;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold for the headers of a newsletter's message. */
final class MessageRules {
    /** RFC 5322 §3.6: at most one of each. */
    private static final List<String> SINGLE = List.of(
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post");

    private static final Map<String, String> WANTED = new TreeMap<>(Map.of(
            "List-Archive", "where earlier issues are (RFC 2369)",
            "List-Help", "whom to ask (RFC 2369)",
            "Feedback-ID", "by which Gmail's reports tell issues apart"));
    /** RFC 8058 §4, and From, without which a signature says nothing. */
    private static final List<String> SIGNED = List.of("From", "List-Unsubscribe", "List-Unsubscribe-Post");

    private static final Pattern ANGLE = Pattern.compile("<([^<>\\s]+)>");
    private static final Pattern ID = Pattern.compile("<[^<>\\s@]+@([^<>\\s@]+)>");

    private final MimeMessage message;
    private final Flaws flaws;

    MessageRules(MimeMessage message, Flaws flaws) {
        this.message = message;
        this.flaws = flaws;
    }

    void apply() {
        for (String name : SINGLE) {
            if (fields(name).size() > 1) {
                error(name, "there are " + fields(name).size() + " of it; RFC 5322 allows one");
            }
        }
        String domain = sender();
        recipient();
        date();
        messageId(domain);
        list();
        WANTED.forEach((name, use) -> {
            if (field(name).isEmpty()) {
                warning(name, "is missing; it says " + use);
            }
        });
        if (!field("Auto-Submitted").equalsIgnoreCase("auto-generated")) {
            warning(
                    "Auto-Submitted",
                    "does not say auto-generated, so robots may answer that somebody is away (RFC 3834)");
        }
        for (String signature : fields("DKIM-Signature")) {
            signature(signature, domain);
        }
    }

    /** The domain of the sender; empty when there is none. */
    private String sender() {
        Optional<String> address = address("From");
        if (address.isEmpty()) {
            error("From", "is missing or no address: '" + field("From") + "'");
            return "";
        }
        if (!field("Reply-To").isEmpty() && address("Reply-To").isEmpty()) {
            error("Reply-To", "is no address: '" + field("Reply-To") + "'");
        }
        return domain(address.get());
    }

    private void recipient() {
        if (address("To").isEmpty()) {
            error("To", "should name the one recipient, and says '" + field("To") + "'");
        }
        if (!field("Bcc").isEmpty()) {
            error("Bcc", "shows recipients to each other; leave it out");
        }
    }

    private void date() {
        if (!isDate(field("Date"))) {
            error("Date", "is missing or no date of RFC 5322: '" + field("Date") + "'");
        }
    }

    private static boolean isDate(String text) {
        try {
            return new MailDateFormat().parse(text) != null;
        } catch (ParseException e) {
            return false;
        }
    }

    private void messageId(String domain) {
        Matcher id = ID.matcher(field("Message-ID"));
        if (!id.matches()) {
            error(
                    "Message-ID",
                    "is missing or malformed: '" + field("Message-ID")
                            + "'; without it a mail that is sent again is read twice");
        } else if (!domain.isEmpty() && !Alignment.isRelaxed(domain, id.group(1))) {
            warning("Message-ID", "is of " + id.group(1) + ", and the sender of " + domain);
        }
    }

    private void list() {
        String id = field("List-Id");
        if (!ANGLE.matcher(id).find()) {
            error("List-Id", "is missing or has no <id>, by which readers sort mail (RFC 2919)");
        }
        List<String> ways = ANGLE.matcher(field("List-Unsubscribe"))
                .results()
                .map(way -> way.group(1).toLowerCase(Locale.ROOT))
                .toList();
        if (ways.stream().noneMatch(way -> way.startsWith("https://"))) {
            error("List-Unsubscribe", Lint.NO_PAGE);
        }
        if (ways.stream().noneMatch(way -> way.startsWith("mailto:"))) {
            warning("List-Unsubscribe", "names no <mailto:…>, by which older mail programs unsubscribe");
        }
        if (!field("List-Unsubscribe-Post").equals("List-Unsubscribe=One-Click")) {
            error(
                    "List-Unsubscribe-Post",
                    "should say List-Unsubscribe=One-Click (RFC 8058), and says '" + field("List-Unsubscribe-Post")
                            + "'");
        }
    }

    private void signature(String signature, String domain) {
        String signer = tag(signature, "d");
        if (!domain.isEmpty() && !Alignment.isRelaxed(domain, signer)) {
            error(
                    "DKIM-Signature",
                    "is by " + signer + ", and the sender is of " + domain
                            + ": receivers do not count it (DMARC); sign with " + domain);
        }
        List<String> names =
                List.of(tag(signature, "h").toLowerCase(Locale.ROOT).split(":", -1));
        SIGNED.stream()
                .filter(name -> !names.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> error("DKIM-Signature", "does not cover " + name + ", so anybody could change it"));
    }

    /** RFC 6376 §3.2 */
    private static String tag(String signature, String name) {
        Matcher tag = Pattern.compile("(?:^|;)" + name + "=([^;]*)").matcher(signature.replaceAll("\\s", ""));
        return tag.find() ? tag.group(1) : "";
    }

    private void error(String name, String what) {
        flaws.error(name.toLowerCase(Locale.ROOT), "header " + name, what);
    }

    private void warning(String name, String what) {
        flaws.warning(name.toLowerCase(Locale.ROOT), "header " + name, what);
    }

    private Optional<String> address(String name) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(field(name), true);
            return addresses.length == 1 && domain(addresses[0].getAddress()).contains(".")
                    ? Optional.of(addresses[0].getAddress())
                    : Optional.empty();
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** The first field of a name, unfolded; empty when there is none. */
    private String field(String name) {
        return fields(name).stream().findFirst().orElse("");
    }

    private List<String> fields(String name) {
        try {
            String[] values = message.getHeader(name);
            return values == null
                    ? List.of()
                    : Stream.of(values)
                            .map(value -> value.replaceAll("\r?\n(?=[ \t])", "").strip())
                            .toList();
        } catch (MessagingException e) {
            throw new IllegalArgumentException("header " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
