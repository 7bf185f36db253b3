package io.courant.job;

import io.courant.job.Schedule.Gathering;
import io.courant.job.Schedule.MissedRuns;
import io.courant.job.YamlFile.Fields;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads when a newsletter is due, and when no mail is sent. */
final class ScheduleReader {
    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

    private final YamlFile file;
    private final ZoneId zone;

    ScheduleReader(YamlFile file, ZoneId zone) {
        this.file = file;
        this.zone = zone;
    }

    @Nullable
    Schedule read(Fields fields) {
        Cron cron = fields.optional("cron", Cron::parse, Schedule.HOURLY);
        boolean late = fields.has("late-within");
        MissedRuns missed =
                fields.optional("missed", Parse.oneOf(MissedRuns.class), late ? MissedRuns.SKIP : MissedRuns.MERGE);
        Duration lateWithin = fields.optional("late-within", ScheduleReader::patience, Schedule.LATE_WITHIN);
        if (late && missed == MissedRuns.MERGE) {
            fields.problem(
                    "late-within",
                    "with 'missed: merge' no run is ever too late; leave out 'late-within', or write 'missed: skip'");
        }
        @Nullable Gathering gathering = gathering(fields.node("when"));
        if (!fields.has("cron") && gathering == null) {
            refuseAlone(fields, "missed");
            refuseAlone(fields, "late-within");
            return null;
        }
        return new Schedule(cron, zone, missed, lateWithin, gathering);
    }

    private static Duration patience(String text) {
        Duration patience = Parse.duration(text);
        if (patience.compareTo(LEAST_PATIENCE) < 0) {
            throw new IllegalArgumentException(
                    "expected at least 1m, for no run begins at the very moment; found '" + text + "'");
        }
        return patience;
    }

    private static void refuseAlone(Fields fields, String key) {
        if (fields.has(key)) {
            fields.problem(
                    key,
                    "'" + key + "' says what becomes of missed runs, but no key 'cron' or 'when' says when"
                            + " one is due");
        }
    }

    private @Nullable Gathering gathering(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        Fields when = file.fields(node, "items", "at-latest");
        return new Gathering(
                when.required("items", Parse.number(1, 500), 1),
                when.required("at-latest", ScheduleReader::patience, LEAST_PATIENCE));
    }

    @Nullable
    QuietHours quiet(Fields fields) {
        return fields.has("quiet")
                ? fields.optional(
                        "quiet",
                        text -> QuietHours.parse(text, zone),
                        new QuietHours(LocalTime.MIDNIGHT, LocalTime.NOON, zone))
                : null;
    }
}
