package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every template that is shipped, on every specimen: without errors, and its warnings are printed. */
class ShippedTemplatesTest {
    private static final TemplateFolder FOLDER = new TemplateFolder(Path.of("templates"));
    private static final Renderer RENDERER = new Renderer(FOLDER, Renderer.randomNonces());

    @TestFactory
    Stream<DynamicTest> everyMailKeepsTheRules() {
        return FOLDER.names().stream()
                .flatMap(template -> Specimens.all(template).stream()
                        .map(specimen -> DynamicTest.dynamicTest(
                                template + ", " + specimen.name(), () -> keepsTheRules(specimen))));
    }

    private static void keepsTheRules(Specimens.Specimen specimen) {
        SizeBudget.Fitted fitted = new SizeBudget(RENDERER).fit(specimen.newsletter(), specimen.issue(), null);
        List<Flaw> flaws = MailRules.flaws(Letter.specimen(fitted.rendering()));
        flaws.stream()
                .filter(flaw -> !flaw.isError())
                .forEach(flaw -> System.out.println(specimen.newsletter().template() + ", " + specimen.name() + ": "
                        + flaw.rule() + ": " + flaw.where() + ": " + flaw.what()));
        assertThat(flaws).noneMatch(Flaw::isError);
    }
}
