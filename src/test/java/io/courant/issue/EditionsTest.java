package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Mailbox;
import io.courant.audience.Preferences;
import io.courant.audience.Segment;
import io.courant.issue.Editions.Copy;
import io.courant.issue.Editions.Coverage;
import io.courant.issue.Editions.Wish;
import io.courant.section.Assignment;
import io.courant.section.Topic;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EditionsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z"); // a Monday, at seven in Berlin
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Topic VISION = new Topic("vision", "Vision", List.of());
    private static final Topic SPEECH = new Topic("speech", "Speech", List.of());
    private static final Topic ETHICS = new Topic("ethics", "Ethics", List.of());
    private static final Newsletter NEWSLETTER = newsletter(VISION, SPEECH, ETHICS);

    /** vision: 31, 32; speech: 33; unsorted: 34. */
    private static final Issue OWN = issue("weekly-2026-11-23", NOW, List.of(31L, 32L), List.of(33L), List.of(34L));
    /** vision: 21; speech: 22, 23. */
    private static final Issue FRIDAY =
            issue("weekly-2026-11-20", NOW.minus(Duration.ofDays(3)), List.of(21L), List.of(22L, 23L), List.of());
    /** speech: 11. */
    private static final Issue EARLIER =
            issue("weekly-2026-11-13", NOW.minus(Duration.ofDays(10)), List.of(), List.of(11L), List.of());

    private final Editions editions = new Editions(
            NEWSLETTER, OWN, List.of(FRIDAY, EARLIER), List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH), NOW);

    @Test
    void whoWantsNothingSpecialGetsTheFirstEdition() {
        assertThat(editions.of(wish(Preferences.DEFAULT))).contains(new Copy(1, NOW));
        assertThat(editions.all()).hasSize(1);
        assertThat(editions.cut(editions.all().get(0), OWN.id())).isEqualTo(OWN);
    }

    @Test
    void thereIsOneEditionForEachContentLanguageAndFormHoweverManyReadersThereAre() {
        for (int reader = 0; reader < 1_000; reader++) {
            editions.of(wish(topics(reader % 2 == 0 ? "vision" : "speech")));
            editions.of(wish(topics("vision", "ethics")));
            editions.of(wish(new Preferences(Set.of(), Frequency.EACH, null, null, null, Form.TEXT, null)));
            editions.of(wish(language("de-CH")));
            editions.of(wish(language("de")));
            editions.of(wish(language("en-GB")));
            editions.of(wish(language("ja")));
        }
        assertThat(editions.all().stream().map(Edition::words))
                .containsExactly(
                        "Vision; en, html",
                        "all topics; en, text",
                        "all topics; de, html",
                        "all topics; en, html",
                        "Speech; en, html");
    }

    @Test
    void theWholeIsAnEditionOnlyIfSomebodyGetsIt() {
        assertThat(editions.all()).isEmpty();
        editions.of(wish(topics("speech")));
        assertThat(editions.all().stream().filter(edition -> edition.isWholeOf(OWN, Locale.ENGLISH)))
                .isEmpty();
        Edition whole = edition(Wish.NOTHING_SPECIAL);
        assertThat(whole.number()).isEqualTo(2);
        assertThat(whole.isWholeOf(OWN, Locale.ENGLISH)).isTrue();
        assertThat(whole.isWholeOf(OWN, Locale.GERMAN)).isFalse();
        assertThat(edition(weekly("2026-11-16T06:00:00Z")).isWholeOf(OWN, Locale.ENGLISH))
                .isFalse();
    }

    @Test
    void whoseTopicsLeaveNothingOutGetsWhatThoseGetWhoChoseNone() {
        Issue sorted = issue("weekly-2026-11-24", NOW, List.of(41L), List.of(42L), List.of());
        Editions all = new Editions(NEWSLETTER, sorted, List.of(), List.of(), NOW);
        assertThat(all.of(wish(topics("vision", "speech")))).isEqualTo(all.of(wish(Preferences.DEFAULT)));
        assertThat(all.all().stream().map(Edition::words)).containsExactly("all topics; en, html");
    }

    @Test
    void whoChoseTopicsGetsTheirItemsAndNothingUnsorted() {
        assertThat(sections(wish(topics("speech", "ethics")))).containsExactly(33L);
        assertThat(sections(wish(topics("ethics")))).isEmpty();
    }

    /** Issues of before have their items under the old id; so do the choices of whoever has not chosen since. */
    @Test
    void whoChoseATopicByItsFormerIdGetsIt() {
        Newsletter renamed = newsletter(
                new Topic("sight", "Sight", List.of(), List.of("vision")),
                new Topic("voice", "Voice", List.of(), List.of("speech", "sound")));
        Editions since = new Editions(renamed, null, List.of(OWN, FRIDAY), List.of(), NOW.plusSeconds(60));
        Coverage coverage = coverage("2026-11-13T06:00:00Z");

        assertThat(since.of(new Wish(topics("vision"), Instant.EPOCH, coverage, Set.of())))
                .contains(new Copy(1, NOW.plusSeconds(60)));
        assertThat(since.of(new Wish(topics("sight"), Instant.EPOCH, coverage, Set.of())))
                .contains(new Copy(1, NOW.plusSeconds(60)));
        assertThat(since.all().get(0).sections()).containsExactly(31L, 32L, 21L);
        assertThat(since.all().get(0).topics()).containsExactly("Sight");
        Copy voice = since.of(new Wish(topics("sound"), Instant.EPOCH, coverage, Set.of()))
                .orElseThrow();
        assertThat(since.all().get(voice.edition() - 1).sections()).containsExactly(33L, 22L, 23L);
        assertThat(since.of(new Wish(topics("touch"), Instant.EPOCH, coverage, Set.of())))
                .as("who has no topic left does not want all")
                .isEmpty();
    }

    @Test
    void nobodyGetsWhatTheyHave() {
        assertThat(sections(new Wish(topics("vision"), NOW, null, Set.of(31L)))).containsExactly(32L);
        assertThat(sections(new Wish(topics("vision"), NOW, null, Set.of(31L, 32L))))
                .isEmpty();
    }

    @Test
    void whoWantsOneMailAWeekGetsItOnceAWeekWithAllThatWasIssuedSince() {
        assertThat(sections(weekly("2026-11-16T06:00:00Z"))).containsExactly(31L, 32L, 33L, 34L, 21L, 22L, 23L);
        assertThat(sections(weekly("2026-11-09T06:00:00Z"))).containsExactly(31L, 32L, 33L, 34L, 21L, 22L, 23L, 11L);
        assertThat(sections(weekly("2026-11-23T05:00:00Z")))
                .as("it is the same week")
                .isEmpty();
        assertThat(sections(weekly("2026-11-22T22:59:00Z")))
                .as("it was Sunday in Berlin")
                .containsExactly(31L, 32L, 33L, 34L);
        assertThat(sections(weekly("2026-11-22T23:00:00Z")))
                .as("it was Monday in Berlin")
                .isEmpty();
    }

    @Test
    void anEditionOfSeveralIssuesKeepsToTheQuotasAndLosesNothing() {
        Edition edition = edition(weekly("2026-11-16T06:00:00Z"));
        Issue cut = editions.cut(edition, OWN.id());

        assertThat(cut.sections().stream()
                        .map(section -> section.topic().id() + " "
                                + section.items().stream().map(Item::section).toList()))
                .containsExactly("vision [31, 21]", "speech [33, 22]");
        assertThat(cut.brief().stream().map(Item::section)).containsExactly(32L, 23L, 34L);
        assertThat(cut.beyond()).as("two fit in brief").containsExactly(34L);
        assertThat(edition.since()).isEqualTo(EARLIER.date());
        assertThat(cut.items().stream()
                        .filter(item -> !item.opening().isEmpty())
                        .map(Item::section))
                .as("only the lead opens the issue")
                .containsExactly(31L);
    }

    @Test
    void aMonthlyReaderWaitsForTheNextMonthAndADailyOneForTheNextDay() {
        assertThat(editions.of(covered(Frequency.MONTHLY, "2026-11-01T06:00:00Z")))
                .isEmpty();
        assertThat(editions.of(covered(Frequency.MONTHLY, "2026-10-31T06:00:00Z")))
                .isPresent();
        assertThat(editions.of(covered(Frequency.DAILY, "2026-11-22T23:30:00Z")))
                .isEmpty();
        assertThat(editions.of(covered(Frequency.DAILY, "2026-11-22T22:30:00Z")))
                .isPresent();
    }

    @Test
    void whatIsFiveWeeksOldIsNotMadeUpFor() {
        Editions old = new Editions(
                NEWSLETTER,
                null,
                List.of(
                        FRIDAY,
                        issue("weekly-2026-10-01", NOW.minus(Duration.ofDays(53)), List.of(1L), List.of(), List.of())),
                List.of(),
                NOW);
        Copy copy = old.of(weekly("2026-01-01T06:00:00Z")).orElseThrow();
        assertThat(old.all().get(copy.edition() - 1).sections()).containsExactly(21L, 22L, 23L);
    }

    @Test
    void whenNothingIsNewOnlyThoseGetMailWhoHaveNotHadAll() {
        Editions catchUp = new Editions(NEWSLETTER, null, List.of(FRIDAY, EARLIER), List.of(), NOW);

        assertThat(catchUp.of(wish(Preferences.DEFAULT))).isEmpty();
        assertThat(catchUp.all()).isEmpty();
        assertThat(catchUp.of(weekly("2026-11-20T06:00:01Z"))).isEmpty();
        assertThat(catchUp.of(covered(Frequency.EACH, "2026-11-18T06:00:00Z"))).contains(new Copy(1, NOW));
        assertThat(catchUp.of(weekly("2026-11-18T06:00:00Z"))).contains(new Copy(1, NOW));
        assertThat(catchUp.all().get(0).sections()).containsExactly(21L, 22L, 23L);
    }

    @Test
    void whoPausesGetsNothingAndAfterwardsNothingOfThatTime() {
        Instant friday = Instant.parse("2026-11-20T12:00:00Z");
        Preferences pausing =
                new Preferences(Set.of(), Frequency.WEEKLY, null, NOW.plusSeconds(1), null, Form.HTML, null);
        Preferences paused = new Preferences(Set.of(), Frequency.WEEKLY, null, friday, null, Form.HTML, null);
        Coverage coverage = coverage("2026-11-09T06:00:00Z");

        assertThat(editions.of(new Wish(pausing, Instant.EPOCH, coverage, Set.of())))
                .isEmpty();
        assertThat(sections(new Wish(paused, Instant.EPOCH, coverage, Set.of())))
                .containsExactly(31L, 32L, 33L, 34L);
    }

    @Test
    void whoJoinsGetsNothingOfTheTimeBefore() {
        Preferences weekly = new Preferences(Set.of(), Frequency.WEEKLY, null, null, null, Form.HTML, null);
        Wish newcomer = new Wish(weekly, NOW.minusSeconds(60), coverage("2026-11-09T06:00:00Z"), Set.of());
        assertThat(sections(newcomer)).containsExactly(31L, 32L, 33L, 34L);
        assertThat(sections(new Wish(weekly, NOW.minusSeconds(60), null, Set.of())))
                .containsExactly(31L, 32L, 33L, 34L);
    }

    @Test
    void theMailComesAtTheReadersHour() {
        assertThat(due(7, "Europe/Berlin")).isEqualTo(NOW);
        assertThat(due(8, "Europe/Berlin")).isEqualTo("2026-11-23T07:00:00Z");
        assertThat(due(6, "Europe/Berlin")).isEqualTo("2026-11-24T05:00:00Z");
        assertThat(due(18, "America/New_York"))
                .as("it is one in the morning there")
                .isEqualTo("2026-11-23T23:00:00Z");
        assertThat(due(0, "Pacific/Kiritimati")).isEqualTo("2026-11-23T10:00:00Z");
    }

    @Test
    void anHourThatTheClocksSkipComesWhenTheyHaveSkippedIt() {
        Instant saturday = Instant.parse("2027-03-27T20:00:00Z");
        Editions spring = new Editions(NEWSLETTER, OWN, List.of(), List.of(), saturday);
        Preferences atTwo = new Preferences(Set.of(), Frequency.EACH, 2, null, null, Form.HTML, null);
        assertThat(spring.of(wish(atTwo)).orElseThrow().dueAt()).isEqualTo("2027-03-28T01:00:00Z");
    }

    private Instant due(int hour, String zone) {
        return editions.of(
                        wish(new Preferences(Set.of(), Frequency.EACH, hour, null, ZoneId.of(zone), Form.HTML, null)))
                .orElseThrow()
                .dueAt();
    }

    private List<Long> sections(Wish wish) {
        return editions.of(wish)
                .map(copy -> editions.all().get(copy.edition() - 1).sections())
                .orElse(List.of());
    }

    private Edition edition(Wish wish) {
        Optional<Copy> copy = editions.of(wish);
        return editions.all().get(copy.orElseThrow().edition() - 1);
    }

    private static Newsletter newsletter(Topic... topics) {
        return new Newsletter(
                "weekly",
                "Weekly",
                Mailbox.parse("News <news@example.org>"),
                null,
                "1 Street",
                URI.create("https://news.example.org"),
                Locale.ENGLISH,
                BERLIN,
                List.of(),
                List.of(topics),
                false,
                Segment.ALL,
                "digest",
                new Newsletter.Quotas(2, 4, 2),
                false);
    }

    private static Wish wish(Preferences preferences) {
        return new Wish(preferences, Instant.EPOCH, null, Set.of());
    }

    private static Wish weekly(String last) {
        return covered(Frequency.WEEKLY, last);
    }

    private static Wish covered(Frequency frequency, String last) {
        Preferences wanted = new Preferences(Set.of(), frequency, null, null, null, Form.HTML, null);
        return new Wish(wanted, Instant.EPOCH, coverage(last), Set.of());
    }

    private static Coverage coverage(String last) {
        return new Coverage(Instant.parse(last), Instant.parse(last));
    }

    private static Preferences topics(String... topics) {
        return new Preferences(Set.of(topics), Frequency.EACH, null, null, null, Form.HTML, null);
    }

    private static Preferences language(String tag) {
        return new Preferences(Set.of(), Frequency.EACH, null, null, null, Form.HTML, Locale.forLanguageTag(tag));
    }

    private static Issue issue(String id, Instant date, List<Long> vision, List<Long> speech, List<Long> unsorted) {
        List<TopicSection> sections = new ArrayList<>();
        if (!vision.isEmpty()) {
            sections.add(new TopicSection(VISION, items(date, "vision", vision)));
        }
        if (!speech.isEmpty()) {
            sections.add(new TopicSection(SPEECH, items(date, "speech", speech)));
        }
        return new Issue(
                new IssueId(id),
                "weekly",
                date,
                sections,
                items(date, null, unsorted),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<Item> items(Instant date, @Nullable String topic, List<Long> sections) {
        return Stream.of(sections)
                .flatMap(List::stream)
                .map(section -> new Item(
                        section,
                        "Item " + section,
                        "Post " + section,
                        null,
                        "Source",
                        date,
                        "Teaser.",
                        Duration.ofMinutes(1),
                        topic == null ? Assignment.UNSORTED : new Assignment(topic, 3, List.of()),
                        "why",
                        false,
                        List.of(),
                        false,
                        Arrays.asList(31L, 21L, 11L).contains(section) ? "Opening." : "",
                        false))
                .toList();
    }
}
