package io.courant.dns;

/**
 * One thing that was looked at.
 *
 * @param subject SPF, DKIM, DMARC, MX or A for DNS, or what else was looked at
 * @param name in DNS, or of a folder, a file or a relay
 * @param words what was found, and what to do
 * @param add the record that would help, as a line of a zone file; empty when none would
 */
public record Check(Verdict verdict, String subject, String name, String words, String add) {
    /** How it stands. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** It works, and could be better. */
        HINT,
        /** It cannot be told from here. */
        UNKNOWN,
        /** Mail is refused, or taken for spam, until it is mended. */
        WRONG
    }

    static Check ok(String subject, String name, String words) {
        return new Check(Verdict.OK, subject, name, words, "");
    }

    static Check hint(String subject, String name, String words) {
        return new Check(Verdict.HINT, subject, name, words, "");
    }

    static Check unknown(String subject, String name, String words) {
        return new Check(Verdict.UNKNOWN, subject, name, words, "");
    }

    static Check wrong(String subject, String name, String words) {
        return new Check(Verdict.WRONG, subject, name, words, "");
    }

    static Check wrong(String subject, String name, String words, String add) {
        return new Check(Verdict.WRONG, subject, name, words, add);
    }
}
