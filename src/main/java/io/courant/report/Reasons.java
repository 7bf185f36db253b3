package io.courant.report;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscribers;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Ledger.Attempt;
import io.courant.delivery.Ledger.Entry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in a sentence why a delivery stands where it stands; asking changes nothing. */
public final class Reasons {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm '('VV')'");

    private final Subscribers subscribers;
    private final Instant now;
    private final ZoneId zone;

    /** @param zone that times are told in */
    public Reasons(Subscribers subscribers, Instant now, ZoneId zone) {
        this.subscribers = subscribers;
        this.now = now;
        this.zone = zone;
    }

    /** The reason; there is none to give where the relay took the message at the first attempt. */
    public Optional<String> of(Entry entry) {
        String reason = Stream.of(trouble(entry), standing(entry))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** What went wrong on the way. That a second copy is possible says more than any delay. */
    private static Optional<String> trouble(Entry entry) {
        if (entry.inDoubt() > 0) {
            return Optional.of("in doubt " + times(entry.inDoubt()) + last(entry, DeliveryState.IN_DOUBT));
        }
        long deferrals = attempts(entry, DeliveryState.DEFERRED).size();
        if (deferrals > 0) {
            return Optional.of("deferred " + times(deferrals) + last(entry, DeliveryState.DEFERRED));
        }
        long breaks = attempts(entry, DeliveryState.READY).size();
        return breaks == 0
                ? Optional.empty()
                : Optional.of("not sent " + times(breaks) + last(entry, DeliveryState.READY));
    }

    private Optional<String> standing(Entry entry) {
        return switch (entry.state()) {
            case READY -> Optional.of(ready(entry));
            case SENDING -> Optional.of("with a relay, or about to be");
            case ACCEPTED -> accepted(entry);
            case DEFERRED ->
                entry.inDoubt() == 0
                        ? Optional.empty()
                        : Optional.of("deferred since" + last(entry, DeliveryState.DEFERRED));
            case REJECTED -> Optional.of("refused" + last(entry, DeliveryState.REJECTED));
            case IN_DOUBT -> Optional.of("the relay may have taken it");
            case EXPIRED -> Optional.of("given up");
            case CANCELLED -> Optional.of(left(entry) + " after the issue was frozen");
            case SUPPRESSED -> Optional.of(entry.isErased() ? "erased" : left(entry) + " before the issue was frozen");
        };
    }

    private String ready(Entry entry) {
        Instant due = entry.dueAt();
        if (due != null && due.isAfter(now)) {
            return "waits for the hour that its reader chose, until " + TIME.format(due.atZone(zone));
        }
        return entry.attempts().isEmpty() ? "not tried yet" : "to be tried again";
    }

    private static Optional<String> accepted(Entry entry) {
        if (entry.attempts().isEmpty()) {
            return Optional.empty();
        }
        if (attempts(entry, DeliveryState.ACCEPTED).isEmpty()) {
            return Optional.of("taken as sent");
        }
        return Optional.of(
                entry.inDoubt() > 0
                        ? "taken at a later attempt, so a second copy is possible"
                        : "taken at a later attempt");
    }

    private String left(Entry entry) {
        if (entry.isErased()) {
            return "erased";
        }
        return subscribers
                .suppression(new EmailAddress(entry.address()))
                .map(reason -> "suppressed (" + reason + ")")
                .orElse("unsubscribed");
    }

    private static List<Attempt> attempts(Entry entry, DeliveryState outcome) {
        return entry.attempts().stream()
                .filter(attempt -> attempt.outcome() == outcome)
                .toList();
    }

    /** What the last of these attempts said, after a colon. */
    private static String last(Entry entry, DeliveryState outcome) {
        return attempts(entry, outcome).stream()
                .reduce((earlier, later) -> later)
                .map(attempt -> ": " + attempt.reply())
                .orElse("");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }
}
