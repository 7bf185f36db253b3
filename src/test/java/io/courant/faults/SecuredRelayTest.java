package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.KeyStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay that asks who we are, or cannot prove who it is: no mail leaves until somebody has seen to it. */
@Tag("faults")
class SecuredRelayTest {
    private static final int READERS = 30;

    @TempDir
    private Path folder;

    private Trial trial;
    private KeyStores stores;

    @BeforeEach
    void open() throws IOException {
        trial = new Trial(folder, READERS);
        stores = new KeyStores(folder);
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private CourantProcess.Start trusting(String issuer) {
        return CourantProcess.Start.USUAL.with(
                "-Djavax.net.ssl.trustStore=" + stores.file(issuer),
                "-Djavax.net.ssl.trustStorePassword=" + new String(stores.password()));
    }

    private void noMailWasBegun() {
        assertThat(trial.relay().commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void aLoginThatIsRefusedStopsTheRunAtOnce() throws IOException, InterruptedException {
        Path password = Files.writeString(folder.resolve("password"), "guess");
        trial.relay().starttls(stores.file("good"), stores.password()).login("digest", "right");
        String[] login = {
            "--set",
            "relay.host=localhost",
            "--set",
            "relay.tls=starttls",
            "--set",
            "relay.username=digest",
            "--set",
            "relay.password-file=" + password
        };
        CourantProcess refused = trial.start(trusting("good"), login).ending(Trial.INVALID);
        assertThat(refused.err())
                .contains("refused login for 'digest' (535 5.7.8 wrong user or password)")
                .contains("check relay.username and the password file")
                .doesNotContain("guess", "Exception");
        noMailWasBegun();
        assertThat(trial.relay().commands())
                .as("one wrong password is enough: more could lock the account")
                .filteredOn(command -> command.startsWith("AUTH"))
                .hasSize(1);
        Files.writeString(password, "right");
        trial.startToTheEnd(trusting("good"), login);
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }

    @Test
    void aCertificateThatHasExpiredStopsTheRunAtOnce() throws IOException, InterruptedException {
        trial.relay().starttls(stores.file("expired"), stores.password());
        refuses(trusting("ca"), "validity check failed");
    }

    @Test
    void aCertificateForAnotherNameStopsTheRunAtOnce() throws IOException, InterruptedException {
        trial.relay().starttls(stores.file("other"), stores.password());
        refuses(trusting("other"), "No subject alternative DNS name matching localhost");
    }

    private void refuses(CourantProcess.Start start, String why) throws IOException, InterruptedException {
        CourantProcess refused = trial.start(start, "--set", "relay.host=localhost", "--set", "relay.tls=starttls")
                .ending(Trial.INVALID);
        assertThat(refused.err())
                .contains("shows a certificate that is not trusted for 'localhost'", why)
                .contains("check relay.host, or have its certificate renewed");
        noMailWasBegun();
        trial.startToTheEnd(CourantProcess.Start.USUAL);
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }
}
