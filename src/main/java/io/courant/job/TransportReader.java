package io.courant.job;

import io.courant.delivery.DeliveryPolicy;
import io.courant.delivery.DomainGroups;
import io.courant.delivery.DomainGroups.DomainGroup;
import io.courant.delivery.InDoubtPolicy;
import io.courant.delivery.Pace;
import io.courant.delivery.Relay;
import io.courant.delivery.RetryPolicy;
import io.courant.delivery.Route;
import io.courant.delivery.Transport;
import io.courant.job.YamlFile.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the keys {@code relay}, {@code pace} and {@code delivery} of a job file. */
final class TransportReader {
    private static final Function<String, Integer> CONNECTIONS = Parse.number(1, 100);
    private static final Function<String, Integer> PER_MINUTE = Parse.number(0, 10_000_000);

    private final YamlFile file;
    private final Path folder;

    /** @param folder what relative paths in the file start from */
    TransportReader(YamlFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** Empty only if a problem was noted. */
    Optional<Transport> read(Fields fields) {
        Node paceNode = fields.node("pace");
        Pace pace = Pace.DEFAULT;
        DomainGroups groups = DomainGroups.DEFAULT;
        if (paceNode != null) {
            Fields keys = file.fields(paceNode, "connections", "per-minute", "groups");
            pace = pace(keys, Pace.DEFAULT);
            groups = groups(keys);
        }
        DeliveryPolicy policy = policy(fields);
        List<Route> routes = routes(fields, pace);
        return routes.isEmpty() ? Optional.empty() : Optional.of(new Transport(routes, groups, policy));
    }

    private static Pace pace(Fields fields, Pace standard) {
        return new Pace(
                fields.optional("connections", CONNECTIONS, standard.connections()),
                fields.optional("per-minute", PER_MINUTE, standard.perMinute()));
    }

    private DomainGroups groups(Fields pace) {
        Node node = pace.node("groups");
        if (node == null) {
            return DomainGroups.DEFAULT;
        }
        List<DomainGroup> groups = new ArrayList<>();
        file.fields(node).values().forEach((name, value) -> {
            try {
                groups.add(group(name, value));
            } catch (IllegalArgumentException e) {
                file.problem(value, String.valueOf(e.getMessage()));
            }
        });
        return DomainGroups.DEFAULT.with(groups);
    }

    private DomainGroup group(String name, Node value) {
        List<String> known = DomainGroups.DEFAULT.groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .map(DomainGroup::domains)
                .orElse(List.of());
        if (!(value instanceof MappingNode)) {
            return checked(new DomainGroup(name, known, file.parsed(value, PER_MINUTE, 0)), value);
        }
        Fields group = file.fields(value, "per-minute", "domains");
        Node domains = group.node("domains");
        return checked(
                new DomainGroup(
                        name,
                        domains == null
                                ? known
                                : file.entries(domains).stream()
                                        .map(domain -> file.text(domain).toLowerCase(Locale.ROOT))
                                        .toList(),
                        group.optional("per-minute", PER_MINUTE, 0)),
                value);
    }

    private DomainGroup checked(DomainGroup group, Node value) {
        boolean others = group.name().equals(DomainGroups.OTHERS);
        if (group.domains().isEmpty() != others) {
            file.problem(
                    value,
                    others
                            ? "the group 'others' is for all domains that no other group names; leave out its domains"
                            : "group '" + group.name() + "' is new, so name its domains: {domains: [example.org], "
                                    + "per-minute: 60}");
        }
        return group;
    }

    private List<Route> routes(Fields fields, Pace pace) {
        Node node = fields.node("relay");
        if (node == null || file.entries(node).isEmpty()) {
            fields.problem(
                    "relay",
                    (node == null ? "key 'relay' is missing" : "there is no relay")
                            + "; say which SMTP server takes the mail: {host: …, port: …}");
            return List.of();
        }
        List<Route> routes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node entry : file.entries(node)) {
            Route route = route(entry, pace);
            if (route != null && !names.add(route.relay().name())) {
                file.problem(entry, "relay " + route.relay().name() + " is listed twice");
            } else if (route != null) {
                routes.add(route);
            }
        }
        return routes;
    }

