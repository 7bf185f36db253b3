package io.courant;

import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.delivery.Deliveries;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Demand;
import io.courant.delivery.DomainGroups;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Imprint;
import io.courant.delivery.Lease;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Outcome;
import io.courant.delivery.Print;
import io.courant.delivery.Reply;
import io.courant.delivery.SubscriberRange;
import io.courant.issue.Editions;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.post.Source;
import io.courant.render.Rendering;
import io.courant.section.Assignment;
import io.courant.section.Outline;
import io.courant.section.Section;
import io.courant.section.SectionedPosts;
import io.courant.store.Database;
import io.courant.store.JdbcStore;
import io.courant.upkeep.DatabaseAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.BeanRegistryAdapter;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the ledger of a long list costs on PostgreSQL, without mail: planning it, claiming and settling each delivery in
 * the parts and groups that a send takes, whether the last tenth goes as fast as the first, the log that the server
 * writes, and the room it takes; the room also in SQLite's file, for comparison.
 *
 * <p>Arguments: a folder that is emptied, how many deliveries, and the address of an empty database. Without one, or with
 * {@code own}, it is that of COURANT_DATABASE, and without that a server of its own, as durable as servers are.
 */
public final class Ledger {
    private static final String OWN = "own";
    private static final int SQLITE_ROWS = 1_000_000;
    private static final long WARM_UP = 400_000; // deliveries, after which the program is as fast as it gets
    private static final int CLAIMS = 400; // as a send takes them by default
    private static final Instant DATE = Instant.parse("2026-11-23T07:00:00Z");
    private static final Outcome ACCEPTED = new Outcome.Accepted(new Reply(250, "2.0.0 Ok: queued as 4Xyz"));
    private static final List<String> DOMAINS = List.of(
            "gmail.com", "example.org", "gmail.com", "outlook.com", "example.net", "gmail.com", "yahoo.com",
            "example.com", "gmail.com", "hotmail.com");

    private final String what;
    private final long rows;
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final JdbcClient sql;
    private final boolean postgres;
    private int issues;

