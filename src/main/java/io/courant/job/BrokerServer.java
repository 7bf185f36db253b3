package io.courant.job;

import java.nio.file.Path;

/** Runs the broker through which machines share the work. */
public interface BrokerServer {
    /**
     * Starts it.
     *
     * @param folder where it keeps what waits, so that it is there when it is started again
     * @return closing it stops the broker
     * @throws BrokerException when another uses the folder or the port
     */
    AutoCloseable start(BrokerAddress address, Path folder);
}
