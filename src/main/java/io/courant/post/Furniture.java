package io.courant.post;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows the lines that a page puts around a post: categories, share buttons, the comment form. Only whole lines count,
 * so a sentence that mentions one of them stays.
 */
final class Furniture {
    private static final int LONGEST = 240;
    private static final int SHORT = 150;

    private static final Pattern REPLIES = whole(
            "leave a (reply|comment)( cancel reply| to .*)?",
            "(one|\\d+) thoughts? on [“\"‘«„].*",
            "\\d+ (comments?|replies|responses?)( on [“\"‘«„].*)?");
    private static final Pattern RELATED = whole(
            "related (posts?|articles?|stories|content|news)",
            "you (may|might|could) also (like|enjoy|be interested in).*",
            "more from (the|this|our|my) .{1,40}",
            "(recent|popular|latest|recommended|similar) (posts?|comments?|articles?|stories)",
            "(read|up) next");
    private static final Pattern SURE = whole(
            "posted (in|under|on|by)",
            "(?-i:[Pp]osted (in|under):?) (?-i:[\\p{Lu}\\p{Nd}#]).{0,100}[^.!?]",
            "posted on:? .{0,40}\\d.{0,60}|posted by:? (?-i:\\p{Lu}).{1,60}[^.!?]",
            "(published|updated|last (updated|modified))( on| at)?:? (\\p{L}{3,12} )?\\d.{2,30}",
            "(filed (in|under)|categories|category|tags?|tagged( with| in)?): ?.{0,120}[^.!?]",
            "(filed (in|under)|tagged( with| in)?) (?-i:[\\p{Lu}#]).{0,100}[^.!?]",
            "share this( post| article| story| page)?( (on|via|with) .{1,40})?",
            "share (on|via) (facebook|twitter|x|linkedin|reddit|whatsapp|telegram|pinterest|e-?mail|social media)",
            "click to (share|email|print|tweet).*",
            ".{1,60}\\(opens in (a )?new (window|tab)\\)",
            "like this|like loading|(like )?loading\\.*",
            "subscribe( now| today| here)?!?",
            "subscribe (to|via|for) .{1,80}",
            "(sign up|join)( for| to)? (our|the|my)? ?(free |weekly |daily )*(newsletter|mailing list).{0,60}",
            "cancel reply|post comment|submit comment|reply to .{1,40}",
            "your e-?mail address will not be published.*",
            "required fields( are marked.*)?",
            "save my name, e-?mail.*|notify me of (new|follow).*|this site uses akismet.*",
            "comments are closed|no comments( yet)?|join the (conversation|discussion)|be the first to (comment|like).*",
            "(estimated )?reading time:? .{1,30}|\\d+ min(ute)?s?( of)? read(ing)?",
            "skip to( main)? content|back to top|table of contents",
            "(proudly )?powered by .{1,60}|theme:? .{1,60} by .{1,60}",
            "(copyright )?(©|\\(c\\)) ?(copyright )?\\d{4}.*|all rights reserved|.{1,80} all rights reserved",
            "privacy policy|terms (of (use|service)|(and|&) conditions)|cookie (policy|settings|preferences|notice)",
            "(accept|reject|allow)( all)? cookies|(accept|reject) all|manage (cookies|consent|preferences)",
            "(we|this (web)?site) uses? cookies.*|by (continuing|using) .{0,60}cookies.*",
            "advertisements?|sponsored( content)?",
            "(previous|next|older|newer) (post|article|story|entry|posts|entries|articles)(:.*)?",
            "← .{1,120}|.{1,120} →",
            "read more( (about|on) .{1,80})?|continue reading( .{1,120})?",
            "the post .* appeared first on .*");
    private static final Pattern MAYBE = whole(
            "share|tweet|pin( it)?|print|e-?mail( \\*)?|facebook|twitter|x|linkedin|reddit|whatsapp|telegram|pinterest",
            "tumblr|pocket|mastodon|bluesky|threads|copy link|more|like|save|follow( us)?|related|comments?( \\*)?",
            "name( \\*)?|website|menu|home|about( us)?|contact( us)?|blog|search|log ?in|sign (in|up)|register|archives?",
            "accept|decline|tags|categories|meta|rss|close|previous|next|reply|edit|submit|newsletter|shop|services|author|by .{2,40}");

