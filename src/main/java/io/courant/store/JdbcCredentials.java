package io.courant.store;

import io.courant.editor.Credentials;
import io.courant.editor.Digest;
import io.courant.editor.Editor;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcCredentials implements Credentials {
    private static final String LINK = "update editor set link = :link, link_until = :until where id = :id";
    private static final String LINKED = """
            select * from editor where link = :link and link_until > :now and not disabled
            """;
    private static final String REDEEM = """
            update editor set password = :password, link = null, link_until = null, epoch = epoch + 1
            where link = :link and link_until > :now and not disabled
            returning *
            """;
    private static final String EXPECTED = """
            select exists (select 1 from editor
                           where not disabled and (password is not null or (link is not null and link_until > :now)))
            """;
    private static final String CHANGE = """
            update editor set password = :password, link = null, link_until = null, epoch = epoch + 1 where id = :id
            """;
    private static final String CONFIRM = """
            update editor set secret = offered, offered = null, step = :step, epoch = epoch + 1
            where id = :id and offered is not null
            """;
    private static final String USE = """
            update editor set step = :step
            where id = :id and secret is not null and not disabled and (step is null or step < :step)
            """;
    private static final String USE_RECOVERY = """
            update recovery_code set used_at = :at
            where editor_id = (select id from editor where id = :id and secret is not null and not disabled)
              and hash = :hash and used_at is null
            """;
    private static final String DROP = """
            update editor set secret = null, offered = null, step = null, epoch = epoch + 1 where id = :id
            """;
    private static final String FORGET_RECOVERY = "delete from recovery_code where editor_id = :id";

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcCredentials(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public Kept of(long editor) {
        return read.sql("select password, secret, offered from editor where id = :id")
                .param("id", editor)
                .query((row, number) ->
                        new Kept(row.getString("password"), row.getString("secret"), row.getString("offered")))
                .single();
    }

    @Override
    public void link(long editor, Digest link, Instant until) {
        write.sql(LINK)
                .param("link", link.hex())
                .param("until", until.toEpochMilli())
                .param("id", editor)
                .update();
    }

    @Override
    public Optional<Editor> linked(Digest link, Instant now) {
        return read.sql(LINKED)
                .param("link", link.hex())
                .param("now", now.toEpochMilli())
                .query(JdbcEditors::editor)
                .optional();
    }

    @Override
    public Optional<Editor> redeem(Digest link, String password, Instant now) {
        return write.sql(REDEEM)
                .param("password", password)
                .param("link", link.hex())
                .param("now", now.toEpochMilli())
                .query(JdbcEditors::editor)
                .optional();
    }

    @Override
    public boolean isAnyoneExpected(Instant now) {
        return read.sql(EXPECTED)
                .param("now", now.toEpochMilli())
                .query(Boolean.class)
                .single();
    }

    @Override
    public void changePassword(long editor, String password) {
        write.sql(CHANGE).param("password", password).param("id", editor).update();
    }

    @Override
    public void offerCodes(long editor, String secret) {
        write.sql("update editor set offered = :secret where id = :id")
                .param("secret", secret)
                .param("id", editor)
                .update();
    }

    @Override
    public boolean confirmCodes(long editor, long step, Collection<Digest> recovery) {
        Boolean confirmed = transactions.execute(status -> {
            if (write.sql(CONFIRM).param("step", step).param("id", editor).update() == 0) {
                return false;
            }
            write.sql(FORGET_RECOVERY).param("id", editor).update();
            recovery.forEach(code -> write.sql("insert into recovery_code (editor_id, hash) values (:id, :hash)")
                    .param("id", editor)
                    .param("hash", code.hex())
                    .update());
            return true;
        });
        return Boolean.TRUE.equals(confirmed);
    }

    @Override
    public boolean use(long editor, long step) {
        return write.sql(USE).param("step", step).param("id", editor).update() > 0;
    }

    @Override
    public boolean useRecovery(long editor, Digest code, Instant at) {
        return write.sql(USE_RECOVERY)
                        .param("at", at.toEpochMilli())
                        .param("id", editor)
                        .param("hash", code.hex())
                        .update()
                > 0;
    }

    @Override
    public int recoveryLeft(long editor) {
        return read.sql("select count(*) from recovery_code where editor_id = :id and used_at is null")
                .param("id", editor)
                .query(Integer.class)
                .single();
    }

    @Override
    public void dropCodes(long editor) {
        transactions.executeWithoutResult(status -> {
            write.sql(DROP).param("id", editor).update();
            write.sql(FORGET_RECOVERY).param("id", editor).update();
        });
    }
}
