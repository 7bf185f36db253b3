package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.courant.delivery.Relay.Tls;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against GreenMail, a server that we did not write. */
@Timeout(60)
class ImapMailboxTest {
    @TempDir
    private Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_IMAPS)
    });

    private GreenMailUser user;

    @BeforeEach
    void start() throws IOException {
        server.start();
        user = server.setUser("bounces@example.org", "bounces", "secret");
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private ImapMailbox mailbox(Tls tls, int port, String inbox) {
        return new ImapMailbox(
                new BouncePlace.Imap(
                        "localhost", port, tls, "bounces", folder.resolve("password"), inbox, Duration.ofSeconds(20)),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Duration.ofSeconds(2));
    }

    private ImapMailbox mailbox() {
        return mailbox(Tls.NONE, server.getImap().getPort(), "INBOX");
    }

    private void deliver(String subject, String body) {
        try {
            user.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(
                            ("Subject: " + subject + "\r\nMessage-ID: <" + subject + "@mx>\r\n\r\n" + body + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII))));
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private List<StoredMessage> stored() throws Exception {
        MailFolder inbox = server.getManagers().getImapHostManager().getInbox(user);
        return inbox.getMessages();
    }

    @Test
    void mailIsHandedOverOnceAndStaysUnseen() throws Exception {
        deliver("one", "First");
        deliver("two", "Second");
        try (ImapMailbox mailbox = mailbox()) {
            assertThat(Collected.from(mailbox).texts())
                    .hasSize(2)
                    .allMatch(text -> text.startsWith("Subject: "))
                    .anyMatch(text -> text.endsWith("First\r\n"));
            deliver("three", "Third");
            assertThat(Collected.from(mailbox).texts())
                    .singleElement()
                    .asString()
                    .contains("Third");
        }
        try (ImapMailbox later = mailbox()) {
            assertThat(Collected.from(later).texts()).isEmpty();
        }
        assertThat(stored()).hasSize(3).allSatisfy(message -> {
            assertThat(message.getFlags().getUserFlags()).containsExactly("$CourantRead");
            assertThat(message.isSet(Flags.Flag.SEEN)).isFalse();
            assertThat(message.isSet(Flags.Flag.DELETED)).isFalse();
        });
    }

    @Test
    void whatPeopleHaveSeenIsReadAllTheSame() throws Exception {
        deliver("one", "First");
        stored().get(0).setFlag(Flags.Flag.SEEN, true);
        try (ImapMailbox mailbox = mailbox()) {
            assertThat(Collected.from(mailbox).texts()).hasSize(1);
        }
        assertThat(stored().get(0).isSet(Flags.Flag.SEEN)).isTrue();
    }

    @Test
    void aTakerThatDiesLeavesTheMailUnflagged() throws Exception {
        deliver("one", "First");
        try (ImapMailbox mailbox = mailbox()) {
            assertThatThrownBy(() -> mailbox.forEachUnread(new BounceMailbox.Taker() {
                        @Override
                        public void take(RawMail mail) {
                            throw new IllegalStateException("killed");
                        }

                        @Override
                        public void passedOver(String problem) {
                            throw new AssertionError(problem);
                        }
                    }))
                    .hasMessage("killed");
        }
        assertThat(stored().get(0).getFlags().getUserFlags()).isEmpty();
        try (ImapMailbox again = mailbox()) {
            assertThat(Collected.from(again).texts()).hasSize(1);
        }
    }

    @Test
    void ofALargeMailTheBeginningIsEnough() {
        deliver("large", "x".repeat(70).concat("\r\n").repeat(100_000));
        try (ImapMailbox mailbox = mailbox()) {
            assertThat(Collected.from(mailbox).texts())
                    .singleElement()
                    .asString()
                    .hasSize(RawMail.MOST_BYTES)
                    .startsWith("Subject: large");
        }
    }

    @Test
    void waitingEndsWhenMailComes() throws Exception {
        try (ImapMailbox mailbox = mailbox()) {
            assertThat(Collected.from(mailbox).mails).isEmpty();
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(mailbox::await);
            deliver("one", "First");
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Collected.from(mailbox).mails).hasSize(1);
        }
    }

    @Test
    void aConnectionThatWasLostIsMadeAnew() {
        try (ImapMailbox mailbox = mailbox()) {
            assertThat(Collected.from(mailbox).mails).isEmpty();
            int port = server.getImap().getPort();
            server.getImap().stopService();
            assertThatThrownBy(() -> Collected.from(mailbox))
                    .isInstanceOfSatisfying(
                            MailboxException.class,
                            e -> assertThat(e.isTemporary()).isTrue())
                    .hasMessageStartingWith("mailbox localhost:" + port);
        }
    }

    private static void assertRefused(ImapMailbox mailbox, boolean temporary, String... words) {
        try (mailbox) {
            assertThatThrownBy(() -> Collected.from(mailbox))
                    .isInstanceOfSatisfying(
                            MailboxException.class,
                            e -> assertThat(e.isTemporary()).isEqualTo(temporary))
                    .hasMessageContainingAll(words);
        }
    }

    @Test
    void aWrongPasswordIsToldWithTheUsersName() throws IOException {
        Files.writeString(folder.resolve("password"), "guessed\n");
        assertRefused(
                mailbox(),
                false,
                "mailbox localhost:" + server.getImap().getPort() + " refused login for 'bounces' (",
                "); check bounces.imap.username and password-file");
    }

    @Test
    void whatCannotBeUsedIsNamed() throws IOException {
        int port = server.getImap().getPort();
        assertRefused(mailbox(Tls.NONE, port, "Bouncse"), false, "has no folder 'Bouncse'; check bounces.imap.folder");
        assertRefused(mailbox(Tls.STARTTLS, port, "INBOX"), false, "offers no STARTTLS; set bounces.imap.tls to tls");
        assertRefused(
                mailbox(Tls.TLS, server.getImaps().getPort(), "INBOX"),
                false,
                "shows a certificate that is not trusted for 'localhost' (");
        assertRefused(mailbox(Tls.TLS, port, "INBOX"), false, "does not speak TLS as expected");
        server.getImap().stopService();
        assertRefused(mailbox(Tls.NONE, port, "INBOX"), true, "refuses connections; check that it runs");
        Files.delete(folder.resolve("password"));
        assertRefused(mailbox(), false, "needs a password, but " + folder.resolve("password"));
    }
}
