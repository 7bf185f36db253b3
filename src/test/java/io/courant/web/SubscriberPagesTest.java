package io.courant.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Readers.Standing;
import io.courant.delivery.Token;
import io.courant.web.TestSite.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People and programs at the pages: a browser without scripts, mailbox providers, scanners, and those who guess. */
class SubscriberPagesTest {
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

    @TempDir
    private static Path folder;

    private static TestSite site;

    private WebClient browser;

    @BeforeAll
    static void serve() {
        site = new TestSite(folder);
    }

    @AfterAll
    static void end() {
        site.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new WebClient();
        browser.getOptions().setJavaScriptEnabled(false);
        browser.getOptions().setCssEnabled(false);
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
    }

    @AfterEach
    void noPageSetACookie() {
        assertThat(browser.getCookieManager().getCookies()).isEmpty();
        browser.close();
    }

    private HtmlPage open(String path) throws IOException {
        return browser.getPage(site.url(path));
    }

    private static HtmlPage press(HtmlPage page, String button) throws IOException {
        return page.<HtmlElement>getFirstByXPath("//button[normalize-space()='" + button + "']")
                .click();
    }

    private static String heading(HtmlPage page) {
        return page.querySelector("h1").getTextContent().strip();
    }

    private static void type(HtmlPage page, String field, String text) throws IOException {
        page.<HtmlElement>getHtmlElementById(field).type(text);
    }

    private static void tick(HtmlPage page, String name, String value) throws IOException {
        page.<HtmlElement>getFirstByXPath("//input[@name='" + name + "' and @value='" + value + "']")
                .click();
    }

    private static void choose(HtmlPage page, String field, String value) {
        page.<org.htmlunit.html.HtmlSelect>getHtmlElementById(field).setSelectedAttribute(value, true);
    }

    @Test
    void whoSubscribesAndConfirmsReadsTheNewsletter() throws IOException {
        HtmlPage front = open("/");
        assertThat(front.asNormalizedText()).contains("Weekly", "Edge AI", "Privacy", "Hospitals");
        type(front, "address", "carol@example.org");
        assertThat(heading(press(front, "Subscribe"))).isEqualTo("Look into your mailbox");
        assertThat(site.find("carol@example.org")).isEmpty();

        String link = site.mailed("carol@example.org", "/c/");
        HtmlPage ask = open(link);
        assertThat(ask.asNormalizedText()).contains("carol@example.org");
        assertThat(site.find("carol@example.org")).isEmpty();
        HtmlPage welcome = press(ask, "Yes, send it to me");
        assertThat(heading(welcome)).isEqualTo("Welcome");
        assertThat(site.reader(site.find("carol@example.org").orElseThrow()).standing())
                .isEqualTo(Standing.JOINED);
        HtmlPage settings =
                welcome.getAnchorByText("Choose topics, and how often it comes").click();
        assertThat(settings.asNormalizedText()).contains("carol@example.org");
        assertThat(heading(press(open(link), "Yes, send it to me"))).isEqualTo("Welcome");
    }

    @Test
    void theAnswerToASignUpTellsNothing() {
        String form = "&language=de";
        String known = site.post("/subscribe/weekly", "address=ada%40example.org" + form)
                .body();
        String unknown = site.post("/subscribe/weekly", "address=dora%40example.org" + form)
                .body();
        String trapped = site.post("/subscribe/weekly", "address=eve%40example.org&website=x" + form)
                .body();
        assertThat(unknown).isEqualTo(known).contains("Sehen Sie in Ihr Postfach");
        assertThat(trapped).isEqualTo(known);
        site.sendAll();
        assertThat(site.home().relay().taken())
                .noneMatch(mail -> mail.recipient().equals("eve@example.org"));
    }

    @Test
    void aMistypedAddressIsShownAgainWithWhatIsWrong() throws IOException {
        HtmlPage form = open("/subscribe?language=fr");
        type(form, "address", "ada at \"home\"");
        HtmlPage again = press(form, "S’abonner");
        HtmlElement field = again.getHtmlElementById("address");
        assertThat(field.getAttribute("value")).isEqualTo("ada at \"home\"");
        assertThat(field.getAttribute("aria-invalid")).isEqualTo("true");
        String described = field.getAttribute("aria-describedby");
        assertThat(again.getHtmlElementById(described).getTextContent()).contains("nom@example.org");
        assertThat(again.<HtmlElement>getFirstByXPath("//*[@role='alert']//a[@href='#address']"))
                .isNotNull();
        assertThat(again.getDocumentElement().getAttribute("lang")).isEqualTo("fr");
    }

