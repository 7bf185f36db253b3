package io.courant.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Connections to PostgreSQL that tell by which plan the server ran each statement, and how many rows it looked at: the
 * server's own auto_explain says so, of the statements as they are.
 */
final class ExplainedDataSource extends DelegatingDataSource {
    private static final String EXPLAIN = """
            load 'auto_explain';
            set auto_explain.log_min_duration = 0;
            set auto_explain.log_analyze = on;
            set auto_explain.log_timing = off;
            set auto_explain.log_format = json;
            set auto_explain.log_level = notice;
            set plan_cache_mode = %s;
            """;
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Plan> plans = new ArrayList<>();
    private String cacheMode = "auto";

    ExplainedDataSource(DataSource target) {
        super(target);
    }

    /** @param mode whether plans are made for the values of their parameters, or for any, as PostgreSQL calls it */
    void planFor(String mode) {
        this.cacheMode = mode;
    }

    /** How a statement was run. */
    record Plan(String statement, JsonNode root) {
        /** All that it did, the last first. */
        Stream<JsonNode> nodes() {
            return below(root);
        }

        private static Stream<JsonNode> below(JsonNode node) {
            return Stream.concat(
                    Stream.of(node), node.path("Plans").valueStream().flatMap(Plan::below));
        }

        @Override
        public String toString() {
            return statement.strip() + "\n" + root.toPrettyString();
        }
    }

    /** The plans of what was run since the last time. */
    List<Plan> taken() {
        List<Plan> taken = List.copyOf(plans);
        plans.clear();
        return taken;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(EXPLAIN.formatted(cacheMode));
        }
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object answer = call(connection, method, arguments);
            if (method.getName().equals("commit")) { // only now has the last query come to its end
                take(connection.getWarnings());
                connection.clearWarnings();
            }
            return answer instanceof PreparedStatement statement ? explained(statement) : answer;
        });
    }

    private PreparedStatement explained(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                take(statement.getWarnings());
            }
            return call(statement, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private void take(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            String said = String.valueOf(warning.getMessage());
            if (said.contains("  plan:")) {
                JsonNode explained = JSON.readTree(said.substring(said.indexOf('{')));
                plans.add(new Plan(explained.path("Query Text").asString(), explained.path("Plan")));
            }
        }
    }
}
