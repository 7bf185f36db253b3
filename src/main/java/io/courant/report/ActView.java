package io.courant.report;

import io.courant.editor.Act;
import io.courant.editor.AuditLog;
import java.time.temporal.ChronoUnit;

/** An act as {@code --json} shows it; scripts rely on these names. */
public record ActView(long number, String at, String who, String from, String what, String subject, String detail) {
    public static ActView of(AuditLog.Entry entry) {
        Act act = entry.act();
        return new ActView(
                entry.number(),
                act.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                act.who(),
                act.from(),
                act.what(),
                act.subject(),
                act.detail());
    }

    /** For people to read. */
    public String line() {
        return "%5d  %s  %s (%s): %s%s%s"
                .formatted(
                        number,
                        at,
                        who,
                        from,
                        what,
                        subject.isEmpty() ? "" : " " + subject,
                        detail.isEmpty() ? "" : ", " + detail);
    }
}
