package io.courant.render;

import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders the list of a newsletter's issues, as a page and as an Atom feed (RFC 4287). */
public final class ArchivePages {
    private final TemplateFolder folder;
    private final TemplateEngine engine;

    public ArchivePages(TemplateFolder folder) {
        this.folder = folder;
        this.engine = new TemplateEngine(folder, TemplateEngine.DEADLINE);
    }

    /**
     * An issue to list.
     *
     * @param issue its items; only the feed shows them
     */
    public record Listed(
            IssueId id,
            Instant date,
            String subject,
            int items,
            @Nullable Issue issue) {}

    /**
     * The page that lists all issues, newest first.
     *
     * @param place web address of the page, which ends in a slash; the feed stands below it
     * @throws TemplateError if the template is not there or does not work, with file, line and column
     */
    public String index(Newsletter newsletter, URI place, List<Listed> issues) {
        return process(TemplateFolder.INDEX, newsletter, place, issues);
    }

    /**
     * The feed of the newest issues, with their items.
     *
     * @param place web address of the page that lists all
     * @throws TemplateError if the template is not there or does not work, with file, line and column
     */
    public String feed(Newsletter newsletter, URI place, List<Listed> issues) {
        return process(TemplateFolder.FEED, newsletter, place, issues);
    }

    private String process(String file, Newsletter newsletter, URI place, List<Listed> issues) {
        folder.requireArchive();
        Shelf shelf = new Shelf(
                Paginator.masthead(newsletter),
                place.toASCIIString(),
                place.resolve("feed.xml").toASCIIString(),
                issues.isEmpty() ? atom(Instant.EPOCH) : atom(issues.get(0).date()),
                issues.stream().map(issue -> entry(newsletter, issue)).toList());
        return engine.process(file, shelf, newsletter.language(), newsletter.zone());
    }

    private static Shelf.Entry entry(Newsletter newsletter, Listed listed) {
        ZonedDateTime date = listed.date().atZone(newsletter.zone());
        Issue issue = listed.issue();
        return new Shelf.Entry(
                listed.id().value(),
                newsletter.page(listed.id()).toASCIIString(),
                Prose.line(listed.subject()),
                atom(listed.date()),
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(newsletter.language())
                        .format(date),
                date.getYear(),
                listed.items(),
                issue == null ? null : Paginator.web(newsletter, issue));
    }

    private static String atom(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
