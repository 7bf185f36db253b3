package io.courant.bounce;

import javax.net.ssl.SSLSocketFactory;

/**
 * Where mail comes back to. Mail is flagged when it has been read, and stays: it is never deleted, nor moved to another
 * folder. Used by one thread.
 */
public interface BounceMailbox extends AutoCloseable {
    /** The mailbox at a place; nothing is opened before it is used. */
    static BounceMailbox at(BouncePlace place) {
        return place instanceof BouncePlace.Imap imap
                ? new ImapMailbox(imap, (SSLSocketFactory) SSLSocketFactory.getDefault())
                : new Maildir(((BouncePlace.Maildir) place).folder());
    }

    /**
     * Hands over every mail that does not bear our flag, and flags it when the taker has returned: whoever keeps what
     * it says before returning loses none, and may see one twice after a crash.
     *
     * @throws MailboxException when the mailbox cannot be used, or not any longer
     */
    void forEachUnread(Taker taker);

    /**
     * Waits until it is worth looking again.
     *
     * @return false when the thread was interrupted
     * @throws MailboxException when the mailbox cannot be used, or not any longer
     */
    boolean await();

    @Override
    void close();

    /** Whoever is handed mail. */
    interface Taker {
        void take(RawMail mail);

        /** A mail is passed over; in words which and why. */
        void passedOver(String problem);
    }
}
