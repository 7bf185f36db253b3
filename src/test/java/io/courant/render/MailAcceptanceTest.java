package io.courant.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.DomainGroups;
import io.courant.delivery.MailParts;
import io.courant.delivery.Message;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Personalizer;
import io.courant.delivery.TokenKeys;
import io.courant.delivery.TokenSigner;
import io.courant.faults.Tools;
import io.courant.mail.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What strangers say to every shipped template with every specimen issue: the W3C's checker of HTML, axe in a real
 * browser, SpamAssassin. The pictures that the browser made lie in {@code target/mail}.
 */
@Tag("mail")
class MailAcceptanceTest {
    private static final Path PICTURES = Path.of("target", "mail");
    private static final Pattern SCORE = Pattern.compile("score=(-?[\\d.]+)");
    /** A mail is no page: it has no landmarks. */
    private static final String AXE = "axe.run(document, {rules: {'landmark-one-main': {enabled: false},"
            + " region: {enabled: false}}, resultTypes: ['violations']})"
            + ".then(result => result.violations.filter(one => ['serious', 'critical'].includes(one.impact))"
            + ".map(one => one.id + ' at ' + one.nodes[0].target.join(' ')))";

    @TempDir
    private static Path folder;

    private static final List<Mail> MAILS = new ArrayList<>();

    /** One template with one specimen, as a reader gets it. */
    private record Mail(String name, Rendering rendering, Message message, String html, String text) {}

    @BeforeAll
    static void render() throws IOException {
        Files.createDirectories(PICTURES);
        TemplateFolder templates = new TemplateFolder(Path.of("templates"));
        Renderer renderer = new Renderer(templates, Renderer.randomNonces());
        TokenSigner signer = new TokenSigner(TokenKeys.in(folder.resolve("keys")));
        for (String template : templates.names()) {
            for (Specimens.Specimen specimen : Specimens.all(template)) {
                SizeBudget.Fitted fitted = new SizeBudget(renderer).fit(specimen.newsletter(), specimen.issue(), null);
                Personalizer personalizer =
                        new Personalizer(specimen.newsletter(), fitted.issue().id(), signer);
                Message message = MessageTemplate.compile(specimen.newsletter(), fitted.issue(), fitted.rendering())
                        .fill(personalizer.personal(new Claim(
                                1,
                                "sample.reader@example.org",
                                Instant.parse("2026-01-15T09:00:00Z"),
                                "all",
                                DomainGroups.OTHERS,
                                DeliveryState.READY,
                                1,
                                0,
                                0,
                                0)));
                MailParts parts = MailParts.of(message.bytes());
                String name = template + "-" + specimen.name().replace(' ', '-');
                MAILS.add(new Mail(name, fitted.rendering(), message, parts.html(), parts.text()));
                Files.writeString(PICTURES.resolve(name + ".html"), parts.html());
                Files.writeString(PICTURES.resolve(name + ".txt"), parts.text());
                Files.write(PICTURES.resolve(name + ".eml"), message.bytes());
            }
        }
    }

    @Test
    void theCheckerOfTheW3cFindsNoError() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "nu.validator.client.SimpleCommandLineValidator",
                "--errors-only",
                "--filterfile",
                "src/test/resources/mail/vnu.filter"));
        MAILS.forEach(
                mail -> command.add(PICTURES.resolve(mail.name() + ".html").toString()));
        Process checker = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(checker.getInputStream().readAllBytes(), UTF_8);
        assertThat(checker.waitFor()).as(said).isZero();
    }

    @Test
    void axeFindsNothingSeriousAndNothingIsWiderThanTheWindow() throws IOException {
        Tools.need("chromium");
        String axe;
        try (InputStream script = MailAcceptanceTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(script.readAllBytes(), UTF_8);
        }
        List<String> findings = new ArrayList<>();
        try (Chromium chromium = Chromium.start(folder.resolve("profile"))) {
            for (Mail mail : MAILS) {
                for (String scheme : List.of("light", "dark")) {
                    for (int width : List.of(320, 600)) {
                        chromium.show(mail.html(), width, scheme);
                        int over = chromium.evaluate("document.documentElement.scrollWidth - innerWidth")
                                .asInt();
                        chromium.evaluate(axe + "; 0");
                        JsonNode violations = chromium.evaluate(AXE);
                        String where = mail.name() + "-" + width + "-" + scheme;
                        Files.write(PICTURES.resolve(where + ".png"), chromium.picture());
                        if (over > 0) {
                            findings.add(where + ": " + over + " px too wide");
                        }
                        violations.forEach(one -> findings.add(where + ": " + one.asString()));
                    }
                }
            }
        }
        System.out.println(MAILS.size() + " mails, each at 320 and 600 px in light and dark: " + findings.size()
                + " serious findings");
        assertThat(findings).isEmpty();
    }

    @Test
    void spamAssassinScoresEveryMailBelowOne() throws Exception {
        Tools.need("spamassassin");
        List<String> scores = new ArrayList<>();
        double worst = Double.NEGATIVE_INFINITY;
        for (Mail mail : MAILS) {
            Process process = new ProcessBuilder("spamassassin", "-L", "-t", "-x").start();
            try (var in = process.getOutputStream()) {
                in.write(mail.message().bytes());
            }
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            Matcher score = SCORE.matcher(said);
            assertThat(score.find()).as(mail.name() + ": " + said).isTrue();
            worst = Math.max(worst, Double.parseDouble(score.group(1)));
            scores.add(mail.name() + " "
                    + said.lines()
                            .filter(line -> line.startsWith("X-Spam-Status") || line.contains("tests="))
                            .findFirst()
                            .orElse(""));
        }
        System.out.println("SpamAssassin, highest score of " + MAILS.size() + " mails: " + worst);
        assertThat(worst).as(String.join("\n", scores)).isLessThan(1.0);
    }

    @Test
    void everyMailIsSmallAndItsTextComplete() {
        assertThat(MAILS).isNotEmpty().allSatisfy(mail -> {
            assertThat(MailRules.encodedLength(mail.html())).as(mail.name()).isLessThan(MailRules.MAX_HTML_BYTES);
            assertThat(mail.text()).contains("https://courant.example.org/u/");
        });
    }
}
