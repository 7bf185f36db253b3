package io.courant.cli;

import io.courant.post.Feed;
import io.courant.post.FetchPolicy;
import io.courant.post.PostException;
import io.courant.post.PostReader;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what feeds hold: RSS and Atom of all versions, JSON Feed, exports of WordPress. Keeps nothing.",
            "Of a web page it shows the feed that the page links to.",
            "What cannot be read is named, and the others are shown all the same."
        },
        footer = {
            "",
            "Examples:",
            "  courant feed https://blog.example/feed.xml",
            "  courant feed saved/*.xml --json",
            "  courant feed http://localhost:8000/ --set fetch.private-hosts=localhost"
        })
final class FeedCommand extends Operation {
    private static final String PRIVATE_HOSTS = "fetch.private-hosts";

    @Parameters(arity = "1..*", paramLabel = "FILE|URL", description = "A file, or an address with http or https.")
    private List<String> feeds = List.of();

    FeedCommand(Program program) {
        super(program);
    }

    /** A feed, as {@code --json} shows it; scripts rely on these names. Of one that cannot be read, only the error. */
    record Shown(
            String feed,
            @Nullable String title,
            @Nullable String link,
            @Nullable String language,
            List<ShownPost> posts,
            @Nullable String error) {}

    /** An entry; times are in UTC. */
    record ShownPost(
            String id,
            @Nullable String link,
            String title,
            @Nullable String author,
            @Nullable String published,
            @Nullable String updated,
            List<String> categories,
            String html) {}

    @Override
    public Integer call() {
        Console console = console();
        List<Shown> shown = new ArrayList<>();
        try (PostReader reader = new PostReader(policy(), program().clock())) {
            feeds.forEach(feed -> shown.add(show(reader, feed)));
        }
        if (options().json()) {
            console.json(shown);
        } else {
            shown.forEach(feed -> print(console, feed));
        }
        return shown.stream().allMatch(feed -> feed.error() == null) ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** That of a job without a word about fetching, but for the hosts that {@code --set} names. */
    private FetchPolicy policy() {
        String hosts = options().settings().overrides().getOrDefault(PRIVATE_HOSTS, "");
        try {
            return FetchPolicy.DEFAULT.withPrivateHosts(Stream.of(hosts.split("[\\s,\\[\\]]+"))
                    .filter(host -> !host.isEmpty())
                    .collect(Collectors.toSet()));
        } catch (IllegalArgumentException e) {
            throw new Options.InvalidSetting("--set " + PRIVATE_HOSTS + ": " + e.getMessage());
        }
    }

    private static Shown show(PostReader reader, String name) {
        try {
            Feed feed =
                    name.matches("(?i)https?://.*") ? reader.feed(URI.create(name)) : PostReader.feed(Path.of(name));
            return new Shown(
                    name,
                    feed.title(),
                    text(feed.link()),
                    feed.language(),
                    feed.entries().stream().map(FeedCommand::show).toList(),
                    null);
        } catch (PostException e) {
            return new Shown(name, null, null, null, List.of(), e.getMessage());
        } catch (InvalidPathException e) {
            return new Shown(name, null, null, null, List.of(), name + ": is no file's name; check the path");
        } catch (IllegalArgumentException e) {
            return new Shown(name, null, null, null, List.of(), name + ": is no web address; check its spelling");
        }
    }

    private static ShownPost show(Feed.Entry entry) {
        return new ShownPost(
                entry.id(),
                text(entry.link()),
                entry.title(),
                entry.author(),
                text(entry.published()),
                text(entry.updated()),
                entry.categories(),
                entry.html());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : Objects.toString(value);
    }

    private static void print(Console console, Shown feed) {
        if (feed.error() != null) {
            console.problem(feed.error());
            return;
        }
        console.result(feed.feed() + ": " + feed.title() + ", "
                + Console.count(feed.posts().size(), "post"));
        for (ShownPost post : feed.posts()) {
            String published = post.published() == null ? "undated" : post.published();
            console.result("  %-20s  %s".formatted(published, post.title()));
        }
    }
}
