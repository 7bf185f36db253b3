package io.courant.editor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps who works at the desk. Nobody is deleted: the audit log names them. One owner at least can always act. */
public interface Editors {
    /**
     * Adds somebody, who cannot come in yet.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    Editor add(EditorName name, Role role, Instant at);

    /** By name, however it is typed. */
    Optional<Editor> find(String name);

    Optional<Editor> find(long id);

    /** All, by name. */
    List<Editor> list();

    /**
     * Gives another role; sessions end.
     *
     * @throws IllegalArgumentException when no owner would be left who can act
     */
    void changeRole(Editor editor, Role role);

    /**
     * Shuts somebody out, with their sessions, tokens and link.
     *
     * @throws IllegalArgumentException when no owner would be left who can act
     */
    void disable(Editor editor);

    /** Lets somebody in again. */
    void enable(Editor editor);

    /** Writes down that somebody came in. */
    void seen(Editor editor, Instant at);
}
