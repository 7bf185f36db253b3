package io.courant.post;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the posts of a WordPress site by its REST API, newest first, under the ids that the site's feed gives them.
 *
 * <p>What is new is asked for by the date of publication, since a post that was scheduled goes public without being
 * modified (WordPress ticket 26980): by the date of modification it would be missed. The price is that the edit of an old post is only seen
 * when the whole site is read again.
 */
final class WordPress {
    private static final int PER_PAGE = 100; // the most that WordPress gives
    static final int MAX_PAGES = 100;

    /**
     * How far before {@code since} posts are read once more: a scheduled post can appear later than it is dated, old
     * versions of WordPress compare with the site's local time, and edits of the first days are seen.
     */
    static final Duration OVERLAP = Duration.ofDays(7);

    private static final String POSTS = "wp/v2/posts";
    private static final String FIELDS =
            "id,guid,link,title,content,excerpt,date,date_gmt,modified_gmt,_links,_embedded";

    /** Where JSON may begin: PHP's warnings stand before it on sites that show them. */
    private static final Pattern START =
            Pattern.compile("\\[\\s{0,99}\\{\\s{0,99}\"|\\{\\s{0,99}\"|(?m:^)[ \\t]{0,99}\\[\\s{0,99}]");

    private static final int STARTS = 20;
    private static final Pattern PAGE = Pattern.compile("(?<=[?&])page=\\d+");
    private static final Pattern NEXT =
            Pattern.compile(";\\s*rel\\s*=\\s*\"?(?:[^\",;]*\\s)?next[\"\\s,;]?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> REFUSALS = Set.of("rest_forbidden", "rest_cannot_access", "rest_login_required");
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // nor is what plug-ins print after it
            .build();

    private final URI site;
    private final Function<URI, WebAnswer> get;

    private WordPress(URI site, Function<URI, WebAnswer> get) {
        this.site = root(site);
        this.get = get;
    }

    /** What a site says about itself; its API knows no language. */
    record Site(String name, @Nullable URI home) {}

    /**
     * The posts of a site, without its name, which would be another request.
     *
     * @param site its first page
     * @param since what was published {@link #OVERLAP} before and later is wanted; null for everything
     * @param get fetches unconditionally
     * @throws PostException if they cannot be read, or are too many
     */
    static Feed read(URI site, @Nullable Instant since, Function<URI, WebAnswer> get) {
        List<Feed.Entry> entries = new ArrayList<>();
        each(site, since, get, entries::add);
        return new Feed("", root(site), null, entries);
    }

    /** The same, handed over page by page, so that a site of any size fits into memory. */
    static void each(URI site, @Nullable Instant since, Function<URI, WebAnswer> get, Consumer<Feed.Entry> whenRead) {
        new WordPress(site, get)
                .pages(since == null ? null : since.minus(OVERLAP).truncatedTo(ChronoUnit.SECONDS), whenRead);
    }

    /** Asks for a site's name: one request. */
    static Site about(URI site, Function<URI, WebAnswer> get) {
        WordPress wordPress = new WordPress(site, get);
        JsonNode root = wordPress.first("", "_fields=name,home,url").json();
        return new Site(
                FeedForm.title("html", text(root.path("name"))),
                Links.web(text(root.path("home")), null)
                        .or(() -> Links.web(text(root.path("url")), null))
                        .orElse(null));
    }

    /** A site's address without what people copy with it: a final slash, its API's own address, a query. */
    private static URI root(URI site) {
        String address = site.toString().replaceFirst("[?#].*$", "");
        return URI.create(address.replaceFirst("/wp-json(/.*)?$", "").replaceFirst("/+$", ""));
    }

    private void pages(@Nullable Instant after, Consumer<Feed.Entry> whenRead) {
        String query = "per_page=" + PER_PAGE + "&page=1&orderby=date&order=desc"
                + (after == null ? "" : "&after=" + after)
                + "&_embed=author,wp:term&_fields=" + FIELDS;
        Set<String> seen = new HashSet<>(); // what is published meanwhile moves posts to the next page
        Page page = first(POSTS, query);
        refuseTooMany(page);
        for (int number = 2; ; number++) {
            List<JsonNode> posts = posts(page);
            for (JsonNode post : posts) {
                if (isReadable(post) && seen.add(text(post.path("id")))) {
                    whenRead.accept(entry(post));
                }
            }
            boolean passed = after != null
                    && !posts.isEmpty()
                    && published(posts.get(posts.size() - 1))
                            .filter(after::isAfter)
                            .isPresent();
            if (passed || posts.isEmpty() || !page.hasNext(number - 1, posts.size())) {
                return;
            }
            if (number > MAX_PAGES) {
                throw tooMany("more than " + MAX_PAGES * PER_PAGE + " posts");
            }
            Page next = next(page, number);
            if (next == null) {
                return;
            }
            page = next;
        }
    }

    private void refuseTooMany(Page first) {
        first.totalPages().filter(pages -> pages > MAX_PAGES).ifPresent(pages -> {
            throw tooMany(first.totalPosts().map(posts -> posts + " posts").orElse(pages + " pages of posts"));
        });
    }

    private PostException tooMany(String found) {
        return new PostException(
                site.toString(),
                "has " + found + ", and at most " + MAX_PAGES + " pages of " + PER_PAGE
                        + " are read; ask for the newer ones only, use its feed, " + site + "/feed/,"
                        + " or read an export of the site");
    }

    /** A JSON answer of the API. */
    private record Page(URI uri, JsonNode json, WebAnswer.Content content) {
        Optional<Long> totalPages() {
            return number("x-wp-totalpages");
        }

        Optional<Long> totalPosts() {
            return number("x-wp-total");
        }

        private Optional<Long> number(String header) {
            String value = content.headers().getOrDefault(header, "").strip();
            return value.matches("\\d{1,9}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
        }

        /** As WordPress says, else as RFC 8288 says, else because it is full: proxies drop headers. */
        boolean hasNext(int number, int posts) {
            Optional<Long> total = totalPages();
            if (total.isPresent()) {
                return number < total.get();
            }
            return NEXT.matcher(content.headers().getOrDefault("link", "")).find() || posts >= PER_PAGE;
        }
    }

    /** By the address that most sites have, else by the one that needs no permalinks. */
    private Page first(String route, String query) {
        URI pretty = URI.create(site + "/wp-json/" + route + "?" + query);
        WebAnswer answer = get.apply(pretty);
        Optional<Page> page = page(pretty, answer);
        if (page.isPresent()) {
            return page.get();
        }
        // Without permalinks there is nothing at that address, or the first page of the site.
        if (answer instanceof WebAnswer.Content || isMissing(answer)) {
            URI plain = URI.create(site + "/?rest_route=/" + route + "&" + query);
            WebAnswer second = get.apply(plain);
            return page(plain, second).orElseThrow(() -> failed(plain, second));
        }
        throw failed(pretty, answer);
    }

    private static boolean isMissing(WebAnswer answer) {
        return answer instanceof WebAnswer.Failed failed && failed.status() == 404;
    }

    private @Nullable Page next(Page last, int number) {
        // where the last page was found, lest each page is redirected anew
        String from = PAGE.matcher(last.content().uri().toString()).find()
                ? last.content().uri().toString()
                : last.uri().toString();
        URI uri = URI.create(PAGE.matcher(from).replaceFirst("page=" + number));
        WebAnswer answer = get.apply(uri);
        if (answer instanceof WebAnswer.Failed failed && failed.status() == 400) {
            return null; // rest_post_invalid_page_number: posts were removed meanwhile, or nobody said how many
        }
        Page page = page(uri, answer).orElseThrow(() -> failed(uri, answer));
        return text(page.json().path("code")).equals("rest_post_invalid_page_number") ? null : page;
    }

    private Optional<Page> page(URI uri, WebAnswer answer) {
        if (!(answer instanceof WebAnswer.Content content)) {
            return Optional.empty();
        }
        Optional<JsonNode> json = json(Decoding.text(content.bytes()));
        String code = json.map(node -> text(node.path("code"))).orElse("");
        if (REFUSALS.contains(code)) {
            throw closed(code);
        }
        return json.filter(node -> !code.equals("rest_no_route")).map(node -> new Page(uri, node, content));
    }

    private static Optional<JsonNode> json(String text) {
        Matcher start = START.matcher(text);
        Optional<JsonNode> json = Optional.empty();
        for (int tries = 0; json.isEmpty() && tries < STARTS && start.find(); tries++) {
            json = tree(text.substring(start.start()));
        }
        return json;
    }

    private static Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private PostException failed(URI uri, WebAnswer answer) {
        if (answer instanceof WebAnswer.Failed failed) {
            return switch (failed.status()) {
                case 401, 403 -> closed("the server answered " + failed.status());
                case 404 ->
                    new PostException(
                            site.toString(),
                            "has no WordPress REST API; check the address, or use the site's feed if it has one");
                default -> new PostException(uri.toString(), failed.problem());
            };
        }
        if (answer instanceof WebAnswer.Gone) {
            return new PostException(
                    uri.toString(), "is gone for good (410); remove the source or look for a new address");
        }
        if (answer instanceof WebAnswer.Unchanged) {
            return new PostException(
                    uri.toString(), "the server answered 304 to a question that was not conditional; try again later");
        }
        return new PostException(
                uri.toString(),
                "answered with something else than JSON, such as a web page; check that this is a WordPress site,"
                        + " or use its feed, " + site + "/feed/");
    }

    private PostException closed(String why) {
        return new PostException(
                site.toString(),
                "the site does not offer its REST API (" + why + "); use its feed, " + site + "/feed/");
    }

    private List<JsonNode> posts(Page page) {
        if (!page.json().isArray()) {
            String message = FeedForm.title("html", text(page.json().path("message")));
            throw new PostException(
                    page.uri().toString(),
                    "the site answered with " + (message.isEmpty() ? "no list of posts" : "'" + message + "'")
                            + "; try again later, or use its feed, " + site + "/feed/");
        }
        return page.json().valueStream().toList();
    }

    private static boolean isReadable(JsonNode post) {
        return post.isObject()
                && !post.path("content").path("protected").asBoolean(false)
                && !post.path("excerpt").path("protected").asBoolean(false);
    }

    private Feed.Entry entry(JsonNode post) {
        URI link = Links.web(text(post.path("link")), site).orElse(null);
        String title = FeedForm.title("html", rendered(post, "title"));
        // escaped for XML, as in the feed, where the parser of the feed turns it back
        String guid = Parser.unescapeEntities(rendered(post, "guid"), true);
        return new Feed.Entry(
                FeedForm.id(guid, link, title),
                link,
                title,
                author(post),
                published(post).orElse(null),
                instant(post, "modified_gmt").orElse(null),
                categories(post),
                body(post, title, link));
    }

    private Body body(JsonNode post, String title, @Nullable URI link) {
        return Stream.of(rendered(post, "content"), rendered(post, "excerpt"))
                .filter(html -> !Blank.is(html))
                .map(html -> FeedForm.body("html", html, title, link == null ? site : link))
                .filter(body -> !Blank.is(body.content()))
                .findFirst()
                .orElse(FeedForm.NO_BODY);
    }

    private static Optional<Instant> published(JsonNode post) {
        return instant(post, "date_gmt").or(() -> instant(post, "date"));
    }

    /** WordPress leaves out that it is UTC, and writes zeros for no date. */
    private static Optional<Instant> instant(JsonNode post, String field) {
        return Dates.ofFeed(text(post.path(field)));
    }

    /** Nobody, where the site does not tell its authors: an error stands in the place of each. */
    private static @Nullable String author(JsonNode post) {
        return post.path("_embedded")
                .path("author")
                .valueStream()
                .map(author -> FeedForm.title("html", text(author.path("name"))))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static List<String> categories(JsonNode post) {
        Set<String> names = new LinkedHashSet<>();
        post.path("_embedded")
                .path("wp:term")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .forEach(term -> {
                    String taxonomy = text(term.path("taxonomy"));
                    if (taxonomy.equals("category") || taxonomy.equals("post_tag")) { // what its feed has too
                        names.add(FeedForm.title("html", text(term.path("name"))));
                    }
                });
        names.remove("");
        return List.copyOf(names);
    }

    private static String rendered(JsonNode post, String field) {
        return text(post.path(field).path("rendered"));
    }

    private static String text(JsonNode value) {
        return value.isString() || value.isNumber() ? value.asString() : "";
    }
}
