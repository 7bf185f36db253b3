package io.courant.render;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a reader's mail program gets to show, as {@link MailRules} looks at it.
 *
 * @param unsubscribeUrl where the reader leaves; empty when the mail names none
 * @param pictures bytes of each picture that travels with the mail, by its Content-ID
 * @param hosts that its links may lead to, in small letters; empty when any may be meant
 */
public record Letter(
        String subject,
        String html,
        String text,
        String unsubscribeUrl,
        Map<String, Integer> pictures,
        Set<String> hosts) {
    private static final String UNSUBSCRIBE = "https://courant.example.org/u/" + "a".repeat(60);
    private static final Map<Hole, String> SAMPLE = Map.of(
            Hole.ADDRESS,
            "sample.reader@example.org",
            Hole.SINCE,
            "2026-01-15",
            Hole.UNSUBSCRIBE_URL,
            UNSUBSCRIBE,
            Hole.PREFERENCES_URL,
            "https://courant.example.org/p/" + "a".repeat(60));

    public Letter {
        pictures = Map.copyOf(pictures);
        hosts = Set.copyOf(hosts);
    }

    /** A rendering as it would reach a reader who never was. */
    static Letter specimen(Rendering rendering) {
        return specimen(rendering, UNSUBSCRIBE);
    }

    /** @param unsubscribeUrl empty for a mail that nobody need leave */
    static Letter specimen(Rendering rendering, String unsubscribeUrl) {
        String html = rendering.html();
        String text = rendering.text();
        for (Hole hole : Hole.values()) {
            String marker = hole.marker(rendering.nonce());
            String value = SAMPLE.getOrDefault(hole, hole.field());
            html = html.replace(marker, value);
            text = text.replace(marker, value);
        }
        return new Letter(
                rendering.subject(),
                html,
                text,
                unsubscribeUrl,
                rendering.pictures().stream()
                        .collect(Collectors.toMap(
                                Rendering.Picture::id,
                                picture -> Base64.getDecoder().decode(picture.base64()).length)),
                Set.of());
    }
}
