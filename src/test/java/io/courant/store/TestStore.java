package io.courant.store;

import io.courant.editor.ApiTokens;
import io.courant.editor.AuditLog;
import io.courant.editor.Credentials;
import io.courant.editor.Editors;
import io.courant.editor.KeptAnswers;
import io.courant.editor.LoginAttempts;
import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.post.Source;
import io.courant.section.Outline;
import io.courant.section.Section;
import io.courant.section.SectionedPosts.Kept;
import io.courant.section.SectionedPosts.SectionedPost;
import io.courant.upkeep.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The store on a real database, wired by hand: on that whose turn it is, see {@link EachDatabase}. */
public final class TestStore implements AutoCloseable {
    private final Database database;
    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    public TestStore(Path home) {
        database = Database.open(home, TestDatabase.of(home));
        write = JdbcClient.create(database.writer());
        read = JdbcClient.create(database.reader());
        transactions = new TransactionTemplate(database.transactions());
    }

    JdbcSubscribers subscribers() {
        return new JdbcSubscribers(write, read, database.writer(), transactions, database);
    }

    JdbcFailures failures() {
        return new JdbcFailures(write, transactions);
    }

    JdbcReaders readers() {
        return new JdbcReaders(write, read, transactions);
    }

    JdbcRequests requests() {
        return new JdbcRequests(write, read, transactions, database);
    }

    JdbcErasures erasures() {
        return new JdbcErasures(write, read, transactions, database);
    }

    JdbcSectionedPosts posts() {
        return new JdbcSectionedPosts(write, read, transactions);
    }

    /** The rows that a query finds. */
    List<List<Object>> all(String query) {
        return write.sql(query).query().listOfRows().stream()
                .map(row -> (List<Object>) new ArrayList<>(row.values()))
                .toList();
    }

    /** Keeps a post of a folder. */
    boolean keep(Post post, Outline outline, Instant seen) {
        Source source = new Source(post.source(), post.source(), new Source.Folder(Path.of("nowhere")));
        Kept kept = posts().keep(source, List.of(new SectionedPost(post, outline, false)), seen, null, null, null);
        return kept.fresh() == 1;
    }

    /** The id of the only section of a post that is kept for it. */
    long section(String post, String heading) {
        Instant seen = Instant.parse("2026-11-20T06:00:00Z");
        Body body = new Body(Body.Form.TEXT, "Text.");
        keep(
                new Post("notes", post, null, heading, null, seen, null, null, List.of(), body),
                new Outline(heading, "", List.of(new Section(heading, List.of(), "Text.")), null),
                seen);
        return write.sql("select max(id) from section").query(Long.class).single();
    }

    JdbcSources sources() {
        return new JdbcSources(write, read, transactions);
    }

    JdbcAssignments assignments() {
        return new JdbcAssignments(write, read, transactions);
    }

    JdbcDueTimes dueTimes() {
        return new JdbcDueTimes(write, read, transactions);
    }

    JdbcSummaries summaries() {
        return new JdbcSummaries(write, read);
    }

    JdbcPressRuns pressRuns() {
        return new JdbcPressRuns(write, read, transactions);
    }

    JdbcNewSections newSections() {
        return new JdbcNewSections(write, read);
    }

    JdbcFrozenIssues issues() {
        return new JdbcFrozenIssues(write, read, transactions, database);
    }

    /**
     * The same, but another thread of the process is quicker by one transaction.
     *
     * @param place which of the transactions it comes before, from 1
     * @param other what it does
     */
    JdbcFrozenIssues issues(int place, Runnable other) {
        AtomicInteger begun = new AtomicInteger();
        PlatformTransactionManager manager = database.transactions();
        PlatformTransactionManager late = new PlatformTransactionManager() {
            @Override
            public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
                if (begun.incrementAndGet() == place) {
                    other.run();
                }
                return manager.getTransaction(definition);
            }

            @Override
            public void commit(TransactionStatus status) {
                manager.commit(status);
            }

            @Override
            public void rollback(TransactionStatus status) {
                manager.rollback(status);
            }
        };
        return new JdbcFrozenIssues(write, read, new TransactionTemplate(late), database);
    }

    JdbcApprovals approvals() {
        return new JdbcApprovals(write, read, transactions);
    }

    JdbcEdits edits() {
        return new JdbcEdits(write, read, transactions);
    }

    JdbcDeliveries deliveries() {
        return new JdbcDeliveries(write, database.writer(), database);
    }

    JdbcLedger ledger() {
        return new JdbcLedger(read, database.dialect());
    }

    JdbcBounces bounces() {
        return new JdbcBounces(write, read, transactions);
    }

    Instance instance() {
        return database.instance(write, read, transactions);
    }

    JdbcSoundness soundness() {
        return new JdbcSoundness(read, database.dialect());
    }

    KeptAnswers answers() {
        return new JdbcKeptAnswers(write, transactions);
    }

    public Editors editors() {
        return new JdbcEditors(write, read, transactions);
    }

    public Credentials credentials() {
        return new JdbcCredentials(write, read, transactions);
    }

    public ApiTokens tokens() {
        return new JdbcApiTokens(write, read);
    }

    public LoginAttempts attempts() {
        return new JdbcLoginAttempts(write, transactions);
    }

    public AuditLog auditLog() {
        return new JdbcAuditLog(write, read, transactions, database);
    }

    /** Whether a text stands in the file that the database is, or in the log beside it. */
    public boolean isKept(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(SqliteDatabase.FILE_NAME, SqliteDatabase.FILE_NAME + "-wal")
                .map(database.home()::resolve)
                .filter(Files::exists)
                .anyMatch(file -> holds(file, wanted));
    }

    private static boolean holds(Path file, byte[] wanted) {
        try {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            return bytes.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Scrub scrub() {
        return new Scrub(write, read, database.dialect());
    }

    JdbcClient sql() {
        return write;
    }

    @Override
    public void close() {
        database.close();
    }
}
