package io.courant.render;

import java.util.List;

/**
 * A rendered issue, the same for all readers of an edition, with markers where personal parts go.
 *
 * @param subject one line
 * @param html a whole document, CSS inlined
 * @param text plain text, lines ended by LF
 * @param pictures that the HTML shows by their ids
 * @param nonce recognises the markers: see {@link Hole#marker}
 */
public record Rendering(String subject, String html, String text, List<Picture> pictures, String nonce) {
    /**
     * A PNG that travels with the mail.
     *
     * @param id as in {@code <img src="cid:id">}
     * @param base64 its bytes, without line breaks
     */
    public record Picture(String id, String base64) {}

    public Rendering {
        pictures = List.copyOf(pictures);
        if (subject.isBlank() || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "subject.ftl must give one line of text, but gave '" + subject.strip() + "'");
        }
    }
}
