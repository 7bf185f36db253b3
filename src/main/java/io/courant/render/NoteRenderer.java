package io.courant.render;

import io.courant.issue.Newsletter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renders the mails that belong to no issue, in which somebody is asked, or told, about what was asked for. They are
 * made of the newsletter, fixed words and a link: nothing that a stranger typed can stand in them.
 */
public final class NoteRenderer {
    private static final String SPECIMEN_LINK = "https://courant.example.org/c/" + "a".repeat(60);

    private final TemplateFolder folder;
    private final TemplateEngine engine;

    public NoteRenderer(TemplateFolder folder) {
        this.folder = folder;
        this.engine = new TemplateEngine(folder, TemplateEngine.DEADLINE);
    }

    /** What a mail is about. */
    public enum Kind {
        /** Who signed up is asked whether it was them. */
        CONFIRM,
        /** Who signed up gets the newsletter already. */
        READING,
        /** The new address is asked whether it is the reader's. */
        CHANGE,
        /** The old address is told that it was changed. */
        CHANGED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Renders a mail.
     *
     * @param language of the reader; null, or one that there are no words in: the newsletter's
     * @param link where the reader can act; null where there is nothing to do
     * @throws TemplateError if the templates are not there or do not work, with file, line and column
     */
    public Rendering render(Newsletter newsletter, @Nullable Locale language, Kind kind, @Nullable String link) {
        folder.requireMails();
        Locale spoken = language == null
                ? newsletter.language()
                : folder.spoken(language).orElse(newsletter.language());
        NotePage page =
                new NotePage(Paginator.masthead(newsletter, spoken), new NotePage.About(kind.word(), link), false);
        String subject = Prose.line(process(TemplateFolder.SUBJECT, page, spoken, newsletter));
        String html = process(TemplateFolder.HTML, page, spoken, newsletter);
        String text = process(TemplateFolder.TEXT, page, spoken, newsletter);
        return new Rendering(subject, CssInliner.inline(html), new TextWrap("").wrap(text), List.of(), "");
    }

    /**
     * Renders each of the mails in each language that there are words in, and looks at them as a mail program would.
     *
     * @throws TemplateError if a template fails, or gives a mail that must not be sent
     */
    public void check() {
        for (Locale language : folder.languages()) {
            for (Kind kind : Kind.values()) {
                check(Specimens.in(language, TemplateFolder.MAILS).get(0).newsletter(), kind);
            }
        }
    }

    private void check(Newsletter newsletter, Kind kind) {
        String errors = flaws(newsletter, newsletter.language(), kind).stream()
                .filter(Flaw::isError)
                .map(flaw -> flaw.where() + " " + flaw.what())
                .collect(Collectors.joining("; "));
        if (!errors.isEmpty()) {
            throw new TemplateError(folder.shown(TemplateFolder.MAILS) + ": " + errors + " (mail '" + kind.word()
                    + "' in '" + newsletter.language().toLanguageTag() + "')");
        }
    }

    List<Flaw> flaws(Newsletter newsletter, Locale language, Kind kind) {
        String link = kind == Kind.CHANGED ? null : SPECIMEN_LINK;
        return MailRules.flaws(Letter.specimen(render(newsletter, language, kind, link), ""));
    }

    private String process(String file, NotePage page, Locale language, Newsletter newsletter) {
        return engine.process(TemplateFolder.MAILS + "/" + file, page, language, newsletter.zone());
    }
}
