package io.courant.upkeep;

import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is, and who may use it.
 *
 * @param url as JDBC wants it: {@code jdbc:postgresql://host:port/database}, with parameters after a question mark
 * @param user {@code null}: as the address says, else the name of whoever runs the program
 * @param password {@code null}: none, or where the driver looks for it, such as {@code ~/.pgpass}
 */
public record DatabaseAddress(
        String url, @Nullable String user, @Nullable String password) {
    private static final String SCHEME = "jdbc:postgresql:";

    public DatabaseAddress {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException(
                    "expected an address such as jdbc:postgresql://db.example.org/courant, found '" + url + "'");
        }
    }

    /** The address without parameters, which may hold secrets. */
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
