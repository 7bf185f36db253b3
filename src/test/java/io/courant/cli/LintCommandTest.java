package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Press;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.Samples;
import io.courant.issue.IssueId;
import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Looking at mails, and what is not sent. */
class LintCommandTest {
    private static final String GOOD = "<h1 class=\"ink\" dir=\"auto\">";
    private static final String BAD = "<h1 class=\"ink\" dir=\"auto\" onclick=\"x()\">";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.subscribe("ada@example.org");
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void template(String what, String to) throws IOException {
        template("digest/html.ftlh", what, to);
    }

    private void template(String file, String what, String to) throws IOException {
        Path html = home.templates().resolve(file);
        String text = Files.readString(html);
        assertThat(text).contains(what);
        Files.writeString(html, text.replace(what, to));
    }

    @Test
    void theNextIssueIsLookedAtAndNotKept() throws IOException {
        Shell.Said said = shell.courant("lint", "weekly").ending(ExitCode.DONE);
        assertThat(said.err()).contains("weekly-2026-11-23: 0 errors");
        template(GOOD, BAD);
        said = shell.courant("lint", "weekly").ending(ExitCode.FAILED);
        assertThat(said.out()).contains("error    forbidden         html: has a script in <h1>; leave it out");
        home.with(session ->
                assertThat(session.get(FrozenIssues.class).newsletters()).isEmpty());
    }

    @Test
    void warningsAreAFailureForThoseWhoAreStrict() throws IOException {
        template("shared/shell.ftlh", "<meta name=\"x-apple-disable-message-reformatting\">", "");
        JsonNode found =
                shell.courant("lint", "weekly", "--json").ending(ExitCode.DONE).json();
        assertThat(found.get("errors").asInt()).isZero();
        assertThat(found.get("warnings").asInt()).isEqualTo(1);
        JsonNode finding = found.get("findings").get(0);
        assertThat(finding.get("severity").asString()).isEqualTo("warning");
        assertThat(finding.get("rule").asString()).isEqualTo("meta");
        assertThat(finding.get("where").asString()).isEqualTo("html");
        assertThat(finding.get("what").asString()).contains("x-apple-disable-message-reformatting");
        shell.courant("lint", "weekly", "--strict").ending(ExitCode.FAILED);
    }

    @Test
    void anIssueWithErrorsIsNotMadeAndUsesUpNothing() throws IOException {
        template(GOOD, BAD);
        assertThat(shell.courant("run", "weekly").ending(ExitCode.INVALID).err())
                .contains("issue weekly-2026-11-23 is not made", "forbidden", "'courant lint weekly'", "'digest'");
        assertThat(home.relay().taken()).isEmpty();
        template(BAD, GOOD);
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().taken()).hasSize(1);
        shell.courant("lint", "weekly-2026-11-23").ending(ExitCode.DONE);
    }

    /** Freezes the next issue with another HTML, as an earlier version of the program might have let through. */
    private void freeze(String what, String to) {
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        home.with(session -> {
            JobFile job = session.get(JobFolder.class).load("weekly");
            Proof.Printed printed = (Proof.Printed) session.get(Press.class).proof(job.newsletter(), home.now());
            String encoded = new String(printed.message().encoded(), StandardCharsets.ISO_8859_1);
            assertThat(encoded).contains(what);
            MessageTemplate changed =
                    MessageTemplate.decode(encoded.replace(what, to).getBytes(StandardCharsets.ISO_8859_1));
            Samples.freeze(
                    session.get(FrozenIssues.class), job.newsletter(), printed.issue(), printed.draft(), changed);
        });
    }

    @Test
    void anIssueThatWasFrozenWithErrorsIsNotSentButMayBeTested() {
        freeze("<h1", "<h1 onclick=3D\"x()\"");
        Shell.Said said = shell.courant("send", "weekly").ending(ExitCode.INVALID);
        assertThat(said.err())
                .contains(
                        "issue weekly-2026-11-23 is not sent",
                        "forbidden: html",
                        "'courant lint weekly-2026-11-23'",
                        "'courant cancel weekly-2026-11-23'");
        assertThat(home.relay().taken()).isEmpty();
        assertThat(shell.courant("lint", "weekly-2026-11-23")
                        .ending(ExitCode.FAILED)
                        .out())
                .contains("error    forbidden");
        said = shell.courant("send", "weekly", "--test", "editor@example.org").ending(ExitCode.DONE);
        assertThat(said.err()).contains("error    forbidden");
        assertThat(home.relay().taken()).hasSize(1);
        home.with(session -> assertThat(session.get(FrozenIssues.class).state(new IssueId("weekly-2026-11-23")))
                .contains(FrozenIssue.State.APPROVED));
    }

    @Test
    void aMessageInAFileIsLookedAtWhateverItsLineEnds() throws IOException {
        shell.courant("preview", "weekly", "--out", folder.resolve("out").toString())
                .ending(ExitCode.DONE);
        Path eml = folder.resolve("out/weekly.eml");
        assertThat(shell.courant("lint", eml.toString()).ending(ExitCode.DONE).err())
                .contains(eml + ": 0 errors");
        Files.writeString(eml, Files.readString(eml).replace("\r\n", "\n"));
        shell.courant("lint", eml.toString()).ending(ExitCode.DONE);
        Files.writeString(eml, Files.readString(eml).replace("List-Unsubscribe-Post", "X-Post"));
        assertThat(shell.courant("lint", eml.toString()).ending(ExitCode.FAILED).out())
                .contains("header List-Unsubscribe-Post");
        assertThat(shell.courant("lint", folder.resolve("none.eml").toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("none.eml: no such file");
    }

    @Test
    void nothingNewIsNothingToLookAt() {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("lint", "weekly").ending(ExitCode.DONE).out()).contains("skipped: no new posts");
    }
}
