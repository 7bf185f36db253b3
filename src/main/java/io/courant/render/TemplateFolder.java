package io.courant.render;

import freemarker.cache.TemplateLoader;
import io.courant.words.Phrasebook;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The editors' folder of templates, and the only reader of it. A template is a subfolder with {@code subject.ftl},
 * {@code html.ftlh} and {@code text.ftl}; {@code shared/} holds macros for all of them, {@code words/} their fixed words
 * by language, {@code archive/} the list of issues on the web and its feed, {@code pages/} the subscribers' pages,
 * {@code mails/} the mails that belong to no issue. Nothing outside the folder can be read through it, whether by
 * {@code ..}, by an absolute name or by a symbolic link. It may lie in a zip file system.
 */
public final class TemplateFolder {
    static final String SUBJECT = "subject.ftl";
    static final String HTML = "html.ftlh";
    static final String TEXT = "text.ftl";
    private static final List<String> FILES = List.of(SUBJECT, HTML, TEXT);
    static final String INDEX = "archive/index.ftlh";
    static final String FEED = "archive/feed.ftlx";
    static final String MAILS = "mails";
    private static final Set<String> NO_TEMPLATES = Set.of("shared", "words", "archive", "pages", MAILS);
    private static final String WORDS = ".properties";
    private static final List<String> ENDINGS = List.of(".ftl", ".ftlh", ".ftlx", WORDS);

    private final Path root;

    /** Opens the folder. Files are read when they are needed, so an editor's change shows in the next rendering. */
    public TemplateFolder(Path folder) {
        try {
            root = folder.toRealPath();
        } catch (IOException e) {
            throw new TemplateError("template folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
        if (!Files.isDirectory(root)) {
            throw new TemplateError("template folder " + folder + " is not a folder");
        }
    }

    /** The templates in the folder, in alphabetical order. */
    public List<String> names() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(TemplateFolder::lastName)
                    .filter(name -> !NO_TEMPLATES.contains(name) && !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a template of this name. */
    public boolean has(String name) {
        return names().contains(name);
    }

    /** Refuses a template that is not there or lacks one of its files. */
    void require(String name) {
        if (!has(name)) {
            throw new TemplateError("template '" + name + "' not found in " + shown("") + Nearest.hint(name, names()));
        }
        requireFiles(name, "a template needs");
    }

    /** Refuses a folder that lacks what mails are made with that belong to no issue. */
    void requireMails() {
        requireFiles(MAILS, "the mails that ask for a confirmation need");
    }

    private void requireFiles(String name, String who) {
        for (String file : FILES) {
            if (locate(name + "/" + file) == null) {
                throw new TemplateError(shown(name + "/" + file) + " is missing: " + who + " "
                        + String.join(", ", FILES.subList(0, FILES.size() - 1)) + " and "
                        + FILES.get(FILES.size() - 1));
            }
        }
    }

    /** Refuses a folder that lacks what the archive is made with. */
    void requireArchive() {
        for (String file : List.of(INDEX, FEED)) {
            if (locate(file) == null) {
                throw new TemplateError(shown(file) + " is missing: the archive is made with it");
            }
        }
    }

    /** Refuses a folder that lacks one of the subscribers' pages. */
    void requirePage(String file) {
        if (locate(file) == null) {
            throw new TemplateError(shown(file) + " is missing: copy the folder pages/ from the templates that come"
                    + " with Courant");
        }
    }

    /** A file of the folder as messages name it. */
    String shown(String file) {
        return lastName(root) + "/" + file;
    }

    /** One line of a file; empty when there is no such line. */
    String line(String file, int number) {
        Path path = locate(file);
        if (path == null) {
            return "";
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.skip(Math.max(0, number - 1)).findFirst().orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    /** The fixed words in a language. */
    record Words(String file, Phrasebook book) {}

    /** The languages that there are words in, in alphabetical order of their tags. */
    public List<Locale> languages() {
        try (Stream<Path> files = Files.list(root.resolve("words"))) {
            return files.map(TemplateFolder::lastName)
                    .filter(name -> name.endsWith(WORDS))
                    .sorted()
                    .map(name -> Locale.forLanguageTag(name.substring(0, name.length() - WORDS.length())))
                    .toList();
        } catch (IOException e) {
            return List.of(); // templates may do without
        }
    }

    /** Whether there are words in this language; if not, templates speak English. */
    public boolean speaks(Locale language) {
        return spoken(language).isPresent();
    }

    /** The language that there are words in for this one: the very tag, else without region and the like. */
    public Optional<Locale> spoken(Locale language) {
        List<Locale> languages = languages();
        return tags(language).stream()
                .map(Locale::forLanguageTag)
                .filter(languages::contains)
                .findFirst();
    }

    /**
     * The fixed words for a key, with what is said in them, as {@code say} gives them to a template.
     *
     * @throws TemplateError if there are none
     */
    public String say(Locale language, String key, Object... said) {
        Words words = words(language);
        try {
            return words.book().say(key, said);
        } catch (NoSuchElementException e) {
            throw new TemplateError(
                    words.file() + " has no words for '" + key + "'"
                            + Nearest.hint(key, words.book().keys()),
                    e);
        }
    }

    /** The words for a language: those of the very tag, else of the language, else English. */
    Words words(Locale language) {
        List<String> tags = new ArrayList<>(tags(language));
        tags.add("en");
        for (String tag : tags) {
            Path path = locate("words/" + tag + WORDS);
            if (path != null) {
                String shown = shown("words/" + tag + WORDS);
                try (Reader reader = new StringReader(Files.readString(path))) {
                    return new Words(shown, Phrasebook.read(Locale.forLanguageTag(tag), reader));
                } catch (CharacterCodingException e) {
                    throw new TemplateError(shown + " is not UTF-8 text; save it as UTF-8", e);
                } catch (IOException | IllegalArgumentException e) {
                    throw new TemplateError(shown + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
        throw new TemplateError(shown("words/en" + WORDS) + " not found; say(…) takes its words from there");
    }

    private static List<String> tags(Locale language) {
        return List.of(language.toLanguageTag(), language.getLanguage());
    }

    TemplateLoader loader() {
        return new Loader();
    }

    private @Nullable Path locate(String file) {
        if (ENDINGS.stream().noneMatch(file::endsWith)) {
            return null;
        }
        try {
            // The real path is compared, so that neither ".." nor a symbolic link leads out of the folder.
            Path real = root.resolve(file).toRealPath();
            return real.startsWith(root) && Files.isRegularFile(real) ? real : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static String lastName(Path path) {
        Path last = path.getFileName();
        return last == null ? "templates" : last.toString().replace("/", "");
    }

    private final class Loader implements TemplateLoader {
        @Override
        public @Nullable Object findTemplateSource(String name) {
            return locate(name);
        }

        @Override
        public long getLastModified(Object source) {
            try {
                return Files.getLastModifiedTime((Path) source).toMillis();
            } catch (IOException e) {
                return -1;
            }
        }

        @Override
        public Reader getReader(Object source, String encoding) throws IOException {
            try {
                return new StringReader(Files.readString((Path) source));
            } catch (CharacterCodingException e) {
                throw new IOException(
                        shown(root.relativize((Path) source).toString()) + " is not UTF-8 text; save it as UTF-8", e);
            }
        }

        @Override
        public void closeTemplateSource(Object source) {
            // A path holds nothing open.
        }
    }
}
