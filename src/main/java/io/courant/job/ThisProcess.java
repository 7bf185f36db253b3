package io.courant.job;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What people know this process by. */
final class ThisProcess {
    private ThisProcess() {}

    /** Host and process, as in "mail2.example.org/4711". */
    static String name() {
        return host() + "/" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // the machine does not know its own name
        }
    }
}
