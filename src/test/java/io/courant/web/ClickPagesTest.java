package io.courant.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.cli.Shell;
import io.courant.delivery.Clicks;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.MailParts;
import io.courant.delivery.Token;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.store.EachDatabase;
import io.courant.web.TestSite.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Links whose use is counted, from the job file to the figures. */
@EachDatabase
class ClickPagesTest {
    private static final IssueId ISSUE = new IssueId("weekly-2026-11-23");
    private static final String DORA = "dora@example.org";
    private static final String CARL = "carl@example.org";
    private static final String PLACE = "https://blog.example/one?a=1&b=2";
    private static final String[] BROWSER = {
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-Dest: document",
        "Sec-Fetch-Site: none"
    };

    @TempDir
    private Path folder;

    private TestSite site(String measure) {
        return new TestSite(folder, prepared(measure));
    }

    private static Consumer<TestHome> prepared(String measure) {
        return home -> {
            home.subscribe(TestSite.ADA, TestSite.BOB);
            home.changeJob(TestSite.NEWSLETTER, "template: digest\n", "template: digest\n" + measure);
            post(home, "two.md", "Edges", PLACE);
            for (int i = 3; i <= 6; i++) {
                post(home, i + ".md", "Clinic " + i, "https://blog.example/" + i);
            }
        };
    }

