package io.courant.dns;

import java.util.Comparator;
import java.util.List;

/** The hosts that take a domain's mail. */
final class MailServers {
    private MailServers() {}

    /** The hosts of a domain's MX records, the preferred first; an empty name refuses all mail (RFC 7505). */
    static List<String> hosts(Records records, String domain) {
        return records.of(domain, Records.Type.MX).stream()
                .map(record -> record.strip().split("\\s+", 2))
                .filter(parts -> parts.length == 2 && parts[0].matches("\\d{1,5}"))
                .sorted(Comparator.comparingInt(parts -> Integer.parseInt(parts[0])))
                .map(parts -> parts[1].replaceFirst("\\.$", ""))
                .toList();
    }
}
