package io.courant.render;

import com.helger.css.decl.CSSMediaRule;
import com.helger.css.decl.CSSSelector;
import com.helger.css.decl.CSSStyleRule;
import com.helger.css.writer.CSSWriterSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector;

/** The rules of some {@code @media} in a document's style sheets, which no attribute can say. */
final class KeptRules {
    static final Pattern DARK = Pattern.compile("prefers-color-scheme: *dark");
    static final Pattern NARROW = Pattern.compile("max-width:");
    private static final CSSWriterSettings WRITER = new CSSWriterSettings(true);

    private final Map<Element, List<Declared>> declarations = new HashMap<>(); // jsoup compares elements by identity

    private KeptRules() {}

    private record Rule(Specificity specificity, Element element, List<Declared> declarations) {}

    static KeptRules none() {
        return new KeptRules();
    }

    /** @param query what is found in the media queries of the rules that are wanted */
    static KeptRules of(Document document, Pattern query) {
        KeptRules kept = new KeptRules();
        List<Rule> rules = new ArrayList<>();
        document.select("style").stream()
                .flatMap(style -> CssInliner.parse(style.data()).getAllMediaRules().stream())
                .filter(media -> isFor(media, query))
                .flatMap(media -> media.getAllStyleRules().stream())
                .forEach(rule -> read(document, rule, rules));
        rules.sort(Comparator.comparing(Rule::specificity)); // stable: equal ones stay in source order
        rules.forEach(rule -> kept.declarations
                .computeIfAbsent(rule.element(), e -> new ArrayList<>())
                .addAll(rule.declarations()));
        return kept;
    }

    private static boolean isFor(CSSMediaRule media, Pattern query) {
        return media.getAllMediaQueries().stream()
                .anyMatch(one -> query.matcher(one.getAsCSSString(WRITER, 0)).find());
    }

    private static void read(Document document, CSSStyleRule rule, List<Rule> rules) {
        List<Declared> declarations = Declared.of(rule.getAllDeclarations());
        for (CSSSelector selector : rule.getAllSelectors()) {
            matching(document, selector.getAsCSSString(WRITER, 0)).stream()
                    .map(element -> new Rule(Specificity.of(selector), element, declarations))
                    .forEach(rules::add);
        }
    }

    /** None for a state such as {@code :hover}, in which a mail is not looked at. */
    private static List<Element> matching(Document document, String selector) {
        try {
            return document.select(selector);
        } catch (Selector.SelectorParseException e) {
            return List.of();
        }
    }

    boolean isEmpty() {
        return declarations.isEmpty();
    }

    /** What they say of an element, the weaker first. */
    List<Declared> of(Element element) {
        return declarations.getOrDefault(element, List.of());
    }
}
