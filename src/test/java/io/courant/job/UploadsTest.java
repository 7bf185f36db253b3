package io.courant.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    @TempDir
    private Path home;

    private Instant now = Instant.parse("2026-11-23T06:00:00Z");

    private final byte[] list = "email\nada@example.org\n".getBytes(UTF_8);

    private String kept(Uploads uploads) {
        return uploads.keep(new ByteArrayInputStream(list));
    }

    @Test
    void aListIsFoundByItsNameUntilItIsDeleted() {
        Uploads uploads = new Uploads(home, () -> now);
        String name = kept(uploads);
        assertThat(uploads.find(name).orElseThrow()).hasBinaryContent(list);
        assertThat(uploads.find("../courant.db")).isEmpty();
        assertThat(uploads.find(name.replace('-', '/'))).isEmpty();
        uploads.delete(name);
        assertThat(uploads.find(name)).isEmpty();
    }

    @Test
    void onlyItsOwnerLooksIntoTheFolder() throws IOException {
        kept(new Uploads(home, () -> now));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("uploads"))))
                .isEqualTo("rwx------");
    }

    @Test
    void afterAnHourAListIsNotThereAnyMore() throws IOException {
        Uploads uploads = new Uploads(home, () -> now);
        String name = kept(uploads);
        now = now.plus(Duration.ofHours(1));
        assertThat(uploads.find(name)).isEmpty();
        assertThat(new Uploads(home, () -> now).find(name)).isEmpty(); // which deletes what is left
        try (Stream<Path> left = Files.list(home.resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
    }
}
