package io.courant.render;

import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.issue.Editorial;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.issue.TopicSection;
import io.courant.section.Assignment;
import io.courant.section.Finding;
import io.courant.section.Topic;
import io.courant.section.Trend;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Issues that never were, on which a template shows whether it can take what real ones bring. */
final class Specimens {
    private static final Instant DAY = Instant.parse("2026-11-23T06:00:00Z");
    private static final String TEASER =
            "Nine hospitals trained one model on their own scans and shared only its weights. It found more tumours than"
                    + " any model that had seen a single hospital.";
    private static final long BRIEF = 100_000; // ids of items in brief begin here
    private static final String ARABIC = "التعلّم الاتحادي يحفظ خصوصية المرضى في المستشفيات";
    private static final String CHINESE = "联邦学习让医院在不共享数据的情况下共同训练模型，并且保护病人的隐私";

    private Specimens() {}

    /** A newsletter with an issue of it. */
    record Specimen(String name, Newsletter newsletter, Issue issue) {}

    /** One issue with little in it and one with more, so that words with numbers take their forms. */
    static List<Specimen> in(Locale language, String template) {
        Newsletter newsletter = newsletter(template, language, "Courant");
        List<TopicSection> one = sections(List.of("Edge AI"), 1, "Nine hospitals, one model", TEASER);
        List<TopicSection> some = sections(List.of("Edge AI", "Art", "Law"), 3, "Nine hospitals, one model", TEASER);
        return List.of(
                new Specimen("one item in " + language.toLanguageTag(), newsletter, issue(one, List.of(), 1)),
                new Specimen(
                        "some items in " + language.toLanguageTag(), newsletter, issue(some, brief(2, "Note"), 2)));
    }

    static List<Specimen> all(String template) {
        Newsletter english = newsletter(template, Locale.ENGLISH, "Deep Learning Courant");
        List<String> topics =
                List.of("Federated learning", "Edge AI", "Explainable AI", "Self-supervised learning", "Creative AI");
        return List.of(
                new Specimen(
                        "normal",
                        english,
                        issue(
                                sections(topics.subList(0, 3), 3, "Nine hospitals, one model", TEASER),
                                brief(3, "A note"),
                                4)),
                new Specimen(
                        "one item",
                        english,
                        issue(sections(topics.subList(0, 1), 1, "Nine hospitals, one model", TEASER), List.of(), 0)),
                new Specimen("in brief only", english, issue(List.of(), brief(2, "A short note"), 1)),
                new Specimen("no teasers", english, issue(sections(topics, 2, "A title", ""), brief(1, "A note"), 0)),
                new Specimen(
                        "no links", english, issue(List.of(unlinked()), List.of(item(BRIEF, "A note", "", null)), 0)),
                new Specimen(
                        "hostile titles",
                        newsletter(template, Locale.ENGLISH, "<b>News</b> & \"more\""),
                        issue(
                                        sections(
                                                List.of(
                                                        "</title><script>alert(1)</script>",
                                                        "\"><img src=x onerror=alert(1)>"),
                                                2,
                                                "<script>alert('1')</script>\r\nBcc: all@example.org \u202e${7*7} <#include '/x'>",
                                                "' onclick=alert(1) <iframe src=x></iframe> \u001b[2J"),
                                        brief(2, "<svg/onload=alert(1)>"),
                                        1)
                                .under(new Editorial(
                                        List.of("<script>alert(2)</script> Dear readers,", "${7*7} <#include '/x'>"),
                                        "",
                                        ""))),
                new Specimen(
                        "very long words",
                        english,
                        issue(
                                sections(
                                        List.of("Donaudampfschifffahrt".repeat(6)),
                                        2,
                                        "Lopadotemachoselachogaleo".repeat(8),
                                        "x".repeat(400)),
                                brief(1, "W".repeat(250)),
                                0)),
                new Specimen(
                        "right to left",
                        newsletter(template, Locale.forLanguageTag("ar"), "نشرة التعلّم العميق"),
                        issue(
                                sections(
                                        List.of("التعلّم الاتحادي", "الذكاء على الأجهزة"),
                                        2,
                                        ARABIC,
                                        ARABIC + ". " + ARABIC + "."),
                                brief(2, ARABIC),
                                2)),
                new Specimen(
                        "Chinese",
                        newsletter(template, Locale.SIMPLIFIED_CHINESE, "深度学习通讯"),
                        issue(
                                sections(List.of("联邦学习", "边缘智能"), 2, CHINESE, (CHINESE + "。").repeat(3)),
                                brief(2, CHINESE),
                                0)),
                new Specimen(
                        "sixty items",
                        english,
                        issue(
                                sections(
                                        IntStream.rangeClosed(1, 10)
                                                .mapToObj(i -> "Topic number " + i)
                                                .toList(),
                                        5,
                                        "A heading of some length about what nine hospitals did",
                                        TEASER),
                                brief(10, "A short note"),
                                25)));
    }

