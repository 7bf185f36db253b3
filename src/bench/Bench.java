package io.courant;

import com.sun.management.OperatingSystemMXBean;
import io.courant.audience.EmailAddress;
import io.courant.audience.Segment;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.cli.Settings;
import io.courant.delivery.Conductor;
import io.courant.delivery.Courier;
import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveryPolicy;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.DkimKey;
import io.courant.delivery.DomainGroups;
import io.courant.delivery.Flows;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Imprint;
import io.courant.delivery.Journal;
import io.courant.delivery.Ledger;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Pace;
import io.courant.delivery.Part;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Progress;
import io.courant.delivery.Relay;
import io.courant.delivery.Route;
import io.courant.delivery.Scope;
import io.courant.delivery.SubscriberRange;
import io.courant.delivery.Summary;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.Transport;
import io.courant.delivery.Print;
import io.courant.issue.Editions;
import io.courant.issue.Draft;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.audience.Mailbox;
import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.post.Source;
import io.courant.render.Hole;
import io.courant.render.Rendering;
import io.courant.section.Assignment;
import io.courant.section.Outline;
import io.courant.section.Section;
import io.courant.section.SectionedPosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How fast Courant hands over mail, side by side with what others make of the same machine and the same bytes. Every
 * contender has its turn in every round, so that a machine that is busy for a while slows all of them down; what is
 * printed are medians over the rounds, with the lowest and the highest.
 */
public final class Bench {
    private static final int MESSAGE_BYTES = 50_000;
    private static final int SESSIONS = 8;
    private static final Conductor UNWATCHED = new Conductor() {
        @Override
        public Order order() {
            return Order.GO;
        }

        @Override
        public void progressed(Progress progress) {}

        @Override
        public void remarked(String remark) {
            System.err.println(remark);
        }
    };

    private final int messages;
    private final int rounds;
    private final Path folder;
    private final HomeSession session;
    private final Map<String, List<Turn>> turns = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private int issues;
    private int length;

    /** What a contender made of its turn; CPU seconds are negative where nobody knows. */
    private record Turn(int messages, double seconds, double cpu) {
        double rate() {
            return messages / seconds;
        }
    }

    private interface Contender {
        Turn go(int messages) throws Exception;
    }

    private Bench(int messages, int rounds, Path folder) {
        this.messages = messages;
        this.rounds = rounds;
        this.folder = folder;
        this.session = new HomeSession(settings(), InstantSource.system());
    }

