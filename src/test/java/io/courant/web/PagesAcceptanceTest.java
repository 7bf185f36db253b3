package io.courant.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.faults.Tools;
import io.courant.mail.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every page in a real browser, in light and dark, narrow and wide, looked at by axe. The pictures that the browser made
 * lie in {@code target/pages}.
 */
@Tag("mail")
class PagesAcceptanceTest {
    private static final Path PICTURES = Path.of("target", "pages");
    private static final String AXE = "axe.run(document, {resultTypes: ['violations']})"
            + ".then(result => result.violations.filter(one => ['serious', 'critical'].includes(one.impact))"
            + ".map(one => one.id + ' at ' + one.nodes[0].target.join(' ')))";

    @TempDir
    private Path folder;

    /** Paths by the name of the picture; those with a script get to the page by pressing a button. */
    private static Map<String, String> pages(TestSite site) {
        long ada = site.find(TestSite.ADA).orElseThrow();
        long left = site.subscriber("left@example.org");
        site.get(Readers.class).leave(TestSite.NEWSLETTER, left, site.home().now());
        long german = site.subscriber("german@example.org");
        site.get(Readers.class)
                .choose(
                        TestSite.NEWSLETTER,
                        german,
                        new Preferences(
                                Set.of("privacy"),
                                Frequency.WEEKLY,
                                7,
                                Instant.parse("2026-12-24T00:00:00Z"),
                                null,
                                Form.HTML,
                                Locale.GERMAN),
                        site.home().now());
        site.post("/subscribe/weekly", "address=new%40example.org");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("front", "/");
        pages.put("front-fr", "/?language=fr");
        pages.put("signup", "/subscribe");
        pages.put("signup-wrong", "/subscribe|Subscribe");
        pages.put("confirm", site.mailed("new@example.org", "/c/"));
        pages.put("confirmed", pages.get("confirm") + "|Yes, send it to me");
        pages.put("unsubscribe", site.unsubscribe(ada));
        pages.put("unsubscribed", site.unsubscribe(left));
        pages.put("preferences", site.preferences(ada));
        pages.put("preferences-saved", site.preferences(ada) + "|Save");
        pages.put("preferences-de", site.preferences(german));
        pages.put("preferences-left", site.preferences(left));
        pages.put("address", site.preferences(ada) + "/address");
        pages.put("erase", site.preferences(ada) + "/erase");
        pages.put("erase-unsure", site.preferences(ada) + "/erase|Erase");
        pages.put("gone", "/u/x");
        pages.put("missing", "/nothing");
        pages.put("archive", "/archive/");
        return pages;
    }

    @Test
    void axeFindsNothingSeriousAndNothingIsCutOff() throws IOException {
        Tools.need("chromium");
        Files.createDirectories(PICTURES);
        String axe;
        try (InputStream script = PagesAcceptanceTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(script.readAllBytes(), UTF_8);
        }
        List<String> findings = new ArrayList<>();
        try (TestSite site = new TestSite(folder.resolve("site"));
                Chromium chromium = Chromium.start(folder.resolve("profile"))) {
            for (Map.Entry<String, String> page : pages(site).entrySet()) {
                for (String scheme : List.of("light", "dark")) {
                    for (int width : List.of(320, 1000)) {
                        String where = page.getKey() + "-" + width + "-" + scheme;
                        List<String> steps = List.of(page.getValue().split("\\|"));
                        chromium.open(site.url(steps.get(0)), width, scheme);
                        for (String button : steps.subList(1, steps.size())) {
                            chromium.press(button);
                        }
                        if (!chromium.evaluate("getComputedStyle(document.querySelector('main')).display !== 'inline'"
                                        + " && getComputedStyle(document.body).maxWidth !== 'none'")
                                .asBoolean()) {
                            findings.add(where + ": the page's style is not obeyed");
                        }
                        int over = chromium.evaluate("document.documentElement.scrollWidth - innerWidth")
                                .asInt();
                        if (over > 0) {
                            findings.add(where + ": " + over + " px too wide");
                        }
                        chromium.evaluate(axe + "; 0");
                        JsonNode violations = chromium.evaluate(AXE);
                        violations.forEach(one -> findings.add(where + ": " + one.asString()));
                        Files.write(PICTURES.resolve(where + ".png"), chromium.picture());
                    }
                }
            }
        }
        assertThat(findings).isEmpty();
    }
}
