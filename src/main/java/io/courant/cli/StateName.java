package io.courant.cli;

import io.courant.delivery.DeliveryState;
import io.courant.render.Nearest;
import io.courant.report.Account;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a delivery's state as people write it: {@code in-doubt}, {@code inDoubt}, {@code "In doubt"}. */
final class StateName implements ITypeConverter<DeliveryState> {
    @Override
    public DeliveryState convert(String name) {
        return Stream.of(DeliveryState.values())
                .filter(state -> letters(state.name()).equals(letters(name)))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static TypeConversionException unknown(String name) {
        List<String> names = Stream.of(DeliveryState.values())
                .map(state -> Account.words(state).replace(' ', '-'))
                .toList();
        return new TypeConversionException(
                "no state '" + name + "'" + Nearest.hint(name, names) + "; there are " + String.join(", ", names));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
