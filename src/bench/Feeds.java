package io.courant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What collecting many feeds costs, with the program as it is shipped and its default options: first when all of them
 * are new, then when none has changed, then when one in ten has a new item.
 */
public final class Feeds {
    private static final int WORDS = 250; // of each item
    private static final int ONE_IN = 10;
    private static final Pattern RESULT = Pattern.compile("(\\d+) new posts?, (\\d+) known");
    private static final Instant NOW = Instant.now();

    private final Path folder;
    private final int feeds;
    private final int items;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger unchanged = new AtomicInteger();
    private volatile boolean later;
    private boolean failed;

    private Feeds(Path folder, int feeds, int items) {
        this.folder = folder;
        this.feeds = feeds;
        this.items = items;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder.resolve("jobs"));
        Feeds bench = new Feeds(folder, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        bench.run();
        System.exit(bench.failed ? 1 : 0);
    }

    private void run() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", this::answer);
        server.start();
        writeJob(server.getAddress().getPort());
        System.out.printf(
                Locale.ROOT,
                "%,d feeds of %d items, %d KB each%n%n%-16s %8s %8s %9s %9s %9s %9s %7s %7s%n",
                feeds,
                items,
                feed(0).length / 1024,
                "",
                "seconds",
                "CPU s",
                "posts/s",
                "peak RSS",
                "requests",
                "304",
                "new",
                "known");
        int changed = (feeds + ONE_IN - 1) / ONE_IN;
        collect("all new", feeds * items, 0, feeds, 0);
        collect("unchanged", 0, 0, feeds, feeds);
        later = true;
        collect("one in ten new", changed, changed * (items - 1), feeds, feeds - changed);
        server.stop(0);
    }

    // --- the program

    private void collect(String what, int fresh, int known, int asked, int same) throws Exception {
        requests.set(0);
        unchanged.set(0);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/courant.jar",
                        "collect",
                        "bench",
                        "--home",
                        folder.resolve("home").toString(),
                        "--jobs",
                        folder.resolve("jobs").toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("COURANT_"));
        long begin = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        double cpu = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peak(process.pid()));
            cpu = Math.max(cpu, cpuSeconds(process));
            Thread.sleep(20);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Matcher result = RESULT.matcher(Files.readString(folder.resolve("out")));
        boolean said = result.find();
        int kept = said ? Integer.parseInt(result.group(1)) : -1;
        int old = said ? Integer.parseInt(result.group(2)) : -1;
        System.out.printf(
                Locale.ROOT,
                "%-16s %8.1f %8.1f %9.0f %6d MB %9d %9d %7d %7d%n",
                what,
                seconds,
                cpu,
                (kept + old) / seconds,
                peak / 1024,
                requests.get(),
                unchanged.get(),
                kept,
                old);
        if (kept != fresh || old != known || requests.get() != asked || unchanged.get() != same) {
            failed = true;
            System.out.printf(
                    "  but expected: %d requests, %d of them answered 304, %d new, %d known; see %s%n",
                    asked, same, fresh, known, folder.resolve("err"));
        }
    }

    /** What other work on the machine does not change; almost nothing is missed between the last look and the end. */
    private static double cpuSeconds(Process process) {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
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

    private void writeJob(int port) throws IOException {
        try (BufferedWriter job = Files.newBufferedWriter(folder.resolve("jobs/bench.yaml"))) {
            job.write(
                    """
                    title: Bench
                    from: Bench <digest@news.example.org>
                    postal-address: 1 Sample Street, Springfield
                    home: https://news.example.org
                    template: digest
                    relay: {host: localhost, port: 25, tls: none}
                    fetch: {private-hosts: [127.0.0.1]}
                    topics:
                      - {id: words, title: Words, seeds: {word: 3}}
                    sources:
                    """);
            for (int i = 0; i < feeds; i++) {
                job.write("  - {name: Feed " + i + ", feed: 'http://127.0.0.1:" + port + "/" + i + "/feed.xml'}\n");
            }
        }
    }

    // --- the publishers

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        int feed = Integer.parseInt(exchange.getRequestURI().getPath().split("/")[1]);
        String etag = "\"" + feed + "-" + newest(feed) + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.getResponseHeaders().set("Last-Modified", date(newest(feed)));
        try (exchange) {
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                unchanged.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] body = feed(feed);
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private int newest(int feed) {
        return items - 1 + (later && feed % ONE_IN == 0 ? 1 : 0);
    }

    private byte[] feed(int feed) {
        StringBuilder xml = new StringBuilder(items * 2500);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"")
                .append(" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"")
                .append(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Feed ")
                .append(feed)
                .append("</title><link>https://feed")
                .append(feed)
                .append(".example/</link><language>en</language>\n");
        for (int item = newest(feed); item > newest(feed) - items; item--) {
            item(xml, feed, item);
        }
        return xml.append("</channel></rss>").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same each time: a title, three headings with paragraphs, links and a picture, as blogs have them. */
    private static void item(StringBuilder xml, int feed, int item) {
        Random random = new Random(feed * 1000L + item);
        String link = "https://feed" + feed + ".example/2026/" + item + "/";
        xml.append("<item><title>")
                .append(words(random, 6))
                .append("</title><link>")
                .append(link)
                .append("?utm_source=rss</link><guid isPermaLink=\"false\">https://feed")
                .append(feed)
                .append(".example/?p=")
                .append(item)
                .append("</guid><pubDate>")
                .append(date(item))
                .append("</pubDate><dc:creator>Ada</dc:creator><category>words</category><description>")
                .append(words(random, 30))
                .append("</description><content:encoded><![CDATA[");
        for (int part = 1; part <= 3; part++) {
            xml.append("<h2>").append(words(random, 4)).append("</h2>\n<p>").append(words(random, WORDS / 6));
            xml.append(" <a href=\"").append(link).append(part).append("\">").append(words(random, 2)).append("</a> ");
            xml.append(words(random, WORDS / 6)).append(".</p>\n<p><img src=\"/").append(part);
            xml.append(".png\" alt=\"\" class=\"wide\"> <em>").append(words(random, 3)).append("</em></p>\n");
        }
        xml.append("]]></content:encoded></item>\n");
    }

    private static String words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(Integer.toString(46_656 + random.nextInt(1_600_000), 36).replaceAll("\\d", "e"));
        }
        return String.join(" ", words);
    }

    private static String date(int item) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(NOW.minusSeconds(3600L * (100 - item)), ZoneOffset.UTC));
    }
}
