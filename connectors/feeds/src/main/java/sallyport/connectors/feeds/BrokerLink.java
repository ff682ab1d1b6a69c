package sallyport.connectors.feeds;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import sallyport.connectors.wire.Outbound;

/**
 * One connection to the broker with its one session, used by one thread only; once {@link #lost()} it is closed and never
 * mended.
 */
final class BrokerLink implements AutoCloseable {

    /** The broker copies it into the AMQP {@code content-type} of the message. */
    private static final String CONTENT_TYPE = "JMS_AMQP_ContentType";

    private static final int CONFIRMATION_WINDOW = 1024 * 1024;

    private final ActiveMQConnectionFactory factory;
    private final Connection connection;
    private final Session session;
    private final Map<String, MessageProducer> producers = new HashMap<>();
    private volatile boolean lost;

    private BrokerLink(ActiveMQConnectionFactory factory, Connection connection, Session session) {
        this.factory = factory;
        this.connection = connection;
        this.session = session;
    }

    static BrokerLink open(FeedsProperties properties) throws JMSException {
        ActiveMQConnectionFactory factory = factory(properties);
        try {
            Connection connection = factory.createConnection(properties.user(), properties.password());
            try {
                BrokerLink link =
                        new BrokerLink(factory, connection, connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
                connection.setExceptionListener(problem -> link.lost = true);
                connection.start();
                return link;
            } catch (JMSException e) {
                connection.close();
                throw e;
            }
        } catch (JMSException e) {
            factory.close();
            throw e;
        }
    }

    private static ActiveMQConnectionFactory factory(FeedsProperties properties) {
        String url = properties.url().toString();
        String timeout = "connect-timeout-millis=" + properties.connectTimeout().toMillis();
        ActiveMQConnectionFactory factory =
                new ActiveMQConnectionFactory(url + (properties.url().getQuery() == null ? "?" : "&") + timeout);
        // A client that reconnects under way would send again what the broker may have: the lane decides that, by id.
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        factory.setUseTopologyForLoadBalancing(false);
        factory.setCallTimeout(properties.answerTimeout().toMillis());
        // Without it the completion listener is told before the broker has answered.
        factory.setConfirmationWindowSize(CONFIRMATION_WINDOW);
        // The count of outstanding messages is the limit; credits would block the one sending thread without end.
        factory.setProducerWindowSize(-1);
        return factory;
    }

    boolean lost() {
        return lost;
    }

    /** Asks the broker about the queue the first time; nothing is sent. */
    MessageProducer producer(String queue) throws JMSException {
        MessageProducer producer = producers.get(queue);
        if (producer == null) {
            producer = session.createProducer(ActiveMQDestination.createQueue(queue));
            producers.put(queue, producer);
        }
        return producer;
    }

    void send(MessageProducer producer, Outbound event, CompletionListener listener) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(event.bytes());
        message.setStringProperty(CONTENT_TYPE, event.contentType());
        message.setStringProperty(Message.HDR_DUPLICATE_DETECTION_ID.toString(), event.messageId());
        producer.send(
                message,
                DeliveryMode.PERSISTENT,
                jakarta.jms.Message.DEFAULT_PRIORITY,
                jakarta.jms.Message.DEFAULT_TIME_TO_LIVE,
                listener);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (JMSException alreadyGone) {
            // Closing is all that is left to do with a connection that broke.
        }
        factory.close();
    }
}
