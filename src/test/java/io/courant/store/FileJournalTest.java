package io.courant.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Journal;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.Reply;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    private static final IssueId MONDAY = new IssueId("weekly-2026-11-23");
    private static final IssueId TUESDAY = new IssueId("weekly-2026-11-24");

    @TempDir
    private Path home;

    private Journal journal() {
        return new FileJournal(home);
    }

    private Path file() {
        return home.resolve(FileJournal.FILE_NAME);
    }

    private static Settlement settlement(long subscriber, Outcome outcome) {
        return new Settlement(subscriber, 1, 0, outcome, NOW, null);
    }

    private static Settlement accepted(long subscriber) {
        return settlement(subscriber, new Outcome.Accepted(new Reply(250, "2.0.0 queued as " + subscriber)));
    }

    @Test
    void aJournalThatIsNotThereHoldsNothing() {
        assertThat(journal().kept()).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void everyKindOfOutcomeComesBackAsItWas() {
        List<Settlement> all = List.of(
                accepted(1),
                new Settlement(2, 3, 7, new Outcome.Deferred(Phase.RCPT, new Reply(450, "4.2.0 später")), NOW, NOW),
                settlement(3, new Outcome.Rejected(Phase.DOT, new Reply(552, "5.2.2 full"))),
                settlement(4, new Outcome.NotSent(Phase.MAIL, "connection reset")),
                new Settlement(5, 2, 0, new Outcome.InDoubt("no answer in time"), NOW, NOW.plusSeconds(900)),
                settlement(6, new Outcome.Untried()));
        journal().reserve(10);
        journal().keep(MONDAY, all);
        assertThat(journal().kept()).isEqualTo(Map.of(MONDAY, all));
    }

    @Test
    void whatIsKeptLaterFollowsWhatWasKeptBefore() {
        journal().reserve(10);
        journal().keep(MONDAY, List.of(accepted(1)));
        journal().keep(TUESDAY, List.of(accepted(2)));
        journal().keep(MONDAY, List.of(accepted(3)));
        assertThat(journal().kept())
                .isEqualTo(Map.of(MONDAY, List.of(accepted(1), accepted(3)), TUESDAY, List.of(accepted(2))));
    }

    @Test
    void keepingTakesNoMoreRoomThanWasSetAside() throws IOException {
        journal().reserve(3);
        long reserved = Files.size(file());
        journal().keep(MONDAY, List.of(accepted(1), accepted(2), accepted(3)));
        assertThat(Files.size(file())).isEqualTo(reserved);
        journal().reserve(2);
        assertThat(journal().kept().get(MONDAY)).hasSize(3);
    }

    @Test
    void aClearedJournalHoldsNothingAndKeepsItsRoom() throws IOException {
        journal().reserve(5);
        journal().keep(MONDAY, List.of(accepted(1), accepted(2)));
        journal().clear();
        assertThat(journal().kept()).isEmpty();
        assertThat(Files.size(file())).isEqualTo(5L * FileJournal.SLOT);
        journal().keep(MONDAY, List.of(accepted(3)));
        assertThat(journal().kept()).isEqualTo(Map.of(MONDAY, List.of(accepted(3))));
    }

    @Test
    void aSlotThatACrashLeftHalfWrittenEndsTheJournal() throws IOException {
        journal().reserve(5);
        journal().keep(MONDAY, List.of(accepted(1), accepted(2)));
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), FileJournal.SLOT + 40);
        }
        assertThat(journal().kept()).isEqualTo(Map.of(MONDAY, List.of(accepted(1))));
    }

    @Test
    void aVeryLongReplyIsCutToFit() {
        String text = "🙂".repeat(5000);
        journal().reserve(2);
        journal().keep(MONDAY, List.of(settlement(1, new Outcome.Rejected(Phase.DOT, new Reply(554, text)))));
        Outcome outcome = requireNonNull(journal().kept().get(MONDAY)).get(0).outcome();
        assertThat(((Outcome.Rejected) outcome).reply().text())
                .startsWith("🙂🙂🙂")
                .hasSizeLessThan(300);
    }

    @Test
    void aFolderThatTakesNoFileIsTold() throws IOException {
        Files.createDirectory(file());
        assertThatThrownBy(() -> journal().reserve(1))
                .hasMessageContaining(file() + ": the journal cannot be made")
                .hasMessageContaining("make room on the disk");
    }
}
