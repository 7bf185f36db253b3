package io.courant.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;

/** What a browser finds on the page of a draft, and presses there. */
final class DraftForms {
    private DraftForms() {}

    /** Headings of the items under topics, in their order. */
    static List<String> headings(HtmlPage page) {
        return page.<DomElement>getByXPath("//li/h3").stream()
                .map(DomElement::asNormalizedText)
                .toList();
    }

    static DomElement item(HtmlPage page, String heading) {
        return page.<DomElement>getByXPath("//li[starts-with(@id, 'item-')]").stream()
                .filter(item -> item.asNormalizedText().contains(heading))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no item " + heading + "\n" + page.asNormalizedText()));
    }

    /** An item's form by the end of its address. */
    static HtmlForm form(HtmlPage page, String heading, String action) {
        return form(page, heading, one -> one.getActionAttribute().endsWith(action));
    }

    private static HtmlForm form(HtmlPage page, String heading, Predicate<HtmlForm> wanted) {
        return item(page, heading).getElementsByTagName("form").stream()
                .map(HtmlForm.class::cast)
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    /** Presses a button of an item. */
    static HtmlPage press(HtmlPage page, String heading, String button) {
        return submit(form(
                page,
                heading,
                one -> one.<HtmlButton>getFirstByXPath(".//button")
                        .asNormalizedText()
                        .equals(button)));
    }

    /** Says what an item is about. */
    static HtmlPage correct(HtmlPage page, String heading, String topic) {
        HtmlForm form = form(page, heading, "/topics");
        HtmlSelect about = form.getSelectByName("topic");
        about.setSelectedAttribute(about.getOptionByValue(topic), true);
        return submit(form);
    }

    static HtmlPage submit(HtmlForm form) {
        try {
            return form.<HtmlButton>getFirstByXPath(".//button").click();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came of the last press. */
    static String told(HtmlPage page) {
        return page.<DomElement>getFirstByXPath("//main/div[contains(@class, 'told')]")
                .asNormalizedText();
    }
}