    @Test
    void whoLeavesCanTakeItBackOrLeaveAll() throws IOException {
        long frank = site.subscriber("frank@example.org");
        HtmlPage ask = open(site.unsubscribe(frank));
        assertThat(ask.asNormalizedText()).doesNotContain("frank@example.org");
        assertThat(site.reader(frank).standing()).isEqualTo(Standing.BY_SEGMENT);
        HtmlPage left = press(ask, "Unsubscribe");
        assertThat(heading(left)).isEqualTo("You have left");
        assertThat(site.reader(frank).standing()).isEqualTo(Standing.LEFT);
        assertThat(heading(open(site.unsubscribe(frank)))).isEqualTo("You have left");
        assertThat(heading(press(left, "Undo"))).isEqualTo("Good to have you back");
        assertThat(site.reader(frank).standing()).isEqualTo(Standing.JOINED);
        HtmlPage again = press(open(site.unsubscribe(frank)), "Unsubscribe");
        assertThat(heading(press(again, "Leave all newsletters"))).isEqualTo("You have left everything");
        assertThat(site.reader(frank).standing()).isEqualTo(Standing.LEFT);
    }

    @Test
    void nobodyIsBroughtBackByAnOldMail() {
        long gina = site.subscriber("gina@example.org");
        site.get(Readers.class).leave(TestSite.NEWSLETTER, gina, Instant.parse("2026-11-01T07:00:00Z"));
        assertThat(site.get(site.unsubscribe(gina)).body()).doesNotContain("/undo");
        site.post(site.unsubscribe(gina) + "/undo", "");
        assertThat(site.reader(gina).standing()).isEqualTo(Standing.LEFT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "a/b"})
    void aMailProvidersPostActsAtOnce(String type) {
        long henry = site.subscriber("henry" + type.hashCode() + "@example.org");
        Reply reply = site.send("POST", site.unsubscribe(henry), ONE_CLICK, "Content-Type: " + type);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Location")).isEmpty();
        assertThat(site.reader(henry).standing()).isEqualTo(Standing.LEFT);
    }

    @Test
    void whatIsChosenIsKept() throws IOException {
        long ida = site.subscriber("ida@example.org");
        HtmlPage settings = open(site.preferences(ida));
        tick(settings, "every", "no");
        tick(settings, "topic", "privacy");
        tick(settings, "frequency", "weekly");
        tick(settings, "form", "text");
        choose(settings, "hour", "7");
        choose(settings, "zone", "Asia/Tokyo");
        choose(settings, "language", "de");
        settings.<HtmlElement>getHtmlElementById("pause").setAttribute("value", "2026-12-24");
        HtmlPage saved = press(settings, "Save");
        assertThat(saved.asNormalizedText()).contains("Ihre Einstellungen sind gespeichert.");
        assertThat(site.reader(ida).preferences())
                .isEqualTo(new Preferences(
                        Set.of("privacy"),
                        Frequency.WEEKLY,
                        7,
                        Instant.parse("2026-12-23T15:00:00Z"),
                        ZoneId.of("Asia/Tokyo"),
                        Form.TEXT,
                        Locale.GERMAN));
        HtmlPage shown = open(site.preferences(ida));
        assertThat(press(shown, "Speichern").asNormalizedText()).contains("gespeichert");
        assertThat(site.reader(ida).preferences().pausedUntil()).isEqualTo(Instant.parse("2026-12-23T15:00:00Z"));
        assertThat(site.reader(ida).preferences().topics()).containsExactly("privacy");
    }

    @Test
    void whatCannotBeIsSaidBesideItsFieldAndNothingIsKept() throws IOException {
        long jane = site.subscriber("jane@example.org");
        HtmlPage settings = open(site.preferences(jane));
        tick(settings, "every", "no");
        tick(settings, "frequency", "monthly");
        settings.<HtmlElement>getHtmlElementById("pause").setAttribute("value", "2026-11-23");
        HtmlPage again = press(settings, "Save");
        assertThat(again.getHtmlElementById("topics-flaw").getTextContent()).contains("at least one topic");
        assertThat(again.getHtmlElementById("pause-flaw").getTextContent()).contains("tomorrow");
        assertThat(again.getHtmlElementById("pause").getAttribute("aria-describedby"))
                .isEqualTo("pause-hint pause-flaw");
        assertThat(again.<HtmlElement>getFirstByXPath("//input[@value='monthly' and @checked]"))
                .isNotNull();
        assertThat(site.reader(jane).preferences()).isEqualTo(Preferences.DEFAULT);
        String nonsense = "every=yes&frequency=hourly&hour=25&zone=Mars/Base&form=pdf&language=tlh&pause=x";
        Reply reply = site.post(site.preferences(jane), nonsense);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains("frequency-flaw", "hour-flaw", "zone-flaw", "form-flaw", "language-flaw")
                .doesNotContain("Mars/Base\"<");
        assertThat(site.reader(jane).preferences()).isEqualTo(Preferences.DEFAULT);
    }

