package io.courant.bounce;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jspecify.annotations.Nullable;

/**
 * A folder of an IMAP server. What has been read bears a keyword of ours, so that people may read the same folder; where
 * the server keeps no keywords, it is seen. A connection that is lost is made anew when it is next needed.
 */
final class ImapMailbox implements BounceMailbox {
    private static final Flags KEYWORD = new Flags("$CourantRead");
    private static final Flags SEEN = new Flags(Flags.Flag.SEEN);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final BouncePlace.Imap place;
    private final ImapConnector connector;
    private final Duration every;
    private final Set<Long> passedOver = new HashSet<>();
    private @Nullable IMAPFolder connected;

    ImapMailbox(BouncePlace.Imap place, SSLSocketFactory tls) {
        this(place, tls, EVERY);
    }

    /** @param every how often to look while waiting, even where the server tells of new mail by itself */
    ImapMailbox(BouncePlace.Imap place, SSLSocketFactory tls, Duration every) {
        this.place = place;
        this.connector = new ImapConnector(place, tls);
        this.every = every;
    }

    @Override
    public void forEachUnread(Taker taker) {
        passedOver.clear();
        Set<Long> tried = new HashSet<>();
        try {
            IMAPFolder folder = folder();
            Flags flag = flag(folder);
            for (List<IMAPMessage> mails = unread(folder, tried); !mails.isEmpty(); mails = unread(folder, tried)) {
                for (IMAPMessage mail : mails) {
                    tried.add(folder.getUID(mail));
                    hand(folder, mail, flag, taker);
                }
            }
        } catch (MessagingException e) {
            close();
            throw MailboxException.temporary(
                    place, "broke off (" + e.getMessage() + "); what was not read yet is read by the next run", e);
        }
    }

    private void hand(IMAPFolder folder, IMAPMessage mail, Flags flag, Taker taker) throws MessagingException {
        long uid = folder.getUID(mail);
        try {
            Date received = mail.getReceivedDate();
            Instant at = received == null ? Instant.EPOCH : received.toInstant(); // a poor server may not say
            RawMail raw;
            try (InputStream in = mail.getMimeStream()) {
                raw = RawMail.read(at, in);
            }
            taker.take(raw);
            mail.setFlags(flag, true);
        } catch (MessageRemovedException e) {
            // somebody else deleted it
        } catch (IOException e) {
            if (e.getCause() instanceof FolderClosedException lost) {
                throw lost;
            }
            if (!mail.isExpunged()) {
                passedOver.add(uid);
                taker.passedOver(place.name() + ": mail " + uid + " in " + place.folder() + " cannot be read (" + e
                        + "); the next run tries again");
            }
        }
    }

    private static Flags flag(IMAPFolder folder) {
        Flags kept = folder.getPermanentFlags();
        boolean keepsKeywords =
                kept != null && (kept.contains(Flags.Flag.USER) || kept.contains(KEYWORD.getUserFlags()[0]));
        return keepsKeywords ? KEYWORD : SEEN;
    }

    private static List<IMAPMessage> unread(IMAPFolder folder, Set<Long> known) throws MessagingException {
        folder.getMessageCount(); // which asks for news
        Message[] found = folder.search(new FlagTerm(flag(folder), false));
        FetchProfile wanted = new FetchProfile();
        wanted.add(UIDFolder.FetchProfileItem.UID);
        wanted.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
        folder.fetch(found, wanted);
        List<IMAPMessage> unread = new ArrayList<>();
        for (Message one : found) {
            if (!one.isExpunged() && !known.contains(folder.getUID(one))) {
                unread.add((IMAPMessage) one);
            }
        }
        return unread;
    }

    private IMAPFolder folder() {
        IMAPFolder folder = connected;
        if (folder == null || !folder.isOpen()) {
            close();
            folder = connector.open();
            connected = folder;
        }
        return folder;
    }

    @Override
    public boolean await() {
        try {
            for (IMAPFolder folder = folder(); unread(folder, passedOver).isEmpty(); ) {
                if (Thread.currentThread().isInterrupted()) {
                    return false; // IDLE does not notice that
                }
                // asked of the folder, because the store would open a connection of its own to answer
                if (Boolean.TRUE.equals(folder.doCommand(protocol -> protocol.hasCapability("IDLE")))) {
                    idle(folder);
                } else {
                    Thread.sleep(every.toMillis());
                }
            }
        } catch (MessagingException | IllegalStateException e) {
            close(); // the server ended it: worth a look over another connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }

    /**
     * Waits for the server to tell of news (RFC 2177), but no longer than a connection may be silent: a server that has
     * gone is noticed, and so is mail that came just before the waiting began, of which not every server tells.
     */
    private void idle(IMAPFolder folder) throws MessagingException {
        long millis = Math.min(every.toMillis(), place.timeout().toMillis() / 2);
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                () -> end(folder), CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        try {
            folder.idle(true);
        } finally {
            alarm.cancel(false);
        }
    }

    private static void end(IMAPFolder folder) {
        try {
            folder.getMessageCount(); // whatever is asked of it ends the waiting
        } catch (MessagingException e) {
            // whoever waits is told as well
        }
    }

    @Override
    public void close() {
        IMAPFolder folder = connected;
        connected = null;
        if (folder != null) {
            try {
                folder.getStore().close();
            } catch (MessagingException e) {
                // the server is told as a courtesy
            }
        }
    }
}
