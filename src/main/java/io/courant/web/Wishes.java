package io.courant.web;

import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.issue.Newsletter;
import io.courant.render.ReaderPage.Flaw;
import io.courant.section.Topic;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What stands in the fields of the page of preferences, as it was entered.
 *
 * @param every {@code yes}: all topics
 * @param topics those that are ticked
 * @param pause a date; empty: none
 * @param hour empty: any
 * @param zone empty: the newsletter's
 * @param language empty: the newsletter's
 */
record Wishes(
        String every,
        Set<String> topics,
        String frequency,
        String pause,
        String hour,
        String zone,
        String form,
        String language) {
    static final String YES = "yes";
    private static final String NO = "no";

    static Wishes of(MultiValueMap<String, String> entered) {
        return new Wishes(
                first(entered, "every"),
                Set.copyOf(Objects.requireNonNullElse(entered.get("topic"), List.of())),
                first(entered, "frequency"),
                first(entered, "pause").strip(),
                first(entered, "hour"),
                first(entered, "zone"),
                first(entered, "form"),
                first(entered, "language"));
    }

    private static String first(MultiValueMap<String, String> entered, String field) {
        return Objects.requireNonNullElse(entered.getFirst(field), "");
    }

    static Wishes of(Preferences kept, Newsletter newsletter, Instant now) {
        Instant pause = kept.pausedUntil();
        ZoneId zone = kept.zone();
        Locale language = kept.language();
        return new Wishes(
                kept.topics().isEmpty() ? YES : NO,
                newsletter.followed(kept.topics()),
                word(kept.frequency()),
                pause == null || !pause.isAfter(now)
                        ? ""
                        : pause.atZone(zone == null ? newsletter.zone() : zone)
                                .toLocalDate()
                                .toString(),
                kept.hour() == null ? "" : kept.hour().toString(),
                zone == null ? "" : zone.getId(),
                word(kept.form()),
                language == null ? "" : language.toLanguageTag());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What is wrong, in the order of the page. */
    List<Flaw> flaws(Newsletter newsletter, List<Locale> languages, Instant now) {
        List<Flaw> flaws = new ArrayList<>();
        if (!every.equals(YES) && offered(newsletter).isEmpty()) {
            flaws.add(new Flaw("topics", "topics"));
        }
        if (Stream.of(Frequency.values()).noneMatch(one -> word(one).equals(frequency))) {
            flaws.add(new Flaw("frequency", "choice"));
        }
        if (!hour.matches("|1?\\d|2[0-3]")) {
            flaws.add(new Flaw("hour", "choice"));
        }
        if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
            flaws.add(new Flaw("zone", "choice"));
        } else {
            flawOfPause(newsletter, now).ifPresent(about -> flaws.add(new Flaw("pause", about)));
        }
        if (Stream.of(Form.values()).noneMatch(one -> word(one).equals(form))) {
            flaws.add(new Flaw("form", "choice"));
        }
        if (!language.isEmpty()
                && languages.stream().noneMatch(one -> one.toLanguageTag().equals(language))) {
            flaws.add(new Flaw("language", "choice"));
        }
        return flaws;
    }

    private Optional<String> flawOfPause(Newsletter newsletter, Instant now) {
        if (pause.isEmpty()) {
            return Optional.empty();
        }
        try {
            LocalDate today = LocalDate.ofInstant(now, zoneOr(newsletter));
            LocalDate day = LocalDate.parse(pause);
            return day.isAfter(today) && !day.isAfter(today.plusYears(1))
                    ? Optional.empty()
                    : Optional.of("pause-range");
        } catch (DateTimeException e) {
            return Optional.of("pause");
        }
    }

    /** What is to be kept; only of wishes without flaws. */
    Preferences preferences(Newsletter newsletter) {
        return new Preferences(
                every.equals(YES) ? Set.of() : offered(newsletter),
                Frequency.valueOf(frequency.toUpperCase(Locale.ROOT)),
                hour.isEmpty() ? null : Integer.valueOf(hour),
                pausedUntil(newsletter),
                zone.isEmpty() ? null : ZoneId.of(zone),
                Form.valueOf(form.toUpperCase(Locale.ROOT)),
                language.isEmpty() ? null : Locale.forLanguageTag(language));
    }

    private @Nullable Instant pausedUntil(Newsletter newsletter) {
        return pause.isEmpty()
                ? null
                : LocalDate.parse(pause).atStartOfDay(zoneOr(newsletter)).toInstant();
    }

    private ZoneId zoneOr(Newsletter newsletter) {
        return zone.isEmpty() ? newsletter.zone() : ZoneId.of(zone);
    }

    private Set<String> offered(Newsletter newsletter) {
        return newsletter.topics().stream()
                .map(Topic::id)
                .filter(topics::contains)
                .collect(Collectors.toSet());
    }
}
