package io.courant.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.ImportReport.Refused;
import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers.Entry;
import io.courant.audience.Subscribers.Merged;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Suppression;
import io.courant.audience.Subscribers.Wishes;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberCsvTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

    private static final SubscriberCsv.Progress NO_PROGRESS = (row, rows) -> {};

    private final InMemoryErasures erasures = new InMemoryErasures();
    private InMemorySubscribers subscribers = new InMemorySubscribers();

    @TempDir
    Path folder;

    @Test
    void rowsBecomeSubscribers() throws IOException {
        ImportReport report = read("""
                email,name,state,tags,joined
                ada@example.org,Ada,active,ai;maths,2026-01-05
                bob@example.org,"Bob, Jr.",Unsubscribed,,2026-01-05T08:30:00+01:00
                cyd@example.org,,,,
                dan@example.org,Dan,subscribed,"ai, art | weekly",2026-01-05 08:30
                """);
        assertThat(report.lines()).isEqualTo(4);
        assertThat(report.merged()).isEqualTo(new Merged(4, 0, 0, 0, 1));
        assertThat(report.isComplete()).isTrue();
        assertThat(report.program()).isNull();
        assertThat(all())
                .containsExactly(
                        subscriber(1, "ada@example.org", "Ada", State.ACTIVE, "2026-01-05T00:00:00Z", "ai", "maths"),
                        subscriber(2, "bob@example.org", "Bob, Jr.", State.UNSUBSCRIBED, "2026-01-05T07:30:00Z"),
                        subscriber(3, "cyd@example.org", "", State.ACTIVE, NOW.toString()),
                        subscriber(
                                4,
                                "dan@example.org",
                                "Dan",
                                State.ACTIVE,
                                "2026-01-05T08:30:00Z",
                                "ai",
                                "art",
                                "weekly"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "E-Mail", "EMAIL_ADDRESS", " Mail ", "Address", "\"E-Mail Address\""})
    void theAddressColumnIsFoundByItsUsualNames(String name) throws IOException {
        assertThat(read("Phone," + name + ",Name\n1,ada@example.org,Ada\n").ignoredColumns())
                .containsExactly("Phone");
        assertThat(all()).hasSize(1);
    }

    @Test
    void aPostalAddressBesideAnEmailIsIgnoredByName() throws IOException {
        assertThat(read("address,email,Shoe size\nMain Street 1,ada@example.org,40\n")
                        .ignoredColumns())
                .containsExactly("address", "Shoe size");
        assertThat(all()).hasSize(1);
    }

    @Test
    void aHeaderWithoutAddressIsRefusedWithWhatWasFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("Phone,Name\n1,Ada\n"))
                .withMessage("list.csv:1: no column with the address (expected a header such as"
                        + " email,name,state,tags,joined; found 'Phone', 'Name'); name that column 'email',"
                        + " or say which it is with --map email=COLUMN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("ada@example.org,Ada\nbob@example.org,Bob\n"))
                .withMessageContaining("found 'ada@example.org', 'Ada'");
        assertThatIllegalArgumentException().isThrownBy(() -> read("")).withMessageContaining("list.csv is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("\"email,name\nada@example.org,Ada\n"))
                .withMessageContaining("list.csv:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ada@example.org bob@example.org,,,, | holds two addresses, expected one",
                "\"ada@example.org,bob@example.org\",,,, | holds two addresses, expected one",
                "\"ada@example.org\\nBcc: eve\",,,, | line break",
                "\"ada@example.org\\n\",,,, | line break",
                "ada.example.org,,,, | has no @",
                ",Ada,,, | no address; fill in the address or delete the line",
                "ada\\u0007@example.org,,,, | control character",
                "ada@example.org,Ada\\u0007,,, | control character",
                "ada@example.org,\"Ada\\nBcc: eve@example.org\",,, | control character or a line break",
                "ada@example.org,,,\"a\\nb\", | not a tag",
                "ada@example.org,,,,yesterday | not a date: 'yesterday' (expected 2026-01-31 or",
                "ada@example.org,,,,2026-02-30 | not a date",
                "ada@example.org,,,,2036-02-20 | in the future",
                "ada@example.org,,,,-999999999-01-01 | not a date",
                "ada@example.org,,,,1969-12-31 | joined before 1970",
                "ada@example.org,,sometimes,, | unknown state 'sometimes' (expected active, signed_up, unsubscribed or",
                "ada@example.org,,Pending,, | they never confirmed that they want mail",
                "ada@example.org,,nonsubscribed,, | they never asked for mail",
                "ada@example.org,Ada | 2 fields, expected 5 as in the header",
                "ada@example.org,Ada,,,,more | 6 fields, expected 5",
                "ada@example.org,Ad\\uFFFD,,, | save the file as UTF-8"
            })
    void aBadRowIsRefusedWithLineAndReason(String row, String reason) throws IOException {
        ImportReport report = read(
                "email,name,state,tags,joined\nok@example.org,,,,\n" + unescaped(row) + "\nalso@example.org,,,,\n");
        assertThat(report.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.line()).isEqualTo(3);
            assertThat(refused.reason()).contains(reason).doesNotContain("\n", "\u0007");
        });
        assertThat(report.lines()).isEqualTo(3);
        assertThat(report.isComplete()).isFalse();
        assertThat(all().stream().map(s -> s.address().value())).containsExactly("ok@example.org", "also@example.org");
    }

    @Test
    void overlongFieldsAreRefused() throws IOException {
        ImportReport report =
                read("email,name\n" + "a".repeat(250) + "@example.org,\nada@example.org," + "x".repeat(201) + "\n");
        assertThat(report.refused().get(0).reason()).contains("longer than 254 bytes");
        assertThat(report.refused().get(1).reason()).contains("longer than 200 characters");
        assertThat(all()).isEmpty();
    }

    @Test
    void rowsAboutOneMailboxBecomeOneSubscriber() throws IOException {
        ImportReport report = read("""
                email,name,state,tags,joined
                ada@example.org,"Ada
                L.",,,
                ada@example.org,,active,b,2026-03-01
                bob@example.org,Bob,,,
                ADA@Example.org,Ada,unsubscribed,a;b,2026-02-01

                ada@example.org,A,active,c,2026-04-01
                """);
        assertThat(report.refused().stream().map(Refused::line)).containsExactly(2L);
        assertThat(report.duplicates()).isEqualTo(2);
        assertThat(report.merged()).isEqualTo(new Merged(2, 0, 0, 0, 1));
        assertThat(subscribers.find(new EmailAddress("ada@example.org")))
                .contains(subscriber(
                        2, "ada@example.org", "Ada", State.UNSUBSCRIBED, "2026-02-01T00:00:00Z", "a", "b", "c"));
    }

    @Test
    void everyLineCountsOnce() throws IOException {
        erasures.erase(new EmailAddress("gone@example.org"), NOW);
        erasures.giveUp(new EmailAddress("old@example.org"));
        read("email,tags\nada@example.org,ai\nbob@example.org,ai\n");

        ImportReport report = read("""
                email,tags,state
                ada@example.org,ai,
                bob@example.org,maths,
                cyd@example.org,,complained
                cyd@example.org,,bounced
                dan@example.org,,bounced
                gone@example.org,,
                Gone@example.org,,
                old@example.org,,
                eve@example.org,,pending
                nobody,,
                """);

        Merged merged = report.merged();
        assertThat(merged).isEqualTo(new Merged(2, 1, 1, 1, 1));
        assertThat(merged.added() + merged.updated() + merged.unchanged() + report.duplicates() + report.refusedRows())
                .isEqualTo(report.lines())
                .isEqualTo(10);
        assertThat(report.refused())
                .filteredOn(refused -> refused.line() == 9)
                .extracting(Refused::reason)
                .containsExactly("this person changed to another address; delete the line, or if it is somebody else's"
                        + " now, let it be allowed first ('courant subscribers allow')");
    }

    @Test
    void aFileOfNothingButRepeatsIsReadInTurns() throws IOException {
        String half = rows(120_000);
        ImportReport report = read(half + half.substring(half.indexOf('\n') + 1));
        assertThat(report.merged().added()).isEqualTo(120_000);
        assertThat(report.duplicates()).isEqualTo(120_000);
        assertThat(report.lines()).isEqualTo(240_000);
    }

    @Test
    void aPersonWhoseDataWereErasedIsRefused() throws IOException {
        erasures.erase(new EmailAddress("bob@example.org"), NOW);
        ImportReport report = read("email\nada@example.org\nbob@example.org\nBob@example.org\nbad\n");
        assertThat(report.refused())
                .extracting(Refused::toString)
                .containsExactly(
                        "line 3: this person had their data erased, and comes back by signing up themselves only;"
                                + " delete the line",
                        "line 5: not an email address: 'bad' has no @ (expected local@domain)");
        assertThat(report.refusedRows()).isEqualTo(3);
        assertThat(report.duplicates()).isZero();
        assertThat(all()).hasSize(1);
    }

    @Test
    void blankRowsAndTrailingSeparatorsAreHarmless() throws IOException {
        ImportReport report = read("email,name,\n\nada@example.org,Ada,,,\n,,\n  \n");
        assertThat(report.refused()).isEmpty();
        assertThat(report.lines()).isEqualTo(1);
    }

    @Test
    void anOpenQuoteEndsTheImportWhereItStands() throws IOException {
        ImportReport report = read("email,name\nada@example.org,Ada\nbob@example.org,\"Bob\ncyd@example.org,Cyd\n");
        assertThat(report.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.line()).isEqualTo(3);
            assertThat(refused.reason()).contains("never closed");
        });
        assertThat(all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void separatorsAndLineEndsOfSpreadsheetsAreRecognised(String separator) throws IOException {
        String text = "E-Mail;\"Name; first\";Tags\r\nada@example.org;Ada;ai\r\n".replace(";", separator);
        ImportReport report = read(text);
        assertThat(report.refused()).isEmpty();
        assertThat(report.ignoredColumns()).hasSize(1);
        assertThat(all().get(0).tags()).containsExactly("ai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16", "UTF-16LE"})
    void encodingsOfSpreadsheetsAreRecognised(String charset) throws IOException {
        String mark = charset.equals("UTF-8") || charset.equals("UTF-16LE") ? "\uFEFF" : "";
        Path file = Files.writeString(
                folder.resolve("list.csv"),
                mark + "email,name\nada@example.org,Zoë Müller\n",
                Charset.forName(charset));
        SubscriberCsv.read(file, subscribers, erasures, ImportOrder.asIs(false, NOW), NO_PROGRESS);
        assertThat(all()).singleElement().extracting(Subscriber::name).isEqualTo("Zoë Müller");
    }

    @Test
    void aMissingFileIsAnAccidentThatNamesIt() {
        assertThatThrownBy(() -> SubscriberCsv.read(
                        folder.resolve("none.csv"), subscribers, erasures, ImportOrder.asIs(false, NOW), NO_PROGRESS))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.csv");
    }

    @Test
    void aDryRunReportsTheSameAndChangesNothing() throws IOException {
        String rows = rows(2_500) + "broken,\nreader7@example.org,again\n";
        subscribers.suppress(new EmailAddress("reader3@example.org"), "bounced", NOW);
        read("email,name\nreader5@example.org,Five\n");
        List<Subscriber> before = all();

        ImportReport rehearsal = read("list.csv", rows, ImportOrder.asIs(true, NOW));

        assertThat(all()).isEqualTo(before);
        assertThat(rehearsal).isEqualTo(read(rows));
        assertThat(rehearsal.merged()).isEqualTo(new Merged(2_499, 1, 0, 1, 0));
        assertThat(rehearsal.refusedRows()).isEqualTo(1);
        assertThat(rehearsal.duplicates()).isEqualTo(1);
    }

    @Test
    void rowsAreMergedByTheThousands() throws IOException {
        read(rows(12_500));
        assertThat(subscribers.groups()).containsExactly(5_000, 5_000, 2_500);
    }

    @Test
    void howFarItGotIsToldNowAndThen() throws IOException {
        List<String> told = new ArrayList<>();
        SubscriberCsv.read(
                () -> new BufferedReader(new StringReader(rows(50_000))),
                "list.csv",
                subscribers,
                erasures,
                ImportOrder.asIs(false, NOW),
                (row, rows) -> told.add(row + " of " + rows));
        assertThat(told).containsExactly("20000 of 50000", "40000 of 50000");
    }

    @Test
    void manyRefusedRowsAreCountedButNotAllKept() throws IOException {
        ImportReport report = read("email\n" + "nobody\n".repeat(5_000));
        assertThat(report.refusedRows()).isEqualTo(5_000);
        assertThat(report.refused()).hasSize(1_000);
    }

    @Test
    void anImportThatBreaksOffGoesOnWhenItIsStartedAgain() throws IOException {
        String rows = rows(12_000);
        AtomicInteger readings = new AtomicInteger();
        SubscriberCsv.Text breaking = () -> new BufferedReader(
                readings.incrementAndGet() == 1
                        ? new StringReader(rows)
                        : new SequenceReader(rows.substring(0, rows.length() * 2 / 3)));
        assertThatThrownBy(() -> SubscriberCsv.read(
                        breaking, "list.csv", subscribers, erasures, ImportOrder.asIs(false, NOW), NO_PROGRESS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "list.csv: import stopped half-way, 5000 were imported; put right the cause (disk unplugged)"
                                + " and import the same file again, which goes on where this one stopped");
        assertThat(all()).hasSize(5_000);

        assertThat(read(rows).merged()).isEqualTo(new Merged(7_000, 0, 5_000, 0, 0));
        assertThat(read(rows).merged()).isEqualTo(new Merged(0, 0, 12_000, 0, 0));
    }

    /** Reads a text and then breaks. */
    private static final class SequenceReader extends FilterReader {
        SequenceReader(String text) {
            super(new StringReader(text));
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read < 0) {
                throw new IOException("disk unplugged");
            }
            return read;
        }
    }

    @Test
    void aStoreThatFailsStopsTheImportAndSaysWhy() {
        InMemorySubscribers full = new InMemorySubscribers() {
            @Override
            public Merged merge(List<NewSubscriber> group) {
                throw new IllegalStateException("disk is full");
            }
        };
        assertThatThrownBy(() -> SubscriberCsv.read(
                        () -> new BufferedReader(new StringReader(rows(3))),
                        "list.csv",
                        full,
                        erasures,
                        ImportOrder.asIs(false, NOW),
                        NO_PROGRESS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was imported; put right the cause (disk is full)");
    }

    @Test
    void formulasAreGuardedInAnExport() throws IOException {
        subscribers.merge(List.of(new NewSubscriber(
                new EmailAddress("+ada@example.org"),
                "=HYPERLINK(\"http://x\")",
                State.ACTIVE,
                List.of("@a", "b"),
                NOW,
                null,
                new Wishes(null, null, null, Set.of("-daily"), Set.of("@weekly")),
                new Suppression("+ada@example.org", "=cmd", NOW),
                null)));
        StringWriter out = new StringWriter();
        assertThat(SubscriberCsv.write(subscribers, out)).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        "email,name,state,tags,joined,language,zone,form,newsletters,newsletters_left,suppression",
                        "'+ada@example.org,\"'=HYPERLINK(\"\"http://x\"\")\",suppressed,'@a;b,2026-11-23T06:00:00Z,"
                                + ",,html,'-daily,'@weekly,'=cmd");
    }

    @Test
    void anImportOfAnExportGivesTheSameSubscribers() throws IOException {
        long seed = 20261123;
        System.out.println("csv seed " + seed);
        Random random = new Random(seed);
        String alphabet = "a=+-@'\",;|\\ Zß例\u202e";
        List<NewSubscriber> group = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String name = text(random, alphabet, 6).strip();
            List<String> tags = IntStream.range(0, random.nextInt(4))
                    .mapToObj(t ->
                            text(random, alphabet.replaceAll("[,;|]", ""), 4).strip())
                    .filter(tag -> !tag.isBlank())
                    .distinct()
                    .toList();
            String local = "+-='a".charAt(random.nextInt(5)) + "x" + i;
            State state = List.of(State.values()).get(random.nextInt(3));
            Set<String> newsletters = state == State.SIGNED_UP ? Set.of("daily", "=x") : Set.of();
            group.add(new NewSubscriber(
                    new EmailAddress(local + "@bücher.example"),
                    name,
                    state,
                    tags,
                    NOW.minusMillis(random.nextInt() & Integer.MAX_VALUE),
                    state == State.UNSUBSCRIBED ? NOW : null,
                    new Wishes(
                            random.nextBoolean() ? Locale.forLanguageTag("pt-BR") : null,
                            random.nextBoolean() ? ZoneId.of("Europe/Berlin") : null,
                            List.of(Form.values()).get(random.nextInt(2)),
                            newsletters,
                            random.nextBoolean() ? Set.of("weekly") : Set.of()),
                    random.nextInt(9) == 0 ? new Suppression("x" + i, "=bounced", NOW) : null,
                    null));
        }
        subscribers.merge(group);
        StringWriter out = new StringWriter();
        SubscriberCsv.write(subscribers, out);

        InMemorySubscribers original = subscribers;
        subscribers = new InMemorySubscribers();
        ImportReport report = read(out.toString());

        assertThat(report.program()).isEqualTo("Courant");
        assertThat(report.refused()).isEmpty();
        assertThat(report.ignoredColumns()).isEmpty();
        assertThat(entries(subscribers)).isEqualTo(entries(original));
    }

    private ImportReport read(String text) throws IOException {
        return read("list.csv", text, ImportOrder.asIs(false, NOW));
    }

    private ImportReport read(String file, String text, ImportOrder order) throws IOException {
        return SubscriberCsv.read(
                () -> new BufferedReader(new StringReader(text)), file, subscribers, erasures, order, NO_PROGRESS);
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "reader" + i + "@example.org,Reader " + i + "\n")
                .collect(Collectors.joining("", "email,name\n", ""));
    }

    private static String text(Random random, String alphabet, int longest) {
        return random.ints(random.nextInt(longest + 1), 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining());
    }

    private static String unescaped(String row) {
        return row.replace("\\u0007", "\u0007").replace("\\uFFFD", "\uFFFD").translateEscapes();
    }

    private List<Subscriber> all() {
        return entries(subscribers).stream().map(Entry::subscriber).toList();
    }

    private static List<Entry> entries(Subscribers subscribers) {
        List<Entry> all = new ArrayList<>();
        subscribers.forEach(all::add);
        return all;
    }

    private static Subscriber subscriber(
            long id, String address, String name, State state, String joined, String... tags) {
        return new Subscriber(
                id, new EmailAddress(address), name, state, Set.of(tags), Instant.parse(joined), null, null, Form.HTML);
    }
}
