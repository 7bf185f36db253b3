package io.courant.lab;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The extensions that a relay offers, each as EHLO shows it: {@code SIZE 10485760}. */
record Offers(List<String> extensions) {
    static final Offers USUAL = new Offers(List.of("SIZE 10485760", "8BITMIME", "ENHANCEDSTATUSCODES"));

    private static final Pattern SIZE = Pattern.compile("(?i)\\bSIZE=(\\d{1,18})");

    Offers {
        extensions = extensions.stream().map(String::strip).toList();
    }

    boolean has(String keyword) {
        return extensions.stream().anyMatch(one -> keyword(one).equals(keyword));
    }

    /** What is wrong with the parameters of MAIL, as the relay would say it. */
    Optional<String> fault(String parameters) {
        for (String parameter : parameters.split(" +", -1)) {
            String[] parts = parameter.toUpperCase(Locale.ROOT).split("=", 2);
            String extension = parts[0].equals("BODY") ? "8BITMIME" : parts[0];
            if (!extension.isEmpty() && !has(extension)) {
                return Optional.of("555 5.5.4 " + parts[0] + " is not offered here");
            }
        }
        Matcher size = SIZE.matcher(parameters);
        return size.find() ? sizeFault(Long.parseLong(size.group(1))) : Optional.empty();
    }

    /** What is wrong with a message of that many bytes (RFC 1870 §6). */
    Optional<String> sizeFault(long bytes) {
        return extensions.stream()
                .filter(one -> one.matches("SIZE [1-9]\\d{0,17}")) // without a number, or with 0, there is no limit
                .map(one -> Long.parseLong(one.substring("SIZE ".length())))
                .filter(most -> bytes > most)
                .map(most -> "552 5.3.4 more than " + most + " bytes")
                .findFirst();
    }

    private static String keyword(String extension) {
        return extension.split(" ", 2)[0];
    }
}
