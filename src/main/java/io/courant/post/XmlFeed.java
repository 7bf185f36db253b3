package io.courant.post;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0 (RFC 4287), and what Dublin Core, the content module, iTunes and Atom
 * add to RSS.
 */
final class XmlFeed {
    /** As in {@code ada@example.org (Ada)}, which RSS asks for, {@code Ada (ada@example.org)} and {@code Ada <…>}. */
    private static final Pattern ADDRESS_AND_NAME = Pattern.compile("\\S+@\\S+ \\((.+)\\)");

    private static final Pattern NAME_AND_ADDRESS = Pattern.compile("(.+?) [(<]\\S+@\\S+[)>]");

    private final FeedElement root;
    private final FeedElement channel;
    private final @Nullable URI uri;

    private XmlFeed(FeedElement root, FeedElement channel, @Nullable URI uri) {
        this.root = root;
        this.channel = channel;
        this.uri = uri;
    }

    /** @param uri where it came from; relative links start there */
    static Feed parse(String where, String xml, @Nullable URI uri) {
        FeedElement root = FeedXml.parse(where, xml);
        return switch (root.name()) {
            case "feed" -> new XmlFeed(root, root, uri).feed("entry");
            case "rss", "rdf" -> new XmlFeed(root, root.child("channel").orElse(root), uri).feed("item");
            default ->
                throw new PostException(
                        where, "is neither RSS, Atom nor JSON Feed (it is <" + root.name() + ">); check the address");
        };
    }

    private Feed feed(String entry) {
        List<FeedElement> entries = new ArrayList<>(channel.children(entry));
        if (!channel.equals(root)) {
            entries.addAll(root.children(entry)); // RSS 1.0 has them beside the channel
        }
        URI link = link(channel).orElse(null);
        String author = author(channel).orElse(null);
        return new Feed(
                title(channel),
                link,
                channel.text("language", "dc:language")
                        .or(channel::language)
                        .map(TitleLine::oneLine)
                        .filter(language -> !Blank.is(language))
                        .orElse(null),
                entries.stream().map(one -> entry(one, author, link)).toList());
    }

    private Feed.Entry entry(FeedElement entry, @Nullable String feedAuthor, @Nullable URI home) {
        URI link = link(entry).orElse(null);
        String title = title(entry);
        return new Feed.Entry(
                FeedForm.id(id(entry), link, title),
                link,
                title,
                author(entry).orElse(feedAuthor),
                date(
                                entry,
                                "published",
                                "pubdate",
                                "atom:published",
                                "issued",
                                "dc:date",
                                "dcterms:issued",
                                "created",
                                "dcterms:created")
                        .orElse(null),
                date(entry, "updated", "modified", "atom:updated", "dcterms:modified", "dc:modified")
                        .orElse(null),
                categories(entry),
                body(entry, title, link != null ? link : home));
    }

    private @Nullable String id(FeedElement entry) {
        return entry.text("guid", "id", "atom:id", "dc:identifier")
                .or(() -> Optional.of(entry.attribute("rdf:about")))
                .filter(id -> !id.isEmpty())
                .orElse(null);
    }

    /** A page to read it on; an enclosure or the feed itself is none. */
    private Optional<URI> link(FeedElement of) {
        Stream<String> elements = of.children("link").stream()
                .filter(link -> !link.element().hasAttr("href"))
                .map(FeedElement::text);
        String written = elements.filter(text -> !Blank.is(text))
                .reduce((first, last) -> last)
                .orElse("");
        return Links.web(written, of.base(uri))
                .or(() -> alternate(of, "link"))
                .or(() -> alternate(of, "atom:link"))
                .or(() -> of.child("guid")
                        .filter(guid -> !guid.word("isPermaLink").equals("false"))
                        .flatMap(guid -> Links.web(guid.text(), null)))
                .or(() -> of.equals(channel) ? Optional.empty() : of.text("id").flatMap(id -> Links.web(id, null)));
    }