    private Ledger(String what, long rows, Path home, Optional<DatabaseAddress> address) {
        this.what = what;
        this.rows = rows;
        this.postgres = address.isPresent();
        beans.registerSingleton("database", Database.open(home, address));
        new BeanRegistryAdapter(beans, new StandardEnvironment(), JdbcStore.class).register(new JdbcStore());
        this.sql = beans.getBean(JdbcClient.class);
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
        empty(folder);
        String address = arguments.length > 2 && !arguments[2].equals(OWN)
                ? arguments[2]
                : Optional.ofNullable(System.getenv("COURANT_DATABASE")).orElse("");
        AutoCloseable server = () -> {};
        if (address.isEmpty()) {
            var started = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("server"))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            server = started;
            address = started.getJdbcUrl("postgres", "postgres");
        }
        try {
            DatabaseAddress at = new DatabaseAddress(
                    address, null, System.getenv("COURANT_DATABASE_PASSWORD"));
            new Ledger("PostgreSQL", rows, folder.resolve("home"), Optional.of(at)).run();
            new Ledger("SQLite", Math.min(rows, SQLITE_ROWS), folder.resolve("file"), Optional.empty()).run();
        } finally {
            server.close();
        }
        System.exit(0);
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }

    private void run() throws Exception {
        System.out.printf(Locale.ROOT, "%n%s, %,d deliveries%n", what, rows);
        write();
        long warmUp = Math.min(WARM_UP, rows / 2);
        subscribe(1, warmUp);
        warmUp(postgres ? 4 : 1);
        subscribe(warmUp + 1, rows);
        if (postgres) {
            say("settings", sql.sql("""
                    select string_agg(name || '=' || current_setting(name), ' ' order by name) from pg_settings where name in
                      ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size', 'server_version')
                    """).query(String.class).single());
        }
        for (int threads : postgres ? new int[] {1, 4} : new int[] {1}) {
            send(threads);
        }
        beans.getBean(Database.class).close();
    }

    /** What is slow only at first would make the first tenth slower than the last, and hide that something grows slow. */
    private void warmUp(int threads) throws Exception {
        io.courant.delivery.Ledger ledger = beans.getBean(io.courant.delivery.Ledger.class);
        IssueId issue = freeze();
        drain(issue, ledger.parts(issue, 0), ledger, threads);
    }

    /** Plans an issue and sends it, as far as the ledger sees. */
    private void send(int threads) throws Exception {
        long before = bytes();
        long log = log();
        long start = System.nanoTime();
        IssueId issue = freeze();
        double seconds = seconds(start);
        say("planning", "%.1f s, %,.0f rows/s, %,.0f bytes of log a row", seconds, rows / seconds, (log() - log) / (double) rows);
        long planned = bytes();
        say("room, planned", "%.1f bytes a delivery%s", (planned - before) / (double) rows, indexes());

        io.courant.delivery.Ledger ledger = beans.getBean(io.courant.delivery.Ledger.class);
        start = System.nanoTime();
        List<SubscriberRange> parts = ledger.parts(issue, 0);
        say("parts", "%.2f s for %,d", seconds(start), parts.size());
        start = System.nanoTime();
        ledger.counts(issue);
        say("counts", "%.2f s", seconds(start));

        log = log();
        long cpu = cpu();
        List<long[]> marks = drain(issue, parts, ledger, threads);
        cpu = cpu() - cpu;
        double all = rate(marks, 0, rows);
        double first = rate(marks, 0, rows / 10);
        double last = rate(marks, rows - rows / 10, rows);
        say(
                "claim and settle, " + threads + (threads == 1 ? " thread" : " threads"),
                "%,.0f deliveries/s; %,.0f in the first tenth, %,.0f in the last (%.2f)",
                all, first, last, last / first);
        say("tenths", tenths(marks));
        say("processor of this program", "%.1f \u00b5s a delivery", cpu / 1e3 / rows);
        if (postgres) {
            say("log", "%,.0f bytes a delivery", (log() - log) / (double) rows);
            say("cleared away", sql.sql("""
                    select autovacuum_count || ' times; ' || n_dead_tup || ' dead versions left, '
                           || round(100.0 * n_tup_hot_upd / greatest(n_tup_upd, 1)) || '% of changes within their page'
                    from pg_stat_user_tables where relname = 'delivery'
                    """).query(String.class).single());
        }
        say("room, sent", "%.1f bytes a delivery%s", (bytes() - before) / (double) rows, indexes());
        start = System.nanoTime();
        say("counts", "%s in %.2f s", ledger.counts(issue), seconds(start));
    }

    /** Claims and settles all; when how many were settled. */
    private List<long[]> drain(
            IssueId issue, List<SubscriberRange> parts, io.courant.delivery.Ledger ledger, int threads)
            throws Exception {
        Queue<SubscriberRange> left = new ConcurrentLinkedQueue<>(parts);
        List<long[]> marks = new ArrayList<>();
        marks.add(new long[] {0, System.nanoTime()});
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(pool.submit(() -> {
                for (SubscriberRange range = left.poll(); range != null; range = left.poll()) {
                    drain(issue, range, ledger, marks);
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        pool.shutdown();
        return marks;
    }

    private void drain(
            IssueId issue, SubscriberRange range, io.courant.delivery.Ledger ledger, List<long[]> marks) {
        Deliveries deliveries = beans.getBean(Deliveries.class);
        Lease lease = deliveries.lease(issue, range, "bench");
        List<String> open = new ArrayList<>(ledger.openGroups(issue, range));
        List<Claim> claims = List.of();
        do {
            Map<String, Integer> wanted = new HashMap<>();
            open.forEach(group -> wanted.put(group, CLAIMS / open.size()));
            List<Settlement> settled =
                    claims.stream().map(claim -> claim.settled(ACCEPTED, DATE, null)).toList();
            claims = deliveries.settleAndClaim(issue, settled, new Demand(lease, wanted, java.util.Set.of(), false), DATE);
            Map<String, Integer> got = new HashMap<>();
            claims.forEach(claim -> got.merge(claim.group(), 1, Integer::sum));
            open.removeIf(group -> !got.containsKey(group)); // as a send, which asks the others for more
            synchronized (marks) {
                long[] so = marks.get(marks.size() - 1);
                marks.add(new long[] {so[0] + settled.size(), System.nanoTime()});
            }
        } while (!claims.isEmpty());
        deliveries.end(lease);
    }

    private static double rate(List<long[]> marks, long from, long to) {
        long[] first = at(marks, from);
        long[] last = at(marks, to);
        return (last[0] - first[0]) * 1e9 / (last[1] - first[1]);
    }

    private static long[] at(List<long[]> marks, long settled) {
        return marks.stream()
                .filter(mark -> mark[0] >= settled)
                .findFirst()
                .orElseGet(() -> marks.get(marks.size() - 1));
    }

    private String tenths(List<long[]> marks) {
        StringBuilder tenths = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            tenths.append(String.format(Locale.ROOT, "%,.0f ", rate(marks, rows * i / 10, rows * (i + 1) / 10)));
        }
        return tenths.toString();
    }

    /** The write-ahead log so far. */
    private long log() {
        return postgres
                ? sql.sql("select cast(pg_current_wal_lsn() - '0/0' as bigint)").query(Long.class).single()
                : 0;
    }

    private long bytes() {
        return postgres
                ? sql.sql("select pg_total_relation_size('delivery')").query(Long.class).single()
                : sql.sql("select coalesce(sum(pgsize), 0) from dbstat where name in"
                                + " (select name from sqlite_master where tbl_name = 'delivery')")
                        .query(Long.class)
                        .single();
    }

    private String indexes() {
        return postgres
                ? sql.sql("""
                        select ': ' || string_agg(relname || ' ' || pg_relation_size(oid) / 1024 / 1024 || ' MB', ', ')
                        from pg_class where oid = 'delivery'::regclass
                          or oid in (select indexrelid from pg_index where indrelid = 'delivery'::regclass)
                        """).query(String.class).single()
                : "";
    }

    /** What this process has had of the processor, in nanoseconds; the server is another. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void say(String figure, String value, Object... arguments) {
        System.out.printf("  %-28s %s%n", figure, arguments.length == 0 ? value : String.format(Locale.ROOT, value, arguments));
    }

    // --- what is planned

    private void subscribe(long first, long last) {
        StringBuilder domain = new StringBuilder("case i % " + DOMAINS.size());
        for (int i = 0; i < DOMAINS.size(); i++) {
            domain.append(" when ").append(i).append(" then '").append(DOMAINS.get(i)).append("'");
        }
        domain.append(" end");
        String numbers = postgres
                ? "select i from generate_series(%d, %d) i"
                : "select i from (with recursive n (i) as (select %d union all select i + 1 from n where i < %d) select i from n)";
        sql.sql("insert into subscriber (address, address_key, name, state, joined)"
                        + " select a, a, '', 'ACTIVE', 1700000000000 from (select 'reader' || i || '@' || " + domain + " as a from ("
                        + numbers.formatted(first, last) + ") n) x")
                .update();
        if (postgres) {
            sql.sql("vacuum analyze subscriber").update();
        }
    }

    private void write() {
        Post post = new Post("bench", "1", null, "Bench", null, DATE, null, null, List.of(), new Body(Body.Form.TEXT, "Text."));
        Outline outline = new Outline("Bench", "", List.of(new Section("Bench", List.of(), "Text.")), null);
        Source source = new Source("bench", "Bench", new Source.Folder(Path.of(".")));
        beans.getBean(SectionedPosts.class)
                .keep(source, List.of(new SectionedPosts.SectionedPost(post, outline, false)), DATE, null, null, null);
    }

    private IssueId freeze() {
        String name = "bench-" + ++issues;
        Newsletter newsletter = newsletter(name);
        long section = beans.getBean(SectionedPosts.class).sections(List.of("bench")).get(0).id();
        Item item = new Item(
                section, "Bench", "Bench", null, "bench", DATE, "Text.", Duration.ofMinutes(1),
                new Assignment("", 0, List.of()), "", false, List.of());
        Issue issue = new Issue(
                IssueId.of(name, LocalDate.ofInstant(DATE, ZoneOffset.UTC), 1),
                name, DATE, List.of(), List.of(item), List.of(), List.of(), List.of());
        MessageTemplate message = MessageTemplate.compile(
                newsletter, issue, new Rendering("Bench", "<p>Text.</p>", "Text.", List.of(), "bench"));
        Imprint imprint = new Imprint(
                name, newsletter.from().address().domain(), newsletter.home(), newsletter.zone(), null);
        Editions editions = new Editions(newsletter, issue, List.of(), List.of(), DATE);
        editions.of(Editions.Wish.NOTHING_SPECIAL);
        FrozenIssues frozen = beans.getBean(FrozenIssues.class);
        frozen.keep(List.of(message));
        FrozenIssues.Freezing freezing = frozen.freeze(new FrozenIssues.Frozen(
                issue, null, "Bench", editions,
                List.of(new Print("all", editions.all().get(0), message.sha256(), List.of())),
                newsletter, DomainGroups.DEFAULT, imprint, List.of(), Map.of()));
        if (freezing != FrozenIssues.Freezing.FROZEN) {
            throw new IllegalStateException("the issue is " + freezing);
        }
        return issue.id();
    }

    private static Newsletter newsletter(String name) {
        return new Newsletter(
                name, "Bench", Mailbox.parse("Bench <digest@news.example.org>"), null, "1 Sample Street, Springfield",
                URI.create("https://news.example.org/bench"), Locale.ENGLISH, ZoneOffset.UTC, List.of(), List.of(),
                false, Segment.ALL, "bench", Newsletter.Quotas.DEFAULT, false);
    }
}
