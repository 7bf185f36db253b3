package io.courant.cli;

import io.courant.job.TestView;
import java.util.List;

/** Tells what came of test copies. */
final class TestMail {
    private TestMail() {}

    static void print(Console console, List<TestView> told) {
        told.forEach(one -> console.result(
                "test to " + one.address() + ": " + one.outcome() + " by relay " + one.relay() + ": " + one.reply()));
    }

    /** What a shell is told: a refusal will stay one, anything else may pass. */
    static int exitCode(List<TestView> told) {
        if (told.stream().allMatch(one -> one.outcome().equals("accepted"))) {
            return ExitCode.DONE;
        }
        return told.stream().anyMatch(one -> one.outcome().equals("rejected")) ? ExitCode.FAILED : ExitCode.TRY_AGAIN;
    }
}
