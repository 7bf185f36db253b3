package io.courant.post;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads posts from sources. One look gives all that could be read and says of the rest where it lies and what is wrong
 * with it; what is to be remembered between looks is handed in and back. Folders may lie in a zip file system. Many
 * threads may look at once.
 */
public final class PostReader implements AutoCloseable {
    /** The largest post or feed that is read. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    private final FetchPolicy policy;
    private final Web web;

    /**
     * @param policy how sources on the web are fetched
     * @param clock tells how far the moment is that a busy server names
     */
    public PostReader(FetchPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.web = new Web(policy, clock);
    }

    /**
     * Looks at a source: files by path, entries as the feed has them, in an order that is the same each time. A source
     * on the web is left alone while its state says so, and asked only for what has changed since.
     *
     * @param state what is remembered of it
     * @param whole whether to read it although it may not have changed, and although it was read just now
     * @param posts takes each post as it is read
     */
    public Look look(Source source, SourceState state, boolean whole, Instant now, Consumer<Post> posts) {
        Source.Location location = source.location();
        if (location instanceof Source.FeedUri feed) {
            return new FeedLook(web, policy, source, now, posts).look(feed.uri(), state, whole);
        }
        if (location instanceof Source.WordPressSite site) {
            return new FeedLook(web, policy, source, now, posts).wordPress(site.uri(), state, whole);
        }
        Counted counted = new Counted(posts);
        try {
            List<Problem> problems = read(source, location, counted);
            return new Look(
                    state.read(now, null, Validators.NONE, Duration.ZERO, counted.number), true, false, problems);
        } catch (PostException unreadable) {
            SourceState failed = state.failed(now, unreadable.problem().what(), null, false, Integer.MAX_VALUE);
            return new Look(failed, false, false, List.of(unreadable.problem()));
        }
    }

    private static List<Problem> read(Source source, Source.Location location, Consumer<Post> posts) {
        if (location instanceof Source.Folder folder) {
            return folder(source, folder.path(), posts);
        }
        Path file = ((Source.FeedFile) location).path();
        String where = file.toString();
        if (!isExport(file)) {
            return EntryPosts.of(source, where, feed(file), posts);
        }
        EntryPosts entries = new EntryPosts(source, where, posts);
        List<Problem> problems = new ArrayList<>(export(file, entries::add).problems());
        problems.addAll(entries.problems());
        return problems;
    }

    /** Counts what passes. */
    private static final class Counted implements Consumer<Post> {
        private final Consumer<Post> posts;
        private int number;

        Counted(Consumer<Post> posts) {
            this.posts = posts;
        }

        @Override
        public void accept(Post post) {
            number++;
            posts.accept(post);
        }
    }

    /**
     * A feed in a file.
     *
     * @throws PostException if it cannot be read as a feed
     */
    public static Feed feed(Path file) {
        String where = file.toString();
        if (!isExport(file)) {
            return FeedForm.read(where, bytes(file, where), null, null);
        }
        List<Feed.Entry> entries = new ArrayList<>();
        WxrExport.Summary export = export(file, entries::add);
        export.problems().stream().findFirst().ifPresent(problem -> {
            throw new PostException(problem);
        });
        return new Feed(export.title(), export.link(), export.language(), entries);
    }

    /** Whether a file is an export of WordPress, which may be larger than a feed. */
    private static boolean isExport(Path file) {
        try {
            return Files.isRegularFile(file) && WxrExport.isWxr(file);
        } catch (IOException cause) {
            throw unreadable(file.toString(), cause);
        }
    }

    private static WxrExport.Summary export(Path file, Consumer<Feed.Entry> whenRead) {
        try (InputStream in = Files.newInputStream(file)) {
            return WxrExport.read(file.toString(), in, whenRead);
        } catch (IOException cause) {
            throw unreadable(file.toString(), cause);
        }
    }

    /**
     * A feed behind http or https, or the one that a web page there links to.
     *
     * @throws PostException if it cannot be fetched or read as a feed
     */
    public Feed feed(URI uri) {
        WebAnswer answer = FeedLook.ask(web, uri, Validators.NONE);
        if (answer instanceof WebAnswer.Content content) {
            return FeedLook.feed(content);
        }
        String problem = answer instanceof WebAnswer.Failed failed ? failed.problem() : FeedLook.GONE;
        throw new PostException(WebAddress.shown(uri), problem);
    }

    /** Lets go of connections; only files can be read afterwards. */
    @Override
    public void close() {
        web.close();
    }

