package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class WordPressTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final LocalDateTime LATEST = LocalDateTime.parse("2025-09-14T08:30:00");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site();
    }

    @AfterEach
    void stop() {
        site.server.stop(0);
    }

    private Feed read() {
        return WordPress.read(site.root(), null, this::get);
    }

    private List<String> read(Instant since) {
        return WordPress.read(site.root(), since, this::get).entries().stream()
                .map(Feed.Entry::title)
                .toList();
    }

    @SuppressWarnings("InterruptedExceptionSwallowed")
    private WebAnswer get(URI uri) {
        try {
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 410) {
                return new WebAnswer.Gone();
            }
            if (answer.statusCode() != 200) {
                return new WebAnswer.Failed(answer.statusCode(), "the server answered " + answer.statusCode(), null);
            }
            Map<String, String> headers = new TreeMap<>();
            answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new WebAnswer.Content(answer.uri(), null, answer.body(), Validators.NONE, headers);
        } catch (IOException | InterruptedException e) {
            return new WebAnswer.Failed(0, "cannot be fetched (" + e + ")", null);
        }
    }

    private static List<String> titles(int from, int to) {
        return IntStream.iterate(from, i -> i >= to, i -> i - 1)
                .mapToObj(i -> "Post " + i)
                .toList();
    }

    @Test
    void aSiteIsReadPageByPageNewestFirst() {
        Feed feed = read();
        assertThat(feed.entries()).extracting(Feed.Entry::title).isEqualTo(titles(250, 1));
        assertThat(feed.link()).isEqualTo(site.root());
        assertThat(site.asked)
                .hasSize(3)
                .allSatisfy(query -> assertThat(query)
                        .containsEntry("per_page", "100")
                        .containsEntry("orderby", "date")
                        .containsEntry("order", "desc")
                        .doesNotContainKey("after"));
        assertThat(site.asked).extracting(query -> query.get("page")).containsExactly("1", "2", "3");
    }

    @Test
    void aPostIsWhatTheFeedOfTheSiteWouldSay() {
        ObjectNode post = site.posts.get(0);
        post.putObject("guid").put("rendered", "https://blog.example/?post_type=post&#038;p=250");
        post.putObject("title").put("rendered", "Tom &#038; Ada &#8211; <em>at</em> R&amp;D");
        post.putObject("content")
                .put("rendered", "<p>One <a href=\"/x\">link</a><script>x()</script></p>")
                .put("protected", false);
        post.put("modified_gmt", "2025-09-15T09:00:00");
        Feed.Entry entry = read().entries().get(0);
        assertThat(entry)
                .isEqualTo(new Feed.Entry(
                        "https://blog.example/?post_type=post&p=250",
                        URI.create("https://blog.example/post-250"),
                        "Tom & Ada – at R&D",
                        "Ada L.",
                        Instant.parse("2025-09-14T08:30:00Z"),
                        Instant.parse("2025-09-15T09:00:00Z"),
                        List.of("News & views", "ai"),
                        new Body(Body.Form.HTML, "<p>One <a href=\"https://blog.example/x\">link</a></p>")));
    }

    @Test
    void whatThePostDoesNotSayIsMadeUpFromWhatItDoes() {
        ObjectNode post = site.posts.get(0);
        post.remove(List.of("guid", "_embedded"));
        post.put("date_gmt", "0000-00-00T00:00:00")
                .put("date", "2025-09-14T10:30:00")
                .putNull("modified_gmt");
        post.putObject("content").put("rendered", " ").put("protected", false);
        post.putObject("excerpt").put("rendered", "<p>In short</p>").put("protected", false);
        Feed.Entry entry = read().entries().get(0);
        assertThat(entry.id()).isEqualTo("https://blog.example/post-250");
        assertThat(entry.published()).isEqualTo("2025-09-14T10:30:00Z");
        assertThat(entry.updated()).isNull();
        assertThat(entry.author()).isNull();
        assertThat(entry.categories()).isEmpty();
        assertThat(entry.html()).isEqualTo("<p>In short</p>");
    }

    @Test
    void aPostBehindAPasswordIsLeftOut() {
        site.posts.get(1).putObject("content").put("rendered", "").put("protected", true);
        assertThat(read().entries()).hasSize(249).extracting(Feed.Entry::title).doesNotContain("Post 249");
    }

    @Test
    void anUnchangedSiteCostsOneRequestAndGivesThePostsOfTheLastDaysAgain() {
        assertThat(read(LATEST.plusDays(20).toInstant(ZoneOffset.UTC))).isEmpty();
        assertThat(site.asked).hasSize(1);
        assertThat(site.asked.get(0)).containsEntry("after", "2025-09-27T08:30:00Z");
        assertThat(read(LATEST.toInstant(ZoneOffset.UTC)))
                .as("a scheduled post may appear later than it is dated")
                .isEqualTo(titles(250, 244));
        assertThat(site.asked).hasSize(2);
    }

    @Test
    void aSiteThatDoesNotKnowTheFilterIsReadNoFurtherThanNeeded() {
        site.filters = false;
        assertThat(read(LATEST.minusDays(120).toInstant(ZoneOffset.UTC))).hasSize(200);
        assertThat(site.asked).hasSize(2);
    }

    @Test
    void withoutPermalinksTheApiIsFoundByItsParameter() {
        site.permalinks = false;
        assertThat(read().entries()).hasSize(250);
        assertThat(site.requests).isEqualTo(4);
        site.missing = "<!DOCTYPE html><html><body>Welcome [to] {\"my\"} blog</body></html>";
        assertThat(read().entries()).as("its first page at every address").hasSize(250);
    }

    @Test
    void withoutTheCountPagesEndWithTheLinkHeaderOrAShortPageOrTheErrorAfterTheLast() {
        site.counts = false;
        site.links = true;
        assertThat(read().entries()).hasSize(250);
        assertThat(site.asked).hasSize(3);
        site.links = false;
        assertThat(read().entries()).hasSize(250);
        assertThat(site.asked).as("the third page is short").hasSize(6);
        site.posts.subList(200, 250).clear();
        assertThat(read().entries()).hasSize(200);
        assertThat(site.asked).as("the second page is full, the third an error").hasSize(9);
        site.errorStatus = 200;
        assertThat(read().entries()).hasSize(200);
    }

    @Test
    void aPostThatMovesToTheNextPageWhileItIsReadComesOnce() {
        site.publishDuring = true;
        assertThat(read().entries()).hasSize(250).extracting(Feed.Entry::id).doesNotHaveDuplicates();
    }

    @Test
    void warningsOfPhpBeforeTheJsonAndCommentsAfterItDoNoHarm() {
        site.before = "<br />\n<b>Warning</b>: Undefined array key 0 [in] {x} on line <b>3</b><br />\n";
        site.after = "\n<!-- cached -->";
        assertThat(read().entries()).hasSize(250);
        site.posts.clear();
        assertThat(read().entries()).isEmpty();
    }

    @Test
    void theAddressMayBeThatOfAFolderOfTheApiOrHaveASlash() {
        for (String address : List.of("/", "/wp-json", "/wp-json/wp/v2/posts?page=2", "/?utm=x")) {
            assertThat(WordPress.read(URI.create(site.root() + address), null, this::get)
                            .entries())
                    .as(address)
                    .hasSize(250);
        }
    }

    @Test
    void aRedirectIsFollowedOnce() {
        site.redirects = true;
        assertThat(read().entries()).hasSize(250);
        assertThat(site.requests).isEqualTo(4);
    }

    @Test
    void theNameOfTheSiteIsOneRequest() {
        assertThat(WordPress.about(site.root(), this::get))
                .isEqualTo(new WordPress.Site("Tom & Ada", URI.create("https://blog.example")));
        assertThat(site.requests).isEqualTo(1);
    }

    @Test
    void aSiteThatClosedItsApiIsSaidToHaveAFeed() {
        site.status = 401;
        assertThatThrownBy(this::read)
                .isInstanceOf(PostException.class)
                .hasMessage(site.root() + ": the site does not offer its REST API (the server answered 401); use its"
                        + " feed, " + site.root() + "/feed/");
        site.status = 200;
        site.before = "{\"code\":\"rest_forbidden\",\"message\":\"No.\"}";
        assertThatThrownBy(this::read).hasMessageContaining("REST API (rest_forbidden); use its feed");
    }

    @Test
    void whatIsNoWordPressIsSaidToBeNone() {
        site.status = 404;
        assertThatThrownBy(this::read).hasMessageContaining("has no WordPress REST API; check the address");
        site.status = 200;
        site.before = "<html>A shop</html>\0";
        site.cut = true;
        assertThatThrownBy(this::read).hasMessageContaining("something else than JSON");
        site.before = "{\"code\":\"db_error\",\"message\":\"The <b>database</b> sleeps\"}";
        assertThatThrownBy(this::read).hasMessageContaining("answered with 'The database sleeps'; try again later");
        site.status = 503;
        assertThatThrownBy(this::read).hasMessageContaining("the server answered 503");
        site.status = 410;
        assertThatThrownBy(this::read).hasMessageContaining("is gone for good (410)");
    }

    @Test
    void aSiteThatIsTooLargeIsRefusedAfterOneRequest() {
        site.totalPages = WordPress.MAX_PAGES + 1;
        assertThatThrownBy(this::read)
                .hasMessageContaining("has 250 posts, and at most 100 pages of 100 are read; ask for the newer ones");
        assertThat(site.requests).isEqualTo(1);
    }

    @Test
    void aSiteThatNeverEndsIsLeftAfterAHundredPages() {
        site.counts = false;
        site.endless = true;
        assertThatThrownBy(this::read).hasMessageContaining("has more than 10000 posts");
        assertThat(site.requests).isEqualTo(WordPress.MAX_PAGES);
    }

    /** A WordPress with 250 posts, one a day. */
    private static final class Site {
        private final List<ObjectNode> posts = new ArrayList<>();
        private final List<Map<String, String>> asked = new ArrayList<>();
        private final HttpServer server;
        private int requests;
        private int status = 200;
        private int errorStatus = 400;
        private int totalPages;
        private boolean permalinks = true;
        private boolean filters = true;
        private boolean counts = true;
        private boolean links;
        private boolean redirects;
        private boolean publishDuring;
        private boolean endless;
        private boolean cut;
        private String before = "";
        private String after = "";
        private String missing = "";

        Site() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            for (int i = 250; i > 0; i--) {
                posts.add(post(i));
            }
        }

        static ObjectNode post(int i) {
            String date = LATEST.minusDays(250 - i) + ":00";
            ObjectNode post = JSON.createObjectNode();
            post.put("id", i).put("date", date).put("date_gmt", date).put("modified_gmt", date);
            post.put("link", "https://blog.example/post-" + i);
            post.putObject("guid").put("rendered", "https://blog.example/?p=" + i);
            post.putObject("title").put("rendered", "Post " + i);
            post.putObject("content").put("rendered", "<p>Text " + i + "</p>").put("protected", false);
            post.putObject("excerpt").put("rendered", "").put("protected", false);
            ObjectNode embedded = post.putObject("_embedded");
            embedded.putArray("author").addObject().put("name", "Ada L.");
            var terms = embedded.putArray("wp:term");
            terms.addArray().addObject().put("name", "News &amp; views").put("taxonomy", "category");
            terms.addArray().addObject().put("name", "ai").put("taxonomy", "post_tag");
            terms.addArray().addObject().put("name", "left").put("taxonomy", "series");
            return post;
        }

        URI root() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private void answer(HttpExchange exchange) throws IOException {
            requests++;
            Map<String, String> query = query(exchange.getRequestURI());
            String path = exchange.getRequestURI().getPath();
            String route = permalinks && path.startsWith("/wp-json/")
                    ? path.substring("/wp-json".length())
                    : query.getOrDefault("rest_route", "");
            if (redirects && !path.startsWith("/wp-json/wp/v2/posts/")) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                root() + "/wp-json/wp/v2/posts/?"
                                        + exchange.getRequestURI().getRawQuery());
                send(exchange, 301, "");
            } else if (status != 200) {
                send(exchange, status, "<html>");
            } else if (route.equals("/")) {
                send(exchange, 200, "{\"name\":\"Tom &amp; Ada\",\"home\":\"https://blog.example\"}");
            } else if (!route.replaceFirst("/$", "").equals("/wp/v2/posts")) {
                send(exchange, missing.isEmpty() ? 404 : 200, missing);
            } else {
                asked.add(query);
                page(exchange, query);
            }
        }

        private void page(HttpExchange exchange, Map<String, String> query) throws IOException {
            List<ObjectNode> found = posts.stream()
                    .filter(post -> !filters
                            || !query.containsKey("after")
                            || (post.get("date_gmt").asString() + "Z").compareTo(query.get("after")) > 0)
                    .toList();
            int size = Integer.parseInt(query.get("per_page"));
            int page = endless ? 1 : Integer.parseInt(query.get("page"));
            int pages = (found.size() + size - 1) / size;
            if (page > Math.max(1, pages)) {
                send(exchange, errorStatus, "{\"code\":\"rest_post_invalid_page_number\",\"data\":{\"status\":400}}");
                return;
            }
            if (counts) {
                exchange.getResponseHeaders().add("X-WP-Total", String.valueOf(found.size()));
                exchange.getResponseHeaders()
                        .add("X-WP-TotalPages", String.valueOf(totalPages == 0 ? pages : totalPages));
            }
            if (links) {
                exchange.getResponseHeaders()
                        .add(
                                "Link",
                                "<https://x.example/?page=1>; rel=\"prev\""
                                        + (page < pages ? ", <https://x.example/?page=2>; rel=\"next\"" : ""));
            }
            List<ObjectNode> here = found.subList((page - 1) * size, Math.min(found.size(), page * size));
            send(exchange, 200, before + (cut ? "" : JSON.writeValueAsString(here)) + after);
            if (publishDuring) {
                posts.add(0, post(251));
                publishDuring = false;
            }
        }

        private static Map<String, String> query(URI uri) {
            return uri.getQuery() == null
                    ? new HashMap<>()
                    : Arrays.stream(uri.getQuery().split("&"))
                            .map(pair -> pair.split("=", 2))
                            .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
        }

        private static void send(HttpExchange exchange, int status, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }
}
