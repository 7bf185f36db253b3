package io.courant.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.archive.Archive;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;

/** What came out, and what programs should know: the same pages as in an exported archive. */
@Controller
final class ArchivePages {
    private static final MediaType ATOM = new MediaType(MediaType.APPLICATION_ATOM_XML, UTF_8);
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, UTF_8);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Archive archive;
    private final SignUpPages front;
    private final Answers answers;

    ArchivePages(Archive archive, SignUpPages front, Answers answers) {
        this.archive = archive;
        this.front = front;
        this.answers = answers;
    }

    @GetMapping("/archive/")
    ResponseEntity<String> list(@RequestAttribute Home home) {
        return home.isShared() ? front.front(home, "") : list(home, home.first());
    }

    @GetMapping("/archive/feed.xml")
    ResponseEntity<String> feed(@RequestAttribute Home home) {
        if (home.isShared()) {
            throw new Missing();
        }
        return feed(home, home.first());
    }

    /** An issue; of newsletters that share a home, also the list of one of them. */
    @GetMapping("/archive/{name}/")
    ResponseEntity<String> page(@RequestAttribute Home home, @PathVariable String name) {
        Optional<Newsletter> listed = home.isShared() ? home.named(name) : Optional.empty();
        return listed.map(newsletter -> list(home, newsletter)).orElseGet(() -> issue(home, name));
    }

    @GetMapping("/archive/{name}/feed.xml")
    ResponseEntity<String> feed(@RequestAttribute Home home, @PathVariable String name) {
        return feed(
                home,
                Optional.of(home)
                        .filter(Home::isShared)
                        .flatMap(one -> one.named(name))
                        .orElseThrow(Missing::new));
    }

    private ResponseEntity<String> issue(Home home, String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]*-\\d{4}-\\d{2}-\\d{2}(-\\d+)?")) {
            throw new Missing();
        }
        IssueId id = new IssueId(name);
        return home.newsletters().stream()
                .filter(newsletter -> name.startsWith(newsletter.name() + "-"))
                .flatMap(newsletter ->
                        archive.page(home.shown(newsletter), id).stream().map(html -> answers.common(newsletter, html)))
                .findFirst()
                .orElseThrow(Missing::new);
    }

    private ResponseEntity<String> list(Home home, Newsletter newsletter) {
        return answers.common(newsletter, archive.list(home.shown(newsletter), home.archive(newsletter)));
    }

    private ResponseEntity<String> feed(Home home, Newsletter newsletter) {
        return ResponseEntity.ok()
                .contentType(ATOM)
                .cacheControl(CacheControl.maxAge(FRESH))
                .body(archive.feed(home.shown(newsletter), home.archive(newsletter)));
    }

    @GetMapping("/robots.txt")
    ResponseEntity<String> robots(@RequestAttribute Home home) {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.maxAge(FRESH))
                .body("User-agent: *\nDisallow: " + home.path() + "/u/\nDisallow: " + home.path() + "/p/\nDisallow: "
                        + home.path() + "/c/\nDisallow: " + home.path() + "/l/\n");
    }
}
