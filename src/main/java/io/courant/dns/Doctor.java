package io.courant.dns;

import io.courant.dns.Check.Verdict;
import io.courant.dns.Records.NoAnswer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Asks DNS all that receivers will ask it about a sender, and says what to add where they would not be content. */
public final class Doctor {
    private final Records records;

    public Doctor(Records records) {
        this.records = records;
    }

    /** What was found, in the order SPF, DKIM, DMARC, way back, pages. Where DNS gives no answer, that is said. */
    public List<Check> examine(Sender sender) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(answered("SPF", sender.domain(), () -> new SpfChecks(records, sender).look()));
        checks.addAll(answered("DKIM", sender.domain(), () -> new DkimChecks(records, sender).look()));
        checks.addAll(answered("DMARC", sender.domain(), () -> List.of(new DmarcChecks(records, sender).look())));
        checks.addAll(answered("MX", sender.domain(), () -> List.of(wayBack(sender.domain()))));
        checks.addAll(answered("A", sender.home(), () -> List.of(pages(sender.home()))));
        return checks;
    }

    private static List<Check> answered(String subject, String name, Supplier<List<Check>> question) {
        try {
            return question.get();
        } catch (NoAnswer e) {
            return List.of(new Check(Verdict.WRONG, subject, name, e.getMessage() + "; ask again later", ""));
        }
    }

    /** Bounces come back to the envelope sender (RFC 5321 §5.1). */
    private Check wayBack(String domain) {
        Addresses addresses = new Addresses(records);
        List<String> hosts = MailServers.hosts(records, domain);
        String advice = "; bounces cannot come back, and some receivers refuse mail from it";
        String add = domain + ". IN MX 10 mail." + domain + ".";
        if (hosts.equals(List.of(""))) {
            return Check.wrong("MX", domain, "says that it takes no mail (RFC 7505)" + advice, add);
        }
        if (hosts.isEmpty()) {
            return addresses.of(domain).isEmpty()
                    ? Check.wrong("MX", domain, "no such record" + advice, add)
                    : Check.hint("MX", domain, "no such record, so bounces go to " + domain + " itself");
        }
        List<String> lost =
                hosts.stream().filter(host -> addresses.of(host).isEmpty()).toList();
        return lost.isEmpty()
                ? Check.ok("MX", domain, String.join(", ", hosts))
                : Check.wrong("MX", domain, "no address for " + String.join(", ", lost) + advice);
    }

    private Check pages(String host) {
        List<String> found = new Addresses(records)
                .of(host).stream().map(InetAddress::getHostAddress).toList();
        return found.isEmpty()
                ? Check.wrong(
                        "A", host, "no address, so no reader finds the unsubscribe page; see home in the job file")
                : Check.ok("A", host, String.join(", ", found));
    }
}
