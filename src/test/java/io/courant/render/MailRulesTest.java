package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.render.Flaw.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One faultless letter, and what each rule says when one thing in it is changed. */
class MailRulesTest {
    private static final String SUBJECT = "Edge AI: models that fit a watch (+4 more)";
    private static final String UNSUBSCRIBE = "https://news.example.org/u/abc";
    private static final String HTML = """
            <!doctype html><html lang="en" dir="ltr"><head><title>Weekly</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="x-apple-disable-message-reformatting">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <style>@media (prefers-color-scheme: dark) {
            .paper { background-color: #191714 !important } .ink { color: #efe9dd !important } }
            [data-ogsc] .ink { color: #efe9dd !important }</style></head>
            <body><div class="paper ink" lang="en" dir="ltr" style="background-color:#fff;color:#333">
            <div style="display:none">Privacy: hospitals learn together · Sound: a hearing aid</div>
            <!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
            <table role="presentation" style="width:100%;max-width:600px"><tr><td style="font:16px/1.5 Georgia,serif">
            <h1>Weekly</h1><h2>Edge AI</h2>
            <h3><a class="ink" style="color:#333" href="https://example.org/watch">Models that fit a watch</a></h3>
            <p>Small models run where the data is, and a watch has room for one of them today.</p>
            <p style="font-size:14px">Lab Notes <img src="cid:trend" alt="12%, rising" width="103" height="24"></p>
            <p><a class="ink" style="color:#333" href="https://news.example.org/u/abc">Unsubscribe</a></p>
            </td></tr></table></div></body></html>
            """;
    private static final String TEXT = """
            Models that fit a watch
            https://example.org/watch

            Unsubscribe:
            https://news.example.org/u/abc
            """;
    private static final Letter LETTER = letter(SUBJECT, HTML, TEXT);

    private static Letter letter(String subject, String html, String text) {
        return new Letter(
                subject, html, text, UNSUBSCRIBE, Map.of("trend", 900), Set.of("example.org", "news.example.org"));
    }

    private static Letter changed(String what, String to) {
        assertThat(HTML).contains(what);
        return letter(SUBJECT, HTML.replace(what, to), TEXT);
    }

    private static Letter about(String subject) {
        return letter(subject, HTML, TEXT);
    }

    private static Letter saying(String text) {
        return letter(SUBJECT, HTML, text);
    }

    @Test
    void aFaultlessLetterHasNoFlaw() {
        assertThat(MailRules.flaws(LETTER)).isEmpty();
    }

    private record Case(Severity severity, String rule, Letter letter, String what) {}

    private static Case error(String rule, Letter letter, String what) {
        return new Case(Severity.ERROR, rule, letter, what);
    }

    private static Case warning(String rule, Letter letter, String what) {
        return new Case(Severity.WARNING, rule, letter, what);
    }

