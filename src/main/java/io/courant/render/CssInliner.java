package io.courant.render;

import com.helger.css.decl.CSSDeclaration;
import com.helger.css.decl.CSSSelector;
import com.helger.css.decl.CSSStyleRule;
import com.helger.css.decl.CascadingStyleSheet;
import com.helger.css.decl.ICSSTopLevelRule;
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderDeclarationList;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.DoNothingCSSInterpretErrorHandler;
import com.helger.css.reader.errorhandler.ThrowingCSSParseErrorHandler;
import com.helger.css.writer.CSSWriterSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Moves the rules of {@code <style>} into style attributes, because many mail programs drop the element. The cascade
 * follows CSS Cascading Level 4 §6: importance, then the attribute before the sheet, then specificity, then order. What
 * an attribute cannot say stays in {@code <style>}: at-rules, pseudo-classes, and the dark scheme of Outlook.com.
 */
final class CssInliner {
    private static final CSSWriterSettings WRITER = new CSSWriterSettings(true).setQuoteURLs(true);
    /** What only the reader's mail program knows: state, generated content, its own marks on the page. */
    private static final Pattern DYNAMIC =
            Pattern.compile("::|:(?!first-child|last-child|only-child|nth-|not\\()|\\[data-ogs[bc]|@");

    private CssInliner() {}

    /** The document with its rules inlined, otherwise as it was. */
    static String inline(String html) {
        Document document = Jsoup.parse(html);
        document.outputSettings().prettyPrint(false);
        List<Rule> rules = new ArrayList<>();
        for (Element style : document.select("style:not([media])")) {
            String kept = read(style.data(), rules);
            if (kept.isEmpty()) {
                style.remove();
            } else {
                style.empty().appendChild(new DataNode("\n" + kept));
            }
        }
        apply(document, rules);
        return document.outerHtml();
    }

    /** Collects the rules that can be inlined and gives back the rest as CSS. */
    private static String read(String css, List<Rule> rules) {
        StringBuilder kept = new StringBuilder();
        for (ICSSTopLevelRule top : parse(css).getAllRules()) {
            if (!(top instanceof CSSStyleRule rule)) {
                kept.append(top.getAsCSSString(WRITER, 0).strip()).append('\n');
                continue;
            }
            List<String> dynamic = new ArrayList<>();
            for (CSSSelector selector : rule.getAllSelectors()) {
                String text = selector.getAsCSSString(WRITER, 0);
                if (DYNAMIC.matcher(text).find()) {
                    dynamic.add(text);
                } else {
                    rules.add(new Rule(text, Specificity.of(selector), rule.getAllDeclarations()));
                }
            }
            if (!dynamic.isEmpty()) {
                kept.append(String.join(",", dynamic)).append('{');
                rule.getAllDeclarations()
                        .forEach(
                                one -> kept.append(text(one, one.isImportant())).append(';'));
                kept.append("}\n");
            }
        }
        return kept.toString();
    }

    static CascadingStyleSheet parse(String css) {
        List<String> errors = new ArrayList<>();
        CascadingStyleSheet sheet = CSSReader.readFromStringReader(css, settings(errors));
        return orRefuse(sheet, errors, "the <style> element");
    }

    static List<CSSDeclaration> declarations(String style) {
        List<String> errors = new ArrayList<>();
        return style.isBlank()
                ? List.of()
                : orRefuse(
                                CSSReaderDeclarationList.readFromString(style, settings(errors)),
                                errors,
                                "style=\"" + style + "\"")
                        .getAllDeclarations();
    }

    private static CSSReaderSettings settings(List<String> errors) {
        return new CSSReaderSettings()
                .setCustomErrorHandler(new ThrowingCSSParseErrorHandler())
                .setCustomExceptionHandler(e -> errors.add(String.valueOf(e.getMessage())))
                .setInterpretErrorHandler(new DoNothingCSSInterpretErrorHandler());
    }

    private static <T> T orRefuse(@Nullable T parsed, List<String> errors, String what) {
        if (parsed == null || !errors.isEmpty()) {
            String why = errors.isEmpty() ? "" : ": " + Prose.cut(Prose.line(errors.get(0)), 200);
            throw new IllegalArgumentException(what + " is not CSS" + why);
        }
        return parsed;
    }

    private static void apply(Document document, List<Rule> rules) {
        Map<Element, List<Integer>> matches = new LinkedHashMap<>(); // jsoup compares elements by identity
        for (int number = 0; number < rules.size(); number++) {
            Rule rule = rules.get(number);
            int matching = number;
            Elements elements;
            try {
                elements = document.select(rule.selector());
            } catch (Selector.SelectorParseException e) {
                throw new IllegalArgumentException(
                        "the <style> element has a selector that cannot be inlined: '" + rule.selector() + "'", e);
            }
            elements.stream()
                    .filter(element -> element.closest("head") == null)
                    .forEach(element -> matches.computeIfAbsent(element, e -> new ArrayList<>())
                            .add(matching));
        }
        Map<List<Object>, String> styles = new HashMap<>(); // most elements look like others
        matches.forEach((element, matching) -> element.attr(
                "style",
                styles.computeIfAbsent(
                        List.of(matching, element.attr("style")),
                        key -> style(matching.stream().map(rules::get).toList(), element.attr("style")))));
    }

    /** The declarations that win, in the order of the cascade, so that a shorthand stands where it did. */
    private static String style(List<Rule> matching, String own) {
        List<CSSDeclaration> normal = new ArrayList<>();
        List<CSSDeclaration> important = new ArrayList<>();
        matching.stream()
                .sorted(Comparator.comparing(Rule::specificity)) // stable: equal ones stay in source order
                .flatMap(rule -> rule.declarations().stream())
                .forEach(one -> (one.isImportant() ? important : normal).add(one));
        Map<String, String> winners = new LinkedHashMap<>();
        normal.forEach(one -> put(winners, one, false));
        List<CSSDeclaration> attribute = declarations(own);
        attribute.stream().filter(one -> !one.isImportant()).forEach(one -> put(winners, one, false));
        // Inlined, !important would also beat the kept @media rules, which it did not in the sheet: it has done its
        // work here and is left out.
        important.forEach(one -> put(winners, one, false));
        attribute.stream().filter(CSSDeclaration::isImportant).forEach(one -> put(winners, one, true));
        return String.join(";", winners.values());
    }

    private static void put(Map<String, String> winners, CSSDeclaration declaration, boolean important) {
        winners.remove(declaration.getProperty());
        winners.put(declaration.getProperty(), text(declaration, important));
    }

    private static String text(CSSDeclaration declaration, boolean important) {
        return declaration.getProperty() + ":" + declaration.getExpression().getAsCSSString(WRITER, 0)
                + (important ? "!important" : "");
    }

    private record Rule(String selector, Specificity specificity, List<CSSDeclaration> declarations) {}
}
