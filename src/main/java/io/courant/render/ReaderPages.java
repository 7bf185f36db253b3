package io.courant.render;

import io.courant.issue.Newsletter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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

    /** What is wrong with the templates: each page is rendered in each language that there are words in. */
    public List<String> problems() {
        Set<String> problems = new LinkedHashSet<>(); // what all pages have in common is told once
        for (ReaderPage page : SpecimenPages.all()) {
            for (Locale language : folder.languages()) {
                try {
                    html(Specimens.in(language, "pages").get(0).newsletter(), language, "", page);
                } catch (TemplateError e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return List.copyOf(problems);
    }
}