    private static List<Case> cases() {
        return List.of(
                warning("subject", about("A ".repeat(40) + "long one"), "88 characters"),
                warning("subject", about("Weekly newsletter #42"), "number"),
                warning("spam", about("MODELS THAT FIT A WATCH"), "capitals"),
                warning("spam", about("Re: models that fit a watch"), "answer"),
                warning("spam", about("Models! For free! Now"), "calls out"),
                warning("spam", about("Models that f\u200Bit a watch"), "no width"),
                error("subject", about(" "), "empty"),
                warning("preheader", changed("style=\"display:none\"", ""), "none"),
                warning("preheader", changed("Privacy: hospitals learn together · ", ""), "20 characters"),
                warning(
                        "preheader",
                        changed("Privacy: hospitals learn together · Sound: a hearing aid", SUBJECT),
                        "again"),
                error("forbidden", changed("<h2>", "<svg></svg><h2>"), "<svg>"),
                error("forbidden", changed("<h2>", "<script>x</script><h2>"), "<script>"),
                error("forbidden", changed("<h2>", "<form></form><h2>"), "<form>"),
                error("forbidden", changed("<h2>", "<h2 onclick=\"x()\">"), "script in <h2>"),
                error("forbidden", changed("<style>", "<style>@import url(https://example.org/a.css);"), "@import"),
                warning("title", changed("<title>Weekly</title>", ""), "<title>"),
                warning("meta", changed("name=\"viewport\"", "name=\"other\""), "viewport"),
                warning(
                        "meta",
                        changed(
                                "name=\"color-scheme\" content=\"light dark\"",
                                "name=\"color-scheme\" content=\"light\""),
                        "light dark"),
                error("language", changed("<html lang=\"en\" dir=\"ltr\">", "<html>"), "<html>"),
                error("language", changed("\" lang=\"en\" dir=\"ltr\" style", "\" style"), "<body>"),
                error("headings", changed("<h1>Weekly</h1>", ""), "0 <h1>"),
                error("headings", changed("<h2>Edge AI</h2>", ""), "skipped"),
                error("layout-table", changed("<table role=\"presentation\" style", "<table style"), "presentation"),
                error("width", changed("width:100%;max-width:600px", "width:640px"), "640 px"),
                error("width", changed("width:100%;max-width:600px", "width:500px"), "phone"),
                warning("mso-width", changed("<!--[if mso]>", "<!--"), "Outlook"),
                error("link", changed("https://example.org/watch", "/watch"), "/watch"),
                error("link", changed("https://example.org/watch", "javascript:alert(1)"), "javascript"),
                error("link", changed("https://example.org/watch", "#watch"), "#watch"),
                error("link", changed(" href=\"https://example.org/watch\"", ""), "nowhere"),
                error("unsubscribe", changed(UNSUBSCRIBE, "https://news.example.org/u/other"), "unsubscribe page"),
                warning("link-text", changed("Models that fit a watch</a>", "Read more…</a>"), "Read more"),
                warning("link-text", changed("Models that fit a watch</a>", "https://example.org/watch</a>"), "bare"),
                warning("link-text", changed("Models that fit a watch</a>", "https://bank.example/</a>"), "phishing"),
                warning("link-text", changed(">Unsubscribe<", ">Models that fit a watch<"), "different places"),
                error("link-text", changed("Models that fit a watch</a>", "</a>"), "no text"),
                warning("link-shortened", changed("https://example.org/watch", "https://bit.ly/x"), "bit.ly"),
                warning(
                        "link-redirect",
                        changed("https://example.org/watch", "https://example.org/?u=https%3A%2F%2Fa.example"),
                        "redirect"),
                warning(
                        "link-foreign",
                        changed("https://example.org/watch", "https://other.example/watch"),
                        "other.example"),
                error("alt", changed(" alt=\"12%, rising\"", ""), "alt"),
                error("picture", changed("cid:trend", "trend.png"), "trend.png"),
                error("picture", changed("cid:trend", "cid:other"), "not among"),
                warning("picture-unused", changed("cid:trend", "https://example.org/trend.png"), "'trend'"),
                warning("picture", changed(" height=\"24\"", ""), "height"),
                error("pixel", changed("width=\"103\" height=\"24\"", "width=\"1\" height=\"1\""), "seen"),
                error("pixel", changed("<img ", "<img style=\"display:none\" "), "seen"),
                error(
                        "contrast",
                        changed("<h2>", "<h2 style=\"color:#999\">"),
                        "2.85:1, and 3:1 is the least in light: #999999 on #ffffff in <h2> “Edge AI”"),
                error(
                        "contrast",
                        changed("<p>Small", "<p style=\"color:rgb(128 128 128)\">Small"),
                        "in light: #808080 on #ffffff"),
                error(
                        "contrast",
                        changed("<p>Small", "<p style=\"color:rgba(0,0,0,.3)\">Small"),
                        "in light: #b3b3b3 on #ffffff"),
                error(
                        "contrast",
                        changed(".ink { color: #efe9dd", ".ink { color: #333"),
                        "in dark: #333333 on #191714"),
                error(
                        "hidden-text",
                        changed("<p>Small", "<p style=\"color:white\">Small"),
                        "in light: #ffffff on #ffffff"),
                error("font-size", changed("font-size:14px", "font-size:75%"), "12 px"),
                warning("body-size", changed("font:16px", "font:15px"), "16 px"),
                warning("target", changed("font:16px/1.5", "font:16px/1.2"), "19.2 px"),
                warning(
                        "dark",
                        changed("<h2>", "<h2 class=\"bare\" style=\"color:#444\">"),
                        "colour of <h2 class=\"bare\">"),
                warning("dark", changed("[data-ogsc]", ".other"), "data-ogsc"),
                warning("dark", changed("prefers-color-scheme: dark", "min-width: 700px"), "no rules"),
                error("css", changed("style=\"display:none\"", "style=\"display: {\""), "not CSS"),
                error("text", saying(" "), "empty"),
                error("text", saying(TEXT + "\u001b[2J"), "control"),
                error("unsubscribe", saying("Models\nhttps://example.org/watch\n"), "unsubscribe page"),
                error("text-links", saying("Models\n"), "none"),
                warning("text-links", saying(UNSUBSCRIBE), "https://example.org/watch"),
                warning("text-width", saying(TEXT + "word ".repeat(20)), "76 columns"),
                warning("size", changed("<p>Small", "<p>" + "x".repeat(80_000)), "Gmail"),
                error("size", changed("<p>Small", "<p>" + "x".repeat(102_000)), "Gmail"));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleSaysWhatBreaksIt() {
        return cases().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.rule() + ": " + one.what(),
                        () -> assertThat(MailRules.flaws(one.letter())).anySatisfy(flaw -> {
                            assertThat(flaw.rule()).isEqualTo(one.rule());
                            assertThat(flaw.severity()).isEqualTo(one.severity());
                            assertThat(flaw.what()).contains(one.what());
                        })));
    }

    @Test
    void aLargeTextNeedsLessContrast() {
        assertThat(MailRules.flaws(changed("<h2>", "<h2 class=\"ink\" style=\"color:#888\">")))
                .isEmpty();
        assertThat(MailRules.flaws(changed("<h2>", "<h2 class=\"ink\" style=\"color:#888;font-weight:400\">")))
                .as("24 px is large in any weight")
                .isEmpty();
        assertThat(MailRules.flaws(changed("<h2>", "<h2 class=\"ink\" style=\"color:#888;font-size:18px\">")))
                .extracting(Flaw::rule)
                .containsExactly("contrast");
    }

    @Test
    void whatIsNarrowOnAPhoneMayBeWideElsewhere() {
        assertThat(MailRules.flaws(changed(
                        "<table role=\"presentation\" style=\"width:100%;max-width:600px\">",
                        "<style>@media (max-width:480px){.column{width:100%!important}}</style>"
                                + "<table role=\"presentation\" class=\"column\" width=\"600\">")))
                .isEmpty();
    }

    @Test
    void lettersThatJoinAreNoTrick() {
        assertThat(MailRules.flaws(about("می\u200Cخواهم: مدل‌های کوچک در ساعت")))
                .isEmpty();
    }
}
