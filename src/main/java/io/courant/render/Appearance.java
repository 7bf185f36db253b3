package io.courant.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** How each element of a page looks, once its rules are inlined: as it stands, or under rules that were kept. */
final class Appearance {
    private final KeptRules kept;
    private final boolean dark;
    private final Map<String, List<Declared>> parsed = new HashMap<>(); // most elements share a few styles
    private final Map<Element, Look> looks = new HashMap<>(); // jsoup compares elements by identity

    private Appearance(Document document, KeptRules kept, boolean dark) {
        this.kept = kept;
        this.dark = dark;
        spread(document.expectFirst("html"), Look.canvas(dark));
    }

    static Appearance light(Document document) {
        return new Appearance(document, KeptRules.none(), false);
    }

    /** @param rules for the dark scheme */
    static Appearance dark(Document document, KeptRules rules) {
        return new Appearance(document, rules, true);
    }

    Look of(Element element) {
        Look look = looks.get(element);
        if (look == null) {
            throw new IllegalArgumentException("not of this page: " + element.normalName());
        }
        return look;
    }

    /** What an attribute says of an element, in the order of the cascade. */
    List<Declared> inlined(Element element) {
        return parsed.computeIfAbsent(element.attr("style"), style -> Declared.of(CssInliner.declarations(style)));
    }

    private void spread(Element element, Look parent) {
        Look look = parent.of(element, cascade(element), dark);
        looks.put(element, look);
        element.children().forEach(child -> spread(child, look));
    }

    /** CSS Cascading Level 4 §6: what is important wins; of equals, the attribute does. */
    private List<Declared> cascade(Element element) {
        List<Declared> all = new ArrayList<>(kept.of(element));
        all.addAll(inlined(element));
        List<Declared> ordered = new ArrayList<>();
        all.stream().filter(one -> !one.important()).forEach(ordered::add);
        all.stream().filter(Declared::important).forEach(ordered::add);
        return ordered;
    }
}
