package io.courant.issue;

/** What an editor wants of a section that is new to a newsletter. It stands until it is taken back. */
public enum Choice {
    /** It opens the next issue. */
    LEAD,
    /** It is in the next issue, whatever the quotas say. */
    PIN,
    /** It is in no issue. */
    DROP
}