    /**
     * One post from a file, outside of any source; the file's name is its id.
     *
     * @throws PostException if the file cannot be read as a post
     */
    public static Post read(Path file) {
        Path name = file.getFileName();
        if (Files.isDirectory(file) || name == null) {
            throw new PostException(file.toString(), "is a folder; name a file in it");
        }
        String where = file.toString();
        if (!Form.isPost(name.toString()) && Files.exists(file)) {
            throw new PostException(where, "is no post by its name (expected .txt, .md, .markdown, .html or .htm)");
        }
        return post(Source.Identity.GUID, where, name.toString(), where, file);
    }

    private static List<Problem> folder(Source source, Path folder, Consumer<Post> posts) {
        if (!Files.isDirectory(folder)) {
            String what =
                    Files.exists(folder) ? "is not a folder; name a folder of posts" : "no such folder; create it";
            throw new PostException(folder.toString(), what + ", or correct the source in the job file");
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        files(folder, problems).forEach((relative, file) -> {
            try {
                Post post = post(source.terms().identity(), source.key(), relative, file.toString(), file);
                String other = seen.putIfAbsent(post.id(), relative);
                if (other != null) {
                    throw new PostException(
                            file.toString(), "has the same id as " + other + "; give it one of its own");
                }
                posts.accept(post);
            } catch (PostException unreadable) {
                problems.add(unreadable.problem());
            }
        });
        return problems;
    }

    /** The post files of a folder by their relative path, which has slashes on every system. */
    private static Map<String, Path> files(Path folder, List<Problem> problems) {
        Map<String, Path> files = new TreeMap<>();
        try {
            Path root = folder.toRealPath(); // the folder itself may be a link; links in it are not followed
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return !directory.equals(root) && isHidden(directory)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!isHidden(file) && Form.isPost(file.toString()) && !Files.isDirectory(file)) {
                        String relative = root.relativize(file).toString();
                        files.put(relative.replace('\\', '/'), folder.resolve(relative));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException cause) {
                    problems.add(unreadable(file.toString(), cause).problem());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException cause) {
            throw unreadable(folder.toString(), cause);
        }
        return files;
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private static Post post(Source.Identity identity, String source, String id, String where, Path file) {
        byte[] bytes = bytes(file, where);
        Form form = Form.of(id);
        String text = form == Form.HTML ? Decoding.html(bytes) : Decoding.text(bytes);
        if (text.indexOf('\0') >= 0) {
            throw new PostException(where, "is not text (it has NUL bytes); save it as UTF-8 text or remove it");
        }
        Draft draft = switch (form) {
            case TEXT -> TextForm.read(text);
            case MARKDOWN -> MarkdownForm.read(where, text);
            case HTML -> HtmlForm.read(text);
        };
        if (Blank.is(draft.body().content())) {
            throw new PostException(where, "is empty: nothing is left to read; write something or remove the file");
        }
        return complete(draft, identity, source, id, file, where);
    }

    private static Post complete(
            Draft draft, Source.Identity identity, String source, String id, Path file, String where) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.lastIndexOf('.'));
        String found = draft.title();
        String title = found == null || Blank.is(found) ? TitleLine.ofFileName(stem) : found;
        Instant published = draft.published();
        return new Post(
                source,
                identity.of(draft.id() == null ? id : draft.id(), draft.link(), title, draft.body()),
                draft.link(),
                title,
                draft.author(),
                published == null ? Dates.ofFileName(stem).orElseGet(() -> modified(file, where)) : published,
                draft.updated(),
                draft.language(),
                draft.categories(),
                draft.body());
    }

    private static Instant modified(Path file, String where) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException cause) {
            throw unreadable(where, cause);
        }
    }

    static byte[] bytes(Path file, String where) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new PostException(where, "is not a file; name the file itself");
        }
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new PostException(where, tooLarge(Files.size(file)));
            }
            return bytes;
        } catch (IOException cause) {
            throw unreadable(where, cause);
        }
    }

    static String tooLarge(@Nullable Long size) {
        String found = size == null ? "more than 10 MB" : String.format(Locale.ROOT, "%.1f MB", size / 1024.0 / 1024.0);
        return "is too large: " + found + " (at most 10 MB are read); shorten or split it";
    }

    static PostException unreadable(String where, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new PostException(where, "no such file; check the path");
        }
        if (cause instanceof AccessDeniedException) {
            return new PostException(where, "may not be read; give this user permission to read it");
        }
        return new PostException(where, "cannot be read (" + cause + "); check the disk and the file");
    }

    /** The forms of a post in a file, by its extension. */
    private enum Form {
        TEXT,
        MARKDOWN,
        HTML;

        static boolean isPost(String name) {
            return name.toLowerCase(Locale.ROOT).matches("(?s).*\\.(txt|md|markdown|html|htm)");
        }

        static Form of(String name) {
            String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return switch (extension) {
                case "txt" -> TEXT;
                case "md", "markdown" -> MARKDOWN;
                default -> HTML;
            };
        }
    }
}
