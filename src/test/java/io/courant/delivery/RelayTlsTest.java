package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.courant.audience.EmailAddress;
import io.courant.delivery.Relay.Tls;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** TLS and login against servers that we did not write, with certificates made for the test. */
@Timeout(60)
class RelayTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final byte[] MESSAGE = "Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path certificates;

    @TempDir
    Path folder;

    private final Watchdog watchdog = new Watchdog();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException {
        makeKey("good", "-ext", "san=dns:localhost");
        makeKey("other", "-ext", "san=dns:other.example.org");
        makeKey("ca", "-ext", "bc:c");
        makeKey("expired", "-ext", "san=dns:localhost");
        // Java takes a trusted certificate as it is, expired or not; so this one is signed by another.
        String request = certificates.resolve("request").toString();
        String signed = certificates.resolve("signed").toString();
        String ca = certificates.resolve("ca.pem").toString();
        keytool("ca", "-exportcert", "-alias", "ca", "-rfc", "-file", ca);
        keytool("expired", "-certreq", "-alias", "expired", "-file", request);
        keytool(
                "ca",
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request,
                "-outfile",
                signed,
                "-ext",
                "san=dns:localhost",
                "-startdate",
                "-10d",
                "-validity",
                "5");
        keytool("expired", "-importcert", "-noprompt", "-alias", "ca", "-file", ca);
        keytool("expired", "-importcert", "-noprompt", "-alias", "expired", "-file", signed);
    }

    private static void makeKey(String name, String... more) throws IOException, InterruptedException {
        keytool(
                name,
                Stream.concat(
                                Stream.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore"));
        command.add(certificates.resolve(store + ".p12").toString());
        Path log = certificates.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
    }

    @AfterEach
    void tearDown() throws Exception {
        watchdog.close();
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    /** A context that shows one certificate and trusts all of ours. */
    private static SSLContext context(String name) {
        try {
            KeyStore own = load(name);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (String one : List.of("good", "other", "ca")) {
                trusted.setCertificateEntry(one, load(one).getCertificate(one));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates.resolve(name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private SMTPServer.Builder server() {
        return new SMTPServer.Builder()
                .port(0)
                .hostName("localhost")
                .simpleMessageListener(new SimpleMessageListener() {
                    @Override
                    public boolean accept(String from, String recipient) {
                        return true;
                    }

                    @Override
                    public void deliver(String from, String recipient, InputStream data) throws IOException {
                        taken.add(new String(data.readAllBytes(), StandardCharsets.US_ASCII));
                    }
                });
    }

    private SMTPServer.Builder withLogin(SMTPServer.Builder server) {
        return server.requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals("digest") || !password.equals("secret")) {
                        throw new LoginFailedException();
                    }
                }));
    }

    private int start(SMTPServer.Builder builder) {
        SMTPServer server = builder.build();
        server.start();
        servers.add(server::stop);
        return server.getPortAllocated();
    }

    private RelayConnection open(int port, Tls tls, @Nullable String password, SSLSocketFactory trust)
            throws IOException {
        Path file = password == null ? null : Files.writeString(folder.resolve("password"), password + "\n");
        Relay relay =
                new Relay("localhost", port, tls, password == null ? null : "digest", file, Relay.Timeouts.DEFAULT);
        return new RelayConnector(relay, watchdog, trust).open();
    }

    private RelayConnection open(int port, Tls tls, @Nullable String password) throws IOException {
        return open(port, tls, password, context("good").getSocketFactory());
    }

    private static Outcome send(RelayConnection connection) {
        try {
            return connection.transact(new Mail(
                    new Envelope(new EmailAddress("bounce@example.org"), new EmailAddress("ada@example.org")),
                    MESSAGE));
        } finally {
            connection.end();
        }
    }

    @Test
    void mailGoesThroughStarttlsWithALogin() throws IOException {
        int port = start(withLogin(server()).requireTLS().startTlsSocketFactory(context("good")));
        assertThat(send(open(port, Tls.STARTTLS, "secret"))).isInstanceOf(Outcome.Accepted.class);
        assertThat(taken).singleElement().asString().endsWith(new String(MESSAGE, StandardCharsets.US_ASCII));
    }

    @Test
    void mailGoesThroughTlsFromTheStart() throws IOException {
        int port = start(withLogin(server()).serverSocketFactory(context("good")));
        assertThat(send(open(port, Tls.TLS, "secret"))).isInstanceOf(Outcome.Accepted.class);
        assertThat(taken).hasSize(1);
    }

    @Test
    void aWrongPasswordIsAPermanentFailureThatNamesTheUser() throws IOException {
        int port = start(withLogin(server()).requireTLS().startTlsSocketFactory(context("good")));
        assertThatThrownBy(() -> open(port, Tls.STARTTLS, "wrong"))
                .isInstanceOfSatisfying(
                        RelayException.class, e -> assertThat(e.isTemporary()).isFalse())
                .hasMessageStartingWith("relay localhost:" + port + " refused login for 'digest' (535 ")
                .hasMessageEndingWith("; check relay.username and the password file")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aLoginThatIsNotOfferedIsRefusedRatherThanLeftOut() throws IOException {
        int port = start(server().requireTLS().startTlsSocketFactory(context("good")));
        assertThatThrownBy(() -> open(port, Tls.STARTTLS, "secret"))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("offers no login");
    }

    @Test
    void aMissingPasswordFileIsNamed() {
        Relay relay = new Relay("localhost", 25, Tls.TLS, "digest", folder.resolve("nothing"), Relay.Timeouts.DEFAULT);
        assertThatThrownBy(() ->
                        new RelayConnector(relay, watchdog, context("good").getSocketFactory()).open())
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("nothing cannot be read")
                .hasMessageContaining("check relay.password-file");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        int port = start(server().enableTLS().startTlsSocketFactory(context("good")));
        assertUntrusted(port, Tls.STARTTLS, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        int port = start(server().enableTLS().startTlsSocketFactory(context("other")));
        assertUntrusted(port, Tls.STARTTLS, context("good").getSocketFactory());
    }

    @Test
    void anExpiredCertificateIsRefused() {
        int port = start(server().enableTLS().startTlsSocketFactory(context("expired")));
        assertUntrusted(port, Tls.STARTTLS, context("good").getSocketFactory());
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
        assertThat(taken).isEmpty();
    }

    @Test
    void aWholeMessageArrivesAsGreenMailReadsIt() throws Exception {
        GreenMail greenMail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        greenMail.start();
        servers.add(greenMail::stop);
        Personalizer personalizer = new Personalizer(
                Samples.newsletter(), Samples.issue(1).id(), new TokenSigner(TokenKeys.in(folder.resolve("keys"))));
        Personal personal = personalizer.personal(new Deliveries.Claim(
                1,
                new EmailAddress("ada@example.org"),
                LedgerFixture.JOINED,
                "all",
                "others",
                DeliveryState.READY,
                1,
                0,
                0));
        byte[] message = Samples.message(Samples.issue(1)).fill(personal);
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
                .startsWith("For ada@example.org since 2026-01-15.")
                .contains(personal.unsubscribeUrl());
    }
}
