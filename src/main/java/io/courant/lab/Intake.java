package io.courant.lab;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where what the relay has taken goes: into the log, into a folder, into memory. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final AtomicLong copies = new AtomicLong();
    private final Map<String, Integer> recipients = new ConcurrentHashMap<>();
    private final Set<String> messages = ConcurrentHashMap.newKeySet();
    private final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    volatile boolean forgetful;
    volatile @Nullable RelayLog log;
    volatile @Nullable Path folder;

    /** The copies of one message; they are kept when this returns. */
    void take(List<Taken> message, String answer) throws IOException {
        RelayLog book = log;
        try {
            for (Taken copy : message) {
                save(copy);
            }
            if (book != null) {
                book.taken(message, answer);
            }
        } catch (ClosedChannelException e) {
            throw e; // the relay is being closed, or has told of it before
        } catch (IOException e) {
            LOG.error("the relay cannot keep what it takes, and drops the connection", e);
            throw e;
        }
        for (Taken copy : message) {
            copies.incrementAndGet();
            messages.add(copy.messageId());
            recipients.merge(copy.recipient(), 1, Integer::sum);
            if (!forgetful) {
                taken.add(copy);
            }
        }
    }

    private void save(Taken copy) throws IOException {
        Path to = folder;
        if (to != null) {
            int number = recipients.getOrDefault(copy.recipient(), 0) + 1;
            // whatever the recipient is called, the file stays in the folder
            String name = copy.recipient().replaceAll("[^A-Za-z0-9@._+-]", "_") + (number == 1 ? "" : "." + number);
            Files.write(to.resolve(name + ".eml"), copy.bytes());
        }
    }

    void refused(Step step, String from, String to, String answer) throws IOException {
        RelayLog book = log;
        if (book != null) {
            book.refused(step, from, to, answer);
        }
    }

    void heard(String command) {
        if (!forgetful) {
            commands.add(command);
        }
    }

    long copies() {
        return copies.get();
    }

    FakeRelay.Tally tally() {
        return new FakeRelay.Tally(messages.size(), recipients.size(), copies.get());
    }

    Map<String, Integer> recipients() {
        return Map.copyOf(recipients);
    }

    List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    List<String> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }
}
