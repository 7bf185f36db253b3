package io.courant.cluster;

import io.courant.job.BrokerAddress;
import io.courant.job.BrokerException;
import io.courant.job.BrokerServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** An Artemis broker within this process. It knows one user and two queues, and keeps what is in them on disk. */
public final class Broker implements BrokerServer {
    /** A worker's death costs each part that it had one attempt, so there are more than a part that fails by itself needs. */
    private static final int ATTEMPTS = 10;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
    private static final int JOURNAL_FILE = 1024 * 1024;
    private static final int FLUSH_NANOS = 1_000_000;

    @Override
    public AutoCloseable start(BrokerAddress address, Path folder) {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration(address, folder));
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(Connections.USER, address.password());
        users.addRole(Connections.USER, Connections.USER);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        try {
            broker.start();
            if (!broker.getActiveMQServer().isActive()) { // it only logs why
                broker.stop();
                throw new BrokerException(
                        "broker " + address + ": does not start in " + folder
                                + "; another one may use the folder or the" + " port",
                        new IllegalStateException("not active"));
            }
        } catch (BrokerException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokerException("broker " + address + ": does not start in " + folder + " (" + e + ")", e);
        }
        return broker::stop;
    }

    private static Configuration configuration(BrokerAddress address, Path folder) {
        Configuration settings = new ConfigurationImpl();
        settings.setName("courant");
        settings.setPersistenceEnabled(true);
        settings.setJournalType(JournalType.NIO);
        settings.setJournalFileSize(JOURNAL_FILE);
        settings.setJournalMinFiles(2);
        settings.setJournalBufferTimeout_NIO(FLUSH_NANOS); // the default waits three times as long for company
        settings.setJournalDirectory(folder.resolve("journal").toString());
        settings.setBindingsDirectory(folder.resolve("bindings").toString());
        settings.setPagingDirectory(folder.resolve("paging").toString());
        settings.setLargeMessagesDirectory(folder.resolve("large").toString());
        settings.setJournalLockAcquisitionTimeout(
                LOCK_PATIENCE.toMillis()); // else it waits for ever for a folder in use
        settings.setJMXManagementEnabled(false);
        settings.setCriticalAnalyzer(false); // it would halt the process
        settings.setMessageCounterEnabled(false);
        settings.setScheduledThreadPoolMaxSize(2);
        settings.setThreadPoolMaxSize(16);
        settings.setConnectionTtlCheckInterval(1_000);
        settings.setMaxDiskUsage(-1); // past it, senders would wait for ever
        settings.setSecurityEnabled(true);
        settings.addAcceptorConfiguration(new TransportConfiguration(
                NettyAcceptorFactory.class.getName(),
                Map.of(
                        "host",
                        address.host(),
                        "port",
                        address.port(),
                        "protocols",
                        "CORE",
                        "useEpoll",
                        false,
                        "useKQueue",
                        false,
                        "remotingThreads",
                        4)));
        for (String queue : List.of(JmsPartQueue.PARTS, JmsPartQueue.DEAD)) {
            settings.addAddressConfiguration(new CoreAddressConfiguration()
                    .setName(queue)
                    .addRoutingType(RoutingType.ANYCAST)
                    .addQueueConfiguration(QueueConfiguration.of(queue)
                            .setAddress(queue)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)));
        }
        settings.addAddressSetting(
                JmsPartQueue.PARTS,
                fixed().setMaxDeliveryAttempts(ATTEMPTS)
                        .setRedeliveryDelay(FIRST_PAUSE.toMillis())
                        .setRedeliveryMultiplier(2)
                        .setMaxRedeliveryDelay(LONGEST_PAUSE.toMillis()));
        settings.addAddressSetting(JmsPartQueue.DEAD, fixed().setMaxDeliveryAttempts(-1));
        settings.putSecurityRoles("courant.#", Set.of(role()));
        return settings;
    }

    private static AddressSettings fixed() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(JmsPartQueue.DEAD))
                .setExpiryAddress(SimpleString.of(JmsPartQueue.DEAD)) // nothing expires, but it would complain
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false);
    }

    /** To send, to consume and to browse: nobody makes or deletes queues from outside. */
    private static Role role() {
        return new Role(
                Connections.USER, true, true, false, false, false, false, false, true, false, false, false, false);
    }
}
