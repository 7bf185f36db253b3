package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program behind a cable of its own, which is pulled in the middle of a send. */
@Tag("faults")
class NetworkCutTest {
    private static final int READERS = 300;
    private static final String NAMESPACE = "courant-faults";
    private static final String CABLE = "courant0"; // the end that stays here
    private static final String HERE = "198.18.77.1"; // of the range for tests of networks, RFC 2544
    private static final String THERE = "198.18.77.2";

    @TempDir
    private Path folder;

    private Trial trial;
    private ServerSocket door;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        Tools.needRoot();
        Tools.need("ip");
        Tools.tryOut("ip", "netns", "add", NAMESPACE);
        Tools.tryOut("ip", "link", "add", CABLE, "type", "veth", "peer", "name", "courant1", "netns", NAMESPACE);
        Tools.run("ip", "addr", "add", HERE + "/30", "dev", CABLE);
        Tools.run("ip", "link", "set", CABLE, "up");
        Tools.run("ip", "-n", NAMESPACE, "addr", "add", THERE + "/30", "dev", "courant1");
        Tools.run("ip", "-n", NAMESPACE, "link", "set", "courant1", "up");
        Tools.run("ip", "-n", NAMESPACE, "link", "set", "lo", "up");
        trial = new Trial(folder, READERS);
        door = new ServerSocket(0, 50, InetAddress.getByName(HERE));
        inBackground(this::letIn);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        if (door != null) {
            door.close();
        }
        if (trial != null) {
            trial.close();
            Tools.run("ip", "link", "del", CABLE);
        }
        new ProcessBuilder("ip", "netns", "del", NAMESPACE).start().waitFor();
    }

    private interface Work {
        void go() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.go();
            } catch (IOException e) {
                // One end has hung up, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** The relay listens on the loopback address only, which the other namespace has one of its own. */
    private void letIn() throws IOException {
        while (true) {
            Socket caller = door.accept();
            Socket relay =
                    new Socket(InetAddress.getLoopbackAddress(), trial.relay().port());
            caller.setTcpNoDelay(true);
            relay.setTcpNoDelay(true);
            inBackground(() -> pass(caller, relay));
            inBackground(() -> pass(relay, caller));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    @Test
    void aRunGoesOnWhenTheCableIsBack() throws IOException, InterruptedException {
        trial.relay().always(Step.DOT, "delay 10ms");
        CourantProcess.Start behindTheCable = CourantProcess.Start.USUAL.after("ip", "netns", "exec", NAMESPACE);
        String[] settings = {
            "--set", "relay.host=" + HERE,
            "--set", "relay.port=" + door.getLocalPort(),
            "--set", "relay.timeouts.connect=2s",
            "--set", "relay.timeouts.reply=2s",
            "--set", "relay.timeouts.dot=2s",
            "--set", "delivery.rests=1s"
        };
        CourantProcess process = trial.start(behindTheCable, settings);
        trial.waitForMails(40);
        Tools.run("ip", "link", "set", CABLE, "down");
        TimeUnit.SECONDS.sleep(3); // longer than any of its timeouts
        int cut = trial.relay().taken().size();
        assertThat(cut).isLessThan(READERS);
        Tools.run("ip", "link", "set", CABLE, "up");
        assertThat(process.ended()).as(process.err()).isIn(Trial.DONE, Trial.PARTLY_SENT);
        assertThat(trial.relay().taken()).as("the same run went on").hasSizeGreaterThan(cut + 50);
        trial.startToTheEnd(behindTheCable, settings);
        trial.auditOfAll();
    }
}
