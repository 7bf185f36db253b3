package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.delivery.PrivateFolder;
import io.courant.delivery.SecretFile;
import io.courant.upkeep.Backup;
import io.courant.upkeep.BadBackup;
import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Migration.Moved;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** All that is in one database comes to the other as it is. */
class TransferTest {
    private static final String CATALOGUE = """
            select cast(conrelid as regclass) || ' ' || conname || ' ' || pg_get_constraintdef(oid) as word
            from pg_constraint where connamespace = cast('public' as regnamespace)
            union all select tgname || ' ' || cast(tgenabled as text) from pg_trigger where not tgisinternal
            union all select indexdef from pg_indexes where schemaname = 'public'
            """;

    @TempDir
    private Path folder;

    private Path home;
    private DatabaseAddress target;

    @BeforeEach
    void open() {
        home = folder.resolve("home");
        target = TestPostgres.empty("transfer");
        Database.open(home, Optional.empty()).close();
    }

    /** A row for every table, and whatever is difficult to copy. */
    private void fill() throws SQLException, IOException {
        SecretFile.create(SecretBesideKeys.file(home));
        change("""
                insert into batch_job_instance values (1, 0, 'send', 'k');
                insert into batch_job_execution values
                  (1, 2, 1, 1774746000123, 1774746000000, null, 'STARTED', 'é', 'a\\b', 1792890000001);
                insert into batch_job_execution_params values (1, 'issue', 'java.lang.String', 'weekly-1', 'Y');
                insert into batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time)
                  values (7, 1, 'deliver', 1, 1774746000123);
                insert into batch_step_execution_context values (7, '{}', 'long');
                insert into batch_job_execution_context values (1, '{}', null);
                insert into batch_step_execution_seq values (9);
                insert into batch_job_execution_seq values (5);
                delete from batch_job_execution_seq;
                insert into post (id, source, source_id, link, title, published, seen, categories, form, content, intro,
                  archived) values
                  (1, 'feed', 'a', 'https://a.example/?a=1&b=\\N', 'A "B" \\. ''C'' ' || char(9, 10, 13, 8, 127, 128512),
                   -1000, 9223372036854775807, '["x\\\\u0000y"]', 'HTML', '<p>' || char(1, 11, 12) || '\\', '', 1),
                  (2, 'feed', '', null, '\\N', 0, 0, '[]', 'TEXT', '', '', 0);
                insert into section values (1, 1, 0, 'A', '[]', 'A.'), (4, 2, 0, 'B', '[]', 'B.');
                insert into subscriber (id, address, address_key, name, state, joined, left_at) values
                  (1, 'Ada@example.org', 'ada@example.org', 'Ada', 'ACTIVE', 1, null),
                  (2, 'bob@example.org', 'bob@example.org', '', 'UNSUBSCRIBED', 2, 3),
                  (99, 'gone@example.org', 'gone@example.org', '', 'ACTIVE', 2, null);
                delete from subscriber where id = 99;
                insert into subscriber_tag values ('vip', 1);
                insert into suppression values ('eve@example.org', 'complaint', 3);
                insert into issue (id, name, newsletter, state, subject, candidates, content, imprint, frozen_at) values
                  (1, 'weekly-1', 'weekly', 'APPROVED', 'S', 2, '{}', '{}', 8000);
                insert into issued_section values ('weekly', 1, 1);
                insert into carried_over values ('weekly', 4, 1, 2);
                insert into message values ('abc', 1, x'00ff5c0a09'), ('def', 0, x'');
                insert into variant (issue_id, number, name, sha256, edition) values (1, 1, 'html', 'abc', null);
                insert into variant_section values (1, 1, 1);
                insert into delivery (issue_id, subscriber_id, variant, state, attempt) values
                  (1, 1, 1, 'ACCEPTED', 1), (1, 2, 1, 'READY', 0);
                insert into lease (issue_id, first_subscriber, last_subscriber, holder, began_at, until)
                  values (1, 1, 2, 'one', 5, 6);
                insert into press_run (begun_at, forme) values (5, '{}');
                insert into sheet values (1, 1, '{}', null), (1, 2, '{}', '{}');
                insert into delivery_attempt values (1, 2, 1, 9000, 'RCPT', '450 no', 'DEFERRED');
                insert into pace values ('relay', 1.0, 0.1, 5), ('google', 1e22, 1.0e-7, 5), ('yahoo', 33.333333333333336, 0, 5);
                insert into relay_failure values ('mail.example.org:25', 2, 7000);
                insert into source (key, standing, failures, problem, entries) values ('feed', 'ACTIVE', 1, '503', 9);
                insert into subscription values ('weekly', 'feed', 5, 1);
                insert into merged_post values ('weekly', 2, 1, 1, 'WORDS');
                insert into assignment (newsletter, section_id, scheme, topics, assignment)
                  values ('weekly', 1, 's', '[]', '{}');
                insert into choice values ('weekly', 1, 'LEAD', 6000);
                insert into summary values ('q', 'All in short.');
                insert into bounce (newsletter, message, position, subscriber_id, issue_id, at, kind, status, reply,
                  feedback, evidence, trust, consequence)
                  values ('weekly', 'm1', 0, 2, 1, 1, 'HARD', '5.1.1', '', '', '', 'TOKEN', 'NONE');
                insert into reader (newsletter, subscriber_id, left_at) values ('weekly', 2, 77);
                insert into coverage values ('weekly', 1, 5, 6, null, null, null);
                insert into request (kind, newsletter, address, address_key, wording, requested_at, requested_from, block,
                  due_at) values ('SIGN_UP', 'weekly', 'c@example.org', 'c@example.org', 'w', 1, '::1', '::', 2);
                insert into turned_away values ('weekly', 'BLOCK', 1, 2);
                insert into consent (subscriber_id, source, wording) values (1, 'file', 'w');
                insert into erasure values ('h', 1, 0);
                insert into former_address values ('h', 1);
                insert into link values (1, 1, 'https://a.example', 3);
                insert into editor (name, role, disabled, made_at) values ('ada', 'OWNER', 0, 1), ('bob', 'EDITOR', 1, 1);
                insert into recovery_code values (1, 'h', null);
                insert into api_token (editor_id, label, scopes, hash, made_at) values (1, 'l', '[]', 'h', 1);
                insert into login_attempt values ('h', 1, 1);
                insert into act values
                  (1, 5, 'ada', 'cli', 'did', 's', 'd', printf('%.64d', 0), 'one'), (2, 6, 'ada', 'cli', 'did', 's', 'd', 'one', 'two');
                insert into edit (newsletter, kind, about, value, at, editor, undone) values
                  ('weekly', 'ORDER', '', '[]', 1, 'ada', 1), ('weekly', 'ORDER', '', '[]', 1, 'ada', 0);
                insert into approval (issue_id, approver, hash, seal, approved_at) values (1, 'ada', 'h', 's', 1);
                insert into due_time (newsletter, time, result, began_at) values ('weekly', 1, 'MADE', 2);
                insert into kept_answer (token_id, word, request, claimed_at) values (1, 'w', 'r', 1);
                insert into webhook_message (id, newsletter, url, event, body, made_at, due_at)
                  values ('m', 'weekly', 'https://h.example', 'issue.sent', '{}', 1, 1);
                """);
    }

