package io.courant.editor;

/** Something that not everybody may do, and the lowest role that may. One's own password and tokens need none. */
public enum Permission {
    /** Issues, reports, trends, sources and what comes next; a preview of it. */
    LOOK(Role.READER),
    /** Pins, drops, order, headings, teasers, introductions and topics, and to take them back. */
    EDIT_DRAFTS(Role.EDITOR),
    /** A copy to an editor, which is marked as a test. */
    SEND_TESTS(Role.EDITOR),
    /** Who subscribes, and how mail to them fared. */
    SEE_SUBSCRIBERS(Role.EDITOR),
    /** To answer for an issue. */
    APPROVE(Role.PUBLISHER),
    /** To schedule, send, pause, resume, stop and cancel an issue, and to send again what failed. */
    SEND(Role.PUBLISHER),
    /** To add, import, export, suppress, allow and erase subscribers. */
    CHANGE_SUBSCRIBERS(Role.PUBLISHER),
    /** Who did what, when, from where. */
    SEE_AUDIT_LOG(Role.PUBLISHER),
    /** Settings with their files, which name relays and mailboxes. */
    SEE_SETTINGS(Role.OWNER),
    /** Editors, their roles and everybody's tokens. */
    CHANGE_ACCOUNTS(Role.OWNER),
    /** To let a restored backup send. */
    CONFIRM_RESTORE(Role.OWNER);

    private final Role lowest;

    Permission(Role lowest) {
        this.lowest = lowest;
    }

    Role lowest() {
        return lowest;
    }
}
