package io.courant;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a long list costs, with the program as it is shipped and its default options: importing, planning an issue,
 * the time to the first mail, memory, and whether the last tenth goes as fast as the first.
 */
public final class Million {
    private final Path folder;
    private final Path jar = Path.of("target/courant.jar");
    private final List<long[]> marks = new CopyOnWriteArrayList<>(); // messages, milliseconds of the clock

    private record Ran(double seconds, long peakKilobytes, long begunAt, int exit) {}

    private Million(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        new Million(Path.of(arguments[0])).run(Integer.parseInt(arguments[1]));
        System.exit(0);
    }

    private void run(int recipients) throws Exception {
        Path csv = folder.resolve("readers.csv");
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("email,tags\n");
            for (int i = 0; i < recipients; i++) {
                out.write("reader" + i + "@example.org,deep-learning\n");
            }
        }
        Process sink = new ProcessBuilder(
                        "java", "-Xmx256m", "-cp", System.getProperty("java.class.path"), "Sink", "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = sink.inputReader();
        String port = said.readLine();
        Thread listener = new Thread(() -> said.lines().forEach(this::mark));
        listener.setDaemon(true);
        listener.start();
        try {
            System.out.printf(Locale.ROOT, "%,d recipients%n", recipients);
            show("import", courant("subscribers", "import", csv.toString()));
            show("collect", courant("collect", "deep-learning"));
            show("plan (compose)", courant("compose", "deep-learning"));
            String issue = "deep-learning-" + LocalDate.now(java.time.ZoneId.of("Europe/Berlin"));
            Ran send = courant("send", issue, "--set", "relay.host=127.0.0.1", "--set", "relay.port=" + port);
            show("send", send);
            report(send, recipients);
        } finally {
            sink.destroyForcibly();
        }
    }

    private void mark(String line) {
        String[] words = line.split(" ");
        marks.add(new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])});
    }

    private void report(Ran send, int recipients) {
        System.out.printf(Locale.ROOT, "first mail after %.1f s%n", (marks.get(0)[1] - send.begunAt) / 1000.0);
        int tenth = marks.size() / 10;
        if (tenth < 2) {
            return;
        }
        double first = rate(0, tenth);
        double last = rate(marks.size() - 1 - tenth, marks.size() - 1);
        System.out.printf(
                Locale.ROOT,
                "%.0f msg/s in the first tenth, %.0f in the last (%.2f); %.0f over all%n",
                first,
                last,
                last / first,
                rate(0, marks.size() - 1));
    }

    private double rate(int from, int to) {
        return (marks.get(to)[0] - marks.get(from)[0]) * 1000.0 / (marks.get(to)[1] - marks.get(from)[1]);
    }

    private static void show(String what, Ran ran) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %7.1f s, peak RSS %d MB%s%n",
                what,
                ran.seconds,
                ran.peakKilobytes / 1024,
                ran.exit == 0 ? "" : ", exit code " + ran.exit);
    }

    private Ran courant(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("java", "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", folder.resolve("million").toString()));
        long begunAt = System.currentTimeMillis();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("million.log").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("COURANT_"));
        Process process = builder.start();
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peak(process.pid()));
            Thread.sleep(50);
        }
        return new Ran((System.currentTimeMillis() - begunAt) / 1000.0, peak, begunAt, process.exitValue());
    }

    /** The highest resident memory so far; 0 where there is no /proc. */
    private static long peak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
