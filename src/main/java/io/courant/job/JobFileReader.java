package io.courant.job;

import io.courant.audience.EmailAddress;
import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.bounce.BouncePlace;
import io.courant.delivery.DkimKey;
import io.courant.delivery.Lint;
import io.courant.delivery.Release;
import io.courant.delivery.Transport;
import io.courant.issue.Brand;
import io.courant.issue.Newsletter;
import io.courant.issue.Summarising;
import io.courant.job.YamlFile.Fields;
import io.courant.post.FetchPolicy;
import io.courant.post.Source;
import io.courant.render.Nearest;
import io.courant.section.Taxonomy;
import io.courant.section.Topic;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one job file: every key, type and reference is checked, and every problem told with its line. */
final class JobFileReader {
    static final String[] KEYS = {
        "title",
        "from",
        "reply-to",
        "postal-address",
        "home",
        "archive",
        "language",
        "zone",
        "cron",
        "when",
        "missed",
        "late-within",
        "quiet",
        "template",
        "approval",
        "grace",
        "audience",
        "measure",
        "quotas",
        "relay",
        "pace",
        "delivery",
        "parts",
        "dkim",
        "bounces",
        "fetch",
        "webhooks",
        "summariser",
        "brand",
        "look-back",
        "updates",
        "sources",
        "topics",
        "exclusive-topics"
    };
    static final EmailAddress NOBODY = new EmailAddress("nobody@invalid.example");

    private final String name;
    private final Path folder;
    private final List<String> templates;
    private final YamlFile file;

    /**
     * @param name the newsletter's name
     * @param folder what relative paths in the file start from
     * @param templates what there is to choose from
     */
    JobFileReader(String name, Path folder, List<String> templates, YamlFile file) {
        this.name = name;
        this.folder = folder;
        this.templates = templates;
        this.file = file;
    }

    JobFile read() {
        Fields fields = file.fields(KEYS);
        String title = fields.text("title");
        Mailbox from = fields.required("from", Mailbox::parse, new Mailbox("", NOBODY));
        EmailAddress replyTo = fields.optional("reply-to", EmailAddress::new, NOBODY);
        String postalAddress = fields.text("postal-address");
        URI home = fields.required("home", JobFileReader::home, URI.create("https://invalid.example"));
        @Nullable Path archive = fields.has("archive") ? fields.optional("archive", this::below, folder) : null;
        ZoneId zone = fields.optional("zone", Parse::zone, ZoneOffset.UTC);
        @Nullable Schedule schedule = new ScheduleReader(file, zone).read(fields);
        @Nullable QuietHours quiet = new ScheduleReader(file, zone).quiet(fields);
        String template = fields.required("template", this::template, "");
        Release release = release(fields);
        boolean measuring = fields.optional("measure", JobFileReader::measuring, false);
        Taxonomy taxonomy = new TopicsReader(file).read(fields);
        Segment audience = new AudienceReader(file, taxonomy, zone).read(fields);
        List<Topic> topics = taxonomy.topics();
        Newsletter.Quotas quotas = quotas(fields, topics);
        List<Source> sources = new SourcesReader(name, folder, file).read(fields);
        FetchPolicy fetch = SourcesReader.fetch(file, fields);
        @Nullable Summarising summarising = new SummariserReader(file, folder).read(fields);
        Brand brand = new BrandReader(file).read(fields);
        Optional<Transport> transport = new TransportReader(file, folder).read(fields);
        List<DkimKey> dkim = new DkimReader(file, folder).read(fields, from.address());
        @Nullable BouncePlace bounces = new BouncesReader(file, folder).read(fields);
        List<Webhook> webhooks = new WebhooksReader(file, folder).read(fields);
        Split split = split(fields);
        file.refuseProblems();
        return new JobFile(
                new Newsletter(
                        name,
                        title,
                        from,
                        fields.has("reply-to") ? replyTo : null,
                        postalAddress,
                        home,
                        taxonomy.language(),
                        zone,
                        sources,
                        topics,
                        taxonomy.exclusive(),
                        audience,
                        template,
                        quotas,
                        release.approvers() > 0,
                        summarising,
                        brand),
                transport.orElseThrow(),
                dkim,
                bounces,
                fetch,
                measuring,
                archive,
                schedule,
                quiet,
                release,
                split,
                webhooks);
    }

