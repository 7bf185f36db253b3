package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.delivery.MailParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theDemoMailsEverySampleSubscriberAndShowsWhereToLook() throws IOException {
        try (TestHome home = new TestHome(folder.resolve("unused"))) {
            Path out = folder.resolve("demo");
            Shell.Said said = new Shell(home)
                    .typed("demo", "--out", out.toString(), "--json")
                    .ending(ExitCode.DONE);
            JsonNode demo = said.json();
            assertThat(demo.get("issue").get("state").asString()).isEqualTo("finished");
            assertThat(demo.get("issue").get("deliveries").get("accepted").asInt())
                    .isEqualTo(24);
            Path eml = Path.of(demo.get("files").get("eml").asString());
            MailParts parts = MailParts.of(Files.readAllBytes(eml));
            assertThat(Path.of(demo.get("files").get("html").asString())).hasContent(parts.html());
            assertThat(Path.of(demo.get("files").get("text").asString())).hasContent(parts.text());
            assertThat(parts.html()).contains("Deep Learning Weekly", "Why it is here");
            assertThat(parts.text()).contains("DEEP LEARNING WEEKLY", "Unsubscribe");
            assertThat(mails(eml)).hasSize(24).allSatisfy(mail -> {
                String recipient = String.valueOf(mail.getFileName()).replace(".eml", "");
                assertThat(MailParts.of(Files.readAllBytes(mail)).text()).contains(recipient);
            });
            assertThat(home.relay().connections()).isZero();
            assertThat(home.home()).doesNotExist();
        }
    }

    private static List<Path> mails(Path eml) throws IOException {
        try (Stream<Path> files = Files.list(eml.resolveSibling("."))) {
            return files.filter(file -> file.toString().endsWith(".eml")).toList();
        }
    }
}
