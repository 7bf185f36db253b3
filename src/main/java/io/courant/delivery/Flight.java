package io.courant.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Gathers what goes to the relay in one write. The buffer is kept from one flight to the next. */
final class Flight {
    private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 * 1024);

    /** A command without its line end. */
    Flight command(String command) {
        bytes.writeBytes(command.getBytes(StandardCharsets.UTF_8)); // RFC 6531 §3.3; ASCII stays ASCII
        bytes.write('\r');
        bytes.write('\n');
        return this;
    }

    /** The bytes of a message from one position to another. */
    Flight part(Message message, int from, int to) {
        message.writeTo(new Span(bytes, from, to));
        return this;
    }

    Flight finalDot() {
        bytes.writeBytes(FINAL_DOT);
        return this;
    }

    /** Writes all that was gathered, and is empty again whether that works or not. */
    void leave(OutputStream out) throws IOException {
        try {
            bytes.writeTo(out);
        } finally {
            bytes.reset();
        }
    }
}
