package io.courant.store;

import io.courant.upkeep.Doubt;
import io.courant.upkeep.Doubt.Kind;
import io.courant.upkeep.Instance;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether a PostgreSQL database is the one that somebody confirmed. Many home folders may share it, so no mark stands
 * beside it: it remembers what the server said of itself then, which no dump carries along. A server whose disk is set
 * back as a whole says the same as before, and is not known by this.
 */
final class ServerInstance implements Instance {
    /** A dump that is read in makes the table anew; a server that is restored or promoted begins a new timeline. */
    private static final String PRESENT = """
            select concat_ws('/',
                     (select system_identifier from pg_control_system()),
                     (select oid from pg_database where datname = current_database()),
                     cast(cast('instance' as regclass) as oid)) as place,
                   substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline
            """;

    private static final String LOOK = """
            select i.only_row is not null as begun, i.place = p.place as here, i.timeline = p.timeline as onward
            from (%s) p left join instance i on true
            """.formatted(PRESENT);
    private static final String BEGIN = """
            insert into instance (only_row, place, timeline) select 1, p.place, p.timeline from (%s) p
            on conflict (only_row) do\s""".formatted(PRESENT);
    private static final String CONFIRM = BEGIN + "update set place = excluded.place, timeline = excluded.timeline";

    private final JdbcClient write;
    private final JdbcClient read;
    private final Path home;

    ServerInstance(JdbcClient write, JdbcClient read, Path home) {
        this.write = write;
        this.read = read;
        this.home = home;
    }

    private record Look(boolean begun, boolean here, boolean onward) {}

    @Override
    public Optional<Doubt> doubt() {
        Look look = read.sql(LOOK)
                .query((row, number) ->
                        new Look(row.getBoolean("begun"), row.getBoolean("here"), row.getBoolean("onward")))
                .single();
        if (!look.begun()) {
            begin();
            return Optional.empty();
        }
        if (!look.here()) {
            return Optional.of(new Doubt(home, Kind.CLONED));
        }
        return look.onward() ? Optional.empty() : Optional.of(new Doubt(home, Kind.REWOUND));
    }

    /** For a new database, which nobody need confirm. */
    void begin() {
        write.sql(BEGIN + "nothing").update();
    }

    @Override
    public void confirm() {
        write.sql(CONFIRM).update();
    }
}
