package io.courant.delivery;

import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.render.Renderer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leads the links of an issue's mail by way of a page that counts. A web address has one number, whatever edition and
 * place it stands in, and every reader's mail has the same. Safe for use by several threads.
 */
final class CountedLinks {
    private final Newsletter newsletter;
    private final IssueId id;
    private final TokenSigner signer;
    private final int key;
    private final Map<URI, Integer> numbers = new LinkedHashMap<>();

    /**
     * @param issues whose items can stand in the mail; their links are numbered in this order
     * @param key that signs the links
     */
    CountedLinks(Newsletter newsletter, IssueId id, List<Issue> issues, TokenSigner signer, int key) {
        this.newsletter = newsletter;
        this.id = id;
        this.signer = signer;
        this.key = key;
        issues.stream()
                .flatMap(issue -> issue.items().stream())
                .flatMap(Item::links)
                .forEach(link -> numbers.putIfAbsent(link, numbers.size() + 1));
    }

    /** What stands in the mail instead. */
    URI counted(URI link) {
        return newsletter.below("l/" + signer.sign(Token.click(newsletter.name(), id, number(link)), key));
    }

    private int number(URI link) {
        Integer number = numbers.get(link);
        if (number == null) {
            throw new IllegalArgumentException(link + " stands in none of the issues, so it has no number");
        }
        return number;
    }

    /** The links of some of the items, by their numbers. */
    Map<Integer, URI> of(Stream<Item> items) {
        return items.flatMap(Item::links)
                .filter(Renderer::isLink)
                .distinct()
                .collect(Collectors.toMap(this::number, link -> link));
    }
}
