package io.courant.cli;

import io.courant.delivery.DeliveryState;
import io.courant.issue.NewSections.Fate;
import io.courant.render.Nearest;
import io.courant.report.IssueView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a state as people write it: {@code in-doubt}, {@code inDoubt}, {@code "In doubt"}. */
final class StateName {
    private StateName() {}

    /** Of a delivery. */
    static final class OfDelivery implements ITypeConverter<DeliveryState> {
        @Override
        public DeliveryState convert(String name) {
            return StateName.of(DeliveryState.values(), name);
        }
    }

    /** Of an item. */
    static final class OfItem implements ITypeConverter<Fate.State> {
        @Override
        public Fate.State convert(String name) {
            return StateName.of(Fate.State.values(), name);
        }
    }

    private static <E extends Enum<E>> E of(E[] states, String name) {
        return Stream.of(states)
                .filter(state -> letters(state.name()).equals(letters(name)))
                .findFirst()
                .orElseThrow(() -> unknown(states, name));
    }

    private static TypeConversionException unknown(Enum<?>[] states, String name) {
        List<String> names = Stream.of(states)
                .map(state -> IssueView.words(state).replace(' ', '-'))
                .toList();
        return new TypeConversionException(
                "no state '" + name + "'" + Nearest.hint(name, names) + "; there are " + String.join(", ", names));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
