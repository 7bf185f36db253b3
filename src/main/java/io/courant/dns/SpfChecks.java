package io.courant.dns;

import io.courant.delivery.Alignment;
import io.courant.delivery.Relay;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the domain lets its relays send (RFC 7208). */
final class SpfChecks {
    private static final String SPF = "SPF";

    private final Sender sender;
    private final Spf spf;
    private final Addresses addresses;

    SpfChecks(Records records, Sender sender) {
        this.sender = sender;
        this.spf = new Spf(records);
        this.addresses = new Addresses(records);
    }

    List<Check> look() {
        String domain = sender.domain();
        List<String> texts = spf.texts(domain);
        if (texts.isEmpty()) {
            return List.of(Check.wrong(
                    SPF,
                    domain,
                    "no record that says who may send for it",
                    ZoneLine.txt(domain, "v=spf1 " + terms() + "~all")));
        }
        if (texts.size() > 1) {
            return List.of(Check.wrong(
                    SPF,
                    domain,
                    texts.size() + " records, so receivers take none (RFC 7208 §4.5);" + " join them into one: "
                            + String.join(" | ", texts)));
        }
        List<Check> checks = new ArrayList<>();
        try {
            SpfRecord record = SpfRecord.parse(texts.get(0));
            checks.add(record(texts.get(0), record));
            sender.relays().forEach(relay -> checks.add(relay(relay, texts.get(0), record)));
        } catch (IllegalArgumentException e) {
            checks.add(Check.wrong(SPF, domain, texts.get(0) + ": " + e.getMessage() + "; receivers take none of it"));
        }
        return List.copyOf(checks);
    }

    private Check record(String text, SpfRecord record) {
        String domain = sender.domain();
        int lookups = spf.lookups(domain, record);
        String cost = text + " (" + lookups + " of " + Spf.MOST_LOOKUPS + " lookups)";
        if (lookups > Spf.MOST_LOOKUPS) {
            return Check.wrong(
                    SPF,
                    domain,
                    cost + ": receivers give up (RFC 7208 §4.6.4); name addresses by ip4: and"
                            + " ip6: in place of some include:, a or mx");
        }
        char end = record.all()
                .map(SpfRecord.Mechanism::qualifier)
                .orElse(record.redirect().isPresent() ? '-' : '?');
        if (end == '+') {
            return Check.wrong(
                    SPF, domain, cost + ": lets everybody send; end it otherwise", ZoneLine.txt(domain, ended(text)));
        }
        if (end == '?') {
            return Check.hint(SPF, domain, cost + ": says nothing of strangers; end it with ~all or -all");
        }
        return record.mechanisms().stream().anyMatch(one -> one.name().equals("ptr"))
                ? Check.hint(SPF, domain, cost + ": ptr is slow and should not be used (RFC 7208 §5.5)")
                : Check.ok(SPF, domain, cost);
    }

    private static String ended(String text) {
        return text.replaceFirst("(?i)\\s\\+?all(?=\\s|$)", " ~all");
    }

    private Check relay(Relay relay, String text, SpfRecord record) {
        List<InetAddress> seen = reachable(relay);
        String domain = sender.domain();
        if (seen.isEmpty()) {
            return Check.unknown(
                    SPF,
                    domain,
                    "cannot tell whether relay " + relay.host()
                            + " may send: it has no public address, and receivers see the one behind which it sends");
        }
        List<InetAddress> refused = new ArrayList<>();
        for (InetAddress address : seen) {
            switch (spf.evaluate(domain, record, address)) {
                case PASS -> {}
                case UNKNOWN -> {
                    return Check.unknown(
                            SPF,
                            domain,
                            "cannot tell whether relay " + relay.host()
                                    + " may send: that depends on the message (macros, exists or ptr)");
                }
                default -> refused.add(address);
            }
        }
        String names = join(refused);
        if (refused.isEmpty()) {
            return Check.ok(SPF, domain, "relay " + relay.host() + " may send from " + join(seen));
        }
        if (!Alignment.isRelaxed(relay.host(), domain)) {
            return Check.hint(
                    SPF,
                    domain,
                    "relay " + relay.host() + " may not send from " + names
                            + "; ask its operator what to include, unless it sends from other addresses");
        }
        return Check.wrong(
                SPF,
                domain,
                "relay " + relay.host() + " may not send from " + names,
                ZoneLine.txt(
                        domain,
                        text.replaceFirst(
                                "(?i)v=spf1", "v=spf1 " + terms(refused).strip())));
    }

    private List<InetAddress> reachable(Relay relay) {
        return relay.host().equals("localhost")
                ? List.of()
                : addresses.of(relay.host()).stream()
                        .filter(Addresses::isPublic)
                        .toList();
    }

    private static String join(List<InetAddress> some) {
        return some.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }

    /** What lets the relays send; the addresses of the domain itself when nobody can see theirs. */
    private String terms() {
        String terms = terms(sender.relays().stream()
                .flatMap(relay -> reachable(relay).stream())
                .distinct()
                .toList());
        return terms.isEmpty() ? "a mx " : terms;
    }

    private static String terms(List<InetAddress> some) {
        return some.stream()
                .map(address -> (address.getAddress().length == 4 ? "ip4:" : "ip6:") + address.getHostAddress() + " ")
                .collect(Collectors.joining());
    }
}
