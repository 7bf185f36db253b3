package io.courant.desk;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Says what was expected where a request brings something that is not of the kind wanted. */
final class Mistyped {
    private Mistyped() {}

    /** What is wrong, in words; what is said in words already stays as it is. */
    static String words(Exception trouble) {
        if (!(trouble instanceof TypeMismatchException mistyped)) {
            return String.valueOf(trouble.getMessage());
        }
        String where = mistyped instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : "value";
        return where + ": expected " + wanted(mistyped.getRequiredType()) + ", found '" + mistyped.getValue() + "'";
    }

    /** What a form names, such as a role, in capitals or not. */
    static <E extends Enum<E>> E one(Class<E> type, String field, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(field + ": expected " + wanted(type) + ", found '" + name + "'"));
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == Instant.class) {
            return "a time such as 2026-11-24T08:30:00Z";
        }
        return type != null && type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(one -> ((Enum<?>) one).name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "one of ", ""))
                : "a number";
    }
}
