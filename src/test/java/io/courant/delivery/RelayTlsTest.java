package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.courant.audience.EmailAddress;
import io.courant.delivery.Relay.Tls;
import io.courant.lab.FakeRelay;
import io.courant.lab.KeyStores;
import io.courant.lab.Step;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS and login, with certificates made for the test; GreenMail is a server that we did not write. */
@Timeout(60)
class RelayTlsTest {
    private static final byte[] MESSAGE = "Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path certificates;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static KeyStores keyStores;

    @TempDir
    Path folder;

    private final Watchdog watchdog = new Watchdog();
    private final List<AutoCloseable> servers = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() {
        keyStores = new KeyStores(certificates);
    }

    @AfterEach
    void tearDown() throws Exception {
        watchdog.close();
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    private FakeRelay relay() {
        FakeRelay relay = new FakeRelay();
        servers.add(relay);
        return relay;
    }

    private FakeRelay withStarttls(String keyStore) throws IOException {
        return relay().starttls(keyStores.file(keyStore), keyStores.password());
    }

    private RelayConnection open(int port, Tls tls, @Nullable String password, SSLSocketFactory trust)
            throws IOException {
        Path file = password == null ? null : Files.writeString(folder.resolve("password"), password + "\n");
        Relay relay =
                new Relay("localhost", port, tls, password == null ? null : "digest", file, Relay.Timeouts.DEFAULT);
        return new RelayConnector(relay, watchdog, trust).open();
    }

    private RelayConnection open(int port, Tls tls, @Nullable String password) throws IOException {
        return open(port, tls, password, keyStores.trust());
    }

    private static Outcome send(RelayConnection connection) {
        try {
            return connection.transact(new Mail(
                    new Envelope(new EmailAddress("bounce@example.org"), new EmailAddress("ada@example.org")),
                    Samples.message(MESSAGE)));
        } finally {
            connection.end();
        }
    }

    @Test
    void mailGoesThroughStarttlsWithALogin() throws IOException {
        FakeRelay relay = withStarttls("good").login("digest", "secret").start();
        assertThat(send(open(relay.port(), Tls.STARTTLS, "secret"))).isInstanceOf(Outcome.Accepted.class);
        assertThat(relay.taken())
                .singleElement()
                .satisfies(
                        mail -> assertThat(mail.content()).isEqualTo(new String(MESSAGE, StandardCharsets.US_ASCII)));
        assertThat(relay.commands()).contains("STARTTLS").anyMatch(command -> command.startsWith("AUTH "));
    }

    @Test
    void mailGoesThroughTlsFromTheStart() throws IOException {
        FakeRelay relay = relay().tls(keyStores.file("good"), keyStores.password())
                .login("digest", "secret")
                .start();
        assertThat(send(open(relay.port(), Tls.TLS, "secret"))).isInstanceOf(Outcome.Accepted.class);
        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    void aWrongPasswordIsAPermanentFailureThatNamesTheUser() throws IOException {
        FakeRelay relay = withStarttls("good").login("digest", "secret").start();
        assertThatThrownBy(() -> open(relay.port(), Tls.STARTTLS, "guessed"))
                .isInstanceOfSatisfying(
                        RelayException.class, e -> assertThat(e.isTemporary()).isFalse())
                .hasMessageStartingWith("relay localhost:" + relay.port() + " refused login for 'digest' (535 ")
                .hasMessageEndingWith("; check relay.username and the password file")
                .hasMessageNotContaining("guessed");
    }

    @Test
    void aLoginThatIsNotOfferedIsRefusedRatherThanLeftOut() throws IOException {
        FakeRelay relay = withStarttls("good").start();
        assertThatThrownBy(() -> open(relay.port(), Tls.STARTTLS, "secret"))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("offers no login");
    }

    @Test
    void noPasswordGoesInClearToARelayWhoseStarttlsWasTakenAway() throws IOException {
        for (String stripped :
                List.of("ehlo 250-relay.invalid\\n250 AUTH PLAIN LOGIN", "starttls 454 4.7.0 no TLS today")) {
            Path script = Files.writeString(folder.resolve("relay.script"), stripped);
            FakeRelay relay = withStarttls("good")
                    .login("digest", "secret")
                    .script(script)
                    .start();
            assertThatThrownBy(() -> open(relay.port(), Tls.STARTTLS, "secret")).isInstanceOf(RelayException.class);
            assertThat(relay.commands())
                    .as(stripped)
                    .noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
        }
    }

    @Test
    void garbageInsteadOfTlsIsNotMistakenForIt() throws IOException {
        FakeRelay relay = withStarttls("good").on(Step.STARTTLS, "garbage").start();
        assertThatThrownBy(() -> open(relay.port(), Tls.STARTTLS, null))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("does not speak TLS as expected");
        FakeRelay other = relay().on(Step.BANNER, "garbage").start();
        assertThatThrownBy(() -> open(other.port(), Tls.TLS, null))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("does not speak TLS as expected");
    }

    @Test
    void aMissingPasswordFileIsNamed() {
        Relay relay = new Relay("localhost", 25, Tls.TLS, "digest", folder.resolve("nothing"), Relay.Timeouts.DEFAULT);
        assertThatThrownBy(() -> new RelayConnector(relay, watchdog, keyStores.trust()).open())
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("nothing cannot be read")
                .hasMessageContaining("check relay.password-file");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws IOException {
        assertUntrusted(withStarttls("good").start(), (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        assertUntrusted(withStarttls("other").start(), keyStores.trust());
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        assertUntrusted(withStarttls("expired").start(), keyStores.trust());
    }

    private void assertUntrusted(FakeRelay relay, SSLSocketFactory trust) {
        assertUntrusted(relay.port(), Tls.STARTTLS, trust);
        assertThat(relay.taken()).isEmpty();
    }

    @Test
    void anUntrustedCertificateIsRefusedFromTheStartToo() {
        GreenMail greenMail = new GreenMail(ServerSetupTest.SMTPS.dynamicPort());
        greenMail.start();
        servers.add(greenMail::stop);
        assertUntrusted(greenMail.getSmtps().getPort(), Tls.TLS, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private void assertUntrusted(int port, Tls tls, SSLSocketFactory trust) {
        assertThatThrownBy(() -> open(port, tls, null, trust))
                .isInstanceOfSatisfying(
                        RelayException.class, e -> assertThat(e.isTemporary()).isFalse())
                .hasMessageStartingWith(
                        "relay localhost:" + port + " shows a certificate that is not trusted for 'localhost' (")
                .hasMessageContaining("check relay.host");
    }

    @Test
    void aWholeMessageArrivesAsGreenMailReadsIt() throws Exception {
        GreenMail greenMail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        greenMail.start();
        servers.add(greenMail::stop);
        Personalizer personalizer = new Personalizer(
                Samples.newsletter(), Samples.issue(1).id(), new TokenSigner(TokenKeys.in(folder.resolve("keys"))));
        Personal personal = personalizer.personal(new Deliveries.Claim(
                1, "ada@example.org", LedgerFixture.JOINED, "all", "others", DeliveryState.READY, 1, 0, 0, 0));
        Message message = Samples.message(Samples.issue(1)).fill(personal);
        RelayConnection connection = open(greenMail.getSmtp().getPort(), Tls.NONE, null);
        assertThat(connection.transact(new Mail(personal.envelope(), message))).isInstanceOf(Outcome.Accepted.class);
        connection.end();
        var received = greenMail.getReceivedMessages()[0];
        assertThat(received.getSubject()).isEqualTo("Edge AI: 1 new piece");
        assertThat(Set.of(received.getHeader("Return-Path")))
                .allMatch(
                        path -> path.contains(personal.envelope().reversePath().value()));
        var parts = (MimeMultipart) received.getContent();
        assertThat((String) parts.getBodyPart(0).getContent())
                .startsWith("For ada@example.org since January 15, 2026.")
                .contains(personal.unsubscribeUrl());
    }
}
