package io.courant.bounce;

import org.jspecify.annotations.Nullable;

/** A mailbox cannot be read. The message says which, what it answered and what to look at; no mail is lost by it. */
public final class MailboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    private MailboxException(String message, boolean temporary, @Nullable Throwable cause) {
        super(message, cause);
        this.temporary = temporary;
    }

    /** Trying again later may help. */
    static MailboxException temporary(BouncePlace place, String what, Throwable cause) {
        return new MailboxException(place.name() + " " + what, true, cause);
    }

    /** Nothing will change until somebody changes a setting. */
    static MailboxException permanent(BouncePlace place, String what, @Nullable Throwable cause) {
        return new MailboxException(place.name() + " " + what, false, cause);
    }

    /** Whether trying again later may help without anybody changing anything. */
    public boolean isTemporary() {
        return temporary;
    }
}
