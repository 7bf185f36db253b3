package io.courant.report;

import io.courant.bounce.Report;
import io.courant.delivery.Approvals;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.Headline;
import io.courant.delivery.Seal;
import io.courant.post.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issue as {@code --json} shows it; scripts rely on these names.
 *
 * @param approvedBy who let it be sent, if somebody must
 * @param sendAfter before which sending does not begin; null: at once
 * @param unread sources that could not be read for it
 * @param cameBack reports that bear our token, by kind; none of them if nothing came back
 * @param hash of what was frozen, to which an approval binds; null unless it awaits one
 * @param deliveries {@code candidates}, then every state with its count; candidates is their sum
 */
public record IssueView(
        String issue,
        String newsletter,
        Instant date,
        String subject,
        String state,
        int items,
        int carriedOver,
        int variants,
        Map<String, Long> deliveries,
        List<Problem> unread,
        Map<String, Long> cameBack,
        List<String> approvedBy,
        @Nullable Instant sendAfter,
        @Nullable String hash) {

    public static IssueView of(IssueReport report, Approvals approvals) {
        var issue = report.issue();
        return new IssueView(
                issue.id().value(),
                issue.newsletter(),
                issue.date(),
                issue.subject(),
                name(issue.state()),
                issue.items(),
                issue.carriedOver(),
                issue.variants(),
                deliveries(report.deliveries()),
                issue.unread(),
                cameBack(report),
                issue.approvedBy(),
                issue.sendAfter(),
                issue.state() == FrozenIssue.State.AWAITING_APPROVAL
                        ? approvals.seal(issue.id()).map(Seal::hash).orElse(null)
                        : null);
    }

    /** How much came back, the kinds in the order of {@link Report.Kind}. */
    public static Map<String, Long> cameBack(IssueReport report) {
        Map<String, Long> kinds = new LinkedHashMap<>();
        for (Report.Kind kind : Report.Kind.values()) {
            if (report.cameBack().containsKey(kind)) {
                kinds.put(kind.word(), report.cameBack().get(kind));
            }
        }
        return kinds;
    }

    /** An account with the names that scripts rely on. */
    public static Map<String, Long> deliveries(Account account) {
        Map<String, Long> deliveries = new LinkedHashMap<>();
        deliveries.put("candidates", account.candidates());
        for (DeliveryState state : DeliveryState.values()) {
            deliveries.put(name(state), account.of(state));
        }
        return deliveries;
    }

    /** A constant's name as JSON writes it: {@code inDoubt}. */
    public static String name(Enum<?> constant) {
        List<String> words = List.of(constant.name().toLowerCase(Locale.ROOT).split("_"));
        StringBuilder name = new StringBuilder(words.get(0));
        words.stream()
                .skip(1)
                .forEach(word ->
                        name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
        return name.toString();
    }

    /** The account in words: {@code 24 candidates = 23 accepted + 1 deferred}. */
    public static String words(Account account) {
        StringBuilder words = new StringBuilder();
        for (DeliveryState state : DeliveryState.values()) {
            if (account.of(state) > 0) {
                words.append(words.isEmpty() ? "" : " + ")
                        .append(account.of(state))
                        .append(' ')
                        .append(Account.words(state));
            }
        }
        return account.candidates()
                + (account.candidates() == 1 ? " candidate = " : " candidates = ")
                + (words.isEmpty() ? "0" : words);
    }

    /** That an issue is held, and how it goes on. */
    public static String held(Headline issue) {
        return issue.id() + " is " + words(issue.state()) + "; 'courant resume " + issue.id() + "' lets it go on";
    }

    /** A state in words: {@code awaiting approval}. */
    public static String words(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
