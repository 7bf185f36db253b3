package io.courant.post;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Parses a feed's XML. A feed that is not well-formed is read as far as it can be understood, and what its DOCTYPE
 * declares is never resolved.
 */
final class FeedXml {
    private FeedXml() {}

    static FeedElement parse(String where, String text) {
        Document document = Jsoup.parse(withoutDoctype(text.strip()), "", Parser.xmlParser());
        document.outputSettings().prettyPrint(false);
        Element root = document.firstElementChild();
        if (root == null) {
            throw new PostException(where, "is neither RSS, Atom nor JSON Feed; check the address");
        }
        if (root.tagName().equalsIgnoreCase("html")) {
            throw new PostException(
                    where, "is a web page, not a feed; look in it for the address of its RSS or Atom feed");
        }
        return FeedElement.root(root);
    }

    /** Cuts the document type declaration out, its internal subset included (XML 1.0 section 2.8). */
    static String withoutDoctype(String xml) {
        int start = prologEnd(xml);
        if (!xml.regionMatches(true, start, "<!DOCTYPE", 0, 9)) {
            return xml;
        }
        int depth = 0;
        char quote = 0;
        for (int i = start; i < xml.length(); i++) {
            char c = xml.charAt(i);
            if (xml.startsWith("<!--", i)) {
                i = after(xml, "-->", i) - 1;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '<') {
                depth++;
            } else if (c == '>' && --depth == 0) {
                return xml.substring(0, start) + xml.substring(i + 1);
            }
        }
        return xml;
    }

    /** Where the first thing stands that is neither space, comment nor processing instruction. */
    private static int prologEnd(String xml) {
        int i = 0;
        while (i < xml.length()) {
            if (Character.isWhitespace(xml.charAt(i))) {
                i++;
            } else if (xml.startsWith("<?", i)) {
                i = after(xml, "?>", i);
            } else if (xml.startsWith("<!--", i)) {
                i = after(xml, "-->", i);
            } else {
                return i;
            }
        }
        return i;
    }

    private static int after(String xml, String end, int from) {
        int at = xml.indexOf(end, from);
        return at < 0 ? xml.length() : at + end.length();
    }
}
