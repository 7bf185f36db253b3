package io.courant.store;

import io.courant.delivery.Soundness;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcSoundness implements Soundness {
    private final JdbcClient read;
    private final Dialect dialect;

    JdbcSoundness(JdbcClient read, Dialect dialect) {
        this.read = read;
        this.dialect = dialect;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        try {
            for (String check : dialect.wholeChecks()) {
                problems.addAll(found(read, List.of(check)));
            }
        } catch (DataAccessException e) { // too damaged even to be checked
            problems.add(String.valueOf(e.getMostSpecificCause().getMessage()));
        }
        return problems;
    }

    /** What these checks say, but for SQLite's word that all is well. */
    static List<String> found(JdbcClient read, List<String> checks) {
        return checks.stream()
                .flatMap(check -> read.sql(check).query(String.class).list().stream())
                .filter(line -> !line.equals("ok"))
                .toList();
    }
}
