package io.courant.issue;

import java.util.Optional;

/** Keeps what machines have written, so that the same question is asked once. */
public interface Summaries {
    /**
     * The answer to a question, if it was kept.
     *
     * @param question a digest of all that makes the question
     */
    Optional<String> find(String question);

    /** Keeps an answer; one that is kept already stays. */
    void keep(String question, String summary);
}
