package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.KeptAnswers.Answer;
import io.courant.editor.KeptAnswers.Claim;
import java.time.Instant;
import org.junit.jupiter.api.Test;

public interface KeptAnswersContract {
    Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    Digest REQUEST = Digest.of("POST /api/v1/issues/weekly-2026-11-23/approve");
    Answer ANSWER = new Answer(200, "application/json", "", "{}");

    KeptAnswers answers();

    /** A token that there is. */
    long token();

    @Test
    default void aKeyIsTakenOnceAndThenStandsForItsAnswer() {
        KeptAnswers.Key key = new KeptAnswers.Key(token(), "k");
        assertThat(answers().claim(key, REQUEST, NOW)).isEqualTo(new Claim.Fresh());
        assertThat(answers().claim(key, REQUEST, NOW)).isEqualTo(new Claim.UnderWay());
        answers().keep(key, ANSWER);
        assertThat(answers().claim(key, REQUEST, NOW)).isEqualTo(new Claim.Done(ANSWER));
        assertThat(answers().claim(key, Digest.of("another"), NOW)).isEqualTo(new Claim.Taken());
        assertThat(answers().claim(key, REQUEST, NOW.plus(KeptAnswers.KEPT))).isEqualTo(new Claim.Fresh());
    }

    @Test
    default void aKeyThatIsGivenBackCanBeTakenAgainAndAnAnswerStays() {
        KeptAnswers.Key key = new KeptAnswers.Key(token(), "k");
        answers().claim(key, REQUEST, NOW);
        answers().release(key);
        assertThat(answers().claim(key, REQUEST, NOW)).isEqualTo(new Claim.Fresh());
        answers().keep(key, ANSWER);
        answers().release(key);
        assertThat(answers().claim(key, REQUEST, NOW)).isEqualTo(new Claim.Done(ANSWER));
    }
}
