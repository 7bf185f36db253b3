package io.courant.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of a frozen issue an approval binds to: of each part the SHA-256, in hex. The parts are the content (items,
 * their words and order, introduction), its subject, what its messages are filled from (sender, links), the messages
 * (name, edition and bytes of each variant), where their counted links lead, and its recipients: how the audience was defined, how many they were when it
 * was frozen, and how many deliveries there are now.
 */
public record Seal(Map<String, String> parts) {
    public Seal {
        parts = Map.copyOf(parts);
    }

    /** The seal over these parts. */
    public static Seal over(Map<String, String> contents) {
        return new Seal(contents.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, part -> sha256(part.getValue()))));
    }

    /** SHA-256 over all parts, in hex: what an approver names. */
    public String hash() {
        return sha256(new TreeMap<>(parts)
                .entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Names of the parts that are not as in the other seal. */
    public List<String> differences(Seal other) {
        return new TreeMap<>(parts)
                .keySet().stream()
                        .filter(part -> !Objects.equals(parts.get(part), other.parts.get(part)))
                        .toList();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
