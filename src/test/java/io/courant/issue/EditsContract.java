package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every keeper of edits promises. */
public interface EditsContract {
    Instant AT = Instant.parse("2026-11-23T07:00:00Z");

    Edits edits();

    private void subject(String text) {
        edits().note("weekly", Edit.of(Edit.Kind.SUBJECT, "", text, AT, "ada"));
    }

    private List<String> values() {
        return edits().of("weekly").stream().map(Edit::value).toList();
    }

    @Test
    default void editsComeBackInTheirOrder() {
        subject("One");
        edits().note("weekly", Edit.of(Edit.Kind.HEADING, 41, "Two", AT, "bob"));
        edits().note("monthly", Edit.of(Edit.Kind.SUBJECT, "", "Another's", AT, "bob"));
        List<Edit> found = edits().of("weekly");
        assertThat(found).extracting(Edit::value).containsExactly("One", "Two");
        assertThat(found.get(1)).isEqualTo(new Edit(found.get(1).number(), Edit.Kind.HEADING, "41", "Two", AT, "bob"));
        assertThat(found.get(0).number()).isLessThan(found.get(1).number());
    }

    @Test
    default void editsAreTakenBackFromTheLastOnAndMadeAgainFromTheFirstOn() {
        subject("One");
        subject("Two");
        subject("Three");
        assertThat(edits().undo("weekly").map(Edit::value)).contains("Three");
        assertThat(edits().undo("weekly").map(Edit::value)).contains("Two");
        assertThat(values()).containsExactly("One");
        assertThat(edits().undone("weekly").map(Edit::value)).contains("Two");
        assertThat(edits().redo("weekly").map(Edit::value)).contains("Two");
        assertThat(values()).containsExactly("One", "Two");
        assertThat(edits().redo("weekly").map(Edit::value)).contains("Three");
        assertThat(edits().redo("weekly")).isEmpty();
    }

    @Test
    default void whatWasTakenBackIsGoneOnceSomethingElseIsSaid() {
        subject("One");
        edits().undo("weekly");
        subject("Two");
        assertThat(edits().undone("weekly")).isEmpty();
        assertThat(edits().redo("weekly")).isEmpty();
        assertThat(values()).containsExactly("Two");
    }

    @Test
    default void whatWasTakenBackStaysGoneWhenWhatWasSaidInsteadIsTakenBack() {
        subject("One");
        edits().undo("weekly");
        subject("Two");
        edits().undo("weekly");
        assertThat(edits().undone("weekly").map(Edit::value)).contains("Two");
        assertThat(edits().redo("weekly").map(Edit::value)).contains("Two");
        assertThat(edits().redo("weekly")).isEmpty();
        assertThat(values()).containsExactly("Two");
    }

    @Test
    default void thereIsNothingToTakeBackOfAnotherNewsletter() {
        subject("One");
        assertThat(edits().undo("monthly")).isEmpty();
        assertThat(edits().redo("monthly")).isEmpty();
        assertThat(values()).containsExactly("One");
    }
}
