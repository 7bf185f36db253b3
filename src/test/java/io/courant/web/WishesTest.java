package io.courant.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Mailbox;
import io.courant.audience.Preferences;
import io.courant.audience.Segment;
import io.courant.issue.Newsletter;
import io.courant.section.Topic;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WishesTest {
    private static final Newsletter NEWSLETTER = new Newsletter(
            "weekly",
            "Weekly",
            Mailbox.parse("News <news@example.org>"),
            null,
            "1 Street",
            URI.create("https://news.example.org"),
            Locale.ENGLISH,
            ZoneOffset.UTC,
            List.of(),
            List.of(
                    new Topic("vision", "Vision", List.of()),
                    new Topic("voice", "Voice", List.of(), List.of("speech"))),
            false,
            Segment.ALL,
            "digest",
            Newsletter.Quotas.DEFAULT,
            false);

    @Test
    void aTopicThatWasChosenByItsFormerIdIsTickedAndKeptByItsNewOne() {
        Wishes wishes = wishes("speech");
        assertThat(wishes.topics()).containsExactly("voice");
        assertThat(wishes.preferences(NEWSLETTER).topics()).containsExactly("voice");
    }

    @Test
    void whoHasNoTopicLeftIsNotTakenToWantAll() {
        Wishes wishes = wishes("gone");
        assertThat(wishes.every()).isNotEqualTo(Wishes.YES);
        assertThat(wishes.flaws(NEWSLETTER, List.of(), Instant.EPOCH))
                .extracting(flaw -> flaw.field())
                .containsExactly("topics");
    }

    private static Wishes wishes(String topic) {
        return Wishes.of(
                new Preferences(Set.of(topic), Frequency.EACH, null, null, null, Form.HTML, null),
                NEWSLETTER,
                Instant.EPOCH);
    }
}
