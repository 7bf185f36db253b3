package io.courant.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A DNS server on UDP (RFC 1035 §4) that knows what it is told, and of all other names that they do not exist. */
public final class StubDns implements AutoCloseable {
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int MX = 15;
    private static final int TXT = 16;
    private static final int AAAA = 28;
    private static final int SERVFAIL = 2;
    private static final int NXDOMAIN = 3;

    private final DatagramSocket socket;
    private final Map<String, List<Data>> names = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    /** The data of a record, as it goes over the wire. */
    private static final class Data {
        private final int type;
        private final byte[] bytes;

        Data(int type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }
    }

    public StubDns() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "stub-dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** A TXT record of one or more strings. */
    public StubDns txt(String name, String... strings) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.US_ASCII);
            data.write(bytes.length);
            data.writeBytes(bytes);
        }
        return add(name, TXT, data.toByteArray());
    }

    public StubDns address(String name, String literal) {
        byte[] bytes = Addresses.parse(literal).getAddress();
        return add(name, bytes.length == 4 ? A : AAAA, bytes);
    }

    public StubDns mx(String name, int preference, String host) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(preference >> 8);
        data.write(preference);
        data.writeBytes(encoded(host));
        return add(name, MX, data.toByteArray());
    }

    /** Another name for a host, whose records follow in the same answer. */
    public StubDns alias(String name, String host) {
        return add(name, CNAME, encoded(host));
    }

    /** Answers SERVFAIL from now on. */
    public StubDns fail(String name) {
        failing.add(name);
        return this;
    }

    public StubDns forget(String name) {
        names.remove(name);
        return this;
    }

    private StubDns add(String name, int type, byte[] data) {
        names.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(new Data(type, data));
        return this;
    }

    private static byte[] encoded(String host) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : host.isEmpty() ? List.<String>of() : List.of(host.split("\\.", -1))) {
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static String decoded(ByteBuffer buffer) {
        List<String> labels = new ArrayList<>();
        for (int length = buffer.get(); length > 0; length = buffer.get()) {
            byte[] label = new byte[length];
            buffer.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
        return String.join(".", labels).toLowerCase(Locale.ROOT);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        while (!socket.isClosed()) {
            try {
                packet.setLength(1500);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] answer(ByteBuffer question) throws IOException {
        short id = question.getShort();
        question.position(12);
        String name = decoded(question);
        int type = question.getShort();
        List<Data> answers = new ArrayList<>(of(name, type));
        boolean known = names.containsKey(name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(id);
        out.writeShort(0x8180 | (failing.contains(name) ? SERVFAIL : known ? 0 : NXDOMAIN));
        out.writeShort(1);
        out.writeShort(failing.contains(name) ? 0 : answers.size());
        out.writeInt(0);
        out.write(encoded(name));
        out.writeShort(type);
        out.writeShort(1);
        if (!failing.contains(name)) {
            for (Data data : answers) {
                out.writeShort(0xC00C); // the name in the question
                out.writeShort(data.type);
                out.writeShort(1);
                out.writeInt(60);
                out.writeShort(data.bytes.length);
                out.write(data.bytes);
            }
        }
        return bytes.toByteArray();
    }

    private List<Data> of(String name, int type) {
        List<Data> found = new ArrayList<>();
        for (Data data : names.getOrDefault(name, List.of())) {
            if (data.type == CNAME) {
                found.add(data);
                found.addAll(of(decoded(ByteBuffer.wrap(data.bytes)), type));
            } else if (data.type == type) {
                found.add(data);
            }
        }
        return found;
    }

    @Override
    public void close() {
        socket.close();
    }
}
