package io.courant.post;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads an export of WordPress, its eXtended RSS 1.0 to 1.2, of any size: an item is in memory at a time, and of an
 * item only what a post is made of. Published posts come out; drafts, private posts, posts behind a password, pages,
 * attachments and everything else stay inside.
 */
final class WxrExport {
    private static final String NAMESPACE = "http://wordpress.org/export/";
    private static final int HEAD = 16 * 1024; // a long comment stands before the namespaces
    private static final int CHUNK = 64 * 1024;
    private static final int LARGEST_REST = 1024 * 1024;

    /** What is kept of an item. */
    private static final Set<String> FIELDS = Set.of(
            "title",
            "link",
            "guid",
            "pubDate",
            "dc:creator",
            "content:encoded",
            "excerpt:encoded",
            "wp:post_type",
            "wp:status",
            "wp:post_password",
            "wp:post_date",
            "wp:post_date_gmt",
            "wp:post_modified",
            "wp:post_modified_gmt");

    private final String where;
    private final Consumer<Feed.Entry> whenRead;
    private final WxrText text;
    private final XMLStreamReader xml;
    private final Map<String, String> channel = new HashMap<>();
    private final Map<String, String> authors = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int posts;
    private int leftOut;

    private WxrExport(String where, WxrText text, Consumer<Feed.Entry> whenRead) throws XMLStreamException {
        this.where = where;
        this.whenRead = whenRead;
        this.text = text;
        this.xml = factory().createXMLStreamReader(text);
    }

    /**
     * What was in an export.
     *
     * @param posts how many were handed over
     * @param leftOut how many items are no published posts
     * @param problems posts that could not be read
     */
    record Summary(
            String title,
            @Nullable URI link,
            @Nullable String language,
            int posts,
            int leftOut,
            List<Problem> problems) {
        Summary {
            problems = List.copyOf(problems);
        }
    }