    private @Nullable Route route(Node entry, Pace pace) {
        Fields relay = file.fields(
                entry,
                "host",
                "port",
                "tls",
                "username",
                "password-file",
                "weight",
                "connections",
                "per-minute",
                "timeouts");
        String host = relay.text("host");
        int port = relay.optional("port", Parse.number(1, 65_535), 587);
        Relay.Tls tls = relay.optional("tls", Parse.oneOf(Relay.Tls.class), Relay.Tls.STARTTLS);
        @Nullable String username = relay.has("username") ? relay.text("username") : null;
        @Nullable Path password = relay.has("password-file") ? file(relay.text("password-file")) : null;
        int weight = relay.optional("weight", Parse.number(1, 1000), 1);
        Pace own = pace(relay, pace);
        try {
            return new Route(new Relay(host, port, tls, username, password, timeouts(relay)), weight, own);
        } catch (IllegalArgumentException e) {
            file.problem(entry, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Relay.Timeouts timeouts(Fields relay) {
        Relay.Timeouts standard = Relay.Timeouts.DEFAULT;
        Node node = relay.node("timeouts");
        if (node == null) {
            return standard;
        }
        Fields timeouts = file.fields(node, "connect", "write", "reply", "dot", "message");
        try {
            return new Relay.Timeouts(
                    timeouts.optional("connect", Parse::duration, standard.connect()),
                    timeouts.optional("write", Parse::duration, standard.write()),
                    timeouts.optional("reply", Parse::duration, standard.reply()),
                    timeouts.optional("dot", Parse::duration, standard.dot()),
                    timeouts.optional("message", Parse::duration, standard.message()));
        } catch (IllegalArgumentException e) {
            file.problem(node, String.valueOf(e.getMessage()));
            return standard;
        }
    }

    /** A file beside the job file, unless the path is absolute; jobs may come from inside the program's jar. */
    private Path file(String path) {
        Path given = Path.of(path);
        return given.isAbsolute() ? given : folder.resolve(path);
    }

    private DeliveryPolicy policy(Fields fields) {
        Node node = fields.node("delivery");
        if (node == null) {
            return DeliveryPolicy.DEFAULT;
        }
        Fields delivery = file.fields(
                node,
                "retry",
                "expiry",
                "in-doubt",
                "in-doubt-after",
                "in-doubt-times",
                "refusals",
                "mark-dots",
                "claims",
                "rests",
                "patience");
        try {
            return policy(delivery, DeliveryPolicy.DEFAULT);
        } catch (IllegalArgumentException e) {
            file.problem(node, String.valueOf(e.getMessage()));
            return DeliveryPolicy.DEFAULT;
        }
    }

    private static DeliveryPolicy policy(Fields delivery, DeliveryPolicy standard) {
        return new DeliveryPolicy(
                new RetryPolicy(
                        delivery.optional(
                                "retry", Parse::durations, standard.retry().delays()),
                        standard.retry().jitter(),
                        delivery.optional(
                                "expiry", Parse::duration, standard.retry().expiry())),
                doubt(delivery, standard.doubt()),
                new DeliveryPolicy.Refusals(
                        standard.refusals().first(),
                        delivery.optional(
                                "refusals", Parse::share, standard.refusals().share())),
                new DeliveryPolicy.Groups(
                        delivery.optional(
                                "claims",
                                Parse.number(1, 100_000),
                                standard.groups().claims()),
                        standard.groups().outcomes(),
                        standard.groups().every()),
                new DeliveryPolicy.Outage(
                        delivery.optional(
                                "rests", Parse::durations, standard.outage().rests()),
                        delivery.optional(
                                "patience", Parse::duration, standard.outage().patience())));
    }

    private static DeliveryPolicy.Doubt doubt(Fields delivery, DeliveryPolicy.Doubt standard) {
        InDoubtPolicy policy = delivery.optional("in-doubt", Parse.oneOf(InDoubtPolicy.class), standard.policy());
        return new DeliveryPolicy.Doubt(
                policy,
                delivery.optional("in-doubt-after", Parse::duration, standard.after()),
                delivery.optional("in-doubt-times", Parse.number(0, 100), standard.times()),
                // where nobody sends a doubtful one again, there must be as few as can be
                delivery.optional("mark-dots", Parse::bool, policy != InDoubtPolicy.RESEND));
    }
}
