package io.courant.delivery;

/** How far an SMTP transaction got. */
public enum Phase {
    CONNECT,
    MAIL,
    RCPT,
    DATA,
    /** The final dot was on its way: from here on the relay may have taken the message. */
    DOT
}
