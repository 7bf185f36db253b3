package io.courant.cluster;

import io.courant.job.BrokerAddress;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A real broker in this process. */
public final class TestBroker implements AutoCloseable {
    private final BrokerAddress address;
    private final AutoCloseable broker;

    public TestBroker(Path folder) throws IOException {
        address = nobodyAt();
        broker = new Broker().start(address, folder);
    }

    /** Where no broker is. */
    public static BrokerAddress nobodyAt() throws IOException {
        return new BrokerAddress("127.0.0.1", PostgresProcess.freePort(), "between ourselves");
    }

    public BrokerAddress address() {
        return address;
    }

    /** A part that was set aside, as if it had failed again and again. */
    public void setAside(long part) throws JMSException {
        try (ActiveMQConnectionFactory factory = Connections.to(address);
                Connection connection = factory.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(session.createQueue(JmsPartQueue.DEAD))) {
            Message message = session.createMessage();
            message.setLongProperty(JmsPartQueue.JOB, 1);
            message.setLongProperty(JmsPartQueue.PART, part);
            producer.send(message);
        }
    }

    @Override
    public void close() {
        try {
            broker.close();
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not end", e);
        }
    }
}
