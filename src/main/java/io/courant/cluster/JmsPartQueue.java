package io.courant.cluster;

import io.courant.job.BrokerAddress;
import io.courant.job.BrokerException;
import io.courant.job.PartQueue;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/** The queues of the broker. A message is two numbers. A connection for each question: they are rare. */
public final class JmsPartQueue implements PartQueue, AutoCloseable {
    /** What is to be done. */
    static final String PARTS = "courant.parts";

    /** What was set aside. */
    static final String DEAD = "courant.dead";

    /** The property of a message that says of which job execution it is. */
    static final String JOB = "jobExecution";

    /** The property of a message that says which step execution it is about. */
    static final String PART = "stepExecution";

    private final BrokerAddress address;
    private final ActiveMQConnectionFactory factory;

    public JmsPartQueue(BrokerAddress address) {
        this.address = address;
        this.factory = Connections.to(address);
    }

    @Override
    public void put(long jobExecution, Collection<Long> parts) {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(PARTS))) {
            for (long part : parts) {
                producer.send(message(session, jobExecution, part));
            }
            session.commit();
        } catch (JMSException e) {
            throw unusable(e);
        }
    }

    private static Message message(Session session, long jobExecution, long part) throws JMSException {
        Message message = session.createMessage();
        message.setLongProperty(JOB, jobExecution);
        message.setLongProperty(PART, part);
        return message;
    }

    @Override
    public long waiting() {
        return ask(PARTS).getMessageCount();
    }

    @Override
    public long takers() {
        return ask(PARTS).getConsumerCount();
    }

    @Override
    public long dead() {
        return ask(DEAD).getMessageCount();
    }

    /** Counts with those that a worker has, and those that wait for another attempt. */
    private ClientSession.QueueQuery ask(String queue) {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession()) {
            return ((ActiveMQSession) session).getCoreSession().queueQuery(SimpleString.of(queue));
        } catch (JMSException | ActiveMQException e) {
            throw unusable(e);
        }
    }

    @Override
    public Set<Long> dead(long jobExecution) {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue(DEAD), JOB + " = " + jobExecution)) {
            connection.start();
            Set<Long> dead = new HashSet<>();
            for (Enumeration<?> all = browser.getEnumeration(); all.hasMoreElements(); ) {
                dead.add(((Message) all.nextElement()).getLongProperty(PART));
            }
            return dead;
        } catch (JMSException e) {
            throw unusable(e);
        }
    }

    @Override
    public int requeue() {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue(DEAD));
                MessageProducer producer = session.createProducer(session.createQueue(PARTS))) {
            connection.start();
            int requeued = 0;
            for (Message dead = consumer.receiveNoWait(); dead != null; dead = consumer.receiveNoWait()) {
                producer.send(message(session, dead.getLongProperty(JOB), dead.getLongProperty(PART)));
                requeued++;
            }
            session.commit();
            return requeued;
        } catch (JMSException e) {
            throw unusable(e);
        }
    }

    @Override
    public String name() {
        return address.toString();
    }

    private BrokerException unusable(Exception e) {
        if (e instanceof JMSSecurityException) {
            return new BrokerException(
                    "broker " + address
                            + ": refuses the password; see that COURANT_BROKER_PASSWORD, or broker.password-file,"
                            + " says the same here and where 'courant broker' runs",
                    e);
        }
        return new BrokerException(
                "broker " + address + ": cannot be used (" + e.getMessage()
                        + "); see that 'courant broker' runs there, and what broker and COURANT_BROKER_PASSWORD say",
                e);
    }

    @Override
    public void close() {
        factory.close();
    }
}