    private void change(String statements) throws SQLException {
        try (SqliteDatabase database = SqliteDatabase.in(home);
                Connection connection = database.writer().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        }
    }

    private Moved move() {
        return new JdbcMigration(home).to(target, done -> {});
    }

    private static List<List<Object>> rows(Database database, String query) {
        try (Connection connection = database.reader().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<List<Object>> rows = new ArrayList<>();
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    Object value = found.getObject(i);
                    row.add(
                            value instanceof Integer number
                                    ? Long.valueOf(number)
                                    : value instanceof byte[] bytes
                                            ? HexFormat.of().formatHex(bytes)
                                            : value);
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** What every table of a file holds, and after which numbers it goes on. */
    private static Map<String, List<List<Object>>> all(Path home) {
        try (SqliteDatabase database = SqliteDatabase.in(home)) {
            Map<String, List<List<Object>>> all = new TreeMap<>();
            for (List<Object> table : rows(database, "select name from sqlite_master where type = 'table'")) {
                String name = String.valueOf(table.get(0));
                if (!name.equals("instance") && !name.equals("flyway_schema_history") && !name.endsWith("_SEQ")) {
                    List<List<Object>> rows = rows(database, "select * from \"" + name + "\"");
                    rows.sort(Comparator.comparing(Object::toString));
                    all.put(name, rows);
                }
            }
            return all;
        }
    }

    @Test
    void everyTableComesThereAndBack() throws SQLException, IOException {
        fill();
        Map<String, List<List<Object>>> before = all(home);
        before.forEach((table, rows) -> assertThat(rows).as(table).isNotEmpty());

        Moved moved = move();

        assertThat(moved.rows()).containsEntry("subscriber", 2L).containsEntry("happening", 2L);
        assertThat(all(home)).as("the file stays as it was").isEqualTo(before);
        Path back = folder.resolve("back");
        Database.copy(home, Optional.of(target), back);
        assertThat(all(back)).isEqualTo(before);
    }

    @Test
    void valuesMeanTheSameThere() throws SQLException, IOException {
        fill();
        move();
        try (PostgresDatabase database = PostgresDatabase.at(home, target);
                SqliteDatabase file = SqliteDatabase.in(home)) {
            for (String query : List.of(
                    "select title, link, content, categories, published, seen from post order by id",
                    "select name, per_minute, tokens from pace order by name")) {
                assertThat(rows(database, query)).isEqualTo(rows(file, query));
            }
            assertThat(rows(database, "select archived from post order by id"))
                    .containsExactly(List.of(true), List.of(false));
            assertThat(rows(database, "select bytes from message order by sha256 limit 1"))
                    .containsExactly(List.of("00ff5c0a09"));
            assertThat(rows(database, "select create_time from batch_job_execution"))
                    .containsExactly(List.of(Timestamp.from(Instant.ofEpochMilli(1774746000123L))));
        }
    }

    @Test
    void keysTriggersAndIndexesAreAsBefore() throws SQLException, IOException {
        List<String> before = catalogue();
        fill();
        move();
        assertThat(catalogue()).isEqualTo(before);
        Path back = folder.resolve("back");
        Database.copy(home, Optional.of(target), back);
        String master = "select type, name, sql from sqlite_master order by type, name";
        try (SqliteDatabase file = SqliteDatabase.in(home);
                SqliteDatabase copy = SqliteDatabase.in(back)) {
            assertThat(rows(copy, master)).isEqualTo(rows(file, master));
        }
    }

    private List<String> catalogue() {
        try (PostgresDatabase database = PostgresDatabase.at(home, target)) {
            return rows(database, CATALOGUE).stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noNumberIsGivenTwice() throws SQLException, IOException {
        fill();
        move();
        try (PostgresDatabase database = PostgresDatabase.at(home, target);
                Connection connection = database.writer().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into subscriber (address, address_key, name, state, joined) values ('d', 'd', '', 'ACTIVE', 1)
                    """);
            assertThat(rows(database, "select max(id) from subscriber")).containsExactly(List.of(100L));
            assertThat(rows(database, "select max(id) + 1 - nextval(pg_get_serial_sequence('post', 'id')) from post"))
                    .containsExactly(List.of(0L));
            assertThat(rows(database, "select nextval('batch_step_execution_seq'), nextval('batch_job_execution_seq')"))
                    .containsExactly(List.of(10L, 6L));
            statement.execute("delete from subscriber where id = 100");
        }
        Path back = folder.resolve("back");
        Database.copy(home, Optional.of(target), back);
        try (SqliteDatabase copy = SqliteDatabase.in(back)) {
            assertThat(rows(copy, """
                    select lower(name), seq from sqlite_sequence
                    where lower(name) in ('subscriber', 'batch_step_execution_seq', 'batch_job_execution_seq') order by 1
                    """))
                    .containsExactly(
                            List.of("batch_job_execution_seq", 6L),
                            List.of("batch_step_execution_seq", 10L),
                            List.of("subscriber", 100L));
        }
    }

    @Test
    void nothingIsSentFromTheFileAnyMoreBeforeSomebodyConfirmsIt() throws SQLException, IOException {
        fill();
        assertThat(new JdbcMigration(home).doubt()).isEmpty();
        move();
        assertThat(new JdbcMigration(home).doubt()).map(Doubt::kind).contains(Doubt.Kind.LEFT);
        Path back = folder.resolve("back");
        Database.copy(home, Optional.of(target), back);
        assertThat(new JdbcMigration(back).doubt()).map(Doubt::kind).contains(Doubt.Kind.COPIED);
        try (TestStore store = new TestStore(home)) {
            store.instance().confirm();
            assertThat(store.instance().doubt()).isEmpty();
        }
    }

    @Test
    void aDatabaseWithRowsOrTablesOfOthersIsRefusedAndStaysAsItIs() throws SQLException, IOException {
        fill();
        move();
        try (TestStore store = new TestStore(home)) {
            store.instance().confirm();
        }
        change("insert into suppression values ('new@example.org', 'complaint', 3)");
        assertThatThrownBy(this::move).hasMessageContaining("is not empty").hasMessageContaining("suppression");
        assertThat(count("suppression")).isOne();
        assertThat(new JdbcMigration(home).doubt()).isEmpty();

        target = TestPostgres.empty("transfer");
        inTarget("create table shop (id integer)");
        assertThatThrownBy(this::move).hasMessageContaining("not a database of this version of Courant");
        inTarget("drop table shop");
        PostgresDatabase.at(home, target).close();
        inTarget("create table shop (id integer)");
        assertThatThrownBy(this::move).hasMessageContaining("different tables: shop");
        assertThat(count("suppression")).isZero();
    }

    private void inTarget(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(target.url());
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    private long count(String table) {
        try (PostgresDatabase database = PostgresDatabase.at(home, target)) {
            return (Long) rows(database, "select count(*) from " + table).get(0).get(0);
        }
    }

    @Test
    void whoseHashIsKeptIsKnownThereAndBack() throws SQLException, IOException {
        EmailAddress erased = new EmailAddress("gone@example.org");
        try (TestStore store = new TestStore(home)) {
            store.subscribers()
                    .merge(List.of(
                            new NewSubscriber(erased, "Gone", Subscriber.State.ACTIVE, List.of(), Instant.EPOCH)));
            store.erasures().erase(erased, Instant.EPOCH);
        }
        Path secret = SecretBesideKeys.file(home);
        byte[] before = SecretFile.read(secret);
        move();
        Files.delete(secret);
        try (PostgresDatabase database = PostgresDatabase.at(home, target)) {
            JdbcClient read = JdbcClient.create(database.reader());
            assertThat(new JdbcErasures(
                                    JdbcClient.create(database.writer()),
                                    read,
                                    new TransactionTemplate(database.transactions()),
                                    database)
                            .isErased(erased))
                    .isTrue();
        }
        Path back = folder.resolve("back");
        Database.copy(home, Optional.of(target), back);
        assertThat(SecretFile.read(SecretBesideKeys.file(back))).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(SecretBesideKeys.file(back))))
                .isEqualTo("rw-------");
        try (TestStore store = new TestStore(back)) {
            assertThat(store.erasures().isErased(erased)).isTrue();
        }
    }

    @Test
    void hashesWithoutTheirSecretAreNotMoved() throws SQLException, IOException {
        fill();
        Files.delete(SecretBesideKeys.file(home));
        assertThatThrownBy(this::move).hasMessageContaining("erasure.salt: is missing");
        assertThat(count("erasure")).isZero();
    }

    @Test
    void aRowThatPostgresRefusesLeavesNothingThereAndTheFileInUse() throws SQLException, IOException {
        fill();
        change("update delivery set attempt = 40000");
        assertThatThrownBy(this::move)
                .hasMessageContaining("40000")
                .hasMessageContaining("nothing was kept of it there");
        assertThat(count("post")).isZero();
        assertThat(catalogue()).hasSizeGreaterThan(50).noneMatch(word -> word.endsWith(" D"));
        change("update delivery set attempt = 1");
        assertThat(new JdbcMigration(home).doubt()).isEmpty();
        move();
        assertThat(count("subscriber")).isEqualTo(2);
    }

    @Test
    void aWordInPlaceOfANumberIsRefused() throws SQLException, IOException {
        fill();
        change("update post set published = 'yesterday' where id = 2");
        assertThatThrownBy(this::move).hasMessageContaining("column published of post cannot hold 'yesterday'");
        change("update post set published = 1.5 where id = 2");
        assertThatThrownBy(this::move).hasMessageContaining("column published of post cannot hold '1.5'");
        assertThat(count("subscriber")).isZero();
    }

    @Test
    void aRowThatRefersToNothingIsRefused() throws SQLException, IOException {
        fill();
        change("pragma foreign_keys = off; delete from post where id = 2; pragma foreign_keys = on");
        assertThatThrownBy(this::move).hasMessageContaining("section").hasMessageContaining("nothing was kept");
        assertThat(count("subscriber")).isZero();
    }

    @Test
    void aCopyThatIsNotTheSameIsNoticed() throws SQLException, IOException {
        fill();
        try (SqliteDatabase here = SqliteDatabase.in(home);
                PostgresDatabase there = PostgresDatabase.at(home, target);
                Connection from = here.writer().getConnection();
                Connection to = there.writer().getConnection();
                Statement statement = to.createStatement()) {
            from.setAutoCommit(false);
            to.setAutoCommit(false);
            SqliteSide sqlite = new SqliteSide(from);
            PostgresSide postgres = new PostgresSide(to);
            Transfer transfer = new Transfer(sqlite, postgres, done -> {});
            Map<Table, RowSum> sums = transfer.copy(sqlite, postgres, transfer.tables());
            transfer.compare(sums, postgres);
            for (String change : List.of(
                    "update message set bytes = '\\x00' where sha256 = 'def'",
                    "update subscriber set name = name || ' ' where id = 1",
                    "update pace set tokens = 0.10000000000000002 where name = 'relay'",
                    "update editor set disabled = not disabled where id = 2",
                    "delete from webhook_message")) {
                statement.execute("savepoint before");
                statement.execute(change);
                assertThatThrownBy(() -> transfer.compare(sums, postgres)).hasMessageContaining("is not what was read");
                statement.execute("rollback to before");
            }
            transfer.compare(sums, postgres);
            from.rollback();
            to.rollback();
        }
    }

    @Test
    void whileItMovesNobodyWritesToTheFile() throws SQLException, IOException {
        fill();
        List<String> refused = new ArrayList<>();
        new JdbcMigration(home).to(target, done -> {
            if (refused.isEmpty()) {
                try (Connection other = DriverManager.getConnection(
                                "jdbc:sqlite:" + home.resolve(SqliteDatabase.FILE_NAME) + "?busy_timeout=10");
                        Statement statement = other.createStatement()) {
                    statement.execute("delete from suppression");
                } catch (SQLException e) {
                    refused.add(String.valueOf(e.getMessage()));
                }
            }
        });
        assertThat(refused).singleElement().asString().contains("SQLITE_BUSY");
    }

    @Test
    void textThatPostgresCannotKeepIsLeftOut() throws SQLException, IOException {
        fill();
        change("update subscriber set name = 'A' || char(0) || 'da' where id = 1");
        move();
        try (PostgresDatabase database = PostgresDatabase.at(home, target)) {
            assertThat(rows(database, "select name from subscriber where id = 1"))
                    .containsExactly(List.of("Ada"));
        }
    }

    /** Moves, and stands still when a table is done, for somebody to end it. */
    static final class Halting {
        public static void main(String[] arguments) {
            new JdbcMigration(Path.of(arguments[0])).to(new DatabaseAddress(arguments[1], null, null), done -> {
                if ((done.table() + done.compared()).equals(arguments[2])) {
                    System.out.println("now");
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"actfalse", "deliveryfalse", "webhook_messagefalse", "webhook_messagetrue"})
    void whatIsKilledUnderWayHasMovedNothing(String place) throws Exception {
        fill();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Halting.class.getName(),
                        home.toString(),
                        target.url(),
                        place)
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("now");
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(128 + 9);

        assertThat(count("act") + count("delivery") + count("webhook_message")).isZero();
        try (PostgresDatabase database = PostgresDatabase.at(home, target)) {
            assertThat(rows(database, "select is_called, last_value from batch_step_execution_seq"))
                    .containsExactly(List.of(false, 1L));
        }
        assertThat(new JdbcMigration(home).doubt()).isEmpty();
        Map<String, List<List<Object>>> before = all(home);
        move();
        Path back = folder.resolve("back");
        Database.copy(home, Optional.of(target), back);
        assertThat(all(back)).isEqualTo(before);
    }

    /** Moves, and the server ends the connection when a table is done. */
    private void moveUntil(String table, boolean compared) {
        new JdbcMigration(home).to(target, done -> {
            if (done.table().equals(table) && done.compared() == compared) {
                try {
                    inTarget("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in%'
                            """);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    @Test
    void aServerThatEndsUnderWayHasNothingAndTheFileIsInUse() throws SQLException, IOException {
        fill();
        assertThatThrownBy(() -> moveUntil("delivery", false))
                .hasMessageContaining("onnection")
                .hasMessageContaining("nothing was kept of it there");
        assertThat(count("delivery")).isZero();
        assertThat(new JdbcMigration(home).doubt()).isEmpty();
        move();
    }

    @Test
    void whereNobodyKnowsWhetherTheServerKeptItNothingIsSentFromTheFile() throws SQLException, IOException {
        fill();
        assertThatThrownBy(() -> moveUntil("webhook_message", true))
                .hasMessageContaining("did not say whether it kept the rows")
                .hasMessageContaining("instance confirm");
        assertThat(new JdbcMigration(home).doubt()).map(Doubt::kind).contains(Doubt.Kind.LEFT);
        assertThat(count("delivery")).isZero();
        move();
    }

    @Test
    void aBackupHoldsTheSameAsAFile() throws SQLException, IOException {
        fill();
        Files.writeString(PrivateFolder.create(home.resolve("keys")).resolve("1.key"), "key");
        Map<String, List<List<Object>>> before = all(home);
        move();
        Files.delete(home.resolve(SqliteDatabase.FILE_NAME));
        Path file = folder.resolve("kept.zip");

        Backup backup = new FileBackups(home, Optional.of(target)).take(file, false, Instant.EPOCH);

        assertThat(backup.files())
                .containsExactlyInAnyOrder("backup.json", "courant.db", "keys/1.key", "keys/erasure.salt");
        assertThat(backup.rows()).containsEntry("subscriber", 2L);
        Path restored = folder.resolve("restored");
        assertThatThrownBy(() -> new FileBackups(restored, Optional.of(target)).restore(file))
                .hasMessageContaining("name one with --to")
                .hasMessageContaining("courant migrate");
        new FileBackups(restored, Optional.empty()).restore(file);
        assertThat(all(restored)).isEqualTo(before);
        assertThat(new JdbcMigration(restored).doubt()).map(Doubt::kind).contains(Doubt.Kind.COPIED);
        new JdbcMigration(restored).to(TestPostgres.empty("transfer_again"), done -> {});
    }

    @Test
    void ofADatabaseWithoutTablesThereIsNoBackup() {
        DatabaseAddress none = TestPostgres.empty("transfer_none");
        assertThatThrownBy(() ->
                        new FileBackups(home, Optional.of(none)).take(folder.resolve("kept.zip"), false, Instant.EPOCH))
                .isInstanceOf(BadBackup.class)
                .hasMessageContaining("there are no tables");
        assertThat(folder.resolve("kept.zip")).doesNotExist();
    }

    @Test
    void anEmptyDatabaseIsMovedAndNothingIsCopiedFromNone() {
        assertThat(move().total()).isZero();
        Path back = folder.resolve("back");
        Database.copy(home, Optional.of(target), back);
        assertThat(all(back)).isEqualTo(all(home));
        Path nowhere = folder.resolve("nowhere");
        Database.copy(home, Optional.of(TestPostgres.empty("transfer_none")), nowhere);
        assertThat(Files.exists(nowhere.resolve(SqliteDatabase.FILE_NAME))).isFalse();
        assertThatThrownBy(() -> new JdbcMigration(nowhere).to(target, done -> {}))
                .hasMessageContaining("there is no courant.db to move");
    }
}
