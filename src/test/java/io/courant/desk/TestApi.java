package io.courant.desk;

import io.courant.TestHome;
import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.EditorName;
import io.courant.editor.Editors;
import io.courant.editor.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program with a token that asks the desk. */
record TestApi(TestDesk desk, String token) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A program that acts for a new editor. */
    static TestApi of(TestDesk desk, String name, Role role, ApiToken.Scope... scopes) {
        TestHome home = desk.home();
        var editor = desk.get(Editors.class).add(new EditorName(name), role, home.now());
        return new TestApi(
                desk,
                desk.get(ApiTokens.class)
                        .make(editor, "a program", Set.of(scopes), home.now(), null)
                        .text());
    }

    /** What came back. */
    record Answer(HttpResponse<String> http) {
        int status() {
            return http.statusCode();
        }

        String body() {
            return http.body();
        }

        JsonNode json() {
            return JsonMapper.builder().build().readTree(http.body());
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return post(path, body, null);
    }

    Answer post(String path, String body, @Nullable String key) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(desk.url(path)));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }
}
