package io.courant.section;

import java.util.regex.Pattern;

/** Headings that every article has and that are no trend: what opens it, what closes it, what surrounds it. */
final class AdminHeading {
    private static final int LONGEST = 80;
    private static final Pattern ADMIN = Pattern.compile(
            "((a |an |the |my |our |your |in )?(short |brief |quick |final |general |closing |concluding )?"
                    + "(introduction|intro|overview|preface|foreword|table of contents|contents|in this (article|post)"
                    + "|conclusions?|conclusion and .{1,40}|summary|to sum up|in (summary|conclusion|closing|short)"
                    + "|executive summary|key takeaways?|takeaways?|tl;?dr|recap|wrap(ping)?[- ]?(it |things )?up"
                    + "|(final|closing|parting|last|concluding) (thoughts?|words?|remarks|notes?|reflections?)|thoughts"
                    + "|outro|epilogue|afterword|contributions?|(the )?bottom line"
                    + "|references|bibliography|sources|citations|footnotes|notes|resources|further (reading|resources)"
                    + "|(additional|useful|more|related) (reading|resources|links)|links|learn more|see also"
                    + "|acknowledge?ments?|credits|about (the |this )?(authors?|blog|company|newsletter|us|me)"
                    + "|disclaimer|disclosure|appendix|faqs?|frequently asked questions|related (posts|articles)"
                    + "|comments|leave a (reply|comment)|share this( post| article)?|subscribe|newsletter"
                    + "|tags|categories|posted in|(what's|what’s|what is|looking|moving|the road) (next|ahead|forward)"
                    + "|changelog|license|contact( us)?|next steps|what to do next"
                    + "|einleitung|einführung|vorwort|fazit|zusammenfassung|schluss(wort)?|quellen|ausblick|über den autor"
                    + "|avant-propos|(en )?résumé|pour conclure|à propos de l'auteur"
                    + "|introducción|conclusi(ón|ones)|resumen|fuentes|introdução|conclusão|introduzione|conclusioni?"
                    + "|wprowadzenie|wstęp|podsumowanie|inleiding|conclusie|前言|引言|总结|總結|结论|結論|结语|参考文献"
                    + "|はじめに|おわりに|まとめ|최종 정리|결론|введение|заключение|итоги))"
                    + "([:.!?]?|: .{1,60}| and (outlook|future work|next steps|further reading))",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern SYMBOLS = Pattern.compile("^[\\p{So}\\p{Sk}\\uFE0F\\u200D\\s]{1,9}");

    private AdminHeading() {}

    static boolean is(String heading) {
        String plain = heading.strip();
        return plain.length() <= LONGEST
                && ADMIN.matcher(SYMBOLS.matcher(plain).replaceFirst("")).matches();
    }
}
