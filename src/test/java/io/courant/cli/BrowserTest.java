package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Taking pictures with a program that plays the browser: it notes how it was called. */
@DisabledOnOs(OS.WINDOWS)
class BrowserTest {
    @TempDir
    private Path folder;

    private Path called;
    private Path png;

    @BeforeEach
    void files() throws IOException {
        called = folder.resolve("called");
        png = folder.resolve("mail.png");
        ImageIO.write(
                new BufferedImage(800, 1500, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("shot").toFile());
    }

    @Test
    void aPictureIsAsWideAsWantedAndAsHighAsThePage() throws IOException {
        browser("""
                for last; do :; done
                cat "${last#file://}" > %1$s/page
                case "$*" in
                  *--dump-dom*) echo '<html><head><title>1234</title>' ;;
                  *) for a; do case $a in --screenshot=*) cp %1$s/shot "${a#--screenshot=}" ;; esac; done ;;
                esac
                """, Duration.ofSeconds(30)).picture("<p title=\"a&b\">", 320, true, png);
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(320, 1234);
        assertThat(Files.readAllLines(called))
                .hasSize(2)
                .last()
                .asString()
                .contains("preferredColorScheme=0", "--window-size=500,1434", "MAP * ~NOTFOUND");
        assertThat(Files.readString(folder.resolve("page")))
                .contains("width=\"320\"", "srcdoc=\"<p title=&quot;a&amp;b&quot;>\"");
        nothingIsLeft();
    }

    @Test
    void aBrowserThatFailsIsQuoted() {
        assertThatIOException()
                .isThrownBy(() -> browser("echo no display >&2; exit 3", Duration.ofSeconds(30))
                        .picture("<p>", 600, false, png))
                .withMessageEndingWith("browser failed with exit code 3: no display");
        nothingIsLeft();
    }

    @Test
    void aBrowserThatHangsIsEndedWithItsChildren() {
        assertThatIOException()
                .isThrownBy(() -> browser("sleep 600 & echo $! > %1$s/child; wait", Duration.ofSeconds(2))
                        .picture("<p>", 600, false, png))
                .withMessageEndingWith("browser took more than 2 s for a picture");
        assertThat(folder.resolve("child"))
                .content()
                .satisfies(child -> assertThat(
                                ProcessHandle.of(Long.parseLong(child.strip())).filter(ProcessHandle::isAlive))
                        .isEmpty());
        nothingIsLeft();
    }

    @Test
    void aBrowserIsFoundOnThePathOrByItsName() throws IOException {
        Path chrome = program("google-chrome", "exit 3");
        for (Map<String, String> environment : List.of(
                Map.of("PATH", "/nowhere:" + folder),
                Map.of("PATH", folder.toString(), "COURANT_BROWSER", "google-chrome"),
                Map.of("COURANT_BROWSER", chrome.toString()))) {
            assertThatIOException()
                    .isThrownBy(() -> Browser.find(environment).picture("<p>", 600, false, png))
                    .withMessageStartingWith(chrome + " failed");
        }
    }

    @Test
    void whereThereIsNoneTheMessageSaysWhatToDo() {
        assertThatIOException()
                .isThrownBy(() -> Browser.find(Map.of("COURANT_BROWSER", "netscape", "PATH", folder.toString())))
                .withMessage("COURANT_BROWSER names 'netscape', which is no program");
    }

    private Browser browser(String script, Duration patience) throws IOException {
        return new Browser(program("browser", "echo \"$*\" >> %1$s/called\n" + script), patience);
    }

    private Path program(String name, String script) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script.formatted(folder) + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    /** The folder that the browser worked in is among its arguments. */
    private void nothingIsLeft() {
        assertThat(called).content().satisfies(said -> {
            String profile = said.replaceFirst("(?s).*?--user-data-dir=(\\S+).*", "$1");
            assertThat(Path.of(profile).getParent()).doesNotExist();
        });
    }
}
