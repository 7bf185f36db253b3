package io.courant.render;

import io.courant.issue.Edition;
import io.courant.issue.Issue;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.issue.TopicSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the HTML short enough to be shown whole: Gmail clips at {@value MailRules#MAX_HTML_BYTES} bytes, and large mail
 * opens slowly everywhere. What is too much is left out of the HTML, the lowest-ranked items first: those in brief from
 * the last on, then what stands last under its topic. The item that the issue opens with is never left out.
 */
public final class SizeBudget {
    /** The bytes of the HTML as it is sent, that an issue is cut to. */
    public static final int TARGET = 80 * 1024;

    /** What a reader's address and links may take beyond the marks in their place. */
    private static final int RESERVE = 2_000;

    private final Renderer renderer;

    public SizeBudget(Renderer renderer) {
        this.renderer = renderer;
    }

    /** An issue that says what its HTML leaves out, and how it looks. */
    public record Fitted(Issue issue, Rendering rendering) {}

    /**
     * The issue, with as few items left out as the budget asks for. A template that takes more than the budget for
     * itself is held to what Gmail shows; beyond that nothing helps, and the whole issue comes back.
     *
     * @param edition that the issue was cut for; null for the whole of it
     */
    public Fitted fit(Newsletter newsletter, Issue issue, @Nullable Edition edition) {
        Fitted whole = without(newsletter, issue, edition, List.of());
        if (size(whole) <= TARGET) {
            return whole;
        }
        List<Item> order = lowestFirst(issue);
        int least = size(without(newsletter, issue, edition, order));
        if (least > MailRules.MAX_HTML_BYTES - RESERVE) {
            return whole;
        }
        return fewest(newsletter, issue, edition, order, least <= TARGET ? TARGET : MailRules.MAX_HTML_BYTES - RESERVE);
    }

    /** Finds it by halving: the more is left out, the shorter it gets. */
    private Fitted fewest(Newsletter newsletter, Issue issue, @Nullable Edition edition, List<Item> order, int budget) {
        int tooFew = -1;
        int enough = order.size();
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) / 2;
            if (size(without(newsletter, issue, edition, order.subList(0, middle))) <= budget) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return without(newsletter, issue, edition, order.subList(0, enough));
    }

    private Fitted without(Newsletter newsletter, Issue issue, @Nullable Edition edition, List<Item> items) {
        Issue shorter = items.isEmpty() ? issue : issue.leavingOut(items);
        return new Fitted(shorter, renderer.render(newsletter, shorter, edition));
    }

    private static int size(Fitted fitted) {
        return MailRules.encodedLength(fitted.rendering().html());
    }

    private static List<Item> lowestFirst(Issue issue) {
        List<Ranked> ranked = new ArrayList<>();
        for (TopicSection section : issue.sections()) {
            for (int place = 0; place < section.items().size(); place++) {
                ranked.add(new Ranked(section.items().get(place), place));
            }
        }
        ranked.sort(Comparator.comparingInt(Ranked::place)); // stable: of equals, those of the first topics come first
        List<Item> highestFirst =
                new ArrayList<>(ranked.stream().map(Ranked::item).toList());
        highestFirst.addAll(issue.brief());
        List<Item> others = highestFirst.stream()
                .filter(item -> item.section() != issue.lead().section())
                .toList();
        return IntStream.range(0, others.size())
                .mapToObj(i -> others.get(others.size() - 1 - i))
                .toList();
    }

    /** An item and how many stand before it under its topic. */
    private record Ranked(Item item, int place) {}
}
