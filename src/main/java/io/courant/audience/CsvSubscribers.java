package io.courant.audience;

import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers.Entry;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Proof;
import io.courant.audience.Subscribers.Suppression;
import io.courant.audience.Subscribers.Wishes;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the rows of a file into subscribers, or says why not; and subscribers into rows of an export. */
final class CsvSubscribers {
    private static final String SEPARATORS = ",;|";
    private static final Pattern DRESS = Pattern.compile("^[\\[\\s\"']+|[\\]\\s\"']+$"); // tags as a list with quotes
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*");
    private static final Pattern IP = Pattern.compile("[0-9A-Fa-f.:]{3,45}");
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final CsvColumns columns;
    private final Instant now;
    private final String origin;
    private final String usualState;
    private final boolean dressed;
    private final Proof proof;

    /** For a file of this name. */
    CsvSubscribers(String file, CsvColumns columns, ImportOrder order) {
        this.columns = columns;
        this.now = order.now();
        String name = String.valueOf(Path.of(file).getFileName());
        ListProgram program = columns.program();
        this.origin = program == null || program == ListProgram.COURANT ? name : program.title();
        this.usualState = program == ListProgram.MAILCHIMP ? mailchimpState(name) : "";
        this.dressed = program == ListProgram.MAILCHIMP || program == ListProgram.BUTTONDOWN;
        this.proof = new Proof("import " + name, order.wording(), null, null, null, null);
    }

    /** Mailchimp hands over a file for each state, and says only in their names which it is. */
    private static String mailchimpState(String file) {
        return Stream.of("unsubscribed", "cleaned", "nonsubscribed")
                .filter(file.toLowerCase(Locale.ROOT)::startsWith)
                .findFirst()
                .orElse("");
    }

