package io.courant.post;

import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.ParsingFeedException;
import com.rometools.rome.io.SyndFeedInput;
import java.io.StringReader;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;

/** Parses a feed's XML without ever resolving what its DOCTYPE declares. */
final class FeedXml {
    private static final Pattern ENTITY = Pattern.compile("&([A-Za-z][A-Za-z0-9]{1,31});");

    private FeedXml() {}

    static SyndFeed parse(String where, String text) {
        String xml = text.strip();
        try {
            String withoutDoctype = withoutDoctype(xml);
            return input().build(new StringReader(withoutDoctype.equals(xml) ? xml : withoutEntities(withoutDoctype)));
        } catch (FeedException | IllegalArgumentException broken) {
            throw new PostException(refusal(where, xml, broken));
        }
    }

    private static Problem refusal(String where, String xml, Exception broken) {
        String start = xml.substring(0, Math.min(xml.length(), 2000)).toLowerCase(Locale.ROOT);
        if (start.contains("<html") || start.contains("<!doctype html")) {
            return new Problem(where, "is a web page, not a feed; look in it for the address of its RSS or Atom feed");
        }
        if (broken instanceof ParsingFeedException parsing && parsing.getLineNumber() > 0) {
            return new Problem(
                    where + ":" + parsing.getLineNumber(),
                    "is not well-formed XML (" + cause(broken) + "); tell the owner of the feed");
        }
        return new Problem(where, "is neither RSS nor Atom (" + cause(broken) + "); check the address");
    }

    private static SyndFeedInput input() {
        SyndFeedInput input = new SyndFeedInput();
        input.setAllowDoctypes(false);
        return input;
    }

    private static String cause(Exception broken) {
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        return cause instanceof NullPointerException
                ? "an element that it must have is missing"
                : TitleLine.oneLine(String.valueOf(cause.getMessage()));
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

    /** RSS 0.91 takes HTML's entities from its DOCTYPE; what it would have declared is written out instead. */
    private static String withoutEntities(String xml) {
        Matcher entity = ENTITY.matcher(xml);
        return entity.replaceAll(found -> {
            String name = found.group(1);
            boolean html = !name.matches("lt|gt|amp|quot|apos") && Entities.isNamedEntity(name);
            return Matcher.quoteReplacement(html ? Entities.getByName(name) : found.group());
        });
    }
}
