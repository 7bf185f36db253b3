package io.courant.cli;

import io.courant.render.Flaw;
import java.util.List;
import java.util.Locale;

/**
 * What was found in a message, as {@code --json} shows it; scripts rely on these names.
 *
 * @param message an issue's id, or a file
 */
record LintView(String message, int errors, int warnings, List<Finding> findings) {

    /**
     * One of them.
     *
     * @param severity error or warning
     */
    record Finding(String severity, String rule, String where, String what) {
        static Finding of(Flaw flaw) {
            return new Finding(flaw.severity().name().toLowerCase(Locale.ROOT), flaw.rule(), flaw.where(), flaw.what());
        }

        private String line() {
            return "%-7s  %-16s  %s: %s".formatted(severity, rule, where, what);
        }
    }

    static LintView of(String message, List<Flaw> flaws) {
        int errors = (int) flaws.stream().filter(Flaw::isError).count();
        return new LintView(
                message,
                errors,
                flaws.size() - errors,
                flaws.stream().map(Finding::of).toList());
    }

    void print(Console console) {
        findings.forEach(finding -> console.result(finding.line()));
        console.note(message + ": " + Console.count(errors, "error") + ", " + Console.count(warnings, "warning"));
    }

    /** Tells an editor who gets the mail all the same. */
    static void warn(Console console, List<Flaw> flaws) {
        flaws.stream().map(Finding::of).forEach(finding -> {
            if (finding.severity().equals("error")) {
                console.problem(finding.line());
            } else {
                console.note(finding.line());
            }
        });
    }
}
