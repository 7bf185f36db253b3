package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BluePencilTest {
    private static final Instant AT = Instant.parse("2026-11-23T07:00:00Z");

    private static Edit edit(Edit.Kind kind, String about, String value) {
        return Edit.of(kind, about, value, AT, "ada");
    }

    private static List<Long> items(Edit... edits) {
        return new BluePencil(List.of(edits))
                .items(Stream.of(1, 2, 3, 4).map(Long::valueOf).toList(), section -> section);
    }

    @Test
    void movesAreMadeOneAfterTheOther() {
        assertThat(items(edit(Edit.Kind.TOP, "3", ""))).containsExactly(3L, 1L, 2L, 4L);
        assertThat(items(edit(Edit.Kind.BEFORE, "4", "2"))).containsExactly(1L, 4L, 2L, 3L);
        assertThat(items(edit(Edit.Kind.AFTER, "1", "3"))).containsExactly(2L, 3L, 1L, 4L);
        assertThat(items(edit(Edit.Kind.AFTER, "1", "4"), edit(Edit.Kind.TOP, "4", "")))
                .containsExactly(4L, 2L, 3L, 1L);
    }

    @Test
    void whatIsNotThereIsNotMovedAndNothingMovesBesideIt() {
        assertThat(items(edit(Edit.Kind.TOP, "9", ""), edit(Edit.Kind.BEFORE, "4", "9")))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aMoveOfATopicLeavesItemsOfThatNameAlone() {
        assertThat(items(edit(Edit.Kind.TOPIC_TOP, "3", ""))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(new BluePencil(List.of(edit(Edit.Kind.TOPIC_BEFORE, "b", "a"))).topics(List.of("a", "b"), id -> id))
                .containsExactly("b", "a");
    }

    @Test
    void ofTwoEditsTheLaterCountsAndAnEmptyOneTakesItBack() {
        BluePencil pencil = new BluePencil(List.of(
                edit(Edit.Kind.SUBJECT, "", "One"),
                edit(Edit.Kind.SUBJECT, "", "Two"),
                edit(Edit.Kind.INTRODUCTION, "", "Dear readers"),
                edit(Edit.Kind.INTRODUCTION, "", ""),
                edit(Edit.Kind.HEADING, "1", "New"),
                edit(Edit.Kind.HEADING, "1", ""),
                edit(Edit.Kind.TEASER, "1", "")));
        assertThat(pencil.editorial()).isEqualTo(new Editorial(List.of(), "Two", ""));
        assertThat(pencil.heading(1)).isEmpty();
        assertThat(pencil.teaser(1)).as("an empty teaser is none").contains("");
        assertThat(pencil.teaser(2)).isEmpty();
    }
}
