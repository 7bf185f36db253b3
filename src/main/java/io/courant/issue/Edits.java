package io.courant.issue;

import java.util.List;
import java.util.Optional;

/**
 * What editors changed in the next issues of newsletters. The list is only ever added to: an edit counts until it is
 * taken back, or until an issue that has it is frozen; it counts again if that issue is cancelled before anybody got it.
 */
public interface Edits {
    /** The edits that count for the newsletter's next issue, in the order of editing. */
    List<Edit> of(String newsletter);

    /** Adds an edit; whatever was taken back before is gone for good then. */
    void note(String newsletter, Edit edit);

    /** Takes back the last edit that counts, and says which; empty if there is none. */
    Optional<Edit> undo(String newsletter);

    /** Lets the edit count again that was taken back last, and says which; empty if there is none. */
    Optional<Edit> redo(String newsletter);

    /** Which edit {@link #redo} would let count again. */
    Optional<Edit> undone(String newsletter);
}
