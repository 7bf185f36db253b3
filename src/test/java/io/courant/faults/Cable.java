package io.courant.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A cable between a process and a server, which can be pulled and plugged in again. While it is out nothing comes through:
 * no byte, no word of a connection that has ended, and no answer to who calls. What was on the way arrives later, as TCP
 * sees to, unless an end has given up meanwhile.
 */
public final class Cable implements AutoCloseable {
    private static final int QUEUE = 2;
    private static final int ACCEPT_MILLIS = 20;
    private static final int SYN_MILLIS = 300;

    private final int server;
    private final ServerSocket door;
    private final List<Socket> ends = new ArrayList<>();
    private final List<Socket> crowd = new ArrayList<>();
    private boolean out;
    private boolean closed;

    /** @param server the port of who is at the other end, on this machine */
    public Cable(int server) throws IOException {
        this(InetAddress.getLoopbackAddress(), server);
    }

    /** @param here the address of this machine where it starts */
    public Cable(InetAddress here, int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, QUEUE, here);
        door.setSoTimeout(ACCEPT_MILLIS);
        inBackground(this::letIn);
    }

    /** Where it starts. */
    public int port() {
        return door.getLocalPort();
    }

    /** Then who calls finds the queue at the door full: its packets are dropped. */
    public void pull() throws IOException {
        synchronized (this) {
            out = true;
        }
        while (true) {
            Socket waits = new Socket();
            try {
                waits.connect(new InetSocketAddress(door.getInetAddress(), port()), SYN_MILLIS);
                crowd.add(waits);
            } catch (SocketTimeoutException e) {
                waits.close();
                return;
            }
        }
    }

    public void plugIn() throws IOException {
        for (Socket one : crowd) {
            one.close();
        }
        crowd.clear();
        synchronized (this) {
            out = false;
            notifyAll();
        }
    }

    private synchronized void awaitWhole() throws InterruptedException {
        while (out && !closed) {
            wait();
        }
    }

    private interface Work {
        void go() throws IOException, InterruptedException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.go();
            } catch (IOException | InterruptedException e) {
                // an end has hung up, or the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void letIn() throws IOException, InterruptedException {
        while (!door.isClosed()) {
            awaitWhole();
            try {
                Socket caller = door.accept();
                inBackground(() -> connect(caller));
            } catch (SocketTimeoutException e) {
                // looks whether it is whole
            }
        }
    }

    private void connect(Socket caller) throws IOException, InterruptedException {
        awaitWhole();
        Socket answering;
        try {
            answering = new Socket(InetAddress.getLoopbackAddress(), server);
        } catch (IOException e) {
            caller.close();
            throw e;
        }
        synchronized (this) {
            ends.add(caller);
            ends.add(answering);
        }
        caller.setTcpNoDelay(true);
        answering.setTcpNoDelay(true);
        inBackground(() -> pass(caller, answering));
        inBackground(() -> pass(answering, caller));
    }

    private void pass(Socket from, Socket to) throws InterruptedException, IOException {
        byte[] some = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream other = to.getOutputStream();
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                awaitWhole();
                other.write(some, 0, length);
            }
        } finally {
            awaitWhole();
            from.close();
            to.close();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (this) {
            closed = true;
            notifyAll();
            for (Socket end : ends) {
                end.close();
            }
        }
        plugIn();
    }
}
