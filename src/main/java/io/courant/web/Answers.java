package io.courant.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.issue.Brand;
import io.courant.issue.Newsletter;
import io.courant.render.ReaderPage;
import io.courant.render.ReaderPages;
import io.courant.render.TemplateFolder;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Makes pages into answers that let a browser show them and do nothing else. */
@Component
final class Answers {
    private static final Pattern STYLE = Pattern.compile("<style[^>]*>(.*?)</style>", Pattern.DOTALL);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final ReaderPages pages;
    private final TemplateFolder words;

    Answers(TemplateFolder templates) {
        this.pages = new ReaderPages(templates);
        this.words = templates;
    }

    /** The language of a page for somebody who may have chosen one. */
    Locale language(Newsletter newsletter, @Nullable Locale chosen) {
        return chosen == null ? newsletter.language() : words.spoken(chosen).orElse(newsletter.language());
    }

    /** A page about somebody, which nobody keeps and no search engine lists. */
    ResponseEntity<String> personal(Home home, Newsletter newsletter, @Nullable Locale chosen, ReaderPage page) {
        return personal(200, home, newsletter, chosen, page);
    }

    ResponseEntity<String> personal(
            int status, Home home, Newsletter newsletter, @Nullable Locale chosen, ReaderPage page) {
        String html = html(home, newsletter, chosen, page);
        return ResponseEntity.status(HttpStatusCode.valueOf(status))
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("X-Robots-Tag", "noindex, nofollow")
                .header("Content-Security-Policy", policy(newsletter, html))
                .body(html);
    }

    /** The page that all tokens get which lead nowhere: the same to the byte, whatever was wrong. */
    ResponseEntity<String> gone(Home home) {
        return personal(404, home, home.first(), null, new ReaderPage.Notice("gone"));
    }

    /** A page for everybody. */
    ResponseEntity<String> common(Home home, Newsletter newsletter, @Nullable Locale chosen, ReaderPage page) {
        return common(newsletter, html(home, newsletter, chosen, page));
    }

    /** The same, made already. */
    ResponseEntity<String> common(Newsletter newsletter, String made) {
        String html = made.replace("\r\n", "\n");
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.maxAge(FRESH))
                .header("Content-Security-Policy", policy(newsletter, html))
                .body(html);
    }

    private String html(Home home, Newsletter newsletter, @Nullable Locale chosen, ReaderPage page) {
        // A browser hashes a style after it has made line ends alike (HTML §13.2.3.5).
        return pages.html(newsletter, language(newsletter, chosen), home.path(), page)
                .replace("\r\n", "\n");
    }

    /** CSP Level 3: the page's own styles by their hash, the newsletter's logo, forms that lead to this host. */
    private static String policy(Newsletter newsletter, String html) {
        // An editor's template may give elements of an issue styles of their own. Nothing else comes with attributes.
        String styles = html.contains(" style=\"")
                ? "'unsafe-inline'"
                : STYLE.matcher(html)
                        .results()
                        .map(style -> "'sha256-" + sha256(style.group(1)) + "'")
                        .distinct()
                        .collect(Collectors.joining(" "));
        Brand.Logo logo = newsletter.brand().logo();
        return "default-src 'none'; style-src " + styles + "; img-src data:" + (logo == null ? "" : origin(logo.src()))
                + "; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    }

    private static String origin(URI address) {
        return " https://" + address.getRawAuthority();
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
