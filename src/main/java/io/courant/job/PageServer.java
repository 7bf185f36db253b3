package io.courant.job;

import java.net.InetSocketAddress;

/** Serves the subscribers' pages of the newsletters that have a job file. */
public interface PageServer {
    /**
     * Begins to serve.
     *
     * @param address whose port 0 stands for any that is free
     * @throws JobFileException when a job file cannot be read
     * @throws IllegalStateException when nobody can listen at the address
     */
    Running start(InetSocketAddress address);

    /** A server at work. */
    interface Running extends AutoCloseable {
        int port();

        /** Takes no more requests, answers those that it has, and ends. */
        @Override
        void close();
    }
}
