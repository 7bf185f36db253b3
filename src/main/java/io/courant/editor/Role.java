package io.courant.editor;

/** What an editor is here for. Each may do all that those before it may; {@link Permission} says what that is. */
public enum Role {
    /** Looks. */
    READER,
    /** Makes drafts. */
    EDITOR,
    /** Answers for what goes out, and to whom. */
    PUBLISHER,
    /** Answers for the whole. */
    OWNER;

    /** Whether it may do something. */
    public boolean may(Permission permission) {
        return compareTo(permission.lowest()) >= 0;
    }
}
