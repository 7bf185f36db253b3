package io.courant.audience;

import io.courant.audience.ImportReport.Refused;
import io.courant.audience.Subscribers.Merged;
import io.courant.audience.Subscribers.NewSubscriber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The good rows of a file on their way into the store: in groups, one being merged while the next is read. */
final class CsvImport {
    static final int GROUP = 5_000;

    private final Subscribers subscribers;
    private final Erasures erasures;
    private final boolean dryRun;
    private final ExecutorService merging = Executors.newSingleThreadExecutor(task -> new Thread(task, "import"));
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private List<Waiting> group = new ArrayList<>(GROUP);
    private @Nullable Future<Done> running;
    private Merged merged = Merged.NOTHING;
    private int refusedRows;
    private int duplicates;

    CsvImport(Subscribers subscribers, Erasures erasures, boolean dryRun) {
        this.subscribers = subscribers;
        this.erasures = erasures;
        this.dryRun = dryRun;
    }

    private record Waiting(NewSubscriber subscriber, long line, int rows) {
        Waiting united(Waiting next) {
            return new Waiting(subscriber.united(next.subscriber), line, rows + next.rows);
        }
    }

    private record Done(Merged merged, List<Waiting> erased, List<Waiting> former, int duplicates) {}

    void add(NewSubscriber subscriber, long line) {
        group.add(new Waiting(subscriber, line, 1));
        if (group.size() == GROUP) {
            merge();
        }
    }

    /** Puts one aside of whom more is to come. */
    void hold(NewSubscriber subscriber, long line) {
        waiting.merge(subscriber.address().key(), new Waiting(subscriber, line, 1), Waiting::united);
    }

    /** No more is to come of those who were put aside. */
    void release() {
        for (Waiting one : waiting.values()) {
            group.add(one);
            if (group.size() == GROUP) {
                merge();
            }
        }
        waiting.clear();
    }

    void refuse(long line, String reason) {
        refuse(line, reason, 1);
    }

    private void refuse(long line, String reason, int rows) {
        refusedRows += rows;
        if (refused.size() < ImportReport.KEPT) {
            refused.add(new Refused(line, reason));
        }
    }

    ImportReport finish(CsvColumns columns, int lines) {
        merge();
        await();
        ListProgram program = columns.program();
        return new ImportReport(
                program == null ? null : program.title(),
                columns.uses(),
                columns.ignored(),
                lines,
                merged,
                duplicates,
                refusedRows,
                refused.stream().sorted(Comparator.comparingLong(Refused::line)).toList());
    }

    /** How many subscribers are in the store for certain. */
    int done() {
        return merged.added() + merged.updated() + merged.unchanged();
    }

    private void merge() {
        await();
        List<Waiting> whole = group;
        group = new ArrayList<>(GROUP);
        running = merging.submit(() -> merge(whole));
    }

    private Done merge(List<Waiting> whole) {
        List<EmailAddress> addresses =
                whole.stream().map(one -> one.subscriber().address()).toList();
        Set<EmailAddress> erased = erasures.among(addresses);
        Set<EmailAddress> former = new HashSet<>(erasures.formerAmong(addresses));
        former.removeAll(erased);
        List<Waiting> welcome = whole.stream()
                .filter(one -> !erased.contains(one.subscriber().address()))
                .filter(one -> !former.contains(one.subscriber().address()))
                .toList();
        List<NewSubscriber> rows = welcome.stream().map(Waiting::subscriber).toList();
        return new Done(
                dryRun ? subscribers.tryMerge(rows) : subscribers.merge(rows),
                of(erased, whole),
                of(former, whole),
                welcome.stream().mapToInt(one -> one.rows() - 1).sum());
    }

    private static List<Waiting> of(Set<EmailAddress> addresses, List<Waiting> whole) {
        return whole.stream()
                .filter(one -> addresses.contains(one.subscriber().address()))
                .toList();
    }

    private void await() {
        if (running == null) {
            return;
        }
        try {
            Done done = running.get();
            running = null;
            merged = merged.plus(done.merged());
            duplicates += done.duplicates();
            done.erased()
                    .forEach(one -> refuse(
                            one.line(),
                            "this person had their data erased, and comes back by signing up themselves only;"
                                    + " delete the line",
                            one.rows()));
            done.former()
                    .forEach(one -> refuse(
                            one.line(),
                            "this person changed to another address; delete the line, or if it is somebody else's now,"
                                    + " let it be allowed first ('courant subscribers allow')",
                            one.rows()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits for the group that is being merged: nothing happens to the store any more. May be called again. */
    void end() {
        merging.shutdown();
        try {
            await();
        } catch (RuntimeException e) {
            return; // told already, or the lesser of two accidents
        }
    }
}
