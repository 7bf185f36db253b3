package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address that the relay cannot even be told. */
class Smtputf8Test {
    @TempDir
    private Path folder;

    @Test
    void whoCannotBeAddressedIsRejectedAndTheOthersAreServed() throws IOException {
        try (Trial trial = new Trial(folder, "ada@example.org", "bücher@example.org", "cy@example.org")) {
            trial.run("--set", "relay.connections=1").ending(Trial.DONE);
            assertThat(trial.count(DeliveryState.REJECTED)).isEqualTo(1);
            assertThat(trial.audit().copies()).isEqualTo(2);
            assertThat(trial.relay().copies()).containsOnlyKeys("ada@example.org", "cy@example.org");
        }
    }
}
