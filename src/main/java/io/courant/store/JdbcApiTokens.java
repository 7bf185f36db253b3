package io.courant.store;

import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.Digest;
import io.courant.editor.Editor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcApiTokens implements ApiTokens {
    private static final String KEEP = """
            insert into api_token (editor_id, label, scopes, hash, made_at, expires_at)
            values (:editor, :label, :scopes, :hash, :at, :expires)
            returning id
            """;
    private static final String SELECT = """
            select t.*, e.name as owner from api_token t join editor e on e.id = t.editor_id
            """;
    private static final String GOOD = SELECT + """
            where t.hash = :hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > :now)
              and not e.disabled
            """;
    private static final String NOTE_DAY = """
            update api_token set used_on = :day where id = :id and (used_on is null or used_on < :day)
            """;
    private static final String REVOKE = """
            update api_token set revoked_at = :at where id = :id and revoked_at is null
            """;

    private final JdbcClient write;
    private final JdbcClient read;

    JdbcApiTokens(JdbcClient write, JdbcClient read) {
        this.write = write;
        this.read = read;
    }

    @Override
    public ApiToken keep(
            Editor owner,
            String label,
            Set<ApiToken.Scope> scopes,
            Digest token,
            Instant at,
            @Nullable Instant expires) {
        long id = write.sql(KEEP)
                .param("editor", owner.id())
                .param("label", label)
                .param("scopes", Json.write(scopes.stream().sorted().toList()))
                .param("hash", token.hex())
                .param("at", at.toEpochMilli())
                .param("expires", Rows.millis(expires))
                .query(Long.class)
                .single();
        return find(id).orElseThrow();
    }

    @Override
    public List<ApiToken> list() {
        return read.sql(SELECT + "order by t.id").query(JdbcApiTokens::token).list();
    }

    @Override
    public Optional<ApiToken> find(long id) {
        return read.sql(SELECT + "where t.id = :id")
                .param("id", id)
                .query(JdbcApiTokens::token)
                .optional();
    }

    @Override
    public boolean revoke(long id, Instant at) {
        return write.sql(REVOKE).param("at", at.toEpochMilli()).param("id", id).update() > 0;
    }

    private record Found(ApiToken token, long editor) {}

    @Override
    public Optional<Bearer> use(Digest token, Instant now) {
        Optional<Found> found = read.sql(GOOD)
                .param("hash", token.hex())
                .param("now", now.toEpochMilli())
                .query((row, number) -> new Found(token(row, number), row.getLong("editor_id")))
                .optional();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        found.map(Found::token)
                .filter(used -> used.used() == null || used.used().isBefore(today)) // a program asks all day long
                .ifPresent(used -> write.sql(NOTE_DAY)
                        .param("day", today.toEpochDay())
                        .param("id", used.id())
                        .update());
        return found.flatMap(
                one -> JdbcEditors.find(read, one.editor()).map(editor -> new Bearer(one.token(), editor)));
    }

    private static ApiToken token(ResultSet row, int number) throws SQLException {
        long day = row.getLong("used_on");
        LocalDate used = row.wasNull() ? null : LocalDate.ofEpochDay(day);
        return new ApiToken(
                row.getLong("id"),
                row.getString("owner"),
                row.getString("label"),
                Json.strings(row.getString("scopes")).stream()
                        .map(ApiToken.Scope::valueOf)
                        .collect(Collectors.toSet()),
                Instant.ofEpochMilli(row.getLong("made_at")),
                Rows.instant(row, "expires_at"),
                used,
                Rows.instant(row, "revoked_at"));
    }
}
