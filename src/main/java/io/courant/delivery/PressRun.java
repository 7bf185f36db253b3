package io.courant.delivery;

import io.courant.audience.Form;
import io.courant.issue.Composer;
import io.courant.issue.Draft;
import io.courant.issue.Edition;
import io.courant.issue.Editions;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.render.Renderer;
import io.courant.render.Rendering;
import io.courant.render.SizeBudget;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the editions of one issue, each in its readers' language and form. Safe for use by several threads. */
public final class PressRun {
    private final Newsletter newsletter;
    private final IssueId id;
    private final Editions editions;
    private final List<Draft> drafts;
    private final Renderer renderer;
    private final @Nullable CountedLinks counted;
    private final Map<Locale, Map<Long, String>> whys = new ConcurrentHashMap<>();

    /**
     * @param drafts what the issues were made of that the editions may be cut from, newest first
     * @param counted by which the renderer leads the items' links; null: they lead where they say
     */
    PressRun(
            Newsletter newsletter,
            IssueId id,
            Editions editions,
            List<Draft> drafts,
            Renderer renderer,
            @Nullable CountedLinks counted) {
        this.newsletter = newsletter;
        this.id = id;
        this.editions = editions;
        this.drafts = List.copyOf(drafts);
        this.renderer = renderer;
        this.counted = counted;
    }

    /** The links of the items in some editions whose use is counted, by their numbers. */
    public Map<Integer, URI> links(List<Edition> some) {
        if (counted == null) {
            return Map.of();
        }
        Set<Long> sections =
                some.stream().flatMap(edition -> edition.sections().stream()).collect(Collectors.toSet());
        return counted.of(editions.issues().stream()
                .flatMap(issue -> issue.items().stream())
                .filter(item -> sections.contains(item.section())));
    }

    /** The editions that it prints. */
    public Editions editions() {
        return editions;
    }

    /**
     * An edition as it is printed.
     *
     * @param issue as its readers see it: cut, and held to its size
     */
    public record Sheet(Print print, Issue issue, String subject, MessageTemplate message) {}

    /** Prints one. */
    public Sheet print(Edition edition) {
        Newsletter speaking = newsletter.speaking(edition.language());
        Issue cut = editions.cut(edition, id);
        if (!edition.language().equals(newsletter.language())) {
            cut = cut.saying(whys.computeIfAbsent(edition.language(), this::whys));
        }
        String name = edition.number() == 1 ? newsletter.template() : newsletter.template() + "-" + edition.number();
        if (edition.form() == Form.TEXT) {
            Rendering rendering = renderer.render(speaking, cut, edition);
            return sheet(name, edition, cut, rendering, MessageTemplate.compileText(speaking, cut, rendering));
        }
        SizeBudget.Fitted fitted = new SizeBudget(renderer).fit(speaking, cut, edition);
        return sheet(
                name,
                edition,
                fitted.issue(),
                fitted.rendering(),
                MessageTemplate.compile(speaking, fitted.issue(), fitted.rendering()));
    }

    private static Sheet sheet(
            String name, Edition edition, Issue issue, Rendering rendering, MessageTemplate message) {
        List<Long> shows = issue.items().stream()
                .filter(item -> edition.form() == Form.TEXT || !issue.isBeyond(item))
                .map(Item::section)
                .toList();
        return new Sheet(new Print(name, edition, message.sha256(), shows), issue, rendering.subject(), message);
    }

    private Map<Long, String> whys(Locale language) {
        Map<Long, String> said = new HashMap<>();
        drafts.forEach(draft -> new Composer().whys(draft, language).forEach(said::putIfAbsent));
        return said;
    }
}
