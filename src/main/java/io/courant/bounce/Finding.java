package io.courant.bounce;

import io.courant.bounce.Reasons.Match;
import io.courant.bounce.Reasons.Words;
import io.courant.bounce.Report.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a mail says of a recipient, still in its own words.
 *
 * @param recipient possibly empty
 * @param action of a delivery status (RFC 3464 §2.3.3), or empty
 * @param status of a delivery status (§2.3.4), or empty
 * @param diagnostic the answer of the other system (§2.3.6), or empty
 * @param notice what is said of the recipient besides, in words for people
 */
record Finding(String recipient, String action, String status, String diagnostic, String notice) {
    private static final int LONGEST_EVIDENCE = 300;
    private static final Pattern TRIES_AGAIN = Pattern.compile(
            "retry timeout exceeded|not yet been delivered|delay reason:|has been delayed|warning message only|will be retried",
            Pattern.CASE_INSENSITIVE);
    private static final Reasons REASONS = Reasons.shipped();

    Report report() {
        Codes told = Codes.in(diagnostic);
        if (told.isExpiry()) {
            told = Codes.causeOfExpiry(notice).orElse(told);
        }
        Codes codes =
                told.or(new Codes("", status)).or(diagnostic.isEmpty() || isLocal() ? Codes.in(notice) : Codes.NONE);
        if (codes.status().startsWith("2") || action.matches("delivered|relayed|expanded")) {
            return report(Reason.DELIVERED, codes);
        }
        Reason reason = reason(codes);
        boolean temporary = codes.reply().isEmpty() ? isDelayed() : codes.isTemporary();
        return report(reason, codes.status().isEmpty() ? new Codes(codes.reply(), reason.status(temporary)) : codes);
    }

    private Reason reason(Codes codes) {
        String answer = diagnostic.isEmpty() ? Codes.answer(notice) : diagnostic;
        Stage stage = stage(answer);
        Words answered = Words.of(answer);
        Words noticed = answer.equals(notice) ? answered : Words.of(notice);
        Optional<Match> said = REASONS.said(answered);
        if (isLocal()
                && said.or(() -> REASONS.said(noticed))
                        .filter(match -> match.reason() == Reason.MAILBOX_FULL)
                        .isEmpty()) {
            return Reason.MAILER_ERROR;
        }
        return said.or(() -> REASONS.meantBy(codes.status()).map(reason -> new Match(reason, true)))
                .or(() -> REASONS.hinted(answered))
                .or(() -> REASONS.said(noticed))
                .or(() -> REASONS.hinted(noticed))
                .map(match -> proven(match, codes, stage))
                .orElse(action.equals("delayed") ? Reason.EXPIRED : Reason.UNEXPLAINED);
    }

    private Stage stage(String answer) {
        Stage stage = Stage.in(answer);
        return stage == Stage.UNKNOWN ? Stage.in(Codes.answers(notice)) : stage;
    }

    private Reason proven(Match match, Codes codes, Stage stage) {
        return switch (match.reason()) {
            case USER_UNKNOWN -> user(match, codes, stage);
            case HOST_UNKNOWN -> host(codes, stage);
            case SECURITY, REJECTED, FILTERED -> stage == Stage.CONNECTION ? Reason.BLOCKED : match.reason();
            default -> match.reason();
        };
    }

    private static Reason host(Codes codes, Stage stage) {
        if (stage == Stage.SENDER) {
            return Reason.REJECTED;
        }
        return codes.isTemporary() ? Reason.NETWORK : Reason.HOST_UNKNOWN; // a name server may know it tomorrow
    }

    /** A receiver that says "user unknown" after it took the mail, or who knows when, filters: the user may exist. */
    private Reason user(Match match, Codes codes, Stage stage) {
        if (stage == Stage.SENDER) {
            return Reason.REJECTED;
        }
        if (!match.sure() && codes.status().startsWith(".7.", 1)) {
            return Reason.FILTERED;
        }
        boolean named = codes.status().matches("[45]\\.1\\.[1-9]\\d*|[45]\\.2\\.1|[45]\\.5\\.0")
                || (codes.status().isEmpty() && !diagnostic.isEmpty());
        boolean asked = stage == Stage.RECIPIENT && !codes.isTemporary();
        return named || asked || match.sure() ? Reason.USER_UNKNOWN : Reason.FILTERED;
    }

    /** Whether a program on the reporting system spoke and no other system. */
    private boolean isLocal() {
        return diagnostic.regionMatches(true, 0, "x-unix", 0, "x-unix".length());
    }

    private boolean isDelayed() {
        return action.equals("delayed")
                || status.startsWith("4")
                || TRIES_AGAIN.matcher(notice).find();
    }

    private Report report(Reason reason, Codes codes) {
        String answer = Codes.answer(notice);
        return new Report(
                recipient.isEmpty() ? null : recipient,
                reason.kind() == Kind.HARD && action.equals("delayed") ? Kind.SOFT : reason.kind(),
                codes.status(),
                codes.reply(),
                "",
                Fields.oneLine(
                        !diagnostic.isBlank() ? diagnostic : answer.isBlank() ? notice : answer, LONGEST_EVIDENCE));
    }
}
