package io.courant.delivery;

import io.courant.render.Flaw;
import java.util.List;
import java.util.stream.Collectors;

/** A message has a fault for which it is not sent. */
public final class UnfitMail extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED = 3;

    private UnfitMail(String message) {
        super(message);
    }

    /**
     * Lets pass what has warnings at most.
     *
     * @param refusal what is not done then, to begin the message with
     * @param advice what to do, to end it with
     * @throws UnfitMail naming the first errors
     */
    public static void refuse(List<Flaw> flaws, String refusal, String advice) {
        List<Flaw> errors = flaws.stream().filter(Flaw::isError).toList();
        if (errors.isEmpty()) {
            return;
        }
        String named = errors.stream()
                .limit(NAMED)
                .map(error -> "\n  " + error.rule() + ": " + error.where() + " " + error.what())
                .collect(Collectors.joining());
        String more = errors.size() > NAMED ? "\n  and " + (errors.size() - NAMED) + " more" : "";
        throw new UnfitMail(refusal + ":" + named + more + "\n" + advice);
    }
}
