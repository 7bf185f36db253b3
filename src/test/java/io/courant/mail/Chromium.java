package io.courant.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real browser, told what to do by the DevTools protocol: how wide it is, light or dark, and without a network. */
public final class Chromium implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private String session = "";
    private int last;

    private Chromium(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
    }

    /** Starts it with one empty page. */
    public static Chromium start(Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread drain = new Thread(() -> said.lines().forEach(ignored -> {}), "chromium's log");
                drain.setDaemon(true);
                drain.start();
                Chromium chromium = new Chromium(process, URI.create(matcher.group(1)));
                chromium.openPage();
                return chromium;
            }
        }
        throw new IOException("chromium ended before it could be spoken to");
    }

    private void openPage() {
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asString();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        call("Page.enable", Map.of());
        network(true);
    }

    /** Shows a document as in a window of this width, in the scheme {@code light} or {@code dark}. */
    public void show(String html, int width, String scheme) {
        look(width, scheme);
        String frame = call("Page.getFrameTree", Map.of())
                .get("frameTree")
                .get("frame")
                .get("id")
                .asString();
        call("Page.setDocumentContent", Map.of("frameId", frame, "html", html));
    }

    /** Opens a page of this machine, as in a window of this width, in the scheme {@code light} or {@code dark}. */
    public void open(String url, int width, String scheme) {
        look(width, scheme);
        network(false);
        call("Page.navigate", Map.of("url", url));
        evaluate("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))");
        network(true);
    }

    /** Presses a button of a page that was opened, and waits for the page behind it. */
    public void press(String button) {
        network(false);
        evaluate("window.old = true; [...document.querySelectorAll('button')].find(one => one.textContent.trim() === '"
                + button + "').click(); 0");
        while (evaluate("window.old === true || document.readyState !== 'complete'").asBoolean()) {
            Thread.onSpinWait();
        }
        network(true);
    }

    private void network(boolean offline) {
        call(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    private void look(int width, String scheme) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What a JavaScript expression gives; a promise is awaited. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.get("exceptionDetails").toString());
        }
        return answer.get("result").path("value");
    }

    /** A PNG of the whole page. */
    public byte[] picture() {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                        .get("data")
                        .asString());
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ++last;
        Map<String, Object> command = new LinkedHashMap<>(Map.of("id", id, "method", method));
        command.put("params", parameters);
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        socket.sendText(JsonMapper.shared().writeValueAsString(command), true).join();
        try {
            for (String text = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    text != null;
                    text = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                JsonNode answer = JsonMapper.shared().readTree(text);
                if (answer.path("id").asInt() == id) {
                    if (answer.has("error")) {
                        throw new IllegalStateException(method + ": " + answer.get("error"));
                    }
                    return answer.get("result");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("chromium did not answer to " + method);
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                answers.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
