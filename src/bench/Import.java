package io.courant;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What the import of a long list costs, with the program as it is shipped and its default options. */
public final class Import {
    private static final List<String> TAGS = List.of("ai", "maths", "press", "vip", "weekly", "deep-learning");
    private static final List<String> NAMES = List.of("Ada", "Bob", "Cyd", "Dan", "Eve", "Fay", "Gus", "Hal", "Ida");
    private static final List<String> DOMAINS = List.of("example.org", "mail.example.com", "uni.example.net");

    private Import() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        Path csv = folder.resolve("long.csv");
        write(csv, rows);
        System.out.printf(Locale.ROOT, "%,d rows, %d MB%n", rows, Files.size(csv) >> 20);
        measure("import", csv, folder);
        measure("import again", csv, folder);
    }

    /** In no order, one in a hundred twice, one in twenty unsubscribed, with up to three tags. */
    private static void write(Path csv, int rows) throws IOException {
        Random random = new Random(20261126);
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("email,name,state,tags,joined\n");
            for (int i = 0; i < rows; i++) {
                int who = i % 100 == 99 ? random.nextInt(i) : i;
                String name = NAMES.get(who % NAMES.size());
                String address = name.toLowerCase(Locale.ROOT) + "." + scattered(who) + "@"
                        + DOMAINS.get(who % DOMAINS.size());
                String tags = String.join(";", TAGS.subList(0, random.nextInt(4)));
                LocalDate joined = LocalDate.of(2015, 1, 1).plusDays(random.nextInt(4_000));
                out.write(address + "," + name + " van Dam," + (random.nextInt(20) == 0 ? "unsubscribed" : "active")
                        + "," + tags + "," + joined + "\n");
            }
        }
    }

    /** Another text for each number, in no order. */
    private static String scattered(int number) {
        return Integer.toString(Integer.reverse(number) & Integer.MAX_VALUE, 36) + number;
    }

    private static void measure(String what, Path csv, Path folder) throws Exception {
        long begun = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(
                        "java",
                        "-jar",
                        "target/courant.jar",
                        "subscribers",
                        "import",
                        csv.toString(),
                        "--quiet",
                        "--home",
                        folder.resolve("import").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(key -> key.startsWith("COURANT_"));
        Process process = builder.start();
        long peak = 0;
        Duration busy = Duration.ZERO;
        while (process.isAlive()) {
            peak = Math.max(peak, peak(process.pid()));
            busy = process.info().totalCpuDuration().orElse(busy);
            Thread.sleep(50);
        }
        System.out.printf(
                Locale.ROOT,
                "%-14s %6.1f s, %6.1f s of processor time, peak RSS %d MB%s%n",
                what,
                (System.nanoTime() - begun) / 1e9,
                busy.toMillis() / 1e3,
                peak >> 10,
                process.exitValue() == 0 ? "" : ", exit code " + process.exitValue());
    }

    /** The highest resident memory so far, in kilobytes; 0 where there is no /proc. */
    private static long peak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }
}
