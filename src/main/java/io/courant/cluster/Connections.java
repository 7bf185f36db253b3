package io.courant.cluster;

import io.courant.job.BrokerAddress;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** How the broker is spoken to: each call ends, and none reconnects by itself. */
final class Connections {
    /** The only user. */
    static final String USER = "courant";

    /** So long an answer is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Connections() {}

    static ActiveMQConnectionFactory to(BrokerAddress address) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                "tcp://" + address + "?useEpoll=false&useKQueue=false&connect-timeout-millis=" + PATIENCE.toMillis(),
                USER,
                address.password());
        factory.setConsumerWindowSize(0); // takes no part that another worker could begin now
        factory.setInitialConnectAttempts(1);
        factory.setReconnectAttempts(0);
        factory.setCallTimeout(PATIENCE.toMillis());
        factory.setCallFailoverTimeout(PATIENCE.toMillis());
        factory.setConnectionTTL(3 * PATIENCE.toMillis());
        factory.setClientFailureCheckPeriod(PATIENCE.toMillis());
        factory.setBlockOnDurableSend(true);
        factory.setUseGlobalPools(false);
        factory.setThreadPoolMaxSize(16);
        factory.setScheduledThreadPoolMaxSize(2);
        factory.setUseTopologyForLoadBalancing(false);
        return factory;
    }
}
