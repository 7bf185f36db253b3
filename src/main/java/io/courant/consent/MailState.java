package io.courant.consent;

/** What became of the mail about a request. */
public enum MailState {
    /** It is to be sent, now or later. */
    READY,
    /** Somebody is about to send it. */
    SENDING,
    /** The relay has it, or may have. */
    SENT,
    /** The relay refused it. */
    REFUSED,
    /** It is not sent: the address had one already, or must not be written to. */
    WITHHELD
}
