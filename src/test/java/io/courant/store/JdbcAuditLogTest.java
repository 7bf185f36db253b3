package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.editor.Act;
import io.courant.editor.AuditLog;
import io.courant.editor.AuditLogContract;
import io.courant.editor.Seal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EachDatabase
class JdbcAuditLogTest implements AuditLogContract {
    @TempDir
    private Path home;

    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(home);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public AuditLog auditLog() {
        return store.auditLog();
    }

    private void noteThree() {
        for (String issue : new String[] {"weekly-1", "weekly-2", "weekly-3"}) {
            auditLog().note(new Act(NOW, "ada", Act.COMMAND_LINE, "approve", issue, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update act set who = 'bob'",
                "update act set number = 9 where number = 3",
                "delete from act where number = 3",
                "insert or replace into act select 3, at, 'bob', origin, what, subject, detail, before, seal from act"
                        + " where number = 3",
                "insert into act select 9, at, who, origin, what, subject, detail, before, seal from act"
                        + " where number = 3",
                "insert into act select 4, at, who, origin, what, subject, detail, before, seal from act"
                        + " where number = 3"
            })
    void nothingCanBeDoneToTheLogButAddToIt(String statement) {
        noteThree();
        assertThatThrownBy(() -> store.sql().sql(said(statement)).update()).hasMessageContaining("audit log");
        assertThat(auditLog().verify()).isEqualTo(new AuditLog.Finding(3, null, last()));
    }

    private static String said(String statement) {
        return TestDatabase.isSqlite() || !statement.startsWith("insert or replace")
                ? statement
                : statement.replace(" or replace", "") + " on conflict (number) do update set who = excluded.who";
    }

    private void dropGuards() {
        (TestDatabase.isSqlite()
                        ? List.of("drop trigger act_stays", "drop trigger act_remains")
                        : List.of("drop trigger act_stays on act"))
                .forEach(statement -> store.sql().sql(statement).update());
    }

    private Seal last() {
        return auditLog().list(AuditLog.Filter.newest(1)).get(0).seal();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update act set who = 'bob' where number = 2",
                "update act set at = at + 1 where number = 2",
                "update act set subject = subject || origin, origin = '' where number = 2",
                "update act set before = 'x' where number = 2",
                "update act set seal = 'x' where number = 2",
                "delete from act where number = 2"
            })
    void whoGetsAroundThatIsFoundOut(String statement) {
        noteThree();
        dropGuards();
        store.sql().sql(statement).update();
        assertThat(auditLog().verify().broken()).isEqualTo(2);
    }

    @Test
    void theLastActIsGuardedAsWell() {
        noteThree();
        dropGuards();
        store.sql().sql("update act set detail = 'nothing' where number = 3").update();
        assertThat(auditLog().verify().broken()).isEqualTo(3);
    }
}
