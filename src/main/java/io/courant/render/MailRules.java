package io.courant.render;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What must hold for every mail, whatever template it was made with. */
final class MailRules {
    /** Gmail shows no more than this and hides the rest, with the unsubscribe link in it. */
    static final int MAX_HTML_BYTES = 102_400;

    private static final String FORBIDDEN = "script, form, iframe, object, embed, link, base, meta[http-equiv=refresh]";

    private MailRules() {}

    /** What is wrong with a rendering, in words; empty when it may be sent. */
    static List<String> faults(Rendering rendering) {
        List<String> faults = new ArrayList<>();
        Document document = Jsoup.parse(rendering.html());
        String unsubscribe = Hole.UNSUBSCRIBE_URL.marker(rendering.nonce());
        if (document.select("a[href=" + unsubscribe + "]").isEmpty()) {
            faults.add(TemplateFolder.HTML + " has no link to ${reader.unsubscribeUrl}");
        }
        if (!rendering.text().contains(unsubscribe)) {
            faults.add(TemplateFolder.TEXT + " does not show ${reader.unsubscribeUrl}");
        }
        for (Element element : document.select(FORBIDDEN)) {
            faults.add(TemplateFolder.HTML + " has a <" + element.tagName() + ">, which mail must not have");
        }
        for (Element element : document.getAllElements()) {
            if (element.attributes().asList().stream()
                    .anyMatch(one -> one.getKey().startsWith("on"))) {
                faults.add(TemplateFolder.HTML + " has a script in <" + element.tagName() + ">");
            }
        }
        for (Element image : document.select("img")) {
            if (!image.hasAttr("alt") || !image.attr("src").matches("(?:https://|cid:).+")) {
                faults.add(TemplateFolder.HTML + " has an <img> without alt or without an https: or cid: src");
            }
        }
        for (Element link : document.select("a")) {
            String href = link.attr("href");
            if (!href.equals(unsubscribe) && !href.toLowerCase(Locale.ROOT).matches("(?:https?://|mailto:).+")) {
                faults.add(
                        TemplateFolder.HTML + " has a link to '" + href + "' (expected a whole http or https address)");
            }
        }
        if (document.select("h1").size() != 1) {
            faults.add(TemplateFolder.HTML + " has " + document.select("h1").size() + " <h1> (expected one)");
        }
        int bytes = encodedLength(rendering.html());
        if (bytes > MAX_HTML_BYTES) {
            faults.add(TemplateFolder.HTML + " gives " + bytes + " bytes as quoted-printable, and Gmail clips above "
                    + MAX_HTML_BYTES);
        }
        return faults.stream().distinct().toList();
    }

    /** The bytes of a text as quoted-printable (RFC 2045 §6.7) with CRLF and a soft break in every 73 columns. */
    static int encodedLength(String text) {
        int bytes = 0;
        int column = 0;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            int width = one == '\n' ? 2 : (one >= ' ' && one < 127 && one != '=') || one == '\t' ? 1 : 3;
            if (one == '\n') {
                column = 0;
            } else if (column + width > 73) {
                bytes += 3;
                column = width;
            } else {
                column += width;
            }
            bytes += width;
        }
        return bytes;
    }
}