    private static Newsletter newsletter(String template, Locale language, String title) {
        return new Newsletter(
                "specimen",
                title,
                Mailbox.parse("Courant <courant@example.org>"),
                null,
                "Example Press\n1 Long Street\nExample Town 12345",
                URI.create("https://courant.example.org/"),
                language,
                ZoneOffset.UTC,
                List.of(),
                List.of(),
                false,
                Segment.ALL,
                template,
                new Newsletter.Quotas(5, 50, 10),
                false);
    }

    private static Issue issue(List<TopicSection> sections, List<Item> brief, int carriedOver) {
        return new Issue(
                IssueId.of("specimen", LocalDate.ofInstant(DAY, ZoneOffset.UTC), 1),
                "specimen",
                DAY,
                sections,
                brief,
                IntStream.range(0, carriedOver)
                        .mapToObj(i -> new Issue.CarriedOver(1_000 + i, "Waiting " + i))
                        .toList(),
                List.of(),
                List.of());
    }

    private static List<TopicSection> sections(List<String> topics, int each, String title, String teaser) {
        List<TopicSection> sections = new ArrayList<>();
        for (String topic : topics) {
            long first = 100L * sections.size();
            sections.add(new TopicSection(
                    new Topic("topic-" + sections.size(), topic, List.of()),
                    IntStream.range(0, each)
                            .mapToObj(i -> item(first + i, title, teaser, link(i)))
                            .toList(),
                    trend(sections.size(), teaser)));
        }
        return sections;
    }

    /** The first topics move, each another way; without teasers there is too little history. */
    private static Trend trend(int place, String teaser) {
        List<Trend.Label> moves = List.of(Trend.Label.RISING, Trend.Label.NEW, Trend.Label.FADING);
        Trend.Label label =
                teaser.isEmpty() ? Trend.Label.UNKNOWN : place < moves.size() ? moves.get(place) : Trend.Label.STEADY;
        return new Trend(
                "topic-" + place,
                label,
                label == Trend.Label.UNKNOWN
                        ? "too little history: 12 of the 52 weeks needed before the last 4"
                        : "9 posts this week, 2.4 expected; 31 in 8 weeks where 17.5 were expected, from 6 sources",
                label.isMove() ? new Finding(8, 31, 240, 17.5, 1.8, 6, 0.004, false) : null,
                Collections.nCopies(Trend.WEEKS_SHOWN, 0.1),
                Collections.nCopies(Trend.WEEKS_SHOWN, 3));
    }

    private static TopicSection unlinked() {
        return new TopicSection(
                new Topic("topic", "Federated learning", List.of()),
                List.of(item(1, "First", TEASER, null), item(2, "Second", TEASER, URI.create("javascript:alert(1)"))));
    }

    private static List<Item> brief(int count, String title) {
        return IntStream.range(0, count)
                .mapToObj(i -> item(BRIEF + i, title, "", link(i)))
                .toList();
    }

    private static URI link(int number) {
        return URI.create("https://example.org/posts/2026/11/nine-hospitals-one-model?part=" + number + "&from=feed");
    }

    private static Item item(long id, String title, String teaser, @Nullable URI link) {
        return new Item(
                id,
                title,
                teaser.isEmpty() ? title : "Ten trends to watch: " + title,
                link,
                "Lab Notes",
                DAY.minus(3, ChronoUnit.DAYS),
                teaser,
                Duration.ofMinutes(3),
                Assignment.UNSORTED,
                "It speaks of “federated learning” in its heading and of “privacy” in its text.",
                id % 2 == 1,
                List.of(
                        new Item.Also("Harbour Wire", link, "same address"),
                        new Item.Also("The <Daily> & Sunday", null, "87% of the text is the same")),
                id % 3 == 1,
                id == 0 ? teaser : "",
                false);
    }
}
