package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.delivery.Relay.Tls;
import io.courant.lab.KeyStores;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that offer less than one would wish, and those that are not who they should be. */
@Timeout(60)
class PoorImapTest {
    private static final String ALL_FLAGS = "\\Answered \\Seen \\Deleted";

    @TempDir
    private Path folder;

    @BeforeEach
    void password() throws IOException {
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    private ImapMailbox mailbox(ScriptedImap server, Tls tls, SSLSocketFactory trust) {
        return new ImapMailbox(
                new BouncePlace.Imap(
                        "localhost",
                        server.port(),
                        tls,
                        "bounces",
                        folder.resolve("password"),
                        "INBOX",
                        Duration.ofSeconds(20)),
                trust,
                Duration.ofMillis(1));
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getByName("localhost"));
    }

    private static ServerSocket secure(KeyStores stores, String name) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(stores.file(name))) {
            keys.load(in, stores.password());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, stores.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getByName("localhost"));
    }

    @Test
    void whereThereAreNoKeywordsWhatWasReadIsSeen() throws IOException {
        try (ScriptedImap server = new ScriptedImap(plain(), "IMAP4rev1", ALL_FLAGS);
                ImapMailbox mailbox = mailbox(server, Tls.NONE, (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            assertThat(mailbox.await()).as("without IDLE").isTrue();
            Collected collected = Collected.from(mailbox);
            assertThat(collected.texts()).containsExactly("Subject: one\r\n\r\nFirst\r\n");
            assertThat(collected.mails.get(0).at()).isEqualTo(Instant.parse("2026-11-23T07:00:00Z"));
            assertThat(server.commands)
                    .contains("SEARCH UNSEEN ALL", "STORE 1 +FLAGS (\\Seen)")
                    .noneMatch(command -> command.contains("CourantRead") || command.contains("BODY["))
                    .noneMatch(command -> command.startsWith("EXPUNGE") || command.equals("CLOSE"));
        }
    }

    @Test
    void noPasswordGoesInClearToAServerWhoseStarttlsWasTakenAway() throws IOException {
        try (ScriptedImap server = new ScriptedImap(plain(), "IMAP4rev1 AUTH=PLAIN", ALL_FLAGS);
                ImapMailbox mailbox = mailbox(server, Tls.STARTTLS, (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            assertThatThrownBy(() -> Collected.from(mailbox)).hasMessageContaining("offers no STARTTLS");
            assertThat(server.commands)
                    .noneMatch(command -> command.startsWith("LOGIN") || command.startsWith("AUTHENTICATE"));
        }
    }

    @Test
    void theCertificateMustBeTrustedAndTheHostsOwn() throws Exception {
        KeyStores stores = new KeyStores(folder);
        try (ScriptedImap server = new ScriptedImap(secure(stores, "good"), "IMAP4rev1", ALL_FLAGS);
                ImapMailbox mailbox = mailbox(server, Tls.TLS, stores.trust())) {
            assertThat(Collected.from(mailbox).mails).hasSize(1);
        }
        for (String bad : new String[] {"other", "expired"}) {
            try (ScriptedImap server = new ScriptedImap(secure(stores, bad), "IMAP4rev1", ALL_FLAGS);
                    ImapMailbox mailbox = mailbox(server, Tls.TLS, stores.trust())) {
                assertThatThrownBy(() -> Collected.from(mailbox))
                        .isInstanceOfSatisfying(
                                MailboxException.class,
                                e -> assertThat(e.isTemporary()).isFalse())
                        .hasMessageStartingWith("mailbox localhost:" + server.port()
                                + " shows a certificate that is not trusted for 'localhost' (");
                assertThat(server.commands).as(bad).isEmpty();
            }
        }
    }
}