    /** RFC 4287 §4.2.7.2: a link without rel is an alternate; of several, the one that is HTML. */
    private Optional<URI> alternate(FeedElement of, String name) {
        List<FeedElement> links = of.children(name).stream()
                .filter(link -> link.word("rel").isEmpty() || link.word("rel").equals("alternate"))
                .toList();
        return Stream.concat(links.stream().filter(link -> link.word("type").contains("html")), links.stream())
                .flatMap(link -> Links.web(link.attribute("href"), link.base(uri)).stream())
                .findFirst();
    }

    private String title(FeedElement of) {
        return Stream.of("title", "atom:title", "dc:title", "itunes:title")
                .flatMap(name -> of.child(name).stream())
                .map(title -> FeedForm.title(type(title), value(title)))
                .filter(title -> !title.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Optional<String> author(FeedElement of) {
        return Stream.of("author", "dc:creator", "atom:author", "itunes:author", "managingeditor")
                .flatMap(name -> of.children(name).stream())
                .map(XmlFeed::name)
                .filter(name -> !Blank.is(name))
                .findFirst();
    }

    private static String name(FeedElement person) {
        String name = person.hasMarkup()
                ? person.text("name", "atom:name", "email", "atom:email")
                        .orElse(person.element().text())
                : person.text();
        String line = TitleLine.oneLine(name);
        Matcher second = ADDRESS_AND_NAME.matcher(line);
        Matcher first = NAME_AND_ADDRESS.matcher(line);
        return (second.matches() ? second.group(1) : first.matches() ? first.group(1) : line).strip();
    }

    private static Optional<Instant> date(FeedElement entry, String... names) {
        return Stream.of(names)
                .flatMap(name -> entry.text(name).stream())
                .flatMap(text -> Dates.ofFeed(text).stream())
                .findFirst();
    }

    private static List<String> categories(FeedElement entry) {
        Set<String> categories = new LinkedHashSet<>();
        for (String name : List.of("category", "dc:subject", "atom:category")) {
            for (FeedElement category : entry.children(name)) {
                String term = Stream.of(category.attribute("label"), category.attribute("term"), category.text())
                        .filter(text -> !Blank.is(text))
                        .findFirst()
                        .orElse("");
                categories.add(FeedForm.title("", term));
            }
        }
        categories.remove("");
        return List.copyOf(categories);
    }

    /** The longest that the entry gives: its content, else its summary. */
    private Body body(FeedElement entry, String title, @Nullable URI page) {
        return Stream.of(
                        "content:encoded",
                        "content",
                        "atom:content",
                        "xhtml:body",
                        "xhtml:div",
                        "description",
                        "summary",
                        "atom:summary",
                        "itunes:summary",
                        "dc:description",
                        "media:description")
                .flatMap(name -> entry.child(name).stream())
                .map(content -> {
                    URI base = content.base(uri);
                    boolean says = content.element().closest("[xml:base]") != null;
                    return FeedForm.body(type(content), value(content), title, says || page == null ? base : page);
                })
                .filter(body -> !Blank.is(body.content()))
                .findFirst()
                .orElse(FeedForm.NO_BODY);
    }

    /** Of a text: {@code text}, {@code xhtml}, something with {@code html} in it, or nothing where nobody said. */
    private String type(FeedElement text) {
        String type = text.word("type");
        if (text.hasMarkup()) {
            return "xhtml";
        }
        boolean atom = text.name().startsWith("atom:") || root.name().equals("feed");
        boolean old = text.element().hasAttr("mode") || root.word("version").equals("0.3"); // 0.3 was not so strict
        return type.isEmpty() && atom && !old ? "text" : type.contains("base64") ? "" : type;
    }

    /** Its value: RFC 4287 §4.1.3.3 has anything that is no text in Base64, Atom 0.3 what says so. */
    private static String value(FeedElement text) {
        String value = text.text();
        String type = text.word("type");
        boolean encoded = text.word("mode").equals("base64")
                || (type.contains("/")
                        && !type.startsWith("text/")
                        && !type.contains("xml")
                        && !type.contains("json")
                        && !type.contains("html"));
        if (!encoded || text.hasMarkup()) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getMimeDecoder().decode(value)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException neitherBase64NorText) {
            return value;
        }
    }
}
