package io.courant.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a relay took, as lines of JSON in a file that only grows. A copy is on disk before {@link #taken} returns;
 * connections that wait at the same time share one sync. Refusals are written when there is something to write anyway.
 * A half line at the end is what a crash left of something that nobody was told about: it is passed over when reading,
 * and cut off when the relay goes on with the file.
 */
public final class RelayLog implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST_WAITING = 64 * 1024;

    private final FileChannel channel;
    private final InstantSource clock;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(); // guards itself and written
    private long written;
    private final Object disk = new Object(); // held by whoever writes for all; guards durable
    private long durable;

    private RelayLog(FileChannel channel, InstantSource clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * A message taken for one recipient.
     *
     * @param messageId without angle brackets
     * @param sha256 of the content, in hex
     * @param answer what was answered at the dot
     */
    public record Copy(Instant at, String from, String to, String messageId, String sha256, long size, String answer) {
        public Copy {
            Objects.requireNonNull(to);
            Objects.requireNonNull(messageId);
            Objects.requireNonNull(sha256);
        }
    }

    /** An answer of 4xx or 5xx. */
    record Refusal(Instant at, String step, String from, String to, String answer) {}

    /** One of the two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(@Nullable Copy taken, @Nullable Refusal refused) {}

    /** Opens a log to go on with, or a new one. */
    public static RelayLog open(Path file, InstantSource clock) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long whole = forEach(file, copy -> {});
        channel.truncate(whole).position(whole);
        return new RelayLog(channel, clock);
    }

    /**
     * Reads the copies in a log, in the order in which they were taken.
     *
     * @return how many bytes of the file are whole lines
     * @throws IllegalArgumentException when a line is none of a relay's log
     */
    public static long forEach(Path file, Consumer<Copy> reader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long number = 0;
            long whole = 0;
            for (int c = in.read(); c >= 0; c = in.read()) {
                line.write(c);
                if (c == '\n') {
                    Copy taken = parsed(line.toByteArray(), file, ++number).taken();
                    if (taken != null) {
                        reader.accept(taken);
                    }
                    whole += line.size();
                    line.reset();
                }
            }
            return whole;
        }
    }

    private static Line parsed(byte[] line, Path file, long number) {
        try {
            return MAPPER.readValue(line, Line.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + ":" + number + ": not a line of a relay's log (" + e.getOriginalMessage() + ")", e);
        }
    }

    /** Notes a message, one copy for each recipient; they are on disk when this returns. */
    void taken(List<Taken> copies, String answer) throws IOException {
        Instant now = clock.instant();
        long mine = 0;
        for (Taken taken : copies) {
            Copy copy = new Copy(
                    now,
                    taken.sender(),
                    taken.recipient(),
                    taken.messageId(),
                    taken.sha256(),
                    taken.content().length(),
                    answer);
            mine = write(new Line(copy, null));
        }
        synchronized (disk) {
            if (durable < mine) { // else whoever wrote before has written ours, too
                long last = drain();
                channel.force(false);
                durable = last;
            }
        }
    }

    void refused(Step step, String from, String to, String answer) throws IOException {
        write(new Line(null, new Refusal(clock.instant(), step.word(), from, to, answer)));
        if (isFull()) {
            synchronized (disk) {
                drain();
            }
        }
    }

    private long write(Line line) {
        byte[] bytes = (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (waiting) {
            waiting.writeBytes(bytes);
            return ++written;
        }
    }

    private boolean isFull() {
        synchronized (waiting) {
            return waiting.size() > MOST_WAITING;
        }
    }

    /** Writes what waits, and says up to which line; by the holder of the disk only. */
    private long drain() throws IOException {
        byte[] lines;
        long last;
        synchronized (waiting) {
            lines = waiting.toByteArray();
            last = written;
            waiting.reset();
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return last;
        } catch (IOException e) {
            channel.close(); // nothing may follow what is perhaps half a line
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (disk) {
            if (channel.isOpen()) {
                drain();
                channel.force(false);
                channel.close();
            }
        }
    }
}
