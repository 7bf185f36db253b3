package io.courant.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says replies in a manner. Over a distance, a thread of its own lets them go when their time has come: replies to
 * commands that came together then leave together, as after a long way, and nothing waits for them here.
 */
final class Voice {
    private static final Parcel LAST = new Parcel("", 0, List.of());

    private final OutputStream out;
    private final Manner manner;
    private final Duration distance;
    private final StringBuilder said = new StringBuilder();
    private List<Runnable> afterwards = new ArrayList<>();
    private final BlockingQueue<Parcel> travelling = new LinkedBlockingQueue<>();
    private final @Nullable Thread postman;

    private record Parcel(String lines, long dueAt, List<Runnable> afterwards) {}

    Voice(OutputStream out, Manner manner, Duration distance) {
        this.out = out;
        this.manner = manner;
        this.distance = distance;
        this.postman = distance.isZero() ? null : Threads.start("fake-relay-postman", this::letGo);
    }

    /** Says lines; {@code afterwards} runs when they have left. */
    void say(String lines, Runnable afterwards) throws IOException {
        said.append(lines).append("\r\n");
        this.afterwards.add(afterwards);
        if (postman == null && manner != Manner.PIPELINED_TOGETHER) {
            flush();
        }
    }

    /** To be called before waiting for anything: whatever was said is on its way then. */
    void flush() throws IOException {
        if (afterwards.isEmpty()) {
            return;
        }
        Parcel parcel = new Parcel(said.toString(), System.nanoTime() + distance.toNanos(), afterwards);
        said.setLength(0);
        afterwards = new ArrayList<>();
        if (postman == null) {
            write(parcel);
        } else {
            travelling.add(parcel);
        }
    }

    /** Waits until all has left. This voice is silent from then on. */
    void finish() throws IOException {
        flush();
        if (postman != null) {
            travelling.add(LAST);
            try {
                postman.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(Parcel parcel) throws IOException {
        byte[] bytes = parcel.lines().getBytes(StandardCharsets.UTF_8);
        if (manner == Manner.PIPELINED_BYTE_BY_BYTE) {
            for (byte one : bytes) {
                out.write(one);
            }
        } else {
            out.write(bytes);
        }
        parcel.afterwards().forEach(Runnable::run);
    }

    private void letGo() {
        try {
            for (Parcel next = travelling.take(); !next.lines().isEmpty(); next = travelling.take()) {
                TimeUnit.NANOSECONDS.sleep(next.dueAt() - System.nanoTime());
                write(next);
            }
        } catch (IOException e) {
            // The client has gone; whoever listens to it will notice.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
