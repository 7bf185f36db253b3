package io.courant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of the house, held against the code. */
class HouseTest {
    private static final String ROOT = "io.courant";

    /** A package imports only those before it. */
    private static final List<String> ORDER = List.of(
            "words",
            "post",
            "section",
            "audience",
            "issue",
            "render",
            "delivery",
            "dns",
            "upkeep",
            "archive",
            "bounce",
            "consent",
            "editor",
            "report",
            "lab",
            "store",
            "job",
            "cluster",
            "web",
            "desk",
            "cli");

    /** What no newsletter passes through: the command line alone may try things out. */
    private static final Set<String> NEVER_LAB = Set.of("store", "job", "cluster", "web", "desk");

    /** Edges ask for ports; Spring hands them the implementation. */
    private static final Set<String> NEVER_STORE = Set.of("job", "cluster", "web", "desk", "cli");

    /** Each library has one home; YAML stands in job files and in the front matter of posts, and mail goes both ways. */
    private static final Map<String, Set<String>> HOMES = Map.ofEntries(
            Map.entry("jakarta.mail..", Set.of("delivery", "bounce")),
            Map.entry("org.eclipse.angus..", Set.of("delivery", "bounce")),
            Map.entry("javax.naming..", Set.of("dns")),
            Map.entry("freemarker..", Set.of("render")),
            Map.entry("com.helger..", Set.of("render")),
            Map.entry("java.sql..", Set.of("store")),
            Map.entry("javax.sql..", Set.of("store")),
            Map.entry("org.springframework.jdbc..", Set.of("store")),
            Map.entry("com.zaxxer.hikari..", Set.of("store")),
            Map.entry("org.flywaydb..", Set.of("store")),
            Map.entry("org.sqlite..", Set.of("store")),
            Map.entry("org.springframework.batch..", Set.of("job")),
            Map.entry("jakarta.jms..", Set.of("cluster")),
            Map.entry("org.springframework.jms..", Set.of("cluster")),
            Map.entry("org.apache.activemq..", Set.of("cluster")),
            Map.entry("org.postgresql..", Set.of("store")),
            Map.entry("org.yaml.snakeyaml..", Set.of("post", "job")),
            Map.entry("org.springframework.web..", Set.of("web", "desk")),
            Map.entry("org.springframework.boot.web..", Set.of("web", "desk")),
            Map.entry("jakarta.servlet..", Set.of("web", "desk")),
            Map.entry("org.apache.catalina..", Set.of("web", "desk")),
            Map.entry("org.springframework.security.web..", Set.of("desk")),
            Map.entry("org.springframework.security.config..", Set.of("desk")),
            Map.entry("org.springframework.security.crypto..", Set.of("editor")),
            Map.entry("com.eatthepath.otp..", Set.of("editor")),
            Map.entry("io.micrometer..", Set.of("desk")),
            Map.entry("picocli..", Set.of("cli")),
            Map.entry("org.apache.hc..", Set.of("post")),
            Map.entry("org.apache.james.mime4j..", Set.of("bounce")),
            Map.entry("javax.xml.stream..", Set.of("post")),
            Map.entry("org.apache.lucene..", Set.of("section")),
            Map.entry("de.siegmar.fastcsv..", Set.of("section", "audience")));

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> aPackageImportsOnlyThoseBeforeIt() {
        return ORDER.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String[] later = ORDER.stream()
                            .filter(other -> ORDER.indexOf(other) > ORDER.indexOf(name)
                                    || (NEVER_STORE.contains(name) && other.equals("store"))
                                    || (NEVER_LAB.contains(name) && other.equals("lab"))
                                    || (name.equals("cli")
                                            && Set.of("cluster", "web", "desk").contains(other))
                                    || (Set.of("web", "desk").contains(name) && other.equals("cluster")))
                            .map(HouseTest::in)
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage(in(name))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(later)
                            .allowEmptyShould(true)
                            .check(CODE);
                }));
    }

    @Test
    void nobodyImportsTheRootPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(CODE);
    }

    @Test
    void everyClassLivesInARoomOfTheMap() {
        Set<String> rooms = CODE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .collect(Collectors.toSet());
        assertThat(rooms)
                .isSubsetOf(ORDER.stream().map(name -> ROOT + "." + name).toList());
    }

    @TestFactory
    Stream<DynamicTest> eachLibraryHasOneHome() {
        return HOMES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(home -> DynamicTest.dynamicTest(
                        home.getKey() + " in " + home.getValue(),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(in(""))
                                .and()
                                .resideOutsideOfPackages(home.getValue().stream()
                                        .map(HouseTest::in)
                                        .toArray(String[]::new))
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(home.getKey())
                                .check(CODE)));
    }

    @Test
    void onlyTheWiringKnowsTheSystemClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.InstantSource.class, "system")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .callMethod(java.time.Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CODE);
    }

    @Test
    void aPublicClassIsUsedOutsideItsPackage() {
        classes()
                .that()
                .resideInAPackage(in(""))
                .and(areTopLevelAndPublic())
                .and()
                .areNotAssignableTo(SocketFactory.class) // PostgreSQL's driver makes it by its name
                .should(ArchUse.beUsedOutsideTheirPackage(CODE))
                .check(CODE);
    }

    @Test
    void namesSayWhatAClassIsFor() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                .check(CODE);
    }

    @Test
    void everyPackageIntroducesItself() throws IOException {
        Path sources = Path.of("src/main/java/io/courant");
        try (Stream<Path> folders = Files.walk(sources).filter(Files::isDirectory)) {
            assertThat(folders)
                    .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                            .content()
                            .contains("/**", "@NullMarked"));
        }
    }

    private static String in(String room) {
        return room.isEmpty() ? ROOT + ".." : ROOT + "." + room + "..";
    }

    private static DescribedPredicate<JavaClass> areTopLevelAndPublic() {
        return DescribedPredicate.describe(
                "are top level and public",
                type -> type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().equals(ROOT));
    }
}
