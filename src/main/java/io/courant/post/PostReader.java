package io.courant.post;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads posts from sources. One look gives all that could be read and says of the rest where it lies and what is wrong
 * with it; nothing is kept between looks. Folders may lie in a zip file system.
 */
public final class PostReader implements AutoCloseable {
    /** The largest post or feed that is read. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    private final FeedForm feeds;
    private final Web web;

    /** @param clock dates the posts whose feed gives no date */
    public PostReader(InstantSource clock) {
        this(FetchPolicy.DEFAULT, clock);
    }

    /** @param clock dates the posts whose feed gives no date */
    public PostReader(FetchPolicy policy, InstantSource clock) {
        this.feeds = new FeedForm(clock);
        this.web = new Web(policy, clock);
    }

    /** Lets go of connections; only files can be read afterwards. */
    @Override
    public void close() {
        web.close();
    }

    /** Everything that a source holds now, in a fixed order: files by path, entries as the feed has them. */
    public Reading read(Source source) {
        try {
            Source.Location location = source.location();
            if (location instanceof Source.Folder folder) {
                return folder(source.key(), folder.path());
            }
            if (location instanceof Source.FeedFile feed) {
                return feeds.posts(source.key(), feed.path().toString(), feed(feed.path()));
            }
            WebAnswer.Content content = content(((Source.FeedUri) location).uri());
            return feeds.posts(source.key(), content.uri().toString(), feed(content));
        } catch (PostException unreadable) {
            return new Reading(List.of(), List.of(unreadable.problem()));
        }
    }

    /**
     * A feed in a file.
     *
     * @throws PostException if it cannot be read as a feed
     */
    public Feed feed(Path file) {
        String where = file.toString();
        return FeedForm.read(where, bytes(file, where), null, null);
    }

    /**
     * A feed behind http or https, or the one that a web page there links to.
     *
     * @throws PostException if it cannot be fetched or read as a feed
     */
    public Feed feed(URI uri) {
        return feed(content(uri));
    }

    private WebAnswer.Content content(URI uri) {
        WebAnswer.Content found = fetch(uri);
        if (!FeedLinks.isPage(found.bytes(), found.contentType())) {
            return found;
        }
        URI feed = FeedLinks.best(found.bytes(), found.contentType(), found.uri())
                .orElseThrow(() -> new PostException(
                        WebAddress.shown(uri),
                        "is a web page without a link to a feed; look in it for the address of its RSS or Atom feed, or"
                                + " ask its owner for one"));
        return fetch(feed);
    }

    private WebAnswer.Content fetch(URI uri) {
        WebAnswer answer = web.get(uri, Validators.NONE);
        if (answer instanceof WebAnswer.Content content) {
            return content;
        }
        String problem = answer instanceof WebAnswer.Failed failed ? failed.problem() : WebTrouble.of(410);
        throw new PostException(WebAddress.shown(uri), problem);
    }

    private static Feed feed(WebAnswer.Content content) {
        return FeedForm.read(content.uri().toString(), content.bytes(), content.contentType(), content.uri());
    }

    /**
     * One post from a file, outside of any source; the file's name is its id.
     *
     * @throws PostException if the file cannot be read as a post
     */
    public Post read(Path file) {
        Path name = file.getFileName();
        if (Files.isDirectory(file) || name == null) {
            throw new PostException(file.toString(), "is a folder; name a file in it");
        }
        String where = file.toString();
        if (!Form.isPost(name.toString()) && Files.exists(file)) {
            throw new PostException(where, "is no post by its name (expected .txt, .md, .markdown, .html or .htm)");
        }
        return post(where, name.toString(), where, file);
    }

    private Reading folder(String source, Path folder) {
        if (!Files.isDirectory(folder)) {
            String what =
                    Files.exists(folder) ? "is not a folder; name a folder of posts" : "no such folder; create it";
            throw new PostException(folder.toString(), what + ", or correct the source in the job file");
        }
        List<Post> posts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        files(folder, problems).forEach((relative, file) -> {
            try {
                Post post = post(source, relative, file.toString(), file);
                String other = seen.putIfAbsent(post.id(), relative);
                if (other != null) {
                    throw new PostException(
                            file.toString(), "has the same id as " + other + "; give it one of its own");
                }
                posts.add(post);
            } catch (PostException unreadable) {
                problems.add(unreadable.problem());
            }
        });
        return new Reading(posts, problems);
    }

    /** The post files of a folder by their relative path, which has slashes on every system. */
    private static Map<String, Path> files(Path folder, List<Problem> problems) {
        Map<String, Path> files = new TreeMap<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return !directory.equals(folder) && isHidden(directory)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!isHidden(file) && Form.isPost(file.toString()) && !Files.isDirectory(file)) {
                        files.put(folder.relativize(file).toString().replace('\\', '/'), file);
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

    private static Post post(String source, String id, String where, Path file) {
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
        return complete(draft, source, id, file, where);
    }

    private static Post complete(Draft draft, String source, String id, Path file, String where) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.lastIndexOf('.'));
        String title = draft.title();
        Instant published = draft.published();
        return new Post(
                source,
                draft.id() == null ? id : draft.id(),
                draft.link(),
                title == null || Blank.is(title) ? TitleLine.ofFileName(stem) : title,
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

    private static byte[] bytes(Path file, String where) {
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

    private static PostException unreadable(String where, IOException cause) {
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
