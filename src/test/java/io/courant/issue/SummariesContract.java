package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every implementation of {@link Summaries} keeps to. */
public interface SummariesContract {
    Summaries summaries();

    @Test
    default void anAnswerThatWasKeptIsFound() {
        assertThat(summaries().find("a")).isEmpty();
        summaries().keep("a", "Ein Satz.");
        assertThat(summaries().find("a")).contains("Ein Satz.");
        assertThat(summaries().find("b")).isEmpty();
    }

    @Test
    default void theFirstAnswerStays() {
        summaries().keep("a", "One.");
        summaries().keep("a", "Two.");
        assertThat(summaries().find("a")).contains("One.");
    }
}
