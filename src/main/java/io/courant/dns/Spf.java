package io.courant.dns;

import io.courant.dns.SpfRecord.Mechanism;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Evaluates SPF records as a receiver does (RFC 7208 §4), and counts what that costs it. */
final class Spf {
    /** §4.6.4: a receiver gives up after so many. */
    static final int MOST_LOOKUPS = 10;

    /** More than any receiver would follow, so that the count can be told where it is too high. */
    private static final int MOST_VISITED = 50;

    private final Records records;
    private final Addresses addresses;

    Spf(Records records) {
        this.records = records;
        this.addresses = new Addresses(records);
    }

    /** What a record says of a sender. */
    enum Result {
        PASS,
        FAIL,
        SOFTFAIL,
        NEUTRAL,
        /** It depends on the message, or on a record that is not there. */
        UNKNOWN;

        static Result of(char qualifier) {
            return switch (qualifier) {
                case '+' -> PASS;
                case '-' -> FAIL;
                case '~' -> SOFTFAIL;
                default -> NEUTRAL;
            };
        }
    }

    /** The texts of a domain that are SPF records; there should be one. */
    List<String> texts(String domain) {
        return records.of(domain, Records.Type.TXT).stream()
                .filter(SpfRecord::isSpf)
                .toList();
    }

    /**
     * How many terms ask DNS, those of included records counted in.
     *
     * @throws IllegalArgumentException if an included record is missing or malformed, which refuses the whole
     */
    int lookups(String domain, SpfRecord record) {
        return new Walk(domain).lookups(record);
    }

    /** From record to record. Who is included decides how long it takes, so it has an end. */
    private final class Walk {
        private final Set<String> open = new HashSet<>();
        private int visited;

        Walk(String domain) {
            open.add(domain.toLowerCase(Locale.ROOT));
        }

        int lookups(SpfRecord record) {
            int count = 0;
            for (Mechanism one : record.mechanisms()) {
                count += one.asks() ? 1 : 0;
                if (one.name().equals("include") && !one.hasMacro()) {
                    count += within(one.value());
                }
            }
            boolean redirected = record.all().isEmpty() && record.redirect().isPresent(); // §6.1
            return redirected ? count + 1 + within(record.redirect().get()) : count;
        }

        private int within(String domain) {
            if (domain.contains("%")) {
                return 0;
            }
            SpfRecord record = visit(domain);
            int count = lookups(record);
            open.remove(domain.toLowerCase(Locale.ROOT));
            return count;
        }

        private SpfRecord visit(String domain) {
            if (++visited > MOST_VISITED) {
                throw new IllegalArgumentException("its records include more than " + MOST_VISITED + " others");
            }
            if (!open.add(domain.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("its records include each other, by way of " + domain);
            }
            return of(domain);
        }

        Result evaluate(String domain, SpfRecord record, InetAddress sender) {
            for (Mechanism one : record.mechanisms()) {
                String target = one.value().isEmpty() ? domain : one.value();
                if (one.hasMacro() || one.name().matches("ptr|exists")) {
                    return Result.UNKNOWN;
                }
                Result included = one.name().equals("include") ? included(target, sender) : Result.NEUTRAL;
                if (included == Result.UNKNOWN) {
                    return Result.UNKNOWN;
                }
                if (included == Result.PASS || matches(one, target, sender)) {
                    return Result.of(one.qualifier());
                }
            }
            return record.redirect()
                    .map(other -> other.contains("%") ? Result.UNKNOWN : included(other, sender))
                    .orElse(Result.NEUTRAL);
        }

        private Result included(String domain, InetAddress sender) {
            Result result = evaluate(domain, visit(domain), sender);
            open.remove(domain.toLowerCase(Locale.ROOT));
            return result;
        }
    }

    private SpfRecord of(String domain) {
        List<String> texts = texts(domain);
        if (texts.size() != 1) {
            throw new IllegalArgumentException(
                    "it includes " + domain + ", which has " + (texts.isEmpty() ? "no" : "several") + " SPF records");
        }
        try {
            return SpfRecord.parse(texts.get(0));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it includes " + domain + ", where " + e.getMessage(), e);
        }
    }

    /**
     * What a domain's record says of a sender.
     *
     * @throws IllegalArgumentException as {@link #lookups} does
     */
    Result evaluate(String domain, SpfRecord record, InetAddress sender) {
        return new Walk(domain).evaluate(domain, record, sender);
    }

    private boolean matches(Mechanism one, String target, InetAddress sender) {
        return switch (one.name()) {
            case "all" -> true;
            case "ip4", "ip6" -> isWithin(one, Addresses.parse(one.value()), sender);
            case "a" -> addresses.of(target).stream().anyMatch(address -> isWithin(one, address, sender));
            case "mx" ->
                MailServers.hosts(records, target).stream()
                        .flatMap(host -> addresses.of(host).stream())
                        .anyMatch(address -> isWithin(one, address, sender));
            default -> false;
        };
    }

    private static boolean isWithin(Mechanism one, InetAddress network, InetAddress sender) {
        return Addresses.share(network, sender, sender.getAddress().length == 4 ? one.prefix4() : one.prefix6());
    }
}
