package io.courant.cluster;

import io.courant.job.BrokerAddress;
import io.courant.job.PartWork;
import io.courant.job.StrangeKeys;
import io.courant.job.WorkerServer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Takes parts from the queue, does them, and then takes the message out. Whatever goes wrong meanwhile puts it back: an
 * accident, the end of the process, or of its connection. While the broker is away it looks for it every second.
 */
public final class Worker implements WorkerServer {
    /** So long what was begun is waited for at the end; what is not done by then is done by others. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration LISTEN = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final BrokerAddress address;

    public Worker(BrokerAddress address) {
        this.address = address;
    }

    @Override
    public AutoCloseable start(PartWork work, int threads) {
        ActiveMQConnectionFactory factory = Connections.to(address);
        DefaultMessageListenerContainer container = new DefaultMessageListenerContainer();
        container.setConnectionFactory(factory);
        container.setDestinationName(JmsPartQueue.PARTS);
        container.setSessionTransacted(true);
        container.setConcurrentConsumers(threads);
        container.setReceiveTimeout(LISTEN.toMillis());
        container.setBackOff(new FixedBackOff(LISTEN.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        container.setErrorHandler(e -> {
            if (container.isRunning()) {
                LOG.warn("a part goes back to the queue: {}", e.getMessage());
                LOG.debug("why it goes back", e);
                awaitDatabase(work, container); // on the thread that would take the next part
            } else {
                LOG.info("a part goes back to the queue, because this worker ends: {}", e.getMessage());
            }
        });
        container.setMessageListener((jakarta.jms.MessageListener) message -> work(work, message, container));
        container.afterPropertiesSet();
        container.start();
        return () -> end(container, factory);
    }

    private static void awaitDatabase(PartWork work, DefaultMessageListenerContainer container) {
        try {
            work.awaitDatabase(container::isRunning);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work(PartWork work, Message message, DefaultMessageListenerContainer container) {
        try {
            work.work(message.getLongProperty(JmsPartQueue.PART), container::isRunning);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        } catch (StrangeKeys e) {
            LOG.error("this worker takes no more parts: {}", e.getMessage());
            container.stop(() -> {}); // else it would be the first to have each of them again
            inBackground(container::shutdown);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * To shut the container down at once would have it interrupt whoever is at work. One whose relay does not answer
     * cannot be waited for: without its connection, its part is somebody else's, and its lease ends by itself.
     */
    private static void end(DefaultMessageListenerContainer container, ActiveMQConnectionFactory factory)
            throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        container.stop(done::countDown);
        if (done.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
            container.shutdown();
            factory.close();
            return;
        }
        LOG.warn("a part is not done after {} s and goes back to the queue", GRACE.toSeconds());
        factory.close();
        inBackground(container::shutdown);
    }

    /** To shut down waits for whoever is at work, for as long as that takes. */
    private static void inBackground(Runnable shutdown) {
        Thread rest = new Thread(shutdown, "worker that ends");
        rest.setDaemon(true);
        rest.start();
    }
}
