package io.courant.editor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works at the desk.
 *
 * @param name {@link EditorName}
 * @param hasPassword false until the first link is used
 * @param hasCodes whether a one-time code is asked for, too
 * @param seen when they last came in; null: never
 * @param epoch counts what must end their sessions: a session is good as long as this stays what it was when it began
 */
public record Editor(
        long id,
        String name,
        Role role,
        boolean disabled,
        boolean hasPassword,
        boolean hasCodes,
        Instant made,
        @Nullable Instant seen,
        long epoch) {

    /** Whether they may do something now. */
    public boolean may(Permission permission) {
        return !disabled && role.may(permission);
    }
}
