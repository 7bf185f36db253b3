package io.courant.store;

import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Journal;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.Reply;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The journal as a file beside the database: slots of one size that were written once and are overwritten in place, so
 * that a full disk has room for them. A slot holds a checksum and a settlement; one of zeros ends the journal, as does
 * one that a crash left half written. Safe for use by several threads.
 */
public final class FileJournal implements Journal {
    /** The file's name in the home folder. */
    static final String FILE_NAME = "courant.journal";

    static final int SLOT = 1024;
    private static final int LONGEST_TEXT = 200; // in characters; of four bytes each at most

    private final Path file;

    public FileJournal(Path home) {
        this.file = home.resolve(FILE_NAME);
    }

    /** A settlement as JSON. */
    private record Line(
            String issue,
            long subscriber,
            int attempt,
            long lease,
            String outcome,
            @Nullable Phase phase,
            int code,
            String text,
            long at,
            @Nullable Long dueAt) {

        static Line of(IssueId issue, Settlement settlement) {
            Outcome outcome = settlement.outcome();
            Phase phase = null;
            int code = 0;
            String text = "";
            if (outcome instanceof Outcome.Accepted accepted) {
                code = accepted.reply().code();
                text = accepted.reply().text();
            } else if (outcome instanceof Outcome.Deferred deferred) {
                phase = deferred.phase();
                code = deferred.reply().code();
                text = deferred.reply().text();
            } else if (outcome instanceof Outcome.Rejected rejected) {
                phase = rejected.phase();
                code = rejected.reply().code();
                text = rejected.reply().text();
            } else if (outcome instanceof Outcome.NotSent notSent) {
                phase = notSent.phase();
                text = notSent.cause();
            } else if (outcome instanceof Outcome.InDoubt inDoubt) {
                text = inDoubt.cause();
            }
            return new Line(
                    issue.value(),
                    settlement.subscriber(),
                    settlement.attempt(),
                    settlement.lease(),
                    outcome.getClass().getSimpleName(),
                    phase,
                    code,
                    text.substring(0, Math.min(LONGEST_TEXT, text.length())),
                    settlement.at().toEpochMilli(),
                    Rows.millis(settlement.dueAt()));
        }

        Settlement settlement() {
            Phase at = phase == null ? Phase.DOT : phase;
            Outcome what = switch (outcome) {
                case "Accepted" -> new Outcome.Accepted(new Reply(code, text));
                case "Deferred" -> new Outcome.Deferred(at, new Reply(code, text));
                case "Rejected" -> new Outcome.Rejected(at, new Reply(code, text));
                case "NotSent" -> new Outcome.NotSent(at, text);
                case "InDoubt" -> new Outcome.InDoubt(text);
                default -> new Outcome.Untried();
            };
            return new Settlement(
                    subscriber,
                    attempt,
                    lease,
                    what,
                    Instant.ofEpochMilli(this.at),
                    dueAt == null ? null : Instant.ofEpochMilli(dueAt));
        }
    }

    @Override
    public synchronized void reserve(int settlements) {
        try (FileChannel channel = open()) {
            long size = channel.size();
            long wanted = (long) settlements * SLOT;
            ByteBuffer zeros = ByteBuffer.allocate(SLOT);
            for (long at = size - size % SLOT; at < wanted; at += SLOT) {
                write(channel, zeros.rewind(), at);
            }
            channel.force(true);
        } catch (IOException e) {
            throw broken("cannot be made (" + e.getMessage() + "); make room on the disk, then send again", e);
        }
    }

    @Override
    public synchronized void keep(IssueId issue, List<Settlement> settlements) {
        try (FileChannel channel = open()) {
            long at = (long) read(channel).size() * SLOT;
            for (Settlement settlement : settlements) {
                write(channel, slot(Json.write(Line.of(issue, settlement))), at);
                at += SLOT;
            }
            channel.force(false);
        } catch (IOException e) {
            throw broken("cannot be written (" + e.getMessage() + "); what was with the relay is in doubt", e);
        }
    }

    @Override
    public synchronized Map<IssueId, List<Settlement>> kept() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (FileChannel channel = open()) {
            Map<IssueId, List<Settlement>> kept = new LinkedHashMap<>();
            for (Line line : read(channel)) {
                kept.computeIfAbsent(new IssueId(line.issue()), id -> new ArrayList<>())
                        .add(line.settlement());
            }
            return kept;
        } catch (IOException e) {
            throw broken("cannot be read (" + e.getMessage() + "); see to the disk, then send again", e);
        }
    }

    @Override
    public synchronized void clear() {
        try (FileChannel channel = open()) {
            // The last first, so that a crash leaves no gap before what is still there: to settle that twice does no
            // harm. All of them, for one that was half written holds words, too.
            for (long at = channel.size() / SLOT - 1; at >= 0; at--) {
                write(channel, ByteBuffer.allocate(SLOT), at * SLOT);
            }
            channel.force(false);
        } catch (IOException e) {
            throw broken("cannot be written (" + e.getMessage() + "); see to the disk, then send again", e);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static List<Line> read(FileChannel channel) throws IOException {
        List<Line> lines = new ArrayList<>();
        ByteBuffer slot = ByteBuffer.allocate(SLOT);
        for (long at = 0; at + SLOT <= channel.size(); at += SLOT) {
            slot.clear();
            while (slot.hasRemaining() && channel.read(slot, at + slot.position()) >= 0) {
                // until the slot is whole
            }
            slot.flip();
            long sum = slot.getLong();
            int length = slot.getInt();
            if (length <= 0 || length > slot.remaining()) {
                break;
            }
            byte[] json = new byte[length];
            slot.get(json);
            if (sum != checksum(json)) {
                break;
            }
            lines.add(Json.read(new String(json, StandardCharsets.UTF_8), Line.class));
        }
        return lines;
    }

    private static ByteBuffer slot(String line) {
        byte[] json = line.getBytes(StandardCharsets.UTF_8);
        ByteBuffer slot = ByteBuffer.allocate(SLOT);
        slot.putLong(checksum(json)).putInt(json.length).put(json);
        return slot.rewind();
    }

    private static long checksum(byte[] json) {
        CRC32 sum = new CRC32();
        sum.update(json);
        return sum.getValue();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    private UncheckedIOException broken(String what, IOException cause) {
        return new UncheckedIOException(file + ": the journal " + what, cause);
    }
}
