package io.courant.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the template of one of the subscribers' pages sees as {@code page}: texts, numbers and lists of them. The
 * template is the file of the record's name, in small letters, in {@code templates/pages/}. Addresses of pages begin
 * with a slash and are of the same host.
 */
public sealed interface ReaderPage {
    /** What a newsletter is, its newest issues, and how to get it. */
    record Front(SignUp form, List<String> topics, List<Number> issues, String archive) implements ReaderPage {}

    /** The newsletters that are at home in one place. */
    record Choice(List<Offer> offers) implements ReaderPage {}

    /**
     * How to get a newsletter.
     *
     * @param address as it was entered
     * @param language that the reader chose for this page, and will be written to in; empty: none
     * @param tongues the same page in other languages
     * @param wording what is agreed to
     * @param errors what is wrong with what was entered
     */
    record SignUp(
            String action, String address, String language, List<Tongue> tongues, String wording, List<Flaw> errors)
            implements ReaderPage {}

    /**
     * A button that makes a wish come true.
     *
     * @param about a word for the wish; the rest is said in words of {@code confirm.ABOUT}
     * @param address that it is about
     * @param action where the button leads
     */
    record Confirm(String about, String address, String action) implements ReaderPage {}

    /** The newsletter will come. */
    record Confirmed(String preferences) implements ReaderPage {}

    /** The button that ends a subscription. */
    record Unsubscribe(String action) implements ReaderPage {}

    /**
     * A subscription has ended.
     *
     * @param undo where the button leads that takes it back; absent when it is too late for that
     * @param leaveAll where the button leads that ends all others, too; absent when they have ended
     */
    record Unsubscribed(
            @Nullable String undo, @Nullable String leaveAll) implements ReaderPage {}

    /**
     * What a subscriber wants, to be changed.
     *
     * @param address the subscriber's
     * @param saved whether it was changed just now
     * @param left whether the newsletter does not come
     * @param every whether they want all topics
     * @param pause as {@code 2026-11-23}; empty: none
     * @param zone the newsletter's
     * @param language the newsletter's, in its own words
     */
    record Preferences(
            String action,
            String address,
            boolean saved,
            boolean left,
            boolean every,
            List<Option> topics,
            List<Option> frequencies,
            String pause,
            String earliestPause,
            List<Option> hours,
            String zone,
            List<Option> zones,
            List<Option> forms,
            String language,
            List<Option> languages,
            List<Flaw> errors,
            Doors doors)
            implements ReaderPage {}

    /** A new address for a subscriber. */
    record Address(
            String action, String back, String current, String entered, String wording, List<Flaw> errors)
            implements ReaderPage {}

    /** All about a subscriber is to be forgotten. */
    record Erase(String action, String back, String address, List<Flaw> errors) implements ReaderPage {}

    /**
     * Something to know, and nothing to do.
     *
     * @param about a word for it; the rest is said in words of {@code notice.ABOUT}
     */
    record Notice(String about) implements ReaderPage {}

    /** Where to go from the preferences. */
    record Doors(String address, String data, String erase, String unsubscribe) {}

    /** A newsletter among others. */
    record Offer(String title, List<String> topics, String subscribe, String archive) {}

    /** An issue in a list. */
    record Number(String link, String subject, String date) {}

    /** A page in another language, by the name that it calls itself. */
    record Tongue(String link, String tag, String name) {}

    /** Something to choose. */
    record Option(String value, String label, boolean chosen) {}

    /**
     * Something wrong with what was entered.
     *
     * @param field the name of the field
     * @param about a word for it; the rest is said in words of {@code flaw.ABOUT}
     */
    record Flaw(String field, String about) {}

    /** The file of its template. */
    default String file() {
        return "pages/" + getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + ".ftlh";
    }
}
