package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes in by mail is read as far as it is sound, soon, and with little memory. */
@Timeout(60)
class BadMailTest {
    private static final String FROM = "From: mailer-daemon@mx.example\nTo: bounce+token@list.example\n";
    private static final int LARGE = 50 * 1024 * 1024;

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As much of a few bytes again and again as is wanted, without a copy in memory. */
    private static InputStream endless(String piece, int length) {
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < length ? bytes[at++ % bytes.length] & 0xff : -1;
            }

            @Override
            public int read(byte[] into, int offset, int most) {
                int read = Math.min(most, length - at);
                for (int i = 0; i < read; i++) {
                    into[offset + i] = bytes[(at + i) % bytes.length];
                }
                at += Math.max(read, 0);
                return read > 0 ? read : -1;
            }
        };
    }

    private static ReturnedMail read(InputStream... pieces) throws IOException {
        return new ReturnedMailReader()
                .read(new SequenceInputStream(java.util.Collections.enumeration(List.of(pieces))));
    }

    @Test
    void aLargeMailTakesNoMoreMemoryThanASmallOne() throws IOException {
        String start =
                FROM + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n<ada@reader.example>: 550 5.1.1 no\n";
        String attachment = "\n--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n";
        String end = "\n--b\nContent-Type: message/rfc822\n\nReturn-Path: <late+token@list.example>\n\nHi\n--b--\n";
        read(bytes(start)); // what is loaded once does not count
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ReturnedMail mail = read(bytes(start + attachment), endless("QUJD".repeat(19) + "\r\n", LARGE), bytes(end));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LARGE / 5);
        assertThat(mail.reports()).extracting(Report::status).containsExactly("5.1.1");
        assertThat(mail.addressees()).contains("late+token@list.example");
    }

    @Test
    void endlessLinesAndTextsEnd() throws IOException {
        assertThat(read(bytes(FROM + "\n<ada@reader.example>: 550 5.1.1 no "), endless("x", LARGE))
                        .reports())
                .extracting(Report::status)
                .containsExactly("5.1.1");
        assertThat(read(bytes("From: a@b.example\nSubject: "), endless("x", LARGE))
                        .reports())
                .isEmpty();
        assertThat(read(bytes(FROM), endless("X-Any: a@b.example\n", LARGE / 10))
                        .addressees())
                .contains("bounce+token@list.example");
        for (String piece : List.of(
                "a@", "@a.", "<a@b.example>:\n", "a@b.example ", "550 5.1.1 ", "> ", "-", "To: a\n", "\n", "\0")) {
            Duration took = time(() -> read(bytes(FROM + "\n"), endless(piece, 1024 * 1024)));
            assertThat(took).as("a text of " + piece).isLessThan(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @CsvSource({"text/plain, a", "text/html, <b><i>", "text/html, <div>", "text/plain, x@a........"})
    void manyLongTextsAreReadSoon(String type, String piece) {
        String line = piece.repeat(1_000) + "\n";
        String part = "--b\nContent-Type: " + type + "\n\n" + line.repeat(64 * 1024 / line.length() + 1);
        String mail = FROM + "Subject: failure notice\nContent-Type: multipart/mixed; boundary=b\n\n" + part.repeat(8);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(bytes(mail)));
    }

    @Test
    void wordsOfAHeaderThatAreNeverDecodedAreReadSoon() {
        String field = "=?a?".repeat(15_000) + "\n";
        String mail = FROM + ("Subject: " + field).repeat(8) + ("X-Any: " + field).repeat(8) + "\n";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(bytes(mail)));
    }

    @Test
    void ofManyPartsOfStatusFieldsAsManyAreReadAsOfOneLargePart() throws IOException {
        String start = FROM + "Content-Type: multipart/report; boundary=b\n";
        String part = "\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; %d@b.example\n"
                + "Diagnostic-Code: smtp; 550 5.1.1 " + "x".repeat(3_000) + "\n";
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            parts.append(part.formatted(i));
        }
        assertThat(read(bytes(start + parts)).reports())
                .hasSizeBetween(20, 22)
                .first()
                .extracting(Report::status)
                .isEqualTo("5.1.1");
    }

    private interface Task {
        void run() throws IOException;
    }

    private static Duration time(Task task) throws IOException {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        task.run();
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }

    @Test
    void mimeBombsAreLeftAlone() throws IOException {
        StringBuilder deep = new StringBuilder(FROM);
        for (int i = 0; i < 20_000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        assertThat(read(bytes(deep.toString())).addressees()).contains("bounce+token@list.example");
        String many = FROM + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n<ada@reader.example>: 550 5.1.1 no\n";
        assertThat(read(bytes(many), endless("--b\nContent-Type: text/plain\n\na\n", LARGE / 10))
                        .reports())
                .extracting(Report::status)
                .containsExactly("5.1.1");
        String recipients = FROM + "Content-Type: message/delivery-status\n\n";
        assertThat(read(
                                bytes(recipients),
                                endless("Final-Recipient: rfc822; a@b.example\nAction: failed\n\n", LARGE / 10))
                        .reports())
                .hasSize(1);
    }

    @Test
    void noiseIsNoReport() throws IOException {
        long seed = 20261126;
        Random random = new Random(seed);
        String sound = FROM + """
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b

                Text
                --b
                Content-Type: message/delivery-status

                Final-Recipient: rfc822; a@b.example
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no
                --b--
                """;
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = sound.getBytes(StandardCharsets.ISO_8859_1);
            for (int j = random.nextInt(12); j >= 0; j--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            ReturnedMailFuzz.read(broken); // says what must hold of any mail
        }
        for (String mail :
                List.of("", "\0", "\n", ":", ": :\n\n", "From ", "Content-Type: multipart/mixed\n\nx", "\r\r\r")) {
            assertThat(read(bytes(mail)).reports()).as(mail).isEmpty();
        }
    }

    @Test
    void onlyAStreamThatFailsFails() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] into, int offset, int most) throws IOException {
                return read();
            }
        };
        assertThatIOException().isThrownBy(() -> read(bytes(FROM), failing)).withMessage("the disk is gone");
    }
}
