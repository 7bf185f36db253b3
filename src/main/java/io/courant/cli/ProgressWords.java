package io.courant.cli;

import io.courant.delivery.Conductor.Order;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Progress;
import io.courant.report.Account;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far a send has got, in words. */
final class ProgressWords {
    private static final List<DeliveryState> COUNTED =
            List.of(DeliveryState.ACCEPTED, DeliveryState.DEFERRED, DeliveryState.REJECTED, DeliveryState.IN_DOUBT);

    private ProgressWords() {}

    /** All of it, for a line of a log. */
    static String line(Progress progress) {
        long percent = progress.total() == 0 ? 100 : progress.done() * 100 / progress.total();
        return format("%d %%, %,d of %,d, %s", percent, progress.done(), progress.total(), pace(progress))
                + progress.remaining().map(left -> ", " + clock(left) + " left").orElse("")
                + ": " + counts(progress);
    }

    /** The rate, or that there is none for now. */
    static String pace(Progress progress) {
        return progress.order() == Order.PAUSE ? "paused" : format("%,.0f a second", progress.perSecond());
    }

    /** Where those are that were sent. */
    static String counts(Progress progress) {
        return COUNTED.stream()
                .filter(state -> state == DeliveryState.ACCEPTED || progress.of(state) > 0)
                .map(state -> format("%,d %s", progress.of(state), Account.words(state)))
                .collect(Collectors.joining(", "));
    }

    private static String clock(Duration time) {
        return format("%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static String format(String words, Object... values) {
        return String.format(Locale.ROOT, words, values);
    }
}
