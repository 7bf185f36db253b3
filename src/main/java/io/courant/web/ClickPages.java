package io.courant.web;

import io.courant.delivery.Clicks;
import io.courant.delivery.Token;
import io.courant.delivery.Token.Purpose;
import io.courant.delivery.TokenSigner;
import io.courant.issue.IssueId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * Leads on from the links of mail whose newsletter measures clicks, to what was stored with the issue and nowhere else.
 * All that is kept of it is one more in the link's count, and that only by the rules: {@link ClickRules}, {@link Bursts}.
 */
@Controller
final class ClickPages {
    private static final Logger LOG = LoggerFactory.getLogger(ClickPages.class);

    private final TokenSigner signer;
    private final Clicks clicks;
    private final Bursts bursts;
    private final Answers answers;

    ClickPages(TokenSigner signer, Clicks clicks, Bursts bursts, Answers answers) {
        this.signer = signer;
        this.clicks = clicks;
        this.bursts = bursts;
        this.answers = answers;
    }

    /** A link of an issue. */
    private record Link(IssueId issue, long number) {}

    @GetMapping("/l/{token}")
    ResponseEntity<String> follow(
            @RequestAttribute Home home,
            @PathVariable String token,
            @RequestHeader HttpHeaders headers,
            HttpServletRequest request) {
        Optional<Link> link = link(home, token);
        Optional<URI> target = link.flatMap(one -> clicks.target(one.issue(), one.number()));
        if (target.isEmpty()) {
            return answers.gone(home);
        }
        count(
                link.get(),
                Caller.of(request).block(),
                ClickRules.isPerson(HttpMethod.valueOf(request.getMethod()), headers));
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(target.get())
                .cacheControl(CacheControl.noStore())
                .header("X-Robots-Tag", "noindex, nofollow")
                .build();
    }

    private Optional<Link> link(Home home, String token) {
        return home.newsletters().stream()
                .flatMap(newsletter -> signer.verify(token, Purpose.CLICK, newsletter.name()).stream())
                .map(ClickPages::link)
                .findFirst();
    }

    private static Link link(Token token) {
        return new Link(Objects.requireNonNull(token.issue()), token.subject());
    }

    /** Whether it can be counted is no matter of the reader's, who wants to get on. */
    private void count(Link link, String network, boolean person) {
        try {
            bursts.changes(network, link.issue(), link.number(), person)
                    .forEach(change -> clicks.add(link.issue(), change.link(), change.by()));
        } catch (RuntimeException e) {
            LOG.warn("issue={} a click is not counted", link.issue(), e);
        }
    }
}