    /**
     * What rows about one mailbox have in common, without much of a look at the rest: see {@link EmailAddress#key}.
     *
     * @throws IllegalArgumentException when nothing can be made of it; maybe not even when there is no such address
     */
    String key(List<String> row) {
        if (row.size() < columns.width()) {
            throw new IllegalArgumentException("too few fields");
        }
        String address = columns.field(row, Column.EMAIL);
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) > 0x7F) {
                return new EmailAddress(address).key();
            }
        }
        return address.toLowerCase(Locale.ROOT);
    }

    /**
     * The mailbox that a row is about.
     *
     * @throws IllegalArgumentException with what is wrong and what to do
     */
    EmailAddress address(List<String> row) {
        int width = columns.width();
        if (row.size() < width
                || (row.size() > width
                        && !row.subList(width, row.size()).stream().allMatch(String::isBlank))) {
            throw new IllegalArgumentException(row.size() + " fields, expected " + width
                    + " as in the header; put quotes around a field that holds the separator");
        }
        String address = columns.field(row, Column.EMAIL);
        if (address.isEmpty()) {
            throw new IllegalArgumentException("no address; fill in the address or delete the line");
        }
        for (String field : row) {
            if (field.indexOf('\uFFFD') >= 0) {
                throw new IllegalArgumentException("a character could not be read; save the file as UTF-8");
            }
        }
        return new EmailAddress(address);
    }

    /**
     * Reads a row about a mailbox. Whoever wants no mail, or may have none, is taken at their word, whatever else is wrong
     * with the row.
     *
     * @throws IllegalArgumentException with what is wrong and what to do
     */
    NewSubscriber subscriber(EmailAddress address, List<String> row) {
        try {
            return whole(address, row);
        } catch (IllegalArgumentException e) {
            String stated = columns.field(row, Column.STATE);
            String word = stated.isEmpty() ? usualState : stated;
            CsvStates.Meaning meaning = CsvStates.of(word);
            if (meaning.state() != State.UNSUBSCRIBED && !meaning.suppressed()) {
                throw e;
            }
            return new NewSubscriber(
                    address,
                    "",
                    meaning.state(),
                    null,
                    first(),
                    meaning.state() == State.UNSUBSCRIBED ? first() : null,
                    Wishes.NONE,
                    meaning.suppressed() ? new Suppression(address.key(), word + " in " + origin, first()) : null,
                    null);
        }
    }

    private NewSubscriber whole(EmailAddress address, List<String> row) {
        CsvAttributes attributes = CsvAttributes.of(columns.field(row, Column.ATTRIBUTES));
        Set<String> newsletters = names(row, Column.NEWSLETTERS);
        Instant requested = date(row, Column.REQUESTED_ON);
        Instant confirmed = date(row, Column.CONFIRMED_ON);
        Instant joined = date(row, Column.JOINED);
        Instant unsubscribed = date(row, Column.UNSUBSCRIBED_ON);
        Instant undeliverable = date(row, Column.UNDELIVERABLE_ON);
        String stated = columns.field(row, Column.STATE);
        String word = stated.isEmpty() ? usualState : stated;
        CsvStates.Meaning meaning = CsvStates.of(word);
        boolean unsaid = word.isEmpty();
        boolean left = meaning.state() == State.UNSUBSCRIBED
                || (unsaid && unsubscribed != null)
                || !flag(row, Column.WANTS_MAIL, true)
                || flag(row, Column.MAIL_DISABLED, false);
        State state = left
                ? State.UNSUBSCRIBED
                // the word stands for two; the one that gets less mail is the surer, once mail is possible again
                : meaning.suppressed() && !newsletters.isEmpty() ? State.SIGNED_UP : meaning.state();
        String reason = columns.field(row, Column.SUPPRESSION);
        boolean suppressed = meaning.suppressed() || !reason.isEmpty() || (unsaid && undeliverable != null);
        return new NewSubscriber(
                address,
                name(row),
                state,
                tags(row, attributes),
                first(joined, requested, confirmed),
                left ? first(unsubscribed) : null,
                new Wishes(
                        language(row, attributes),
                        zone(columns.field(row, Column.ZONE)),
                        form(columns.field(row, Column.FORM)),
                        newsletters,
                        names(row, Column.NEWSLETTERS_LEFT)),
                suppressed
                        ? new Suppression(
                                address.key(),
                                reason.isEmpty() ? (unsaid ? "undeliverable" : word) + " in " + origin : reason,
                                first(undeliverable))
                        : null,
                proof(row, requested, confirmed));
    }

    /** A subscriber as a row under {@link CsvColumns#exported()}. */
    static List<String> row(Entry entry) {
        Subscriber subscriber = entry.subscriber();
        Locale language = subscriber.language();
        ZoneId zone = subscriber.zone();
        boolean silent = entry.suppression() != null && subscriber.state() != State.UNSUBSCRIBED;
        return Stream.of(
                        subscriber.address().value(),
                        subscriber.name(),
                        silent ? "suppressed" : subscriber.state().name().toLowerCase(Locale.ROOT),
                        joined(subscriber.tags()),
                        subscriber.joined().toString(),
                        language == null ? "" : language.toLanguageTag(),
                        zone == null ? "" : zone.getId(),
                        subscriber.form().name().toLowerCase(Locale.ROOT),
                        joined(entry.newsletters()),
                        joined(entry.left()),
                        entry.suppression() == null ? "" : entry.suppression())
                .map(CsvGuard::added)
                .toList();
    }

    private static String joined(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(";"));
    }

    private String name(List<String> row) {
        String name = columns.field(row, Column.NAME);
        return name.isEmpty()
                ? (columns.field(row, Column.FIRST_NAME) + " " + columns.field(row, Column.LAST_NAME)).strip()
                : name;
    }

    private @Nullable List<String> tags(List<String> row, CsvAttributes attributes) {
        if (!columns.has(Column.TAGS)) {
            return attributes.tags();
        }
        return List.copyOf(words(columns.field(row, Column.TAGS), dressed));
    }

    private Set<String> names(List<String> row, Column column) {
        return words(columns.field(row, column), false);
    }

    /** What stands in one field, each once, in its order. A loop, for streams were a tenth of what an import took. */
    private static Set<String> words(String field, boolean dressed) {
        if (field.isEmpty()) {
            return Set.of();
        }
        Set<String> words = new LinkedHashSet<>();
        int from = 0;
        for (int to = 0; to <= field.length(); to++) {
            if (to == field.length() || SEPARATORS.indexOf(field.charAt(to)) >= 0) {
                String part = field.substring(from, to);
                String word = dressed ? DRESS.matcher(part).replaceAll("") : part.strip();
                if (!word.isEmpty()) {
                    words.add(word);
                }
                from = to + 1;
            }
        }
        return words;
    }

    private @Nullable Locale language(List<String> row, CsvAttributes attributes) {
        String field = columns.field(row, Column.LANGUAGE);
        String text = field.isEmpty() ? attributes.language() : field;
        if (text.isEmpty()) {
            return null;
        }
        if (!LANGUAGE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a language: '" + EmailAddress.printable(text) + "' (expected a code such as de or pt-BR)");
        }
        return Locale.forLanguageTag(text.replace('_', '-'));
    }

    private static @Nullable ZoneId zone(String text) {
        try {
            return text.isEmpty() ? null : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "not a time zone: '" + EmailAddress.printable(text) + "' (expected one such as Europe/Berlin)", e);
        }
    }

    private static @Nullable Form form(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "html" -> Form.HTML;
            case "text" -> Form.TEXT;
            default ->
                throw new IllegalArgumentException(
                        "not a form of mail: '" + EmailAddress.printable(text) + "' (expected html or text)");
        };
    }

    private boolean flag(List<String> row, Column column, boolean unsaid) {
        String text = columns.field(row, column);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> unsaid;
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default ->
                throw new IllegalArgumentException(
                        column.title() + " is '" + EmailAddress.printable(text) + "' (expected true or false)");
        };
    }

    private Proof proof(List<String> row, @Nullable Instant requested, @Nullable Instant confirmed) {
        String requestedFrom = ip(columns.field(row, Column.REQUESTED_FROM));
        String confirmedFrom = ip(columns.field(row, Column.CONFIRMED_FROM));
        return requested == null && confirmed == null && requestedFrom == null && confirmedFrom == null
                ? proof
                : new Proof(proof.source(), proof.wording(), requested, requestedFrom, confirmed, confirmedFrom);
    }

    private static @Nullable String ip(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!IP.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not an IP address: '" + EmailAddress.printable(text) + "'; correct it or leave it out");
        }
        return text;
    }

    private @Nullable Instant date(List<String> row, Column column) {
        String text = columns.field(row, column);
        Instant date = CsvDates.of(text);
        if (date != null && (date.isBefore(Instant.EPOCH) || date.isAfter(now.plus(CLOCKS_DIFFER)))) {
            throw new IllegalArgumentException(column.title() + " before 1970 or in the future, on '"
                    + EmailAddress.printable(text) + "'; correct the date");
        }
        return date;
    }

    private Instant first(@Nullable Instant... dates) {
        for (Instant date : dates) {
            if (date != null) {
                return date;
            }
        }
        return now;
    }
}
