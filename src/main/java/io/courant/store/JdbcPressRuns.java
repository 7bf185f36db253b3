package io.courant.store;

import io.courant.delivery.Forme;
import io.courant.delivery.PressRuns;
import io.courant.delivery.Print;
import io.courant.issue.Edition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcPressRuns implements PressRuns {
    /** Nobody is still printing after so long. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcPressRuns(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public long begin(Forme forme, List<Print> samples, List<Edition> editions, Instant now) {
        return Objects.requireNonNull(transactions.execute(status -> {
            write.sql("delete from press_run where begun_at < :old")
                    .param("old", now.minus(KEPT).toEpochMilli())
                    .update();
            long run = write.sql("insert into press_run (begun_at, forme) values (:now, :forme) returning id")
                    .param("now", now.toEpochMilli())
                    .param("forme", Json.write(forme))
                    .query(Long.class)
                    .single();
            editions.forEach(edition -> want(run, edition));
            samples.forEach(sample -> want(run, sample.edition()));
            samples.forEach(sample -> print(run, sample));
            return run;
        }));
    }

    private void want(long run, Edition edition) {
        write.sql("insert into sheet (press_run, number, edition) values (:run, :number, :edition)")
                .param("run", run)
                .param("number", edition.number())
                .param("edition", Json.write(edition))
                .update();
    }

    @Override
    public Optional<Forme> forme(long run) {
        return read.sql("select forme from press_run where id = :run")
                .param("run", run)
                .query((row, number) -> Json.read(row.getString("forme"), Forme.class))
                .optional();
    }

    @Override
    public List<Edition> unprinted(long run, int first, int last) {
        return read.sql("""
                        select edition from sheet
                        where press_run = :run and number between :first and :last and print is null
                        order by number
                        """)
                .param("run", run)
                .param("first", first)
                .param("last", last)
                .query((row, number) -> Json.read(row.getString("edition"), Edition.class))
                .list();
    }

    @Override
    public void print(long run, List<Print> prints) {
        transactions.executeWithoutResult(status -> prints.forEach(print -> print(run, print)));
    }

    private void print(long run, Print print) {
        write.sql("update sheet set print = :print where press_run = :run and number = :number")
                .param("run", run)
                .param("number", print.edition().number())
                .param("print", Json.write(print))
                .update();
    }

    @Override
    public List<Print> prints(long run) {
        return read.sql("select print from sheet where press_run = :run and print is not null order by number")
                .param("run", run)
                .query((row, number) -> Json.read(row.getString("print"), Print.class))
                .list();
    }

    @Override
    public int printed(long run) {
        return read.sql("select count(print) from sheet where press_run = :run")
                .param("run", run)
                .query(Integer.class)
                .single();
    }

    @Override
    public void end(long run) {
        write.sql("delete from press_run where id = :run").param("run", run).update();
    }
}
