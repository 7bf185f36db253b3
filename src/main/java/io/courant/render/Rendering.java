package io.courant.render;

/**
 * A rendered issue, the same for all readers of an edition, with markers where personal parts go.
 *
 * @param subject one line
 * @param html a whole document, CSS inlined
 * @param text plain text, lines ended by LF
 * @param nonce recognises the markers: see {@link Hole#marker}
 */
public record Rendering(String subject, String html, String text, String nonce) {
    public Rendering {
        if (subject.isBlank() || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "subject.ftl must give one line of text, but gave '" + subject.strip() + "'");
        }
    }
}
