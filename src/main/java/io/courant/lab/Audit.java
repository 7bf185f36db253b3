package io.courant.lab;

import io.courant.audience.EmailAddress;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.delivery.Ledger.Entry;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Soundness;
import io.courant.issue.IssueId;
import io.courant.report.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the ledger against the log of the relay that the mail went to. What has to be true whatever was killed, cut or
 * full: who is ACCEPTED has a copy; who has more copies than that was in doubt once for each of them, and they are the
 * same to the byte; nobody else has any; every delivery is final and counted once; the database is sound. To be asked
 * while nobody sends. It keeps a few hundred bytes for each message in the log.
 */
public final class Audit {
    private final FrozenIssues issues;
    private final Ledger ledger;
    private final Soundness soundness;

    public Audit(FrozenIssues issues, Ledger ledger, Soundness soundness) {
        this.issues = issues;
        this.ledger = ledger;
        this.soundness = soundness;
    }

    /**
     * What an audit found.
     *
     * @param inTheLog deliveries of which the log has a copy
     * @param copies in the log, mail that nobody knows of included
     * @param lost deliveries that are ACCEPTED and of which the log has no copy
     * @param explained copies after the first, for each of which the ledger has been in doubt
     * @param unexplained copies for which the ledger has no reason
     * @param violations what should not be, a line each; none: all is well
     */
    public record Findings(
            IssueId issue,
            long candidates,
            long inTheLog,
            long copies,
            long lost,
            long explained,
            long unexplained,
            List<String> violations) {
        public Findings {
            violations = List.copyOf(violations);
        }
    }

    /** Audits an issue; {@code open}: its deliveries need not be final yet. */
    public Findings audit(FrozenIssue issue, Path relayLog, boolean open) throws IOException {
        IssueId id = issue.issue().id();
        Map<String, Sighting> sightings = new HashMap<>();
        RelayLog.forEach(
                relayLog,
                copy -> sightings
                        .computeIfAbsent(copy.messageId(), key -> new Sighting(copy))
                        .add(copy));
        Comparison comparison = new Comparison();
        forEach(issue, (entry, messageId) -> comparison.compare(entry, sightings.remove(messageId)));
        removeOtherIssues(sightings);
        sightings.forEach(comparison::unknown);
        comparison.account(new Account(issue.candidates(), ledger.counts(id)), open);
        soundness.problems().forEach(problem -> comparison.violations.add("database: " + problem));
        return comparison.findings(issue);
    }

    private interface Reader {
        void read(Entry entry, String messageId);
    }

    private void forEach(FrozenIssue issue, Reader reader) {
        IssueId id = issue.issue().id();
        for (DeliveryState state : DeliveryState.values()) {
            ledger.forEach(
                    id,
                    state,
                    (Entry entry) -> reader.read(entry, issue.imprint().messageId(id, entry.subscriber())));
        }
    }

    /** The relay may have taken other issues on the same day; each has an audit of its own. */
    private void removeOtherIssues(Map<String, Sighting> sightings) {
        for (String newsletter : issues.newsletters()) {
            for (IssueId other : issues.list(newsletter)) {
                if (sightings.keySet().stream().anyMatch(messageId -> messageId.startsWith(other + "."))) {
                    forEach(issues.find(other).orElseThrow(), (entry, messageId) -> sightings.remove(messageId));
                }
            }
        }
    }

    private static final class Comparison {
        private final List<String> violations = new ArrayList<>();
        private long inTheLog;
        private long copies;
        private long lost;
        private long explained;
        private long unexplained;

        void compare(Entry entry, @Nullable Sighting sighting) {
            boolean accepted = entry.state() == DeliveryState.ACCEPTED;
            if (sighting == null) {
                if (accepted) {
                    lost++;
                    violation(entry, "ACCEPTED" + doubts(entry) + ", but the relay's log has no copy");
                }
                return;
            }
            inTheLog++;
            copies += sighting.copies();
            // what is SENDING may have been taken at this very moment
            int due = entry.inDoubt() + (accepted || entry.state() == DeliveryState.SENDING ? 1 : 0);
            explained += Math.max(0, Math.min(sighting.copies(), due) - 1);
            if (sighting.copies() > due) {
                unexplained += sighting.copies() - due;
                violation(entry, entry.state() + doubts(entry) + ", but the relay took " + copies(sighting));
            }
            if (sighting.differs()) {
                violation(entry, "the " + copies(sighting) + " are not the same to the byte");
            }
            String stray = entry.isErased() ? null : sighting.strayedTo(new EmailAddress(entry.address()));
            if (stray != null) {
                violation(entry, "the relay was told to send this message to " + stray);
            }
        }

        void unknown(String messageId, Sighting sighting) {
            if (Personalizer.isTest(messageId)) {
                return; // an editor asked for it
            }
            copies += sighting.copies();
            unexplained += sighting.copies();
            violations.add(sighting.recipient() + ": the relay took " + copies(sighting)
                    + (messageId.isEmpty() ? " without a Message-ID" : " of " + messageId + ", which is no delivery"));
        }

        void account(Account account, boolean open) {
            account.byState().forEach((state, count) -> {
                if (count > 0 && !state.isFinal() && !open) {
                    violations.add(count + " deliveries are " + state
                            + ", which is not final; send the issue to its end, or audit it with --open");
                }
            });
            if (!account.isBalanced()) {
                violations.add("the account does not add up: " + account.candidates() + " candidates, "
                        + account.byState().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        + " deliveries");
            }
        }

        private void violation(Entry entry, String what) {
            violations.add(entry.shownAddress() + ": " + what);
        }

        private static String copies(Sighting sighting) {
            return sighting.copies() + (sighting.copies() == 1 ? " copy" : " copies");
        }

        private static String doubts(Entry entry) {
            return switch (entry.inDoubt()) {
                case 0 -> " and never in doubt";
                case 1 -> " and in doubt once";
                default -> " and in doubt " + entry.inDoubt() + " times";
            };
        }

        Findings findings(FrozenIssue issue) {
            return new Findings(
                    issue.issue().id(), issue.candidates(), inTheLog, copies, lost, explained, unexplained, violations);
        }
    }
}
