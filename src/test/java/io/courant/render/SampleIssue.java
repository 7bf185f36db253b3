package io.courant.render;

import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
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
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An issue as a real week gives it: list articles, a post without a link, one without a teaser. */
final class SampleIssue {
    static final Newsletter NEWSLETTER = newsletter("digest");

    static final Issue ISSUE = new Issue(
            IssueId.of("deep-learning", LocalDate.of(2026, 11, 23), 1),
            "deep-learning",
            Instant.parse("2026-11-23T05:30:00Z"),
            List.of(
                    section(
                            "Federated learning and privacy",
                            item(
                                    1,
                                    "Nine hospitals train one model and share no scan",
                                    "Lab Notes",
                                    22,
                                    4,
                                    "Each hospital kept its images and sent home only what its copy of the model had"
                                            + " learned. The joint model found one tumour in eight that every single"
                                            + " hospital had missed.",
                                    "The heading says “federated”, and the text says “privacy” four times."),
                            item(
                                    2,
                                    "Noise that protects: a budget for differential privacy",
                                    "Signal & Proof",
                                    20,
                                    6,
                                    "A working budget for three years of updates, with the two places where it ran out"
                                            + " early.",
                                    "The text says “differential privacy”."),
                            item(
                                    3,
                                    "Keyboards that learn on the way home",
                                    "Pocket Compute",
                                    19,
                                    2,
                                    "",
                                    "The text says “federated averaging”.")),
                    section(
                            "Edge AI and on-device learning",
                            item(
                                    4,
                                    "A hearing aid with four megabytes of network",
                                    "Pocket Compute",
                                    21,
                                    3,
                                    "It picks one voice out of a crowded room and runs for two days on a cell the size"
                                            + " of a lentil.",
                                    "The heading says “network”, and the text says “on-device”."),
                            part(5, "Small models leave the data centre", 18)),
                    section(
                            "Explainable AI",
                            item(
                                    6,
                                    "Ask the model what would have changed its mind",
                                    "Signal & Proof",
                                    17,
                                    5,
                                    "Counterfactuals were understood by seven loan officers in ten; heat maps by two.",
                                    "The text says “counterfactual explanation”."),
                            unlinked()),
                    section("Sustainable AI", part(8, "The kilowatt-hour enters the leaderboard", 18))),
            List.of(
                    item(9, "Weather nets, checked against a wet October", "Lab Notes", 16, 2, "", ""),
                    item(10, "Painting with a diffusion model: a studio diary", "Off Canvas", 16, 7, "", ""),
                    item(11, "What reviewers asked of 40 self-supervised papers", "Signal & Proof", 16, 4, "", "")),
            List.of(new Issue.CarriedOver(91, "One more thing"), new Issue.CarriedOver(92, "And another")),
            List.of(),
            List.of());

    private SampleIssue() {}

    /** The newsletter with another template. */
    static Newsletter newsletter(String template) {
        return newsletter(template, Locale.ENGLISH);
    }

    /** The newsletter with another template and another language. */
    static Newsletter newsletter(String template, Locale language) {
        return new Newsletter(
                "deep-learning",
                "The Deep Learning Courant",
                Mailbox.parse("Deep Learning Courant <courant@news.example.org>"),
                null,
                "Example Press\n12 Canal Street\nAmsterdam",
                URI.create("https://news.example.org/deep-learning/"),
                language,
                ZoneId.of("Europe/Amsterdam"),
                List.of(),
                List.of(),
                false,
                Segment.ALL,
                template,
                new Newsletter.Quotas(5, 20, 10),
                false);
    }

    private static TopicSection section(String title, Item... items) {
        String id = title.toLowerCase(Locale.ROOT).replace(' ', '-');
        return new TopicSection(new Topic(id, title, List.of()), List.of(items), trend(id));
    }

    private static Trend trend(String topic) {
        return switch (topic.substring(0, 4)) {
            case "fede" ->
                moving(
                        topic,
                        Trend.Label.RISING,
                        "6 posts this week, 1.4 expected; 19 in 4 weeks where 6.2 were expected, from 4 sources",
                        week -> week < 22 ? .04 + week % 3 * .01 : .04 * (week - 20));
            case "sust" ->
                moving(
                        topic,
                        Trend.Label.FADING,
                        "no posts this week, 1.1 expected; 4 in 13 weeks where 14 were expected",
                        week -> week < 12 ? .09 : week % 4 == 0 ? .03 : 0);
            default ->
                new Trend(
                        topic,
                        Trend.Label.STEADY,
                        "2 posts this week, 1.8 expected after the half year before",
                        null,
                        shares(week -> .06 + week % 5 * .01),
                        Collections.nCopies(Trend.WEEKS_SHOWN, 2));
        };
    }

    private static Trend moving(String topic, Trend.Label label, String evidence, IntToDoubleFunction share) {
        Finding finding = new Finding(4, 19, 120, 6.2, 3.1, 4, .001, true);
        return new Trend(topic, label, evidence, finding, shares(share), Collections.nCopies(Trend.WEEKS_SHOWN, 2));
    }

    private static List<Double> shares(IntToDoubleFunction share) {
        return IntStream.range(0, Trend.WEEKS_SHOWN).mapToDouble(share).boxed().toList();
    }

    private static Item item(long id, String heading, String source, int day, int minutes, String teaser, String why) {
        return item(
                id,
                heading,
                heading,
                URI.create("https://example.org/" + id + "?a=1&b=2"),
                source,
                day,
                minutes,
                teaser,
                why);
    }

    private static Item part(long id, String heading, int day) {
        return item(
                id,
                heading,
                "Ten turns in deep learning that you will still notice next year",
                URI.create("https://example.org/ten-turns/" + id),
                "The Long View",
                day,
                1,
                "What took a rack in 2023 now fits a doorbell, and the bill for training is printed beside the score.",
                "The heading says “small models”.");
    }

    private static Item unlinked() {
        String heading = "Notes from a panel on honest heat maps";
        return item(7, heading, heading, null, "Lab Notes", 16, 2, "Two of the five speakers had retracted one.", "");
    }

    private static Item item(
            long id,
            String heading,
            String post,
            @Nullable URI link,
            String source,
            int day,
            int minutes,
            String teaser,
            String why) {
        return new Item(
                id,
                heading,
                post,
                link,
                source,
                LocalDate.of(2026, 11, day).atTime(9, 0).toInstant(java.time.ZoneOffset.UTC),
                teaser,
                Duration.ofMinutes(minutes),
                Assignment.UNSORTED,
                why,
                id == 2,
                id == 3 ? List.of(new Item.Also("Harbour Wire", link, "same address")) : List.of(),
                id == 2,
                id == 1 ? teaser + " What follows is how the first sentences of a lead go on." : "",
                false);
    }
}
