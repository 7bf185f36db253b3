package io.courant.bounce;

import io.courant.delivery.Relay.Tls;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;

/** Opens a folder of an IMAP server, and says in words why it could not be opened. */
final class ImapConnector {
    private final BouncePlace.Imap place;
    private final SSLSocketFactory tls;

    ImapConnector(BouncePlace.Imap place, SSLSocketFactory tls) {
        this.place = place;
        this.tls = tls;
    }

    /**
     * The folder, open for reading and flagging.
     *
     * @throws MailboxException when there is none to be had
     */
    IMAPFolder open() {
        IMAPStore store = new IMAPStore(Session.getInstance(properties()), null);
        boolean open = false;
        try {
            store.connect(place.host(), place.port(), place.username(), password());
            IMAPFolder folder = (IMAPFolder) store.getFolder(place.folder());
            folder.open(Folder.READ_WRITE);
            open = true;
            return folder;
        } catch (MessagingException e) {
            throw explain(e);
        } finally {
            if (!open) {
                end(store);
            }
        }
    }

    private static void end(IMAPStore store) {
        try {
            store.close();
        } catch (MessagingException e) {
            // it was not open, or is not any more
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.imap.connectiontimeout", millis(place.timeout()));
        properties.put("mail.imap.timeout", millis(place.timeout()));
        properties.put("mail.imap.writetimeout", millis(place.timeout()));
        properties.put("mail.imap.peek", "true"); // reading must not make mail look seen to people
        properties.put("mail.imap.fetchsize", String.valueOf(RawMail.MOST_BYTES / 4));
        if (place.tls() != Tls.NONE) {
            properties.put("mail.imap.ssl.socketFactory", tls);
            properties.put("mail.imap.ssl.checkserveridentity", "true");
            properties.put("mail.imap.ssl.enable", String.valueOf(place.tls() == Tls.TLS));
            properties.put("mail.imap.starttls.enable", String.valueOf(place.tls() == Tls.STARTTLS));
            properties.put("mail.imap.starttls.required", String.valueOf(place.tls() == Tls.STARTTLS));
        }
        return properties;
    }

    private static String millis(Duration duration) {
        return String.valueOf(Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }

    private String password() {
        try {
            return Files.readString(place.passwordFile())
                    .lines()
                    .findFirst()
                    .filter(password -> !password.isBlank())
                    .orElseThrow(() -> MailboxException.permanent(
                            place,
                            "needs a password, but the first line of " + place.passwordFile()
                                    + " is empty; write it there",
                            null));
        } catch (IOException e) {
            throw MailboxException.permanent(
                    place,
                    "needs a password, but " + place.passwordFile() + " cannot be read (" + e
                            + "); check bounces.imap.password-file",
                    e);
        }
    }

    private MailboxException explain(MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return refusedLogin(failure);
        }
        if (failure instanceof FolderNotFoundException) {
            return MailboxException.permanent(
                    place, "has no folder '" + place.folder() + "'; check bounces.imap.folder", failure);
        }
        if (failure instanceof ReadOnlyFolderException) {
            return MailboxException.permanent(
                    place,
                    "lets '" + place.username() + "' change no flags in '" + place.folder()
                            + "', so read mail cannot be told from new; give that user the right to",
                    failure);
        }
        Optional<SSLException> ssl = find(failure, SSLException.class);
        if (ssl.isPresent()) {
            return explainTls(ssl.get(), failure);
        }
        if (String.valueOf(failure.getMessage()).startsWith("STARTTLS required")) {
            return MailboxException.permanent(
                    place,
                    "offers no STARTTLS; set bounces.imap.tls to tls if the port speaks TLS from the start",
                    failure);
        }
        if (find(failure, SocketTimeoutException.class).isPresent()) {
            return MailboxException.temporary(
                    place, "does not answer; check bounces.imap.host and bounces.imap.port", failure);
        }
        if (find(failure, UnknownHostException.class).isPresent()) {
            return MailboxException.temporary(
                    place, "is unknown: its name does not resolve; check bounces.imap.host", failure);
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return MailboxException.temporary(
                    place,
                    "refuses connections; check that it runs, and bounces.imap.host and bounces.imap.port",
                    failure);
        }
        return MailboxException.temporary(
                place,
                "is not ready (" + failure.getMessage() + "); check bounces.imap.port and bounces.imap.tls",
                failure);
    }

    private MailboxException refusedLogin(MessagingException failure) {
        String reply = String.valueOf(failure.getMessage());
        // RFC 5530 §3: the server cannot say whether the password is right
        return reply.contains("[UNAVAILABLE]")
                ? MailboxException.temporary(
                        place, "could not check the login for '" + place.username() + "' (" + reply + ")", failure)
                : MailboxException.permanent(
                        place,
                        "refused login for '" + place.username() + "' (" + reply
                                + "); check bounces.imap.username and password-file",
                        failure);
    }

    private MailboxException explainTls(SSLException ssl, MessagingException failure) {
        return find(ssl, CertificateException.class).isPresent()
                ? MailboxException.permanent(
                        place,
                        "shows a certificate that is not trusted for '" + place.host() + "' (" + ssl.getMessage()
                                + "); check bounces.imap.host, or have its certificate renewed or added to Java's"
                                + " trust store",
                        failure)
                : MailboxException.permanent(
                        place,
                        "does not speak TLS as expected (" + ssl.getMessage()
                                + "); check bounces.imap.port and bounces.imap.tls",
                        failure);
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
