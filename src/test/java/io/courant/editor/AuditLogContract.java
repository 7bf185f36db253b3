package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.AuditLog.Entry;
import io.courant.editor.AuditLog.Filter;
import io.courant.editor.AuditLog.Finding;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every audit log keeps to. */
public interface AuditLogContract {
    Instant NOW = Instant.parse("2026-11-20T06:00:00.123456789Z");

    AuditLog auditLog();

    private Act note(String who, String what, String subject, int seconds) {
        Act act = new Act(NOW.plusSeconds(seconds), who, Act.COMMAND_LINE, what, subject, "");
        auditLog().note(act);
        return act;
    }

    @Test
    default void actsAreListedTheNewestFirst() {
        Act approve = note("ada", "approve", "weekly-1", 0);
        Act send = note("bob", "send", "weekly-1", 1);
        assertThat(auditLog().list(Filter.newest(10))).extracting(Entry::act).containsExactly(send, approve);
        assertThat(auditLog().list(Filter.newest(1))).extracting(Entry::number).containsExactly(2L);
    }

    @Test
    default void aFilterLooksAtSubjectTimeAndPerson() {
        Act approve = note("ada", "approve", "weekly-1", 0);
        Act send = note("bob", "send", "weekly-1", 1);
        Act other = note("bob", "send", "garden-1", 2);
        assertThat(auditLog().list(new Filter("weekly-1", null, null, null, 10)))
                .extracting(Entry::act)
                .containsExactly(send, approve);
        assertThat(auditLog().list(new Filter(null, NOW.plusSeconds(1), null, null, 10)))
                .extracting(Entry::act)
                .containsExactly(other, send);
        assertThat(auditLog().list(new Filter("weekly-1", NOW, "bob", null, 10)))
                .extracting(Entry::act)
                .containsExactly(send);
        assertThat(auditLog().list(new Filter(null, null, null, 3L, 10)))
                .extracting(Entry::act)
                .containsExactly(send, approve);
    }

    @Test
    default void aNulInWhatIsLookedForDoesNoHarm() {
        assertThat(auditLog().list(new Filter("week\0ly", null, "\0", null, 5))).isEmpty();
    }

    @Test
    default void everyActIsBoundToTheOneBeforeIt() {
        assertThat(auditLog().verify()).isEqualTo(new Finding(0, null, Seal.FIRST));
        Act one = note("ada", "approve", "weekly-1", 0);
        Act two = note("\uD800 ada\n" + "é".repeat(600), "x\u0000y", "a@b".repeat(300), 1);
        assertThat(auditLog().verify())
                .isEqualTo(new Finding(2, null, Seal.FIRST.next(1, one).next(2, two)));
    }
}
