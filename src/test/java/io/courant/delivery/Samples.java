package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.issue.Draft;
import io.courant.issue.Editions;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.issue.TopicSection;
import io.courant.lab.FakeRelay;
import io.courant.post.Source;
import io.courant.render.Hole;
import io.courant.render.Rendering;
import io.courant.section.Assignment;
import io.courant.section.Topic;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A newsletter, its issues and renderings, as small as they can be, and a relay that is given up soon. */
public final class Samples {
    static final String NONCE = "n0nce7";
    static final Relay.Timeouts SHORT = new Relay.Timeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(5));
    private static final Topic EDGE = new Topic("edge-ai", "Edge AI", List.of(new Topic.Seed("edge AI", 3)));

    private Samples() {}

    static Relay relay(FakeRelay server) {
        return new Relay("127.0.0.1", server.port(), Relay.Tls.NONE, null, null, SHORT);
    }

    static Newsletter newsletter() {
        return newsletter("deep-learning", "Deep Learning Weekly", "Deep Learning Weekly <digest@news.example.org>");
    }

    static Newsletter newsletter(String name, String title, String from) {
        return newsletter(name, title, from, List.of(), Segment.ALL, false);
    }

    public static Newsletter newsletter(String name, List<Source> sources) {
        return newsletter(
                name, "Deep Learning", "Deep Learning <digest@news.example.org>", sources, Segment.ALL, false);
    }

    private static Newsletter newsletter(String name, Segment audience, boolean approval) {
        return newsletter(
                name,
                "Deep Learning Weekly",
                "Deep Learning Weekly <digest@news.example.org>",
                List.of(),
                audience,
                approval);
    }

    private static Newsletter newsletter(
            String name, String title, String from, List<Source> sources, Segment audience, boolean approval) {
        return new Newsletter(
                name,
                title,
                Mailbox.parse(from),
                new EmailAddress("editors@example.org"),
                "1 Sample Street, Springfield",
                URI.create("https://news.example.org/dl"),
                Locale.ENGLISH,
                ZoneId.of("Europe/Berlin"),
                sources,
                List.of(EDGE),
                false,
                audience,
                "plain",
                new Newsletter.Quotas(5, 25, 20),
                approval);
    }

    static Issue issue(long section) {
        return issue("deep-learning-2026-11-23", section);
    }

    /** An issue of the day that its id says; a second one of that day comes a minute later. */
    public static Issue issue(String id, long section) {
        Matcher parts = Pattern.compile("(.*)-(\\d{4}-\\d{2}-\\d{2})(-\\d+)?").matcher(id);
        if (!parts.matches()) {
            throw new IllegalArgumentException(id);
        }
        Instant date = Instant.parse(parts.group(2) + "T06:30:00Z").plusSeconds(parts.group(3) == null ? 0 : 60);
        return new Issue(
                new IssueId(id),
                parts.group(1),
                date,
                List.of(new TopicSection(EDGE, List.of(item(section)))),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static Item item(long section) {
        return new Item(
                section,
                "Models that fit a watch",
                "Ten trends",
                URI.create("https://example.org/ten-trends"),
                "Lab Notes",
                Instant.parse("2026-11-20T12:00:00Z"),
                "Small models run where the data is.",
                Duration.ofMinutes(3),
                new Assignment("edge-ai", 4.25, List.of(new Assignment.Reason("edge AI", "title", 4.25))),
                "“edge AI” in the title",
                false,
                List.of());
    }

    static Rendering rendering() {
        return rendering(
                "Edge AI: 1 new piece",
                "<p>For " + marker(Hole.ADDRESS) + " since " + marker(Hole.SINCE) + ".</p>\n<a href=\""
                        + marker(Hole.UNSUBSCRIBE_URL) + "\">Unsubscribe</a>\n",
                "For " + marker(Hole.ADDRESS) + " since " + marker(Hole.SINCE) + ".\nUnsubscribe: "
                        + marker(Hole.UNSUBSCRIBE_URL) + "\n");
    }

    static Rendering rendering(String subject, String html, String text) {
        return new Rendering(subject, html, text, List.of(), NONCE);
    }

    static String marker(Hole hole) {
        return hole.marker(NONCE);
    }

    static MessageTemplate message(Issue issue) {
        return MessageTemplate.compile(newsletter(), issue, rendering());
    }

    /** Freezes an issue in one edition for everybody. */
    public static FrozenIssues.Freezing freeze(FrozenIssues issues, Issue issue) {
        return freeze(issues, issue, Segment.ALL, false);
    }

    static FrozenIssues.Freezing freeze(FrozenIssues issues, Issue issue, Segment audience, boolean approvalNeeded) {
        return freeze(
                issues, newsletter(issue.newsletter(), audience, approvalNeeded), issue, draft(issue), message(issue));
    }

    /** Freezes an issue that takes this to be let out. */
    public static FrozenIssues.Freezing freeze(FrozenIssues issues, Issue issue, Segment audience, Release release) {
        Newsletter newsletter = newsletter(issue.newsletter(), audience, release.approvers() > 0);
        return freeze(issues, newsletter, issue, draft(issue), message(issue), release);
    }

    /** The same with a message of the caller's. */
    public static FrozenIssues.Freezing freeze(
            FrozenIssues issues, Newsletter newsletter, Issue issue, Draft draft, MessageTemplate message) {
        Release release = newsletter.approval() ? Release.BY_ONE : Release.FREE;
        return freeze(issues, newsletter, issue, draft, message, release);
    }

    private static FrozenIssues.Freezing freeze(
            FrozenIssues issues,
            Newsletter newsletter,
            Issue issue,
            Draft draft,
            MessageTemplate message,
            Release release) {
        issues.keep(List.of(message));
        Editions editions = new Editions(newsletter, issue, List.of(), List.of(), issue.date());
        editions.of(Editions.Wish.NOTHING_SPECIAL);
        return issues.freeze(new FrozenIssues.Frozen(
                issue,
                draft,
                rendering().subject(),
                editions,
                List.of(new Print(
                        "all",
                        editions.all().get(0),
                        message.sha256(),
                        issue.items().stream().map(Item::section).toList())),
                newsletter,
                DomainGroups.DEFAULT,
                Imprint.of(newsletter),
                List.of(),
                Map.of(),
                release));
    }

    private static Draft draft(Issue issue) {
        Newsletter newsletter = newsletter().withoutSources();
        return new Draft(newsletter, issue.id(), issue.date(), null, List.of(), List.of(), List.of());
    }

    /** A message of these bytes, the same for everybody. */
    static Message message(byte[] bytes) {
        return new Message(bytes, new Stencil(new byte[0], List.of()), new byte[0][]);
    }
}