    private enum Kind {
        BLANK,
        TEXT,
        MAYBE,
        SURE,
        RELATED,
        REPLIES;

        boolean isSure() {
            return this == SURE || this == RELATED || this == REPLIES;
        }
    }

    private Furniture() {}

    private static Pattern whole(String... lines) {
        return Pattern.compile(
                "(?:" + String.join("|", lines) + ")\\s?[.:…]?", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The indexes of the lines that are furniture. */
    static BitSet in(List<String> lines) {
        Kind[] kinds = new Kind[lines.size()];
        long length = 0;
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = kind(lines.get(i));
            length += lines.get(i).length();
        }
        BitSet furniture = new BitSet();
        long before = 0;
        boolean related = false;
        for (int i = 0; i < kinds.length; i++) {
            boolean secondHalf = before * 2 >= length;
            before += lines.get(i).length();
            if (kinds[i] == Kind.REPLIES && (secondHalf || formFollows(kinds, i))) {
                furniture.set(i, kinds.length);
                break;
            }
            if (kinds[i] == Kind.RELATED && secondHalf) {
                related = true;
            } else if (related && kinds[i] == Kind.TEXT && !isTitleLike(lines.get(i))) {
                related = false;
            }
            if (related || kinds[i].isSure()) {
                furniture.set(i);
            }
        }
        addNeighbours(kinds, furniture);
        return furniture;
    }

    private static Kind kind(String line) {
        if (line.length() > LONGEST * 2) {
            return Kind.TEXT;
        }
        String plain = line.replace('\u00A0', ' ').strip().replaceAll("\\s+", " ");
        if (plain.isEmpty()) {
            return Kind.BLANK;
        }
        if (plain.length() > LONGEST) {
            return Kind.TEXT;
        }
        if (REPLIES.matcher(plain).matches()) {
            return Kind.REPLIES;
        }
        if (RELATED.matcher(plain).matches()) {
            return Kind.RELATED;
        }
        if (SURE.matcher(plain).matches()) {
            return Kind.SURE;
        }
        return MAYBE.matcher(plain).matches() ? Kind.MAYBE : Kind.TEXT;
    }

    /** Whether the next line that is not blank belongs to a comment form. */
    private static boolean formFollows(Kind[] kinds, int i) {
        int next = i + 1;
        while (next < kinds.length && kinds[next] == Kind.BLANK) {
            next++;
        }
        return next < kinds.length && kinds[next] == Kind.SURE;
    }

    private static boolean isTitleLike(String line) {
        String plain = line.strip();
        return plain.length() <= SHORT && !plain.endsWith(".");
    }

    /** A lone "Share" may be a heading; beside other furniture, or in a menu at either end, it is furniture too. */
    private static void addNeighbours(Kind[] kinds, BitSet furniture) {
        int i = 0;
        while (i < kinds.length) {
            int start = i;
            int maybe = 0;
            boolean sure = false;
            while (i < kinds.length && (kinds[i] == Kind.BLANK || kinds[i] == Kind.MAYBE || furniture.get(i))) {
                maybe += kinds[i] == Kind.MAYBE ? 1 : 0;
                sure |= furniture.get(i);
                i++;
            }
            boolean atAnEnd = start == 0 || i == kinds.length;
            if (maybe > 0 && (sure || (atAnEnd && maybe > 1))) {
                for (int line = start; line < i; line++) {
                    if (kinds[line] == Kind.MAYBE) {
                        furniture.set(line);
                    }
                }
            }
            i++;
        }
    }
}
