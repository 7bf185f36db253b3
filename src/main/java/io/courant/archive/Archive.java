package io.courant.archive;

import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.render.ArchivePages;
import io.courant.render.ArchivePages.Listed;
import io.courant.render.Renderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A newsletter's issues that went out or are about to, for everybody to see at {@link Newsletter#archive()}: a list, a
 * feed, and a page for each. They are made when asked for, or written as static files: {@code index.html}, {@code
 * feed.xml} and {@code ISSUE/index.html}. Each file is replaced as a whole and only if it has changed. The page of an issue that was given up before anybody can have got it is taken away;
 * nothing else is deleted.
 */
public final class Archive {
    /** A feed holds the newest; whoever wants more finds it on the page. */
    private static final int IN_FEED = 20;

    private final FrozenIssues issues;
    private final Renderer renderer;
    private final ArchivePages pages;

    public Archive(FrozenIssues issues, Renderer renderer, ArchivePages pages) {
        this.issues = issues;
        this.renderer = renderer;
        this.pages = pages;
    }

    /**
     * Writes all of a newsletter's archive.
     *
     * @return how many issues it holds
     */
    public int export(Newsletter newsletter, Path folder) {
        List<IssueId> published = issues.published(newsletter.name());
        issues.list(newsletter.name()).forEach(issue -> page(newsletter, issue, published.contains(issue), folder));
        writeLists(newsletter, published, folder);
        return published.size();
    }

    /** Brings an archive up to date with one issue, so that what its mail links to is there, and nothing else is. */
    public void update(Newsletter newsletter, IssueId issue, Path folder) {
        List<IssueId> published = issues.published(newsletter.name());
        page(newsletter, issue, published.contains(issue), folder);
        writeLists(newsletter, published, folder);
    }

    /** The newest issues, newest first, at most so many. */
    public List<Headline> newest(Newsletter newsletter, int most) {
        return issues.published(newsletter.name()).stream()
                .limit(most)
                .map(issue -> issues.headline(issue).orElseThrow())
                .toList();
    }

    /**
     * The page that lists all issues.
     *
     * @param place its web address, which ends in a slash
     */
    public String list(Newsletter newsletter, URI place) {
        List<IssueId> published = issues.published(newsletter.name());
        return pages.index(newsletter, place, listed(published, published.size(), 0));
    }

    /**
     * The feed of the newest issues.
     *
     * @param place web address of the page that lists all
     */
    public String feed(Newsletter newsletter, URI place) {
        return pages.feed(newsletter, place, listed(issues.published(newsletter.name()), IN_FEED, IN_FEED));
    }

    /** The page of an issue, if it is one that everybody may see. */
    public Optional<String> page(Newsletter newsletter, IssueId issue) {
        return issues.published(newsletter.name()).contains(issue)
                ? issues.issue(issue).map(found -> renderer.web(newsletter, found))
                : Optional.empty();
    }

    private void page(Newsletter newsletter, IssueId issue, boolean published, Path folder) {
        if (published) {
            writePage(newsletter, issue, folder);
        } else {
            takeAway(folder.resolve(issue.value()).resolve("index.html"));
        }
    }

    private void writePage(Newsletter newsletter, IssueId issue, Path folder) {
        issues.issue(issue)
                .ifPresent(found ->
                        write(folder.resolve(issue.value()).resolve("index.html"), renderer.web(newsletter, found)));
    }

    private void writeLists(Newsletter newsletter, List<IssueId> published, Path folder) {
        List<Listed> listed = listed(published, published.size(), IN_FEED);
        URI place = newsletter.archive();
        write(folder.resolve("index.html"), pages.index(newsletter, place, listed));
        write(
                folder.resolve("feed.xml"),
                pages.feed(newsletter, place, listed.subList(0, Math.min(IN_FEED, listed.size()))));
    }

    /** @param withItems how many of them, the newest, with all that is in them */
    private List<Listed> listed(List<IssueId> published, int most, int withItems) {
        return IntStream.range(0, Math.min(most, published.size()))
                .mapToObj(i -> listed(published.get(i), i < withItems))
                .toList();
    }

    private Listed listed(IssueId id, boolean withItems) {
        Headline headline = issues.headline(id).orElseThrow();
        return new Listed(
                id,
                headline.date(),
                headline.subject(),
                headline.items(),
                withItems ? issues.issue(id).orElseThrow() : null);
    }

    private static void takeAway(Path page) {
        try {
            Files.deleteIfExists(page);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the archive's page " + page + " cannot be taken away: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return;
            }
            Files.createDirectories(file.getParent());
            // a name of its own for each process, and the rights that the user gives to files
            Path draft = file.resolveSibling(
                    "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the archive's page " + file + " cannot be written: " + e.getMessage()
                            + "; check that its folder exists and is yours to write to",
                    e);
        }
    }
}
