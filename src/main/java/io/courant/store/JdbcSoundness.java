package io.courant.store;

import io.courant.delivery.Soundness;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcSoundness implements Soundness {
    private final JdbcClient read;

    JdbcSoundness(JdbcClient read) {
        this.read = read;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        try {
            problems.addAll(
                    read.sql("pragma integrity_check").query(String.class).list());
            problems.removeIf("ok"::equals);
            // row ids would mean nothing to anybody
            problems.addAll(read.sql("""
                            select "table" || ': ' || count(*) || ' rows without their ' || parent
                            from pragma_foreign_key_check group by "table", parent
                            """).query(String.class).list());
        } catch (DataAccessException e) { // too damaged even to be checked
            problems.add(String.valueOf(e.getMostSpecificCause().getMessage()));
        }
        return problems;
    }
}
