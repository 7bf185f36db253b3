package io.courant.cluster;

import io.courant.lab.FakeRelay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast one, two and four workers are together when the relay is 20 ms away, so that the way to it and not the
 * processor is what they wait for. Prints the figures; asserts nothing, for machines differ.
 */
@Tag("speed")
class CrewSpeedTest {
    private static final int ROUNDS = Integer.getInteger("speed.rounds", 3);
    private static final int DELIVERIES = Integer.getInteger("speed.deliveries", 4_000);
    private static final Duration DISTANCE = Duration.ofMillis(20);
    private static final List<Integer> WORKERS = List.of(1, 2, 4);

    @TempDir
    private Path folder;

    @Test
    void workersInNumbers() throws IOException, InterruptedException {
        Map<Integer, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int workers : WORKERS) {
                Path place = Files.createDirectory(folder.resolve(round + "-" + workers));
                double rate = rate(place, workers);
                rates.computeIfAbsent(workers, none -> new ArrayList<>()).add(rate);
                System.out.printf("round %d, %d workers: %,.0f deliveries/s%n", round + 1, workers, rate);
            }
        }
        double one = median(rates.getOrDefault(1, List.of()));
        rates.forEach((workers, some) -> System.out.printf(
                "%d workers: %,.0f deliveries/s (median of %d), %.2f of linear%n",
                workers, median(some), some.size(), median(some) / (one * workers)));
    }

    /** Deliveries a second while all are at work: from a tenth of them to nine tenths. */
    private static double rate(Path place, int workers) throws IOException, InterruptedException {
        int deliveries = DELIVERIES * workers;
        try (Installation all = new Installation(place, deliveries, 250, "{retry: \"1m\", expiry: 3d}")) {
            FakeRelay relay = all.relay().distance(DISTANCE).forgetful();
            all.startBroker();
            for (int i = 1; i <= workers; i++) {
                all.startWorker("worker" + i);
            }
            all.startManager();
            await(relay, deliveries / 10);
            long begun = System.nanoTime();
            long first = relay.tally().recipients();
            await(relay, deliveries * 9L / 10);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double rate = (relay.tally().recipients() - first) / seconds;
            all.process("manager").waitFor();
            return rate;
        }
    }

    private static void await(FakeRelay relay, long recipients) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> relay.tally().recipients() >= recipients);
    }

    private static double median(List<Double> values) {
        Double[] sorted = values.toArray(Double[]::new);
        Arrays.sort(sorted, Comparator.naturalOrder());
        return sorted[sorted.length / 2];
    }
}
