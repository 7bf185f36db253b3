package io.courant.render;

import io.courant.issue.Newsletter;
import java.util.Locale;

/** Renders the subscribers' pages, each in the look of the newsletter that it is about. */
public final class ReaderPages {
    private final TemplateFolder folder;
    private final TemplateEngine engine;

    public ReaderPages(TemplateFolder folder) {
        this.folder = folder;
        this.engine = new TemplateEngine(folder, TemplateEngine.DEADLINE);
    }

    /** All that a template of these pages sees. */
    private record Sheet(Page.Masthead newsletter, String base, ReaderPage page) {}

    /**
     * A page.
     *
     * @param language that it speaks
     * @param base the path of the newsletter's home, without a slash at its end
     * @throws TemplateError if the template is not there or does not work, with file, line and column
     */
    public String html(Newsletter newsletter, Locale language, String base, ReaderPage page) {
        folder.requirePage(page.file());
        Sheet sheet = new Sheet(Paginator.masthead(newsletter, language), base, page);
        return engine.process(page.file(), sheet, language, newsletter.zone());
    }
}
