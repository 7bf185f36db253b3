package io.courant.job;

import java.net.InetSocketAddress;

/** Serves the editors' desk: pages and an HTTP API, for those who have an account. */
public interface DeskServer {
    /**
     * Begins to serve.
     *
     * @param address whose port 0 stands for any that is free
     * @throws IllegalStateException when nobody can listen at the address
     */
    PageServer.Running start(InetSocketAddress address);
}