    /** Whether a file begins like an export. */
    static boolean isWxr(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return isWxr(in.readNBytes(HEAD));
        }
    }

    /** The same of the first bytes of a file. */
    static boolean isWxr(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, HEAD), Decoding.xmlCharset(head));
        return text.contains("<rss") && text.contains(NAMESPACE);
    }

    /**
     * Reads an export and hands over each published post as soon as it was read.
     *
     * @throws PostException if the export ends too early or is no XML, after everything before was handed over
     */
    static Summary read(String where, InputStream in, Consumer<Feed.Entry> whenRead) {
        try {
            BufferedInputStream bytes = new BufferedInputStream(in, CHUNK);
            bytes.mark(HEAD);
            byte[] head = bytes.readNBytes(HEAD);
            bytes.reset();
            var reader = new BufferedReader(new InputStreamReader(bytes, Decoding.xmlCharset(head)), CHUNK);
            int lines = skipToMarkup(reader);
            return read(where, new WxrText(reader), lines, whenRead);
        } catch (IOException cause) {
            throw PostReader.unreadable(where, cause);
        }
    }

    private static Summary read(String where, WxrText text, int skipped, Consumer<Feed.Entry> whenRead) {
        WxrExport export = null;
        try {
            export = new WxrExport(where, text, whenRead);
            export.document();
            return export.summary();
        } catch (XMLStreamException broken) {
            int line = skipped
                    + (broken.getLocation() == null
                            ? 1
                            : Math.max(1, broken.getLocation().getLineNumber()));
            String before =
                    export == null || export.posts == 0 ? "" : "; the posts before it (" + export.posts + ") were read";
            throw new PostException(where + ":" + line, why(broken, text) + before);
        }
    }

    private static String why(XMLStreamException broken, WxrText text) {
        if (broken.getNestedException() instanceof WxrText.TooLarge) {
            return "something here is larger than 40 MB; take it out of the file or export less at once";
        }
        if (broken.getNestedException() instanceof IOException cause) {
            return "cannot be read any further (" + cause + "); check the disk and the file";
        }
        if (text.isEnded()) {
            return "the export ends too early, as if the download was cut off; export again from WordPress,"
                    + " one year at a time if it is large";
        }
        String message = String.valueOf(broken.getMessage()).replaceFirst("(?s)^.*?Message: ", "");
        return "is not well-formed XML (" + TitleLine.oneLine(message) + "); mend this line or export again";
    }

    /** What some sites print before the export, blank lines above all, is not XML. */
    private static int skipToMarkup(BufferedReader reader) throws IOException {
        int lines = 0;
        reader.mark(1);
        int c;
        while ((c = reader.read()) >= 0 && c != '<') {
            lines += c == '\n' ? 1 : 0;
            reader.mark(1);
        }
        reader.reset();
        return lines;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // Exports always write the same prefixes, and fields of plug-ins sometimes have one that nobody declared.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty("jdk.xml.cdataChunkSize", CHUNK);
        return factory;
    }

    private Summary summary() {
        String language = TitleLine.oneLine(channel.getOrDefault("language", ""));
        return new Summary(
                FeedForm.title("", channel.get("title")),
                home(),
                language.isEmpty() ? null : language,
                posts,
                leftOut,
                problems);
    }

    private @Nullable URI home() {
        return Stream.of("link", "wp:base_blog_url", "wp:base_site_url")
                .flatMap(name -> Links.web(channel.get(name), null).stream())
                .findFirst()
                .orElse(null);
    }

    private int next() throws XMLStreamException {
        int event = xml.next();
        text.progress();
        return event;
    }

    private void document() throws XMLStreamException {
        int depth = 0;
        while (xml.hasNext()) {
            int event = next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT && depth < 2) {
                depth++;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                inChannel(name());
            }
        }
    }

    private String name() {
        return xml.getLocalName();
    }

    private void inChannel(String name) throws XMLStreamException {
        switch (name) {
            case "item" -> item();
            case "wp:author" -> author();
            case "title", "link", "language", "wp:base_blog_url", "wp:base_site_url" ->
                channel.putIfAbsent(name, new Field().read(PostReader.MAX_BYTES).strip());
            default -> new Field().read(0);
        }
    }

    private void author() throws XMLStreamException {
        Map<String, String> fields = new HashMap<>();
        while (next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                fields.put(name(), new Field().read(PostReader.MAX_BYTES));
            }
        }
        String shown = FeedForm.title("", fields.get("wp:author_display_name"));
        if (!shown.isEmpty()) {
            authors.put(fields.getOrDefault("wp:author_login", "").strip(), shown);
        }
    }

    private void item() throws XMLStreamException {
        int line = xml.getLocation().getLineNumber();
        Map<String, String> fields = new HashMap<>();
        Set<String> categories = new LinkedHashSet<>();
        int room = PostReader.MAX_BYTES;
        int rest = LARGEST_REST; // of its own, lest a large text hides that its post is a draft
        boolean tooLarge = false;
        while (next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String name = name();
            boolean category = name.equals("category") && isTerm();
            if (!category && !FIELDS.contains(name)) {
                new Field().read(0);
                continue;
            }
            boolean encoded = name.endsWith(":encoded");
            Field field = new Field();
            String value = field.read(encoded ? room : rest);
            tooLarge |= field.cut;
            room -= encoded ? value.length() : 0;
            rest -= encoded ? 0 : value.length();
            if (category) {
                categories.add(FeedForm.title("", value));
            } else {
                fields.put(name, value);
            }
        }
        categories.remove("");
        if (!isPublished(fields)) {
            leftOut++;
        } else if (tooLarge) {
            String title = FeedForm.title("", fields.get("title"));
            problems.add(new Problem(
                    where + ":" + line,
                    "post '" + title + "' is larger than 10 MB, perhaps with pictures inside its text; shorten it"));
        } else {
            posts++;
            whenRead.accept(entry(fields, List.copyOf(categories)));
        }
    }

    /** Categories and tags; version 1.0 also had {@code tag}, or no domain, in their place. */
    private boolean isTerm() {
        String domain = xml.getAttributeValue(null, "domain");
        return domain == null || Set.of("category", "post_tag", "tag").contains(domain);
    }

    private static boolean isPublished(Map<String, String> fields) {
        return fields.getOrDefault("wp:post_type", "").strip().equals("post")
                && fields.getOrDefault("wp:status", "").strip().equals("publish")
                && fields.getOrDefault("wp:post_password", "").isEmpty();
    }

    private Feed.Entry entry(Map<String, String> fields, List<String> categories) {
        String title = FeedForm.title("", fields.get("title"));
        URI link = Links.web(fields.get("link"), home()).orElse(null);
        String creator = fields.getOrDefault("dc:creator", "").strip();
        String author = authors.getOrDefault(creator, FeedForm.title("", creator));
        return new Feed.Entry(
                FeedForm.id(fields.get("guid"), link, title),
                link,
                title,
                author.isEmpty() ? null : author,
                date(fields, "wp:post_date_gmt", "pubDate", "wp:post_date"),
                date(fields, "wp:post_modified_gmt", "wp:post_modified"),
                categories,
                body(fields, title, link));
    }

    /** The first that is a date: WordPress writes zeros for none. */
    private static @Nullable Instant date(Map<String, String> fields, String... names) {
        return Stream.of(names)
                .flatMap(name -> Dates.ofFeed(fields.getOrDefault(name, "")).stream())
                .findFirst()
                .orElse(null);
    }

    private Body body(Map<String, String> fields, String title, @Nullable URI link) {
        return Stream.of("content:encoded", "excerpt:encoded")
                .map(name -> ClassicEditor.html(fields.getOrDefault(name, "")))
                .filter(html -> !Blank.is(html))
                .map(html -> FeedForm.body("html", html, title, link == null ? home() : link))
                .filter(body -> !Blank.is(body.content()))
                .findFirst()
                .orElse(FeedForm.NO_BODY);
    }

    /** The text of an element; elements within it are passed over. */
    private final class Field {
        private boolean cut;

        /** Reads to the element's end and gives no more than so many characters of it. */
        String read(int room) throws XMLStreamException {
            StringBuilder value = new StringBuilder();
            int depth = 1;
            while (depth > 0) {
                switch (next()) {
                    case XMLStreamConstants.START_ELEMENT -> depth++;
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        int left = room - value.length();
                        cut |= xml.getTextLength() > left;
                        value.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(left, xml.getTextLength()));
                    }
                    case XMLStreamConstants.ENTITY_REFERENCE -> { // one of HTML's: no other is declared
                        String character = Parser.unescapeEntities("&" + xml.getLocalName() + ";", false);
                        cut |= character.length() > room - value.length();
                        value.append(cut ? "" : character);
                    }
                    default -> {}
                }
            }
            return value.toString();
        }
    }
}
