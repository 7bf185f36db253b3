package io.courant.job;

import io.courant.render.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the text of a setting into a value, or says what was expected. */
final class Parse {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d)");

    private Parse() {}

    static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected a text, found nothing");
        }
        return text.strip();
    }

    static boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("expected true or false, found '" + text + "'");
        };
    }

    static Function<String, Integer> number(int least, int most) {
        return text -> {
            String expected = "expected a whole number from " + least + " to " + most + ", found '" + text + "'";
            try {
                int value = Integer.parseInt(text.strip());
                if (value < least || value > most) {
                    throw new IllegalArgumentException(expected);
                }
                return value;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(expected, e);
            }
        };
    }

    /** A part of a whole: 0 to 1. */
    static double share(String text) {
        String expected = "expected a number from 0 to 1, such as 0.1, found '" + text + "'";
        try {
            double share = Double.parseDouble(text.strip());
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(expected);
            }
            return share;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a time such as 30s, 5m, 2h or 3d, found '" + text + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m", "min" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** How far back: a time, or none for no limit. */
    static Optional<Duration> lookBack(String text) {
        return text.strip().equals("none") ? Optional.empty() : Optional.of(duration(text));
    }

    static List<Duration> durations(String text) {
        return Arrays.stream(text.split(",")).map(Parse::duration).toList();
    }

    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Parse::name).toList();
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of " + names.stream().collect(Collectors.joining(", ")) + ", found '" + text + "'"
                                + Nearest.hint(text, names)));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static URI web(String text) {
        try {
            URI uri = new URI(text.strip());
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "expected an address such as https://news.example.org, found '" + text + "'", e);
        }
        throw new IllegalArgumentException(
                "expected an address such as https://news.example.org, found '" + text + "'");
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected a time zone such as Europe/Berlin, found '" + text + "'"
                            + Nearest.hint(text, ZoneId.getAvailableZoneIds()),
                    e);
        }
    }

    static Locale language(String text) {
        try {
            return new Locale.Builder().setLanguageTag(text.strip()).build();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("expected a language tag such as en or pt-BR, found '" + text + "'", e);
        }
    }
}
