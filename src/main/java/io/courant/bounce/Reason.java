package io.courant.bounce;

import io.courant.bounce.Report.Kind;

/**
 * Why a mail came back. The detail is the last number of a status that we make up where a mail system gave none, as in
 * {@code 5.0.911}: the registry of RFC 3463 ends far below 900, so such a code is ours and says the reason.
 */
enum Reason {
    DELIVERED(Kind.UNKNOWN, 900),
    UNEXPLAINED(Kind.UNKNOWN, 901),

    USER_UNKNOWN(Kind.HARD, 911),
    HOST_UNKNOWN(Kind.HARD, 912),
    HAS_MOVED(Kind.HARD, 916),
    NOT_ACCEPTING(Kind.HARD, 932),

    ON_HOLD(Kind.SOFT, 901),
    FILTERED(Kind.SOFT, 910),
    SUSPENDED(Kind.SOFT, 921),
    MAILBOX_FULL(Kind.SOFT, 922),
    EXCEEDS_LIMIT(Kind.SOFT, 923),
    SYSTEM_FULL(Kind.SOFT, 931),
    TOO_BIG(Kind.SOFT, 934),
    MAILER_ERROR(Kind.SOFT, 939),
    EXPIRED(Kind.SOFT, 947),

    NOT_COMPLIANT(Kind.POLICY, 903),
    REJECTED(Kind.POLICY, 918),
    TOO_MANY(Kind.POLICY, 945),
    CONTENT(Kind.POLICY, 960),
    SECURITY(Kind.POLICY, 970),
    BLOCKED(Kind.POLICY, 971),
    POLICY(Kind.POLICY, 972),
    NO_REVERSE_DNS(Kind.POLICY, 973),
    REPUTATION(Kind.POLICY, 975),
    AUTHENTICATION(Kind.POLICY, 976),
    SPAM(Kind.POLICY, 980),
    VIRUS(Kind.POLICY, 981),

    SYNTAX(Kind.RELAY, 902),
    NO_RELAYING(Kind.RELAY, 909),
    SYSTEM_ERROR(Kind.RELAY, 930),
    NETWORK(Kind.RELAY, 944);

    private final Kind kind;
    private final int detail;

    Reason(Kind kind, int detail) {
        this.kind = kind;
        this.detail = detail;
    }

    Kind kind() {
        return kind;
    }

    /** Our own status code for this reason. */
    String status(boolean temporary) {
        // a 4yz refusal for want of a host name ends by itself once the name server answers
        int code = temporary && this == NO_REVERSE_DNS ? ON_HOLD.detail : detail;
        return (temporary ? "4.0." : "5.0.") + code;
    }
}