    private static void post(TestHome home, String file, String title, String link) {
        try {
            Files.writeString(
                    home.notes().resolve(file),
                    "---\ntitle: " + title + "\nlink: " + link + "\n---\nFederated learning keeps the data of " + title
                            + " at home, and every microcontroller learns.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> links(String mail) {
        MailParts parts = MailParts.of(mail.getBytes(ISO_8859_1));
        return Pattern.compile("https://[^\\s\"<>]*")
                .matcher(parts.html().replace("&amp;", "&") + "\n" + parts.text())
                .results()
                .map(link -> link.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> counted(String mail) {
        return TestSite.paths(mail).stream()
                .filter(path -> path.startsWith("/l/"))
                .toList();
    }

    private static String mail(TestSite site, String address) {
        return site.home().relay().taken().stream()
                .filter(mail -> mail.recipient().equals(address))
                .map(mail -> mail.content())
                .findFirst()
                .orElseThrow();
    }

    private static String to(TestSite site, String place) {
        return counted(mail(site, TestSite.ADA)).stream()
                .filter(path -> site.send("HEAD", path, "")
                        .header("Location")
                        .orElseThrow()
                        .equals(place))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rows(TestSite site) {
        return site.dump().stream().filter(row -> row.startsWith("link|")).toList();
    }

    private static long clicks(TestSite site) {
        return rows(site).stream()
                .filter(row -> row.contains(PLACE))
                .mapToLong(row -> Long.parseLong(row.substring(row.lastIndexOf('|') + 1)))
                .sum();
    }

    @Test
    void withoutAWordInTheJobFileLinksLeadStraightToTheirPlaces() {
        try (TestSite site = site("")) {
            assertThat(links(mail(site, TestSite.ADA))).contains(PLACE, "https://blog.example/3");
            assertThat(counted(mail(site, TestSite.ADA))).isEmpty();
            assertThat(rows(site)).isEmpty();
            Shell.Said said = new Shell(site.home())
                    .courant("clicks", TestSite.NEWSLETTER)
                    .ending(0);
            assertThat(said.out()).isEmpty();
            assertThat(said.err()).contains("issue weekly-2026-11-23: no link is counted");
        }
    }

    @Test
    void measuredLinksAreTheSameForAllReadersAndLeadToTheirPlaces() {
        try (TestSite site = site("measure: clicks\n")) {
            String mail = mail(site, TestSite.ADA);
            assertThat(links(mail)).noneMatch(link -> link.contains("blog.example"));
            assertThat(counted(mail)).hasSize(5).containsExactlyElementsOf(counted(mail(site, TestSite.BOB)));
            assertThat(rows(site)).hasSize(5);
            Reply reply = site.send("GET", to(site, PLACE), "", BROWSER);
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location")).contains(PLACE);
            assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
            assertThat(reply.header("Cache-Control")).contains("no-store");
            assertThat(reply.header("Set-Cookie")).isEmpty();
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void allEditionsHaveTheSameLinksAndALateOneHasItsOwn() {
        Consumer<TestHome> prepared = prepared("measure: clicks\n").andThen(home -> {
            home.subscribe(DORA, CARL);
            choose(home, DORA, new Preferences(Set.of(), Frequency.EACH, null, null, null, Form.TEXT, null));
            choose(home, CARL, new Preferences(Set.of(), Frequency.DAILY, null, null, null, Form.HTML, null));
        });
        try (TestSite site = new TestSite(folder, prepared)) {
            String text = mail(site, DORA).replace("=\r\n", "");
            assertThat(counted(mail(site, TestSite.ADA))).hasSize(5).allMatch(text::contains);
            assertThat(text).doesNotContain("blog.example").containsOnlyOnce("text/plain");
            site.home().advance(Duration.ofDays(1));
            new Shell(site.home()).courant("run", TestSite.NEWSLETTER).ending(0);
            List<String> late = counted(mail(site, CARL));
            assertThat(late).hasSize(5).doesNotContainAnyElementsOf(counted(mail(site, TestSite.ADA)));
            assertThat(late.stream()
                            .map(path -> site.send("HEAD", path, "")
                                    .header("Location")
                                    .orElseThrow()))
                    .contains(PLACE, "https://blog.example/3");
            assertThat(site.get(Clicks.class).of(new IssueId("weekly-2026-11-24")))
                    .hasSize(5);
        }
    }

    private static void choose(TestHome home, String address, Preferences preferences) {
        home.with(session -> {
            long id = session.get(Subscribers.class)
                    .find(new EmailAddress(address))
                    .orElseThrow()
                    .id();
            session.get(Readers.class)
                    .choose(TestSite.NEWSLETTER, id, preferences, home.now().minus(Duration.ofHours(1)));
        });
    }

    @Test
    void anIssueKnowsWhatItsLongerLinksLeaveNoRoomFor() {
        Consumer<TestHome> prepared = prepared("measure: clicks\nquotas: {brief: 300}\n")
                .andThen(home -> {
                    for (int i = 7; i <= 250; i++) {
                        post(home, i + ".md", "Clinic " + i, "https://blog.example/" + i);
                    }
                });
        try (TestSite site = new TestSite(folder, prepared)) {
            Issue issue = site.get(FrozenIssues.class).find(ISSUE).orElseThrow().issue();
            String html =
                    MailParts.of(mail(site, TestSite.ADA).getBytes(ISO_8859_1)).html();
            assertThat(issue.beyond()).isNotEmpty();
            issue.items()
                    .forEach(item -> assertThat(html.contains(">" + item.heading() + "<"))
                            .as(item.heading())
                            .isNotEqualTo(issue.isBeyond(item)));
        }
    }

    @Test
    void theArchiveLeadsStraightToThePlaces() {
        try (TestSite site = site("measure: clicks\n")) {
            for (String path : List.of("/archive/weekly-2026-11-23/", "/archive/feed.xml")) {
                assertThat(site.get(path).body()).as(path).doesNotContain("/l/");
            }
            assertThat(site.get("/archive/weekly-2026-11-23/").body()).contains("https://blog.example/one?a=1&amp;b=2");
        }
    }

    @Test
    void onlyPeopleAreCounted() {
        try (TestSite site = site("measure: clicks\n")) {
            String path = to(site, PLACE);
            List<String> before = site.dump();
            site.home().advance(Duration.ofMinutes(1));
            assertThat(site.send("HEAD", path, "", BROWSER).status()).isEqualTo(302);
            assertThat(site.send("OPTIONS", path, "", BROWSER).status()).isEqualTo(200);
            assertThat(site.send("POST", path, "", BROWSER).status()).isEqualTo(405);
            assertThat(site.send("GET", path, "").status()).isEqualTo(302);
            assertThat(site.send("GET", path, "", "User-Agent: curl/8.14.1").status())
                    .isEqualTo(302);
            assertThat(site.send("GET", path, "", with("Sec-Purpose: prefetch;prerender"))
                            .status())
                    .isEqualTo(302);
            assertThat(site.dump()).isEqualTo(before);
            assertThat(site.send("GET", path, "", BROWSER).status()).isEqualTo(302);
            assertThat(clicks(site)).isEqualTo(1);
        }
    }

    private static String[] with(String header) {
        return Stream.concat(Stream.of(BROWSER), Stream.of(header)).toArray(String[]::new);
    }

    @Test
    void aScannerThatPassesForABrowserChangesNothing() {
        try (TestSite site = site("measure: clicks\n")) {
            List<String> paths = counted(mail(site, TestSite.ADA));
            List<String> before = site.dump();
            for (String path : paths) {
                assertThat(site.send("GET", path, "", BROWSER).status()).isEqualTo(302);
            }
            assertThat(site.dump()).isEqualTo(before);
        }
    }

    @Test
    void aCountIsShownFromTenOn() {
        try (TestSite site = site("measure: clicks\n")) {
            String path = to(site, PLACE);
            for (int click = 1; click <= 9; click++) {
                site.home().advance(Duration.ofMinutes(1));
                site.send("GET", path, "", BROWSER);
            }
            assertThat(clicks(site)).isEqualTo(9);
            assertThat(site.get(Clicks.class).of(ISSUE)).hasSize(5).allMatch(link -> link.clicks() == null);
            Shell shell = new Shell(site.home());
            assertThat(shell.courant("clicks", TestSite.NEWSLETTER)
                            .ending(0)
                            .out()
                            .lines())
                    .hasSize(5)
                    .allMatch(line -> line.startsWith("   < 10  https://blog.example/"));
            site.home().advance(Duration.ofMinutes(1));
            site.send("GET", path, "", BROWSER);
            JsonNode json = shell.courant("clicks", "weekly-2026-11-23", "--json")
                    .ending(0)
                    .json();
            assertThat(json.get("issue").asString()).isEqualTo("weekly-2026-11-23");
            assertThat(json.get("links").get(0).toString())
                    .isEqualTo("{\"url\":\"" + PLACE + "\",\"clicks\":10,\"shown\":\"10\"}");
            assertThat(json.get("links").get(1).get("clicks").isNull()).isTrue();
            assertThat(json.get("links").get(1).get("shown").asString()).isEqualTo("< 10");
        }
    }

    @Test
    void whatWasNotStoredLeadsNowhere() {
        try (TestSite site = site("measure: clicks\n")) {
            String path = to(site, PLACE);
            long ada = site.find(TestSite.ADA).orElseThrow();
            String token = path.substring("/l/".length());
            Reply nowhere = neutral(site.get("/u/nothing"));
            assertThat(nowhere.status()).isEqualTo(404);
            for (String wrong : List.of(
                    "/l/nothing",
                    "/l/" + (token.startsWith("a") ? "b" : "a") + token.substring(1),
                    "/l/" + site.sign(Token.click(TestSite.NEWSLETTER, ISSUE, 99)),
                    "/l/" + site.sign(Token.click(TestSite.NEWSLETTER, new IssueId("weekly-2026-11-22"), 1)),
                    "/l/" + site.sign(Token.click("other", new IssueId("other-2026-11-23"), 1)),
                    "/l/" + site.sign(Token.bounce(TestSite.NEWSLETTER, ada, ISSUE)),
                    site.unsubscribe(ada).replace("/u/", "/l/"),
                    "/u/" + token,
                    "/l/nothing?url=https://evil.example/")) {
                Reply reply = site.send("GET", wrong, "", BROWSER);
                assertThat(neutral(reply)).as(wrong).isEqualTo(nowhere);
            }
        }
    }

    private static Reply neutral(Reply reply) {
        return new Reply(reply.status(), reply.head().replaceAll("Date: .*", ""), reply.body());
    }
}
