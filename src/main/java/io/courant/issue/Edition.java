package io.courant.issue;

import io.courant.audience.Form;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An issue cut for readers who want the same of it.
 *
 * @param number within the issue, from 1
 * @param topics titles of the topics that its readers chose and it has something of; empty if nothing is left out for them
 * @param language of all that is not quoted
 * @param since it holds what was issued since then; null: what is new in this issue
 * @param sections all its items, in no order that matters
 */
public record Edition(
        int number,
        List<String> topics,
        Locale language,
        Form form,
        @Nullable Instant since,
        List<Long> sections) {
    public Edition {
        topics = List.copyOf(topics);
        sections = List.copyOf(sections);
    }

    /** Whether it is what somebody gets who wants nothing special of a newsletter in this language. */
    public boolean isWholeOf(Issue issue, Locale own) {
        return since == null && sections.size() == issue.items().size() && kind().equals(new Kind(own, Form.HTML));
    }

    /** What its design and its words depend on. */
    public record Kind(Locale language, Form form) {}

    public Kind kind() {
        return new Kind(language, form);
    }

    /** What it is in a few words: {@code all topics, en, html}. */
    public String words() {
        return (topics.isEmpty() ? "all topics" : String.join(", ", topics)) + "; " + language.toLanguageTag() + ", "
                + form.name().toLowerCase(Locale.ROOT);
    }
}