    private Settings settings() {
        return new Settings(
                folder.resolve("home"), folder.resolve("jobs"), folder.resolve("templates"), Map.of(), Map.of(), false, new Settings.Log(false, false));
    }

    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        String only = arguments.length > 3 ? arguments[3] : "";
        Bench bench = new Bench(messages, rounds, folder);
        try {
            bench.run(only);
        } finally {
            bench.processes.forEach(Process::destroyForcibly);
            bench.session.close();
        }
        System.exit(0);
    }

    private void run(String only) throws Exception {
        int perRound = Math.max(100, messages / rounds);
        subscribe(Math.max(perRound, 32 * slow(perRound)));
        length = freeze(1).message;
        System.out.printf(
                Locale.ROOT,
                "%d messages of %d bytes for each contender, in %d rounds; with a delay %d for each connection%n%n",
                perRound * rounds,
                length,
                rounds,
                slow(perRound) * rounds);

        int sink = smtpSink();
        int fast = sink("0");
        int slow = sink("20");
        Path keys = folder.resolve("relay.p12"); // the same file is our trust store
        int secure = sink("0", keys.toString(), "bench-bench");

        Map<String, Contender> fastOnes = new LinkedHashMap<>();
        fastOnes.put("smtp-sink: smtp-source -s 8", n -> smtpSource(sink, SESSIONS, n));
        fastOnes.put("smtp-sink: courant", n -> courant(new Setup(sink), n));
        fastOnes.put("smtp-sink: courant, no ledger", n -> courant(new Setup(sink).withoutLedger(), n));
        if (hasNodemailer()) {
            fastOnes.put("smtp-sink: nodemailer", n -> nodemailer(sink, n));
        } else {
            System.out.println("nodemailer: skipped (needs node with the packages nodemailer and handlebars; set NODE_PATH)\n");
        }
        fastOnes.put("fast sink: smtp-source -s 8", n -> smtpSource(fast, SESSIONS, n));
        fastOnes.put("fast sink: courant", n -> courant(new Setup(fast), n));
        fastOnes.put("fast sink: courant, no ledger", n -> courant(new Setup(fast).withoutLedger(), n));
        fastOnes.put("fast sink: courant, STARTTLS", n -> courant(new Setup(secure).secured(), n));
        DkimKey key = dkimKey();
        // a millisecond each: slow enough to be measured with fewer
        fastOnes.put("fast sink: courant, DKIM", n -> courant(new Setup(fast).signed(key), Math.max(100, n / 4)));
        Map<String, Contender> slowOnes = new LinkedHashMap<>();
        for (int sessions : new int[] {8, 32}) {
            slowOnes.put("20 ms: smtp-source -s " + sessions, n -> smtpSource(slow, sessions, sessions * n));
            slowOnes.put(
                    "20 ms: courant, " + sessions + " connections",
                    n -> courant(new Setup(slow).over(sessions), sessions * n));
        }
        fastOnes.keySet().removeIf(name -> !name.contains(only));
        slowOnes.keySet().removeIf(name -> !name.contains(only));

        for (int round = 0; round <= rounds; round++) {
            boolean warmUp = round == 0;
            take(fastOnes, warmUp ? Math.min(perRound, 3000) : perRound, warmUp);
            take(slowOnes, warmUp ? 5 : slow(perRound), warmUp);
            System.err.println(warmUp ? "warmed up" : "round " + round + " of " + rounds);
        }
        print();
    }

    /** With 20 ms to the relay, so many messages for each connection are enough. */
    private static int slow(int perRound) {
        return Math.max(5, perRound / 120);
    }

    private void take(Map<String, Contender> contenders, int count, boolean warmUp) throws Exception {
        for (Map.Entry<String, Contender> one : contenders.entrySet()) {
            Turn turn = one.getValue().go(count);
            if (!warmUp) {
                turns.computeIfAbsent(one.getKey(), key -> new ArrayList<>()).add(turn);
            }
        }
    }

    private void print() {
        System.out.printf(
                "%-34s %8s %17s %8s %17s %8s%n", "", "msg/s", "lowest-highest", "ratio", "lowest-highest", "CPU s/1k");
        double[] yardstick = {};
        for (Map.Entry<String, List<Turn>> one : turns.entrySet()) {
            double[] rates = one.getValue().stream().mapToDouble(Turn::rate).toArray();
            if (one.getKey().contains("smtp-source") || yardstick.length == 0) {
                yardstick = rates.clone();
            }
            double[] ratios = new double[rates.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = rates[i] / yardstick[i];
            }
            double[] cpus = one.getValue().stream()
                    .mapToDouble(turn -> turn.cpu() * 1000 / turn.messages())
                    .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %8.0f %8.0f-%8.0f %8.2f %8.2f-%8.2f %8s%n",
                    one.getKey(),
                    median(rates),
                    rates[0],
                    rates[rates.length - 1],
                    median(ratios),
                    ratios[0],
                    ratios[ratios.length - 1],
                    median(cpus) < 0 ? "" : String.format(Locale.ROOT, "%.3f", median(cpus)));
        }
    }

    /** Sorts, too. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    // --- contenders

    /** How Courant is to send. */
    private record Setup(int port, Relay.Tls tls, int connections, boolean ledger, List<DkimKey> keys) {
        Setup(int port) {
            this(port, Relay.Tls.NONE, SESSIONS, true, List.of());
        }

        Setup over(int connections) {
            return new Setup(port, tls, connections, ledger, keys);
        }

        Setup withoutLedger() {
            return new Setup(port, tls, connections, false, keys);
        }

        Setup secured() {
            return new Setup(port, Relay.Tls.STARTTLS, connections, ledger, keys);
        }

        Setup signed(DkimKey key) {
            return new Setup(port, tls, connections, ledger, List.of(key));
        }

        Relay relay() {
            String host = tls == Relay.Tls.NONE ? "127.0.0.1" : "localhost"; // the certificate's name
            return new Relay(host, port, tls, null, null, Relay.Timeouts.DEFAULT);
        }
    }

    private static DkimKey dkimKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return new DkimKey("news.example.org", "bench", generator.generateKeyPair().getPrivate());
    }

    private Turn courant(Setup setup, int count) throws Exception {
        Frozen frozen = freeze(count);
        NoLedger none = new NoLedger(count);
        Courier courier = new Courier(
                setup.ledger ? session.get(Deliveries.class) : none,
                setup.ledger ? session.get(Ledger.class) : none,
                session.get(Flows.class),
                session.get(Journal.class),
                new Transport(
                        List.of(new Route(setup.relay(), 1, new Pace(setup.connections, 0))),
                        DomainGroups.DEFAULT,
                        DeliveryPolicy.DEFAULT),
                InstantSource.system());
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        IssueId id = frozen.issue.issue().id();
        Courier.Opening opening = courier.open(id);
        Part part = courier.deliver(
                frozen.issue.signedWith(setup.keys), frozen.personalizer, Scope.ALL_DUE, SubscriberRange.ALL, "bench", UNWATCHED);
        Summary summary = courier.close(id, opening, part);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long accepted = summary.counts().getOrDefault(DeliveryState.ACCEPTED, 0L);
        if (accepted != count) {
            throw new IllegalStateException(count + " expected, but " + summary.counts());
        }
        return new Turn(count, seconds, cpuSeconds() - cpu);
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private Turn smtpSource(int port, int sessions, int count) throws Exception {
        long begin = System.nanoTime();
        run("smtp-source", "-d", "-s", "" + sessions, "-l", "" + length, "-m", "" + count, "127.0.0.1:" + port);
        return new Turn(count, (System.nanoTime() - begin) / 1e9, -1);
    }

    private boolean hasNodemailer() {
        try {
            run("node", "-e", "require('nodemailer'); require('handlebars')");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Turn nodemailer(int port, int count) throws Exception {
        Path template = folder.resolve("template");
        String[] bodies = bodies();
        Files.writeString(Path.of(template + ".html"), bodies[0].replaceAll("@(\\w+)@", "{{reader.$1}}"));
        Files.writeString(Path.of(template + ".txt"), bodies[1].replaceAll("@(\\w+)@", "{{reader.$1}}"));
        String script = folder.resolve("../../src/bench/nodemailer.js").toString();
        int some = Math.max(100, count / 4); // slow enough to be measured with fewer
        String[] said = run("node", script, "" + port, "" + some, "" + SESSIONS, template.toString())
                .strip()
                .split(" ");
        return new Turn(some, Double.parseDouble(said[0]), Double.parseDouble(said[1]));
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }

    // --- relays

    private int smtpSink() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of("smtp-sink"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.addAll(List.of("127.0.0.1:" + port, "1000"));
        processes.add(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return port;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("smtp-sink does not start");
    }

    private int sink(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "Sink"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        BufferedReader said = process.inputReader();
        int port = Integer.parseInt(said.readLine());
        Thread drain = new Thread(() -> said.lines().forEach(line -> {}));
        drain.setDaemon(true);
        drain.start();
        return port;
    }

    // --- what is sent

    private record Frozen(FrozenIssue issue, Personalizer personalizer, int message) {}

    private void subscribe(int count) {
        Subscribers subscribers = session.get(Subscribers.class);
        Instant now = Instant.parse("2026-01-15T09:00:00Z");
        List<NewSubscriber> group = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            group.add(new NewSubscriber(
                    new EmailAddress("reader" + i + "@example.org"), "", Subscriber.State.ACTIVE, List.of(), now));
        }
        subscribers.merge(group);
        SectionedPosts posts = session.get(SectionedPosts.class);
        Post post = new Post(
                "bench", "1", null, "Bench", null, now, null, null, List.of(), new Body(Body.Form.TEXT, "Text."));
        Outline outline = new Outline("Bench", "", List.of(new Section("Bench", List.of(), "Text.")), null);
        Source source = new Source("bench", "Bench", new Source.Folder(folder));
        posts.keep(source, List.of(new SectionedPosts.SectionedPost(post, outline, false)), now, null, null, null);
    }

    /** A new issue for so many subscribers. */
    private Frozen freeze(int count) {
        String name = "bench-" + ++issues;
        Newsletter newsletter = newsletter(name);
        Instant date = Instant.parse("2026-11-23T07:00:00Z");
        long section = session.get(SectionedPosts.class)
                .sections(List.of("bench"))
                .get(0)
                .id();
        Item item = new Item(
                section,
                "Bench",
                "Bench",
                null,
                "bench",
                date,
                "Text.",
                Duration.ofMinutes(1),
                new Assignment("", 0, List.of()),
                "",
                false,
                List.of());
        Issue issue = new Issue(
                IssueId.of(name, LocalDate.ofInstant(date, ZoneOffset.UTC), 1),
                name,
                date,
                List.of(),
                List.of(item),
                List.of(),
                List.of(),
                List.of());
        String nonce = "bench";
        String[] bodies = bodies();
        for (Hole hole : Hole.values()) {
            for (int i = 0; i < bodies.length; i++) {
                bodies[i] = bodies[i].replace("@" + hole.field() + "@", hole.marker(nonce));
            }
        }
        Rendering rendering = new Rendering("Bench", bodies[0], bodies[1], List.of(), nonce);
        MessageTemplate message = MessageTemplate.compile(newsletter, issue, rendering);
        FrozenIssues frozen = session.get(FrozenIssues.class);
        Imprint imprint = new Imprint(
                newsletter.name(), newsletter.from().address().domain(), newsletter.home(), newsletter.zone(), null);
        Editions editions = new Editions(newsletter, issue, List.of(), List.of(), date);
        editions.of(Editions.Wish.NOTHING_SPECIAL);
        frozen.keep(List.of(message));
        frozen.freeze(
                new FrozenIssues.Frozen(
                        issue,
                        new Draft(newsletter, issue.id(), issue.date(), null, List.of(), List.of(), List.of()),
                        "Bench",
                        editions,
                        List.of(new Print("all", editions.all().get(0), message.sha256(), List.of())),
                        newsletter,
                        DomainGroups.DEFAULT,
                        imprint,
                        List.of(),
                        Map.of()));
        trim(issue.id(), count);
        FrozenIssue found = frozen.find(issue.id()).orElseThrow();
        Personalizer personalizer = new Personalizer(newsletter, issue.id(), session.get(TokenSigner.class));
        Deliveries.Claim first =
                new Deliveries.Claim(1, "reader1@example.org", date, "all", "others", DeliveryState.READY, 1, 0, 0, 0);
        return new Frozen(found, personalizer, message.fill(personalizer.personal(first)).size());
    }

    /** Leaves so many deliveries of an issue. */
    private void trim(IssueId issue, int count) {
        new org.springframework.jdbc.core.JdbcTemplate(session.get(javax.sql.DataSource.class))
                .update(
                        """
                        delete from delivery where issue_id = (select id from issue where name = ?)
                          and subscriber_id not in (select id from subscriber order by id limit ?)
                        """,
                        issue.value(),
                        count);
    }

    private static Newsletter newsletter(String name) {
        return new Newsletter(
                name,
                "Bench",
                Mailbox.parse("Bench <digest@news.example.org>"),
                null,
                "1 Sample Street, Springfield",
                URI.create("https://news.example.org/bench"),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                List.of(),
                List.of(),
                false,
                Segment.ALL,
                "bench",
                Newsletter.Quotas.DEFAULT,
                false);
    }

    /** HTML and text, with the holes' names between at signs, that make a message of about the wanted length. */
    private static String[] bodies() {
        Random random = new Random(1); // the same words every time
        StringBuilder words = new StringBuilder();
        while (words.length() < MESSAGE_BYTES * 0.46) {
            words.append(Integer.toString(random.nextInt(1_000_000), 36)).append(random.nextInt(9) == 0 ? "\n" : " ");
        }
        String html = "<p>For @address@ since @since@.</p>\n<p>" + words
                + "</p>\n<a href=\"@unsubscribeUrl@\">Unsubscribe</a>\n";
        String text = "For @address@ since @since@.\n" + words + "\nUnsubscribe: @unsubscribeUrl@\n";
        return new String[] {html, text};
    }
}
