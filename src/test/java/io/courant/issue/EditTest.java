package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditTest {
    private static final Instant AT = Instant.parse("2026-11-23T07:00:00Z");

    private static Edit subject(String text) {
        return Edit.of(Edit.Kind.SUBJECT, "", text, AT, "ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nBcc: all@example.org", "a\u001b[2J", "a\u202eb", "a\u2028b", "a\u0000"})
    void whatIsNotOneLineOfPlainTextIsRefused(String text) {
        assertThatThrownBy(() -> subject(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the subject must be plain text in one line");
    }

    @Test
    void whatIsTooLongIsRefusedWithItsLength() {
        assertThat(subject("é".repeat(150)).value()).hasSize(150);
        assertThatThrownBy(() -> subject("é".repeat(151)))
                .hasMessage("the subject has 151 characters; 150 is the most");
    }

    @Test
    void anIntroductionHasParagraphs() {
        Edit edit = Edit.of(Edit.Kind.INTRODUCTION, "", "  Dear\r\nreaders,\r\n \r\n\r\nhello.\n", AT, "ada");
        assertThat(edit.paragraphs()).containsExactly("Dear readers,", "hello.");
        assertThatThrownBy(() -> Edit.of(Edit.Kind.INTRODUCTION, "", "a\u0007", AT, "ada"))
                .hasMessageContaining("control character");
    }

    @Test
    void nothingStandsBesideItself() {
        assertThatThrownBy(() -> Edit.of(Edit.Kind.BEFORE, 41, "41", AT, "ada"))
                .hasMessage("41 cannot stand beside itself");
    }
}
