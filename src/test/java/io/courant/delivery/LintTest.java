package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.Issue;
import io.courant.render.Flaw;
import io.courant.render.Hole;
import io.courant.render.Rendering;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A message as it is sent, and what is said when one thing in it is changed. */
class LintTest {
    private static final Issue ISSUE = Samples.issue(1);
    private static final String HTML = """
            <html lang="en" dir="ltr"><head><title>Weekly</title>
            <meta name="viewport" content="width=device-width"><meta name="x-apple-disable-message-reformatting">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <style>@media (prefers-color-scheme: dark) { .paper { background: #000 !important; color: #fff !important } }
            [data-ogsc] .paper { color: #fff !important }</style></head>
            <body><div lang="en" dir="ltr" class="paper" style="background:#fff;color:#000">
            <div style="display:none">Edge AI, privacy, and a hearing aid that picks a voice</div><h1>Weekly</h1>
            <p style="line-height:1.5"><a class="paper" style="color:#000" href="https://example.org/ten-trends">Models</a></p>
            <p style="line-height:1.5"><a class="paper" style="color:#000" href="%s">Unsubscribe</a></p></div></body></html>
            """.formatted(Samples.marker(Hole.UNSUBSCRIBE_URL));
    private static final String TEXT =
            "Models\nhttps://example.org/ten-trends\nUnsubscribe:\n" + Samples.marker(Hole.UNSUBSCRIBE_URL) + "\n";
    private static final List<DkimKey> OURS = List.of(new DkimKey("news.example.org", "s1", DkimKeys.brisbane()));

    @TempDir
    private Path keys;

    private TokenSigner signer() {
        return new TokenSigner(TokenKeys.in(keys));
    }

    private static MessageTemplate template() {
        Rendering rendering = Samples.rendering("Edge AI: models that fit a watch", HTML, TEXT);
        return MessageTemplate.compile(Samples.newsletter(), ISSUE, rendering);
    }

    private String message(List<DkimKey> keys) {
        return new String(
                template()
                        .signedWith(keys, ISSUE.date())
                        .fill(new Personalizer(Samples.newsletter(), ISSUE.id(), signer()).sample(ISSUE.date()))
                        .bytes(),
                StandardCharsets.ISO_8859_1);
    }

    private static List<Flaw> flaws(String message) {
        return Lint.of(message.getBytes(StandardCharsets.ISO_8859_1), Set.of());
    }

    @Test
    void aMessageOfOursHasNoFlaw() {
        FrozenIssue frozen = new FrozenIssue(
                ISSUE,
                "Edge AI",
                FrozenIssue.State.APPROVED,
                1,
                Imprint.of(Samples.newsletter()),
                List.of(new Variant("all", null, LintTest::template)));
        assertThat(Lint.of(frozen, List.of(), signer())).isEmpty();
        assertThat(Lint.of(frozen, OURS, signer())).isEmpty();
    }

    @Test
    void aLinkToAStrangerIsTold() {
        assertThat(Lint.of(message(List.of()).getBytes(StandardCharsets.ISO_8859_1), Set.of("news.example.org")))
                .extracting(Flaw::rule)
                .containsExactly("link-foreign");
    }

    private record Case(String rule, String what, String to, String told) {}

    @TestFactory
    Stream<DynamicTest> everyRuleSaysWhatBreaksIt() {
        String message = message(OURS);
        return Stream.of(
                        new Case("wire", "\r\nTo:", "\nTo:", "CRLF"),
                        new Case("wire", "Unsubscribe:", "Unsubscribe\u0000:", "NUL"),
                        new Case("wire", "Models\r\n", "x".repeat(1_000) + "\r\n", "998"),
                        new Case("wire", "Edge AI: models", "Edge \u00e9: models", "ASCII"),
                        new Case("from", "\r\nFrom: ", "\r\nX-From: ", "missing"),
                        new Case("from", "\r\nTo:", "\r\nFrom: a@example.org\r\nTo:", "2 of it"),
                        new Case("reply-to", "editors@example.org\r\nTo", "nobody\r\nTo", "no address"),
                        new Case("to", "\r\nTo: ", "\r\nTo: ada@example.org, ", "one recipient"),
                        new Case("bcc", "\r\nTo:", "\r\nBcc: all@example.org\r\nTo:", "leave it out"),
                        new Case("date", "\r\nDate: Mon, 23", "\r\nDate: yesterday", "no date"),
                        new Case("message-id", "Message-ID: <", "Message-ID: ", "malformed"),
                        new Case(
                                "message-id",
                                "@news.example.org>\r\nSubject",
                                "@elsewhere.example>\r\nSubject",
                                "elsewhere"),
                        new Case("list-id", "\r\nList-Id: ", "\r\nX-Id: ", "missing"),
                        new Case("list-unsubscribe", "<https:", "<http:", "https"),
                        new Case("list-unsubscribe", "<mailto:unsub", "<xmailto:unsub", "mailto"),
                        new Case("list-unsubscribe-post", "=One-Click", "=Two-Clicks", "One-Click"),
                        new Case("list-archive", "\r\nList-Archive:", "\r\nX-Archive:", "missing"),
                        new Case("list-help", "\r\nList-Help:", "\r\nX-Help:", "missing"),
                        new Case("feedback-id", "\r\nFeedback-ID:", "\r\nX-ID:", "missing"),
                        new Case("auto-submitted", "auto-generated", "no", "robots"),
                        new Case("dkim-signature", "d=news.example.org", "d=elsewhere.example", "DMARC"),
                        new Case("dkim-signature", "h=From:From:", "h=X-From:", "cover From"),
                        new Case("mime", "multipart/alternative", "multipart/mixed", "multipart/alternative"),
                        new Case("mime", "text/plain; charset=UTF-8", "text/plain; charset=iso-8859-1", "UTF-8"),
                        new Case("mime", "quoted-printable", "8bit", "quoted-printable"),
                        new Case("subject", "\r\nSubject: ", "\r\nX-Subject: ", "empty"),
                        new Case("language", "lang=3D\"en\" dir=3D\"ltr\"", "", "lang"))
                .map(one -> DynamicTest.dynamicTest(one.rule() + ": " + one.told(), () -> {
                    assertThat(message).contains(one.what());
                    assertThat(flaws(message.replace(one.what(), one.to()))).anySatisfy(flaw -> {
                        assertThat(flaw.rule()).isEqualTo(one.rule());
                        assertThat(flaw.what()).contains(one.told());
                    });
                }));
    }

    @Test
    void whatIsNoMailAtAllIsToldToo() {
        assertThat(flaws("nothing")).anyMatch(Flaw::isError);
        assertThat(flaws("")).anyMatch(Flaw::isError);
    }
}