    @Test
    void whatIsWrongLeadsToItsFieldByName() throws IOException {
        long jill = site.subscriber("jill@example.org");
        HtmlPage settings = open(site.preferences(jill));
        List<String> groups = List.of("frequency", "form");
        groups.forEach(name -> settings.<HtmlElement>getByXPath("//input[@name='" + name + "']")
                .forEach(input -> input.setAttribute("value", "nonsense")));
        Stream.of("hour", "zone", "language")
                .forEach(name -> settings.<HtmlElement>getByXPath("//select[@name='" + name + "']/option")
                        .forEach(option -> option.setAttribute("value", "99")));
        tick(settings, "frequency", "nonsense");
        tick(settings, "form", "nonsense");
        HtmlPage again = press(settings, "Save");
        Map<String, String> names = Map.of(
                "frequency", "How often",
                "hour", "Not before",
                "zone", "Time zone",
                "form", "Form and language",
                "language", "Language of all that is not quoted");
        names.forEach((id, name) -> {
            HtmlElement link = again.getFirstByXPath("//*[@role='alert']//a[@href='#" + id + "']");
            assertThat(link.getTextContent()).isEqualTo(name + ": Choose one of those that are offered");
            HtmlElement field = again.getHtmlElementById(id);
            assertThat(field.getTagName()).isIn("input", "select");
            assertThat(field.getAttribute("aria-invalid")).isEqualTo("true");
            assertThat(again.getHtmlElementById(field.getAttribute("aria-describedby"))
                            .getTextContent())
                    .isEqualTo("Choose one of those that are offered");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2fb", "/%zz", "/<script>", "/a b", "/../etc/passwd"})
    void whatIsNoAddressGetsAFewWords(String path) {
        Reply reply = site.get(path);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(reply.body()).contains("This could not be understood.").doesNotContain("<", "Tomcat", "Status");
        assertThat(reply.head()).doesNotContain("Server:");
    }

    @Test
    void aNewAddressCountsOnceItsMailboxConfirmsIt() throws IOException {
        long kate = site.subscriber("kate@example.org");
        HtmlPage form = open(site.preferences(kate))
                .getAnchorByText("Change your address")
                .click();
        type(form, "address", "Kate@example.org");
        HtmlPage same = press(form, "Send me the mail to confirm");
        assertThat(same.asNormalizedText()).contains("This is the address that you have already");
        same.<HtmlElement>getHtmlElementById("address").setAttribute("value", "kate@new.example.org");
        assertThat(heading(press(same, "Send me the mail to confirm"))).isEqualTo("Look into your new mailbox");
        assertThat(site.reader(kate).address().value()).isEqualTo("kate@example.org");
        HtmlPage ask = open(site.mailed("kate@new.example.org", "/c/"));
        assertThat(heading(press(ask, "Use this address"))).isEqualTo("Your new address is in use");
        assertThat(site.reader(kate).address().value()).isEqualTo("kate@new.example.org");
    }

    @Test
    void whatIsKeptCanBeTakenAlongAndForgotten() throws IOException {
        long lena = site.subscriber("lena@example.org");
        HtmlPage settings = open(site.preferences(lena));
        Page data = settings.getAnchorByText("Take your data with you (JSON)").click();
        assertThat(data.getWebResponse().getContentAsString()).contains("\"address\" : \"lena@example.org\"");
        assertThat(data.getWebResponse().getResponseHeaderValue("Content-Disposition"))
                .contains("attachment");
        settings = open(site.preferences(lena));
        HtmlPage erase = settings.getAnchorByText("Erase all about me").click();
        HtmlPage unsure = press(erase, "Erase");
        assertThat(unsure.asNormalizedText()).contains("Tick the box if you are sure");
        assertThat(site.find("lena@example.org")).isPresent();
        tick(unsure, "sure", "yes");
        assertThat(heading(press(unsure, "Erase"))).isEqualTo("You are forgotten");
        assertThat(site.find("lena@example.org")).isEmpty();
        assertThat(withoutDate(site.get(site.preferences(lena)))).isEqualTo(withoutDate(site.get("/p/nonsense")));
        assertThat(site.post(site.unsubscribe(lena), ONE_CLICK).body())
                .isEqualTo(site.get("/p/nonsense").body());
    }

    @Test
    void aTokenThatIsWrongInAnyByteLeadsNowhere() {
        long mary = site.subscriber("mary@example.org");
        Reply nowhere = withoutDate(site.get("/u/nobody"));
        List<String> before = site.dump();
        for (String page : List.of(site.unsubscribe(mary), site.preferences(mary))) {
            String token = page.substring(3);
            for (int i = 0; i < token.length() - 1; i++) {
                char other = token.charAt(i) == 'a' ? 'b' : 'a';
                String wrong = page.substring(0, 3) + token.substring(0, i) + other + token.substring(i + 1);
                assertThat(withoutDate(site.post(wrong, ONE_CLICK))).isEqualTo(nowhere);
            }
        }
        List<String> swapped = List.of(
                "/p/" + site.unsubscribe(mary).substring(3),
                "/u/" + site.preferences(mary).substring(3),
                "/c/" + site.preferences(mary).substring(3),
                "/u/" + site.sign(Token.unsubscribe("other", mary)),
                "/p/" + site.sign(Token.preferences("other", mary)),
                "/u/" + site.sign(Token.unsubscribe(TestSite.NEWSLETTER, 999_999)),
                "/p/" + site.sign(Token.preferences(TestSite.NEWSLETTER, 0)),
                "/c/" + site.sign(Token.confirm(TestSite.NEWSLETTER, 999_999)));
        for (String path : swapped) {
            assertThat(withoutDate(site.get(path))).as(path).isEqualTo(nowhere);
            assertThat(withoutDate(site.post(path, ONE_CLICK))).as(path).isEqualTo(nowhere);
        }
        assertThat(site.dump()).isEqualTo(before);
    }

    private static Reply withoutDate(Reply reply) {
        return new Reply(reply.status(), reply.head().replaceAll("Date: .*", ""), reply.body());
    }

    @Test
    void whoLooksChangesNothing() {
        long nora = site.subscriber("nora@example.org");
        site.post("/subscribe/weekly", "address=olga%40example.org");
        String confirm = site.mailed("olga@example.org", "/c/");
        List<String> paths = new ArrayList<>(List.of(
                "/", "/subscribe", "/subscribe/weekly", "/archive/", "/archive/feed.xml", "/robots.txt", confirm));
        paths.addAll(
                List.of(site.unsubscribe(nora), site.unsubscribe(nora) + "/undo", site.unsubscribe(nora) + "/all"));
        for (String page : List.of("", "/address", "/data.json", "/erase?sure=yes")) {
            paths.add(site.preferences(nora) + page);
        }
        site.home().relay().taken().forEach(mail -> paths.addAll(TestSite.paths(mail.content())));
        assertThat(paths).anyMatch(path -> path.startsWith("/archive/weekly-"));
        List<String> before = site.dump();
        for (String path : paths) {
            for (String method : List.of("GET", "HEAD", "OPTIONS", "PROPFIND", "TRACE")) {
                Reply reply = site.send(method, path, "", "Purpose: prefetch");
                assertThat(reply.status()).as(method + " " + path).isNotEqualTo(500);
                assertThat(reply.header("Set-Cookie")).isEmpty();
            }
        }
        assertThat(site.dump()).isEqualTo(before);
    }

    @Test
    void everyAddressTakesItsMethodsAndNoOthers() {
        long paul = site.subscriber("paul@example.org");
        String u = site.unsubscribe(paul);
        String p = site.preferences(paul);
        for (String row : List.of(
                "/ 200 405",
                "/subscribe 200 405",
                "/subscribe/weekly 200 200",
                "/subscribe/other 404 404",
                "/archive/ 200 405",
                "/archive/feed.xml 200 405",
                "/archive/weekly-2026-11-23/ 200 405",
                "/archive/weekly-2026-11-24/ 404 405",
                "/archive/weekly/ 404 405",
                "/robots.txt 200 405",
                "/c/x 404 404",
                u + " 200 200",
                u + "/undo 405 200",
                u + "/all 405 200",
                p + " 200 200",
                p + "/address 200 200",
                p + "/data.json 200 405",
                p + "/erase 200 200",
                p + "/nothing 404 404",
                "/nothing 404 404",
                "/../etc/passwd 400 400",
                "/%2e%2e/u 400 400",
                "/a%2fb 400 400")) {
            List<String> cells = List.of(row.split(" "));
            assertThat(site.get(cells.get(0)).status()).as("GET " + row).isEqualTo(Integer.parseInt(cells.get(1)));
            assertThat(site.post(cells.get(0), "").status())
                    .as("POST " + row)
                    .isEqualTo(Integer.parseInt(cells.get(2)));
            for (String method : List.of("PUT", "DELETE", "PATCH")) {
                assertThat(site.send(method, cells.get(0), "").status()).isBetween(400, 405);
            }
        }
        assertThat(site.send("PUT", u, "").header("Allow").orElseThrow()).contains("POST", "GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:80", "127.0.0.1", "[::1]:8080", "news.example.org.evil.example"})
    void aStrangeHostIsNeverRepeated(String host) {
        for (String path : List.of("/", "/subscribe", "/archive/", "/archive/feed.xml", "/u/x", "/nothing")) {
            Reply reply = site.send("GET", path, "", "Host: " + host, "X-Forwarded-Host: evil.example");
            assertThat(reply.head() + reply.body()).doesNotContain("evil");
        }
        assertThat(site.send("GET", "/", "", "Host: a b").status()).isEqualTo(400);
    }

    @Test
    void aBrowserMayShowAPageAndDoNothingElse() {
        long rosa = site.subscriber("rosa@example.org");
        for (String path : List.of(
                "/",
                "/u/x",
                site.unsubscribe(rosa),
                site.preferences(rosa),
                "/archive/",
                "/archive/weekly-2026-11-23/")) {
            Reply reply = site.get(path);
            String policy = reply.header("Content-Security-Policy").orElseThrow();
            assertThat(policy)
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .contains("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
            assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(reply.header("Server")).isEmpty();
            assertThat(reply.body()).doesNotContain(" style=", "<script", "onclick");
            boolean personal = path.startsWith("/u/") || path.startsWith("/p/");
            assertThat(reply.header("Cache-Control")).contains(personal ? "no-store" : "max-age=300");
            assertThat(reply.header("X-Robots-Tag").isPresent()).isEqualTo(personal);
        }
    }

    @Test
    void whatIsTooLargeOrMalformedIsRefused() {
        long sara = site.subscriber("sara@example.org");
        String large = "x=" + "a".repeat(70_000);
        assertThat(site.post(site.unsubscribe(sara), large).status()).isEqualTo(413);
        assertThat(site.post("/subscribe/weekly", large).body()).contains("This is too much");
        String chunk = "11176\r\n" + "x=" + "a".repeat(69_998) + "\r\n0\r\n\r\n";
        assertThat(chunked("/subscribe/weekly", chunk).status()).isEqualTo(413);
        assertThat(site.post("/subscribe/weekly", "address=%zz").status()).isEqualTo(400);
        assertThat(site.post("/subscribe/weekly", "address=" + "a".repeat(5_000) + "%40example.org")
                        .body())
                .contains("address-flaw");
        assertThat(site.reader(sara).standing()).isEqualTo(Standing.BY_SEGMENT);
    }

    private static Reply chunked(String path, String body) {
        return site.send(
                "POST", path, body, "Transfer-Encoding: chunked", "Content-Type: application/x-www-form-urlencoded");
    }

    @Test
    void aProxyOnThisMachineIsBelievedAsToWhoCalls() {
        site.send(
                "POST",
                "/subscribe/weekly",
                "address=tina%40example.org",
                "Content-Type: application/x-www-form-urlencoded",
                "X-Forwarded-For: 198.51.100.1, evil",
                "X-Forwarded-For: 203.0.113.9, 192.0.2.44");
        assertThat(site.dump())
                .anyMatch(row -> row.matches("request\\|.*tina@example\\.org.*\\|192\\.0\\.2\\.44\\|.*"));
    }

    @Test
    void aFormIsMadeForEveryoneWhoFillsItIn() throws IOException {
        HtmlPage page = open("/subscribe");
        HtmlElement address = page.getHtmlElementById("address");
        assertThat(address.getAttribute("autocomplete")).isEqualTo("email");
        assertThat(page.<HtmlElement>getFirstByXPath("//label[@for='address']")).isNotNull();
        HtmlElement trap = page.getHtmlElementById("website");
        assertThat(trap.getAttribute("tabindex")).isEqualTo("-1");
        assertThat(((HtmlElement) trap.getParentNode()).getAttribute("aria-hidden"))
                .isEqualTo("true");
        assertThat(Pattern.compile("\\.trap \\{[^}]*clip-path")
                        .matcher(page.asXml())
                        .find())
                .isTrue();
    }
}
