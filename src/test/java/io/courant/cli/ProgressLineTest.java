package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.Conductor.Order;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ProgressLineTest {
    private final StringWriter terminal = new StringWriter();

    @Command
    private static final class Nothing {}

    private ProgressLine line() {
        CommandLine command = new CommandLine(new Nothing()).setErr(new PrintWriter(terminal));
        return new ProgressLine(new Console(command.getCommandSpec(), false));
    }

    private static Progress progress(long accepted) {
        return new Progress(
                Map.of(DeliveryState.READY, 100 - accepted, DeliveryState.ACCEPTED, accepted), 10, Order.GO);
    }

    /** What a terminal shows in the end: carriage return and "clear to the end of the line" write a line over. */
    private String screen() {
        return terminal.toString().replaceAll("\u001b\\[\\?7[lh]", "").replaceAll("[^\n\r]*\r\u001b\\[K", "");
    }

    @Test
    void theLastLineIsWrittenOverAndWhatIsSaidStaysAboveIt() {
        try (ProgressLine line = line()) {
            line.show(progress(25));
            line.say("relay mail.example.org:25 refuses connections");
            line.show(progress(50));
        }
        assertThat(screen().lines())
                .containsExactly(
                        "relay mail.example.org:25 refuses connections",
                        "[##########----------] 50 %, 50 of 100, 10 a second, 0:00:05 left: 50 accepted");
    }

    @Test
    void aLineIsCutOffAtTheMarginAndNothingElseIs() {
        try (ProgressLine line = line()) {
            line.show(progress(1));
        }
        assertThat(terminal.toString()).contains("\u001b[?7l[").endsWith("\u001b[?7h" + System.lineSeparator());
    }

    @Test
    void whereNothingWasShownNothingIsLeft() {
        line().close();
        assertThat(terminal.toString()).isEmpty();
    }
}
