package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActTest {
    private static Act act(String who, String subject, String detail) {
        return new Act(Instant.EPOCH, who, Act.COMMAND_LINE, "send", subject, detail);
    }

    @Test
    void noAddressGetsIntoTheLog() {
        Act act = act("ada", "Ada <ada@example.org>", "only ada@example.org, bob@bücher.example;x@y and @home");
        assertThat(act.subject()).isEqualTo("Ada <(address)>");
        assertThat(act.detail()).isEqualTo("only (address), (address);(address) and @home");
    }

    @Test
    void anActIsOneLineOfBoundedLength() {
        Act act = act("a\r\nb", "\u0000", "x".repeat(10_000));
        assertThat(act.who()).isEqualTo("a b");
        assertThat(act.subject()).isEmpty();
        assertThat(act.detail()).hasSize(500).endsWith("x…");
    }

    @Test
    void anActThatIsReadBackIsTheSame() {
        Act act = act("ada", "", "a@b ".repeat(300));
        assertThat(act(act.who(), act.subject(), act.detail())).isEqualTo(act);
    }
}
