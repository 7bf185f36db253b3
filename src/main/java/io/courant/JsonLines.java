package io.courant;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each event of the log as one JSON object on one line: {@code at}, {@code level}, {@code logger}, {@code event} in
 * words, and each of its {@code name=value} pairs under its name, which are ids and counts.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PAIR = Pattern.compile("\\b([a-z][A-Za-z]*)=(\\S+)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("event", event.getFormattedMessage());
        Matcher pair = PAIR.matcher(event.getFormattedMessage());
        while (pair.find()) {
            String value = pair.group(2);
            line.putIfAbsent(pair.group(1), NUMBER.matcher(value).matches() ? (Object) Long.valueOf(value) : value);
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.put("thrown", thrown.getClassName() + ": " + thrown.getMessage());
        }
        return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
