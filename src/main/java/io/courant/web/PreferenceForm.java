package io.courant.web;

import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Readers.Standing;
import io.courant.issue.Newsletter;
import io.courant.render.ReaderPage;
import io.courant.render.ReaderPage.Flaw;
import io.courant.render.ReaderPage.Option;
import io.courant.render.TemplateFolder;
import io.courant.web.Bearers.Bearer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** All that there is to choose, with what is chosen. */
@Component
final class PreferenceForm {
    /** Places that people live in; the others are names of offsets, and old names of places. */
    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.matches("(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
            .sorted()
            .toList();

    private final TemplateFolder words;
    private final Answers answers;
    private final Bearers bearers;
    private final InstantSource clock;

    PreferenceForm(TemplateFolder words, Answers answers, Bearers bearers, InstantSource clock) {
        this.words = words;
        this.answers = answers;
        this.bearers = bearers;
        this.clock = clock;
    }

    /** The languages that there are words in. */
    List<Locale> languages() {
        return words.languages();
    }

    ReaderPage page(Home home, String path, Bearer bearer, Wishes wishes, List<Flaw> flaws, boolean saved) {
        Newsletter newsletter = bearer.newsletter();
        Locale language =
                answers.language(newsletter, bearer.reader().preferences().language());
        Standing standing = bearer.reader().standing();
        return new ReaderPage.Preferences(
                path,
                bearer.reader().address().value(),
                saved,
                standing == Standing.LEFT || standing == Standing.STRANGER,
                wishes.every().equals(Wishes.YES),
                newsletter.topics().stream()
                        .map(topic -> new Option(
                                topic.id(), topic.title(), wishes.topics().contains(topic.id())))
                        .toList(),
                options(Frequency.values(), wishes.frequency()),
                wishes.pause(),
                LocalDate.ofInstant(clock.instant(), newsletter.zone())
                        .plusDays(1)
                        .toString(),
                hours(language, wishes.hour()),
                zone(newsletter.zone().getId()),
                zones(wishes.zone()),
                options(Form.values(), wishes.form()),
                name(newsletter.language()),
                languages().stream()
                        .map(one -> new Option(
                                one.toLanguageTag(),
                                name(one),
                                one.toLanguageTag().equals(wishes.language())))
                        .toList(),
                flaws,
                new ReaderPage.Doors(
                        path + "/address",
                        path + "/data.json",
                        path + "/erase",
                        bearers.unsubscribe(home, newsletter.name(), bearer.id())));
    }

    private static List<Option> options(Enum<?>[] values, String chosen) {
        return Stream.of(values)
                .map(Wishes::word)
                .map(word -> new Option(word, word, word.equals(chosen)))
                .toList();
    }

    private static List<Option> hours(Locale language, String chosen) {
        DateTimeFormatter clock =
                DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(language);
        return IntStream.range(0, 24)
                .mapToObj(hour -> new Option(
                        String.valueOf(hour),
                        clock.format(LocalTime.of(hour, 0)),
                        String.valueOf(hour).equals(chosen)))
                .toList();
    }

    private static List<Option> zones(String chosen) {
        boolean other = !chosen.isEmpty() && !ZONES.contains(chosen);
        return Stream.concat(other ? Stream.of(chosen) : Stream.empty(), ZONES.stream())
                .map(id -> new Option(id, zone(id), id.equals(chosen)))
                .toList();
    }

    private static String zone(String id) {
        return id.replace('_', ' ');
    }

    /** A language by the name that it calls itself. */
    static String name(Locale language) {
        String name = language.getDisplayLanguage(language);
        Function<String, String> capital =
                text -> text.substring(0, 1).toUpperCase(language) + text.substring(1);
        return name.isEmpty() ? language.toLanguageTag() : capital.apply(name);
    }
}
