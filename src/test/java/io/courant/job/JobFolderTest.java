package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.courant.audience.Segment;
import io.courant.delivery.DeliveryPolicy;
import io.courant.delivery.InDoubtPolicy;
import io.courant.delivery.Relay;
import io.courant.issue.Newsletter;
import io.courant.post.Source;
import io.courant.section.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {
    private static final List<String> TEMPLATES = List.of("digest", "plain");

    /** Line numbers below are counted in this file. */
    private static final String WEEKLY = """
            title: Weekly
            from: Weekly <weekly@news.example.org>
            reply-to: editors@news.example.org
            postal-address: 1 Harbour Street, Exampletown
            home: https://news.example.org
            language: en
            zone: Europe/Berlin
            cron: "0 0 7 * * MON"
            template: digest
            approval: true
            audience:
              tags: [edge, vision]
            quotas:
              per-topic: 2
              items: 9
              brief: 4
              topics: {edge-ai: 5}
            relay:
              host: mail.example.org
              port: 465
              tls: tls
            pace: {connections: 2, per-minute: 120}
            delivery: {retry: "1m,5m", expiry: 2d, in-doubt: hold, in-doubt-after: 20m, in-doubt-times: 1, claims: 50}
            sources:
              - name: Notes
                folder: notes
              - name: Wire
                feed: wire.atom
              - feed: https://wire.example.org/feed
            topics:
              - id: edge-ai
                title: Edge AI
                seeds: {edge device: 3, microcontroller: 2}
              - id: privacy
                title: Privacy
                seeds: {federated learning: 3}
            """;

    @TempDir
    private Path root;

    private Path jobs;

    @BeforeEach
    void folder() throws IOException {
        jobs = Files.createDirectories(root.resolve("jobs"));
        Files.createDirectories(jobs.resolve("notes"));
        Files.writeString(jobs.resolve("wire.atom"), "<feed/>");
    }

    private JobFolder jobFolder() {
        return new JobFolder(jobs, TEMPLATES, Map.of(), Map.of());
    }

    private JobFile load(String text, Map<String, String> environment, Map<String, String> settings)
            throws IOException {
        Files.writeString(jobs.resolve("weekly.yaml"), text);
        return new JobFolder(jobs, TEMPLATES, environment, settings).load("weekly");
    }

    private JobFile load(String text) throws IOException {
        return load(text, Map.of(), Map.of());
    }

    private List<String> problems(String text, Map<String, String> environment, Map<String, String> settings) {
        JobFileException refused =
                catchThrowableOfType(JobFileException.class, () -> load(text, environment, settings));
        assertThat(refused).as("refusal of\n" + text).isNotNull();
        assertThat(refused).hasMessage(String.join("\n", refused.problems()));
        return refused.problems();
    }

    private List<String> problems(String text) {
        return problems(text, Map.of(), Map.of());
    }

    private static String with(String line, String replacement) {
        assertThat(WEEKLY).contains(line);
        return WEEKLY.replace(line, replacement);
    }

    private static String without(String key) {
        String shorter = WEEKLY.replaceAll("(?m)^" + key + ":.*\\n(?:[ -].*\\n)*", "");
        assertThat(shorter).isNotEqualTo(WEEKLY);
        return shorter;
    }

    @Test
    void everyKeyOfAJobFileCounts() throws IOException {
        JobFile job = load(WEEKLY);
        Newsletter weekly = job.newsletter();
        assertThat(job.name()).isEqualTo("weekly");
        assertThat(weekly.title()).isEqualTo("Weekly");
        assertThat(weekly.from()).hasToString("Weekly <weekly@news.example.org>");
        assertThat(weekly.replyTo()).hasToString("editors@news.example.org");
        assertThat(weekly.postalAddress()).isEqualTo("1 Harbour Street, Exampletown");
        assertThat(weekly.home()).hasToString("https://news.example.org");
        assertThat(weekly.language()).isEqualTo(Locale.ENGLISH);
        assertThat(weekly.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(weekly.template()).isEqualTo("digest");
        assertThat(weekly.approval()).isTrue();
        assertThat(weekly.audience().tags()).containsExactlyInAnyOrder("edge", "vision");
        assertThat(weekly.quotas()).isEqualTo(new Newsletter.Quotas(2, 9, 4, Map.of("edge-ai", 5), 500, 4));
        assertThat(weekly.sources())
                .extracting(Source::key, Source::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("weekly: notes", "Notes"),
                        org.assertj.core.groups.Tuple.tuple("weekly: wire.atom", "Wire"),
                        org.assertj.core.groups.Tuple.tuple(
                                "https://wire.example.org/feed", "https://wire.example.org/feed"));
        assertThat(weekly.topics())
                .containsExactly(
                        new Topic(
                                "edge-ai",
                                "Edge AI",
                                List.of(new Topic.Seed("edge device", 3), new Topic.Seed("microcontroller", 2))),
                        new Topic("privacy", "Privacy", List.of(new Topic.Seed("federated learning", 3))));
        assertThat(job.transport().routes().get(0).relay())
                .isEqualTo(new Relay("mail.example.org", 465, Relay.Tls.TLS, null, null, Relay.Timeouts.DEFAULT));
        assertThat(job.transport().routes().get(0).pace().connections()).isEqualTo(2);
        assertThat(job.transport().routes().get(0).pace().perMinute()).isEqualTo(120);
        assertThat(job.transport().policy().retry().delays())
                .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5));
        assertThat(job.transport().policy().retry().expiry()).isEqualTo(Duration.ofDays(2));
        assertThat(job.transport().policy().doubt())
                .isEqualTo(new DeliveryPolicy.Doubt(InDoubtPolicy.HOLD, Duration.ofMinutes(20), 1, true));
        assertThat(job.transport().policy().groups().claims()).isEqualTo(50);
        Instant sunday = Instant.parse("2026-11-22T11:00:00Z");
        assertThat(Objects.requireNonNull(job.schedule()).next(sunday)).contains(Instant.parse("2026-11-23T06:00:00Z"));
    }

    @Test
    void anAudienceMeetsEachOfItsConditions() throws IOException {
        String all = "tags: [edge]\n  topics: [edge-ai, privacy]\n  languages: [de, FR]\n  joined-since: 2026-01-31";
        assertThat(load(with("tags: [edge, vision]", all)).newsletter().audience())
                .isEqualTo(new Segment(
                        Set.of("edge"),
                        Set.of("edge-ai", "privacy"),
                        Set.of("de", "fr"),
                        Instant.parse("2026-01-30T23:00:00Z"))); // the day begins in the newsletter's zone
    }

    @Test
    void anAudienceByTopicHasThoseWhoChoseItByAnIdThatItHadBefore() throws IOException {
        String renamed = with("tags: [edge, vision]", "topics: [privacy]")
                .replace("title: Privacy\n", "title: Privacy\n    was: [secrecy, data-protection]\n");
        Newsletter newsletter = load(renamed).newsletter();
        assertThat(newsletter.topics().get(1).was()).containsExactly("secrecy", "data-protection");
        assertThat(newsletter.audience().topics()).containsExactlyInAnyOrder("privacy", "secrecy", "data-protection");
        assertThat(newsletter.followed(Set.of("edge-ai", "secrecy", "gone")))
                .containsExactlyInAnyOrder("edge-ai", "privacy", "gone");
    }

    @Test
    void whoseLanguageIsNotKnownIsTakenForAReaderOfTheNewsletters() throws IOException {
        assertThat(load(with("tags: [edge, vision]", "languages: [de, en]"))
                        .newsletter()
                        .audience()
                        .languages())
                .containsExactlyInAnyOrder("de", "en", "");
    }

    @Test
    void whatMayBeLeftOutHasTheDocumentedDefault() throws IOException {
        String shortest = WEEKLY;
        for (String key :
                List.of("reply-to", "language", "zone", "cron", "approval", "audience", "quotas", "pace", "delivery")) {
            shortest = shortest.replaceAll("(?m)^" + key + ":.*\\n(?:[ -].*\\n)*", "");
        }
        JobFile job = load(shortest.replace("  port: 465\n  tls: tls\n", ""));
        assertThat(job.newsletter().replyTo()).isNull();
        assertThat(job.newsletter().language()).isEqualTo(Locale.ENGLISH);
        assertThat(job.newsletter().zone().getId()).isEqualTo("Z");
        assertThat(job.newsletter().approval()).isFalse();
        assertThat(job.newsletter().audience().tags()).isEmpty();
        assertThat(job.newsletter().quotas()).isEqualTo(new Newsletter.Quotas(3, 18, 12));
        assertThat(job.transport().routes().get(0).relay().port()).isEqualTo(587);
        assertThat(job.transport().routes().get(0).relay().tls()).isEqualTo(Relay.Tls.STARTTLS);
        assertThat(job.transport().routes().get(0).pace().connections()).isEqualTo(4);
        assertThat(job.transport().routes().get(0).pace().perMinute()).isZero();
        assertThat(job.transport().policy()).isEqualTo(DeliveryPolicy.DEFAULT);
        assertThat(job.measuring()).isFalse();
        assertThat(job.schedule()).isNull();
    }

    /** What is wrong with a file, and the one line that says so. */
    private record Refused(String what, String text, String message) {}

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsToldByFileAndLine() {
        return Stream.of(
                        new Refused(
                                "a key that does not exist",
                                with("title: Weekly", "titel: Weekly\ntitle: Weekly"),
                                "jobs/weekly.yaml:1: unknown key 'titel' (did you mean 'title'?)"),
                        new Refused(
                                "a key unlike any other",
                                with("pace: {", "pace: {bananas: 3, "),
                                "jobs/weekly.yaml:22: unknown key 'bananas' (expected one of connections, per-minute, groups)"),
                        new Refused(
                                "a key of the relay",
                                with("  port: 465", "  prot: 465"),
                                "jobs/weekly.yaml:20: unknown key 'prot' (did you mean 'port'?)"),
                        new Refused(
                                "a key that is missing",
                                without("title"),
                                "jobs/weekly.yaml:1: key 'title' is missing"),
                        new Refused(
                                "a host that is missing",
                                with("  host: mail.example.org\n", ""),
                                "jobs/weekly.yaml:19: key 'host' is missing"),
                        new Refused(
                                "no relay",
                                without("relay"),
                                "jobs/weekly.yaml:1: key 'relay' is missing; say which SMTP server takes the mail:"
                                        + " {host: …, port: …}"),
                        new Refused(
                                "no sources",
                                without("sources"),
                                "jobs/weekly.yaml:1: key 'sources' is missing; name at least one"
                                        + " {name: …, folder: …} or {name: …, feed: …}"),
                        new Refused(
                                "an empty list of sources",
                                without("sources") + "sources: []\n",
                                "jobs/weekly.yaml:31: there are no sources; name at least one"
                                        + " {name: …, folder: …} or {name: …, feed: …}"),
                        new Refused(
                                "an empty list of topics",
                                without("topics").replace("  topics: {edge-ai: 5}\n", "") + "topics: []\n",
                                "jobs/weekly.yaml:29: there are no topics; name at least one"
                                        + " {id: …, title: …, seeds: {term: weight}}"),
                        new Refused(
                                "a list where a text is expected",
                                with("title: Weekly", "title: [Weekly, Daily]"),
                                "jobs/weekly.yaml:1: expected one value, found a list"),
                        new Refused(
                                "keys where a text is expected",
                                with("title: Weekly", "title: {a: b}"),
                                "jobs/weekly.yaml:1: expected one value, found keys"),
                        new Refused(
                                "a text where keys are expected",
                                with("pace: {connections: 2, per-minute: 120}", "pace: fast"),
                                "jobs/weekly.yaml:22: expected connections, per-minute, groups with values"),
                        new Refused(
                                "nothing where a text is expected",
                                with("title: Weekly", "title:"),
                                "jobs/weekly.yaml:1: expected a text, found nothing"),
                        new Refused(
                                "a text where a number is expected",
                                with("  port: 465", "  port: smtps"),
                                "jobs/weekly.yaml:20: expected a whole number from 1 to 65535, found 'smtps'"),
                        new Refused(
                                "a number out of range",
                                with("connections: 2", "connections: 0"),
                                "jobs/weekly.yaml:22: expected a whole number from 1 to 100, found '0'"),
                        new Refused(
                                "a word where true or false is expected",
                                with("approval: true", "approval: maybe"),
                                "jobs/weekly.yaml:10: expected true or false, found 'maybe'"),
                        new Refused(
                                "a wish to measure more",
                                with("approval: true", "measure: opens"),
                                "jobs/weekly.yaml:10: expected clicks or nothing, found 'opens'; nothing else can be"
                                        + " measured"),
                        new Refused(
                                "a schedule of four fields",
                                with("\"0 0 7 * * MON\"", "\"0 7 * *\""),
                                "jobs/weekly.yaml:8: expected five fields of a crontab line, or six fields: second"
                                        + " minute hour day month weekday, such as \"0 0 7 * * MON\"; found '0 7 * *'"
                                        + " (Cron expression must consist of 6 fields (found 4 in \"0 7 * *\"))"),
                        new Refused(
                                "a day that never comes",
                                with("\"0 0 7 * * MON\"", "\"0 0 7 30 2 *\""),
                                "jobs/weekly.yaml:8: expected a time that comes; '0 0 7 30 2 *' names a day that never"
                                        + " does"),
                        new Refused(
                                "an unknown wish for missed runs",
                                with("template: digest", "missed: skipp\ntemplate: digest"),
                                "jobs/weekly.yaml:9: expected one of merge, skip, found 'skipp' (did you mean"
                                        + " 'skip'?)"),
                        new Refused(
                                "a run that is never too late, and is",
                                with("template: digest", "missed: merge\nlate-within: 6h\ntemplate: digest"),
                                "jobs/weekly.yaml:10: with 'missed: merge' no run is ever too late; leave out"
                                        + " 'late-within', or write 'missed: skip'"),
                        new Refused(
                                "missed runs of what is never due",
                                with("cron: \"0 0 7 * * MON\"", "missed: skip"),
                                "jobs/weekly.yaml:8: 'missed' says what becomes of missed runs, but no key 'cron' or"
                                        + " 'when' says when one is due"),
                        new Refused(
                                "no patience at all",
                                with("template: digest", "late-within: 30s\ntemplate: digest"),
                                "jobs/weekly.yaml:9: expected at least 1m, for no run begins at the very moment; found"
                                        + " '30s'"),
                        new Refused(
                                "quiet hours without an end",
                                with("template: digest", "quiet: \"22:00\"\ntemplate: digest"),
                                "jobs/weekly.yaml:9: expected two times of the day, such as 22:00-07:00; found"
                                        + " '22:00'"),
                        new Refused(
                                "a gathering without an end",
                                with("template: digest", "when: {items: 10}\ntemplate: digest"),
                                "jobs/weekly.yaml:9: key 'at-latest' is missing"),
                        new Refused(
                                "an unknown time zone",
                                with("Europe/Berlin", "Europe/Berlim"),
                                "jobs/weekly.yaml:7: expected a time zone such as Europe/Berlin, found 'Europe/Berlim'"
                                        + " (did you mean 'Europe/Berlin'?)"),
                        new Refused(
                                "no language tag",
                                with("language: en", "language: en_US"),
                                "jobs/weekly.yaml:6: expected a language tag such as en or pt-BR, found 'en_US'"),
                        new Refused(
                                "no web address",
                                with("home: https://news.example.org", "home: news.example.org"),
                                "jobs/weekly.yaml:5: expected an address such as https://news.example.org,"
                                        + " found 'news.example.org'"),
                        new Refused(
                                "a web address that is none of ours",
                                with("home: https://news.example.org", "home: file:///etc/passwd"),
                                "jobs/weekly.yaml:5: expected an address such as https://news.example.org,"
                                        + " found 'file:///etc/passwd'"),
                        new Refused(
                                "an email address without @",
                                with("Weekly <weekly@news.example.org>", "Weekly <weekly>"),
                                "jobs/weekly.yaml:2: not an email address: 'weekly' has no @ (expected local@domain)"),
                        new Refused(
                                "a sender with a line break",
                                with("Weekly <weekly@news.example.org>", "\"Weekly\\nBcc: <weekly@news.example.org>\""),
                                "jobs/weekly.yaml:2: display name contains a control character or a line break:"
                                        + " 'Weekly␤Bcc:'"),
                        new Refused(
                                "two addresses to reply to",
                                with("reply-to: editors@news.example.org", "reply-to: a@example.org, b@example.org"),
                                "jobs/weekly.yaml:3: not an email address: 'a@example.org, b@example.org' holds two"
                                        + " addresses, expected one local@domain"),
                        new Refused(
                                "a template that does not exist",
                                with("template: digest", "template: digets"),
                                "jobs/weekly.yaml:9: template 'digets' not found in templates/ (did you mean"
                                        + " 'digest'?)"),
                        new Refused(
                                "a quota for an unknown topic",
                                with("{edge-ai: 5}", "{edge-ia: 5}"),
                                "jobs/weekly.yaml:17: unknown topic 'edge-ia' (did you mean 'edge-ai'?); the topics of"
                                        + " this newsletter are edge-ai, privacy"),
                        new Refused(
                                "an audience of an unknown topic",
                                with("tags: [edge, vision]", "topics: [edge-ia]"),
                                "jobs/weekly.yaml:12: unknown topic 'edge-ia' (did you mean 'edge-ai'?); the topics of"
                                        + " this newsletter are edge-ai, privacy"),
                        new Refused(
                                "a former id that is the id of a topic further down",
                                with("title: Edge AI\n", "title: Edge AI\n    was: [edge, privacy]\n"),
                                "jobs/weekly.yaml:33: 'privacy' is the id of a topic, so that none can have taken its"
                                        + " place; name an id that this newsletter has no more"),
                        new Refused(
                                "a former id that no topic can have had",
                                with("title: Edge AI\n", "title: Edge AI\n    was: [Edge AI]\n"),
                                "jobs/weekly.yaml:33: a topic's id has small letters, digits and hyphens, as in"
                                        + " 'edge-ai'; found 'Edge AI'"),
                        new Refused(
                                "an audience of a language that is none",
                                with("tags: [edge, vision]", "languages: [english]"),
                                "jobs/weekly.yaml:12: expected a language's code of ISO 639, such as en or de, found"
                                        + " 'english'"),
                        new Refused(
                                "an audience since a day that is none",
                                with("tags: [edge, vision]", "joined-since: 2026-02-30"),
                                "jobs/weekly.yaml:12: expected a date such as 2026-01-31, found '2026-02-30'"),
                        new Refused(
                                "a topic that is defined twice",
                                with("- id: privacy", "- id: edge-ai"),
                                "jobs/weekly.yaml:34: topic 'edge-ai' is defined twice"),
                        new Refused(
                                "a topic's id with capitals",
                                with("- id: privacy", "- id: Privacy!"),
                                "jobs/weekly.yaml:34: a topic's id has small letters, digits and hyphens, as in"
                                        + " 'edge-ai'; found 'Privacy!'"),
                        new Refused(
                                "a topic without seeds",
                                with("    seeds: {federated learning: 3}\n", ""),
                                "jobs/weekly.yaml:34: key 'seeds' is missing; give terms with weights 1 to 3, as in"
                                        + " {transformer: 3}"),
                        new Refused(
                                "seeds that are empty",
                                with("{federated learning: 3}", "{}"),
                                "jobs/weekly.yaml:36: there are no seeds; give terms with weights 1 to 3, as in"
                                        + " {transformer: 3}"),
                        new Refused(
                                "a seed that weighs too much",
                                with("federated learning: 3", "federated learning: 4"),
                                "jobs/weekly.yaml:36: expected a whole number from 1 to 3, found '4'"),
                        new Refused(
                                "a source that is listed twice",
                                with("    feed: wire.atom", "    folder: notes"),
                                "jobs/weekly.yaml:27: source 'notes' is listed twice"),
                        new Refused(
                                "a source that is both",
                                with("    feed: wire.atom", "    feed: wire.atom\n    folder: notes"),
                                "jobs/weekly.yaml:27: a source has one of folder, feed, wordpress"),
                        new Refused(
                                "a source that is neither",
                                with("    feed: wire.atom\n", ""),
                                "jobs/weekly.yaml:27: a source has one of folder, feed, wordpress"),
                        new Refused(
                                "a folder that is not there",
                                with("folder: notes", "folder: nodes"),
                                "jobs/weekly.yaml:26: folder 'nodes' not found (looked for {jobs}/nodes)"),
                        new Refused(
                                "a feed file that is not there",
                                with("feed: wire.atom", "feed: wire.rss"),
                                "jobs/weekly.yaml:28: feed 'wire.rss' not found (looked for {jobs}/wire.rss)"),
                        new Refused(
                                "a feed behind something else than http",
                                with("https://wire.example.org/feed", "ftp://wire.example.org/feed"),
                                "jobs/weekly.yaml:29: expected an address such as https://news.example.org,"
                                        + " found 'ftp://wire.example.org/feed'"),
                        new Refused(
                                "a login in clear",
                                with("  tls: tls", "  tls: none\n  username: digest\n  password-file: secret"),
                                "jobs/weekly.yaml:19: a login would cross the network in clear; set tls to starttls"
                                        + " or tls"),
                        new Refused(
                                "a login without a password",
                                with("  tls: tls", "  tls: tls\n  username: digest"),
                                "jobs/weekly.yaml:19: username and password-file belong together; only one is set"),
                        new Refused(
                                "an unknown way to protect the connection",
                                with("  tls: tls", "  tls: startls"),
                                "jobs/weekly.yaml:21: expected one of none, starttls, tls, found 'startls'"
                                        + " (did you mean 'starttls'?)"),
                        new Refused(
                                "a time without a unit",
                                with("expiry: 2d", "expiry: 2"),
                                "jobs/weekly.yaml:23: expected a time such as 30s, 5m, 2h or 3d, found '2'"),
                        new Refused(
                                "a delay of nothing",
                                with("retry: \"1m,5m\"", "retry: 0s"),
                                "jobs/weekly.yaml:23: retry needs at least one delay, each longer than 0, not [PT0S]"),
                        new Refused(
                                "an unknown way out of doubt",
                                with("in-doubt: hold", "in-doubt: hodl"),
                                "jobs/weekly.yaml:23: expected one of resend, hold, assume-sent, found 'hodl'"
                                        + " (did you mean 'hold'?)"),
                        new Refused(
                                "a tag that is no text",
                                with("[edge, vision]", "[edge, [vision]]"),
                                "jobs/weekly.yaml:12: expected one value, found a list"),
                        new Refused(
                                "broken syntax",
                                with("home: https", "home: [https"),
                                "jobs/weekly.yaml:6: not YAML: expected ',' or ']', but got :"),
                        new Refused(
                                "a tab where blanks belong",
                                with("  host: mail", "\thost: mail"),
                                "jobs/weekly.yaml:19: not YAML: found character '\\t(TAB)' that cannot start any token."
                                        + " (Do not use \\t(TAB) for indentation)"),
                        new Refused(
                                "a key that stands twice",
                                with("language: en", "language: en\ntitle: Daily"),
                                "jobs/weekly.yaml:7: key 'title' stands twice (first in line 1)"),
                        new Refused(
                                "a seed that stands twice",
                                with("{federated learning: 3}", "{federated learning: 3, federated learning: 1}"),
                                "jobs/weekly.yaml:36: key 'federated learning' stands twice (first in line 36)"),
                        new Refused(
                                "a tag that names a class",
                                with("title: Weekly", "title: !!javax.script.ScriptEngineManager Weekly"),
                                "jobs/weekly.yaml:1: not YAML: Global tag is not allowed:"
                                        + " tag:yaml.org,2002:javax.script.ScriptEngineManager"),
                        new Refused(
                                "a tag of somebody's own",
                                with("    folder: notes", "    folder: !env HOME"),
                                "jobs/weekly.yaml:26: tag '!env' is not allowed here; write the value without it"),
                        new Refused(
                                "two documents",
                                WEEKLY + "---\ntitle: Daily\n",
                                "jobs/weekly.yaml:37: not YAML: but found another document"),
                        new Refused("an empty file", "", "jobs/weekly.yaml:1: is empty; expected keys with values"),
                        new Refused(
                                "a file of comments",
                                "# nothing yet\n",
                                "jobs/weekly.yaml:1: is empty; expected keys with values"),
                        new Refused(
                                "a list instead of keys",
                                "\n- title\n",
                                "jobs/weekly.yaml:2: expected keys with values"))
                .map(refused -> DynamicTest.dynamicTest(
                        refused.what(),
                        () -> assertThat(problems(refused.text()))
                                .contains(refused.message().replace("{jobs}", jobs.toString()))));
    }

    @Test
    void oneMistakeIsToldOnce() {
        assertThat(problems(with("title: Weekly", "titel: Weekly")))
                .containsExactly(
                        "jobs/weekly.yaml:1: unknown key 'titel' (did you mean 'title'?)",
                        "jobs/weekly.yaml:1: key 'title' is missing");
        assertThat(problems(with("[edge, vision]", "[edge, [vision]]"))).hasSize(1);
        assertThat(problems(with("federated learning: 3", "federated learning: 4")))
                .hasSize(1);
        assertThat(problems(with("  port: 465", "  port: smtps"))).hasSize(1);
        assertThat(problems("")).hasSize(1);
        assertThat(problems("- title\n")).hasSize(1);
    }

    @Test
    void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
        String text = WEEKLY.replace("zone: Europe/Berlin", "zone: Mars")
                .replace("  port: 465", "  port: 0")
                .replace("federated learning: 3", "federated learning: 9")
                .replace("pace: {", "pase: {")
                .replace("folder: notes", "folder: nodes")
                .replace("home: https", "home: htps");
        assertThat(problems(text))
                .extracting(problem -> problem.split(":", 3)[1])
                .containsExactly("5", "7", "20", "22", "26", "36");
    }

    @Test
    void anAliasBombIsRefusedBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(problems(bomb + WEEKLY))
                .singleElement()
                .asString()
                .startsWith("jobs/weekly.yaml:")
                .contains("not YAML")
                .contains("aliases");
    }

    @Test
    void aNodeThatContainsItselfIsRefused() {
        assertThat(problems(with("title: Weekly", "title: &t [*t]")))
                .containsExactly("jobs/weekly.yaml:1: expected one value, found a list");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThat(problems("title: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .startsWith("jobs/weekly.yaml:1: not YAML: ");
    }

    @Test
    void anAliasMaySaveTyping() throws IOException {
        String text = with("seeds: {edge device: 3, microcontroller: 2}", "seeds: &seeds {edge device: 3}")
                .replace("{federated learning: 3}", "*seeds");
        assertThat(load(text).newsletter().topics())
                .allSatisfy(topic -> assertThat(topic.seeds()).containsExactly(new Topic.Seed("edge device", 3)));
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(
                jobs.resolve("weekly.yaml"),
                with("title: Weekly", "title: Wöchentlich").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> jobFolder().load("weekly"))
                .isInstanceOf(JobFileException.class)
                .hasMessage("jobs/weekly.yaml:1: not UTF-8; save the file as UTF-8");
    }

    @Test
    void aByteOrderMarkDoesNoHarm() throws IOException {
        assertThat(load("\uFEFF" + WEEKLY).newsletter().title()).isEqualTo("Weekly");
        assertThat(load(WEEKLY.replace("\n", "\r\n")).newsletter().title()).isEqualTo("Weekly");
    }

    @Test
    void aJobThatDoesNotExistIsNamedWithItsNearest() throws IOException {
        Files.writeString(jobs.resolve("weekly.yaml"), WEEKLY);
        Files.writeString(jobs.resolve("monthly.yaml"), WEEKLY);
        assertThatThrownBy(() -> jobFolder().load("wekly"))
                .isInstanceOf(JobFileException.class)
                .hasMessage("no job 'wekly' in " + jobs + " (did you mean 'weekly'?); there are: monthly, weekly");
        assertThatThrownBy(() -> jobFolder().load("../jobs/weekly"))
                .isInstanceOf(JobFileException.class)
                .hasMessageStartingWith("no job '../jobs/weekly': a job's name has small letters, digits and hyphens");
        assertThat(jobFolder().names()).containsExactly("monthly", "weekly");
    }

    @Test
    void aFolderThatCannotBeListedIsNamed() {
        assertThatThrownBy(() -> new JobFolder(root.resolve("nowhere"), TEMPLATES, Map.of(), Map.of()).names())
                .isInstanceOf(JobFileException.class)
                .hasMessageContaining("nowhere: cannot list this folder of jobs")
                .hasMessageContaining("--jobs or COURANT_JOBS");
    }

    @Test
    void aSettingOfTheCommandLineWinsOverTheFile() throws IOException {
        JobFile job = load(
                WEEKLY,
                Map.of(),
                Map.of("relay.port", "2525", "relay.tls", "none", "delivery.claims", "20", "title", "Daily"));
        assertThat(job.transport().routes().get(0).relay().name()).isEqualTo("mail.example.org:2525");
        assertThat(job.transport().routes().get(0).relay().tls()).isEqualTo(Relay.Tls.NONE);
        assertThat(job.transport().policy().groups().claims()).isEqualTo(20);
        assertThat(job.transport().policy().retry().expiry()).isEqualTo(Duration.ofDays(2));
        assertThat(job.newsletter().title()).isEqualTo("Daily");
    }

    @Test
    void aSettingMayBringAKeyThatTheFileLeavesOut() throws IOException {
        JobFile job = load(
                without("relay").replaceAll("(?m)^delivery:.*\\n", ""),
                Map.of(),
                Map.of("relay.host", "localhost", "delivery.retry", "1m,5m"));
        assertThat(job.transport().routes().get(0).relay().name()).isEqualTo("localhost:587");
        assertThat(job.transport().policy().retry().delays())
                .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5));
    }

    @Test
    void theEnvironmentNamesTheRelay() throws IOException {
        JobFile job = load(
                WEEKLY,
                Map.of(
                        "COURANT_SMTP_HOST", "relay.example.net",
                        "COURANT_SMTP_PORT", "587",
                        "COURANT_SMTP_TLS", "starttls",
                        "COURANT_SMTP_USERNAME", "digest",
                        "COURANT_SMTP_PASSWORD_FILE", "/run/secrets/relay",
                        "COURANT_SMTP_UNHEARD_OF", "x",
                        "PATH", "/bin"),
                Map.of());
        assertThat(job.transport().routes().get(0).relay())
                .isEqualTo(new Relay(
                        "relay.example.net",
                        587,
                        Relay.Tls.STARTTLS,
                        "digest",
                        Path.of("/run/secrets/relay"),
                        Relay.Timeouts.DEFAULT));
    }

    @Test
    void flagsWinOverTheEnvironment() throws IOException {
        Map<String, String> environment = Map.of("COURANT_SMTP_HOST", "from-environment", "COURANT_SMTP_PORT", "25");
        JobFile job = load(WEEKLY, environment, Map.of("relay.port", "2525"));
        assertThat(job.transport().routes().get(0).relay().name()).isEqualTo("from-environment:2525");
    }

    @Test
    void aLaterSettingWinsOverAnEarlierOne() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("relay", "{host: other.example.org, port: 25, tls: none}");
        settings.put("relay.port", "2525");
        assertThat(load(WEEKLY, Map.of(), settings)
                        .transport()
                        .routes()
                        .get(0)
                        .relay()
                        .name())
                .isEqualTo("other.example.org:2525");
    }

    @Test
    void theShareOfRefusalsThatStopsARunIsASetting() throws IOException {
        assertThat(load(WEEKLY, Map.of(), Map.of("delivery.refusals", "1"))
                        .transport()
                        .policy()
                        .refusals()
                        .share())
                .isEqualTo(1);
        assertThat(problems(WEEKLY, Map.of(), Map.of("delivery.refusals", "10%")))
                .containsExactly("--set delivery.refusals: expected a number from 0 to 1, such as 0.1, found '10%'");
        assertThat(problems(WEEKLY, Map.of(), Map.of("delivery.refusals", "1.5")))
                .containsExactly("--set delivery.refusals: expected a number from 0 to 1, such as 0.1, found '1.5'");
    }

    @Test
    void aTimeOutOfNothingIsRefused() {
        assertThat(problems(WEEKLY, Map.of(), Map.of("relay.timeouts", "{dot: 0s}")))
                .singleElement()
                .asString()
                .contains("each of the relay's time-outs must be longer than 0");
    }

    @Test
    void aBadSettingIsNamedByWhereItCameFrom() {
        assertThat(problems(WEEKLY, Map.of(), Map.of("relay.port", "smtp")))
                .containsExactly("--set relay.port: expected a whole number from 1 to 65535, found 'smtp'");
        assertThat(problems(WEEKLY, Map.of("COURANT_SMTP_PORT", "smtp"), Map.of()))
                .containsExactly("COURANT_SMTP_PORT: expected a whole number from 1 to 65535, found 'smtp'");
        assertThat(problems(WEEKLY, Map.of(), Map.of("relay.prot", "25")))
                .containsExactly("--set relay.prot: unknown key 'prot' (did you mean 'port'?)");
        assertThat(problems(WEEKLY, Map.of(), Map.of("relay", "{host: localhost, prot: 25}")))
                .containsExactly("--set relay: unknown key 'prot' (did you mean 'port'?)");
        assertThat(problems(WEEKLY, Map.of(), Map.of("title.size", "3")))
                .containsExactly("--set title.size: 'title.size' leads into a value that has no keys");
        assertThat(problems(WEEKLY, Map.of(), Map.of("relay.port", "")))
                .containsExactly("--set relay.port: has no value");
        assertThat(problems(WEEKLY, Map.of(), Map.of("relay.port", "[25")))
                .containsExactly("--set relay.port: not a YAML value: '[25'");
        assertThat(problems(WEEKLY, Map.of(), Map.of("title", "!!java.net.URL x")))
                .containsExactly("--set title: not a YAML value: '!!java.net.URL x'");
        assertThat(problems(WEEKLY, Map.of(), Map.of("title", "!env x")))
                .containsExactly("--set title: tag '!env' is not allowed here; write the value without it");
        assertThat(problems(without("relay"), Map.of("COURANT_SMTP_PORT", "25"), Map.of()))
                .containsExactly("COURANT_SMTP_PORT: key 'host' is missing");
    }

    @Test
    void problemsOfTheFileComeBeforeThoseOfSettings() {
        assertThat(problems(with("zone: Europe/Berlin", "zone: Mars"), Map.of(), Map.of("title", "")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("jobs/weekly.yaml:7: "),
                        second -> assertThat(second).startsWith("--set title: "));
    }

    @Test
    void everyShippedJobLoads() {
        Path shipped = Path.of("jobs");
        JobFolder folder = new JobFolder(shipped, TEMPLATES, Map.of(), Map.of());
        assertThat(folder.names())
                .contains("deep-learning")
                .allSatisfy(name -> assertThat(folder.load(name).name()).isEqualTo(name));
        assertThat(folder.load("deep-learning").newsletter().topics()).hasSize(10);
    }

    @Test
    void whenItIsDueAndWhenItIsQuietIsReadInTheZone() throws IOException {
        JobFile job = load(with(
                "cron: \"0 0 7 * * MON\"",
                "cron: \"30 6 * * 1-5\"\nlate-within: 2h\nquiet: \"22:00-7:00\"\nwhen: {items: 10, at-latest: 7d}"));
        assertThat(job.schedule())
                .isEqualTo(new Schedule(
                        Cron.parse("30 6 * * 1-5"),
                        ZoneId.of("Europe/Berlin"),
                        Schedule.MissedRuns.SKIP,
                        Duration.ofHours(2),
                        new Schedule.Gathering(10, Duration.ofDays(7))));
        assertThat(job.quiet()).isEqualTo(QuietHours.parse("22:00-07:00", ZoneId.of("Europe/Berlin")));
    }

    @Test
    void whatWaitsForItemsIsAskedEachHourUnlessAScheduleSaysWhen() throws IOException {
        JobFile job = load(with("cron: \"0 0 7 * * MON\"", "when: {items: 10, at-latest: 7d}"));
        assertThat(Objects.requireNonNull(job.schedule()).cron()).isEqualTo(Schedule.HOURLY);
        assertThat(Objects.requireNonNull(load(WEEKLY).schedule()).missed()).isEqualTo(Schedule.MissedRuns.MERGE);
    }
}
