package io.courant.post;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndPerson;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Reads the entries of an RSS or Atom feed. */
final class FeedForm {
    private static final Pattern MARKUP =
            Pattern.compile("</?[a-zA-Z][^<>]{0,500}>|&(#\\d{1,7}|#x[0-9a-fA-F]{1,6}|\\w{2,31});");
    private static final Pattern RSS_AUTHOR = Pattern.compile("\\S+@\\S+ \\((.+)\\)");
    private static final int TITLE_WORDS = 10;

    private final InstantSource clock;

    FeedForm(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The posts of a feed.
     *
     * @param contentType header that came with it over HTTP
     * @param uri where it came from; relative links start there
     */
    Reading read(String source, String where, byte[] bytes, @Nullable String contentType, @Nullable URI uri) {
        if (bytes.length == 0) {
            throw new PostException(where, "is empty; check that this is a feed");
        }
        SyndFeed feed = FeedXml.parse(where, Decoding.xml(bytes, contentType));
        URI base = Links.web(feed.getLink(), uri).orElse(uri);
        List<Post> posts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int number = 0;
        for (SyndEntry entry : feed.getEntries()) {
            number++;
            try {
                posts.add(post(source, where + ", entry " + number, feed, entry, base));
            } catch (PostException unreadable) {
                problems.add(unreadable.problem());
            }
        }
        return new Reading(posts, problems);
    }

    private Post post(String source, String where, SyndFeed feed, SyndEntry entry, @Nullable URI base) {
        URI link = Links.web(entry.getLink(), base)
                .or(() -> Links.web(entry.getUri(), null))
                .orElse(null);
        String said = title(entry);
        Body body = body(entry, said, link == null ? base : link);
        if (Blank.is(body.content())) {
            throw new PostException(
                    where + (said.isEmpty() ? "" : " '" + said + "'"),
                    "is empty: nothing is left to read; the feed may give titles only");
        }
        String title = said.isEmpty() ? firstWords(body) : said;
        Instant updated = instant(entry.getUpdatedDate());
        Instant published = instant(entry.getPublishedDate());
        return new Post(
                source,
                Stream.of(entry.getUri(), link == null ? null : link.toString(), title)
                        .filter(id -> id != null && !Blank.is(id))
                        .map(TitleLine::oneLine)
                        .findFirst()
                        .orElse(title),
                link,
                title,
                author(entry, feed),
                published != null ? published : updated != null ? updated : clock.instant(),
                updated,
                feed.getLanguage() == null || Blank.is(feed.getLanguage())
                        ? null
                        : feed.getLanguage().strip(),
                entry.getCategories().stream()
                        .map(SyndCategory::getName)
                        .filter(Objects::nonNull)
                        .map(TitleLine::oneLine)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList(),
                body);
    }

    private static String title(SyndEntry entry) {
        SyndContent title = entry.getTitleEx();
        String text = title == null || title.getValue() == null ? entry.getTitle() : title.getValue();
        if (text == null) {
            return "";
        }
        String type =
                title == null || title.getType() == null ? "" : title.getType().toLowerCase(Locale.ROOT);
        boolean markup = type.contains("html") || MARKUP.matcher(text).find();
        String plain = !markup
                ? text
                : type.contains("html")
                        ? Jsoup.parseBodyFragment(text).text()
                        : Parser.unescapeEntities(
                                text.replaceAll("(?i)</?(b|i|em|strong|code|span|sup|sub|br)\\b[^<>]{0,99}>", ""),
                                false);
        return Blank.is(plain) ? "" : TitleLine.oneLine(plain);
    }

    /** The longest that the entry gives: its content, else its summary. */
    private static Body body(SyndEntry entry, String title, @Nullable URI base) {
        Stream<SyndContent> contents = entry.getContents().stream();
        Stream<SyndContent> given = Stream.concat(contents, Stream.ofNullable(entry.getDescription()));
        return given.filter(content -> content.getValue() != null && !Blank.is(content.getValue()))
                .map(content -> body(content, title, base))
                .filter(body -> !Blank.is(body.content()))
                .findFirst()
                .orElse(new Body(Body.Form.TEXT, ""));
    }

    private static Body body(SyndContent content, String title, @Nullable URI base) {
        String type = content.getType() == null ? "" : content.getType().toLowerCase(Locale.ROOT);
        String value = content.getValue();
        boolean plain = type.equals("text") || type.equals("text/plain");
        if (plain || (!type.contains("xhtml") && !MARKUP.matcher(value).find())) {
            return new Body(Body.Form.TEXT, TextForm.withoutFurniture(value));
        }
        Document fragment = Jsoup.parseBodyFragment(value, base == null ? "" : base.toString());
        return new Body(Body.Form.HTML, HtmlForm.body(MainContent.ofFragment(fragment), title));
    }

    private static String firstWords(Body body) {
        String text = body.form() == Body.Form.HTML
                ? Jsoup.parseBodyFragment(body.content()).text()
                : body.content();
        String start = TitleLine.oneLine(text.substring(0, Math.min(text.length(), 2 * TitleLine.LONGEST)));
        String[] words = start.split(" ");
        String title = String.join(" ", List.of(words).subList(0, Math.min(words.length, TITLE_WORDS)));
        int end = title.length() < TitleLine.LONGEST ? title.length() : title.offsetByCodePoints(0, 60);
        return title.substring(0, end) + (title.substring(0, end).equals(start) ? "" : "…");
    }

    private static @Nullable String author(SyndEntry entry, SyndFeed feed) {
        return Stream.of(
                        Stream.ofNullable(entry.getAuthor()),
                        entry.getAuthors().stream().map(SyndPerson::getName),
                        Stream.ofNullable(feed.getAuthor()),
                        feed.getAuthors().stream().map(SyndPerson::getName))
                .flatMap(names -> names)
                .filter(name -> name != null && !Blank.is(name))
                .map(TitleLine::oneLine)
                .map(name -> {
                    Matcher address = RSS_AUTHOR.matcher(name);
                    return address.matches() ? address.group(1) : name;
                })
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