    private Split split(Fields fields) {
        Node node = fields.node("parts");
        if (node == null) {
            return Split.DEFAULT;
        }
        Fields parts = file.fields(node, "size", "threads");
        return new Split(
                parts.optional("size", Parse.number(1, 10_000_000), Split.DEFAULT.size()),
                parts.optional("threads", Parse.number(1, 64), Split.DEFAULT.threads()));
    }

    private Release release(Fields fields) {
        int approvers = fields.optional("approval", JobFileReader::approvers, 0);
        if (approvers == 0 && fields.has("grace")) {
            fields.optional("grace", JobFileReader::withoutApproval, Duration.ZERO);
            return Release.FREE;
        }
        return new Release(approvers, fields.optional("grace", Parse::duration, Duration.ZERO));
    }

    private static int approvers(String text) {
        return text.strip().equals("two") ? 2 : Parse.bool(text) ? 1 : 0;
    }

    private static Duration withoutApproval(String text) {
        throw new IllegalArgumentException(
                "sending waits for " + text + " after an approval, and none is asked for; set approval: true, too");
    }

    /** Pages of the home stand in the header by which mail programs unsubscribe. */
    private static URI home(String text) {
        URI home = Parse.web(text);
        if (!"https".equals(home.getScheme())) {
            throw new IllegalArgumentException("expected an address that begins with https://, found '" + text
                    + "': List-Unsubscribe " + Lint.NO_PAGE);
        }
        return home;
    }

    private Path below(String text) {
        return folder.resolve(Parse.notBlank(text)).normalize();
    }

    private static boolean measuring(String text) {
        return switch (text.strip()) {
            case "clicks" -> true;
            case "nothing" -> false;
            default ->
                throw new IllegalArgumentException(
                        "expected clicks or nothing, found '" + text + "'; nothing else can be measured");
        };
    }

    private String template(String text) {
        String template = Parse.notBlank(text);
        if (!templates.contains(template)) {
            throw new IllegalArgumentException(
                    "template '" + template + "' not found in templates/" + Nearest.hint(template, templates));
        }
        return template;
    }

    private Newsletter.Quotas quotas(Fields fields, List<Topic> topics) {
        Node node = fields.node("quotas");
        if (node == null) {
            return Newsletter.Quotas.DEFAULT;
        }
        Fields quotas = file.fields(node, "per-topic", "items", "brief", "topics", "per-source", "carry-over");
        return new Newsletter.Quotas(
                quotas.optional("per-topic", Parse.number(1, 100), Newsletter.Quotas.DEFAULT.perTopic()),
                quotas.optional("items", Parse.number(1, 500), Newsletter.Quotas.DEFAULT.items()),
                quotas.optional("brief", Parse.number(0, 500), Newsletter.Quotas.DEFAULT.brief()),
                topicQuotas(quotas, topics),
                quotas.optional("per-source", Parse.number(1, 500), Newsletter.Quotas.DEFAULT.perSource()),
                quotas.optional("carry-over", Parse.number(0, 1000), Newsletter.Quotas.DEFAULT.carryOver()));
    }

    private Map<String, Integer> topicQuotas(Fields quotas, List<Topic> topics) {
        Node node = quotas.node("topics");
        if (node == null) {
            return Map.of();
        }
        List<String> ids = topics.stream().map(Topic::id).toList();
        Map<String, Integer> byTopic = new HashMap<>();
        file.fields(node).values().forEach((topic, quota) -> {
            if (!ids.contains(topic)) {
                file.problem(
                        quota,
                        "unknown topic '" + topic + "'" + Nearest.hint(topic, ids)
                                + "; the topics of this newsletter are " + String.join(", ", ids));
            }
            byTopic.put(topic, file.parsed(quota, Parse.number(0, 100), 0));
        });
        return byTopic;
    }
}
