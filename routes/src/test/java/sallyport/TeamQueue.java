package sallyport;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.apache.qpid.jms.JmsConnectionFactory;
import sallyport.ground.TestBroker;

/** A regional team's own AMQP client on its queue, with none of the hub's code. */
public final class TeamQueue implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Connection connection;
    private final MessageConsumer consumer;

    /** @throws JMSException when the broker does not let this team read that queue */
    public TeamQueue(TestBroker broker, String team, String queue) throws JMSException {
        String user = broker.userOf(team);
        connection = new JmsConnectionFactory(user, TestBroker.passwordOf(user), broker.amqpUrl()).createConnection();
        try {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            consumer = session.createConsumer(session.createQueue(queue));
        } catch (JMSException refused) {
            connection.close();
            throw refused;
        }
    }

    /** One message as it was read. */
    public record Event(byte[] body, List<String> propertyNames) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Takes everything off the queue until the wanted event has come and nothing follows it. */
    public List<Event> takeUntil(Predicate<Event> wanted) throws JMSException {
        List<Event> events = new ArrayList<>();
        boolean seen = false;
        while (true) {
            Message message = consumer.receive((seen ? QUIET : PATIENCE).toMillis());
            if (message == null) {
                return events;
            }
            Event event = new Event(((BytesMessage) message).getBody(byte[].class), Collections.list(names(message)));
            events.add(event);
            seen = seen || wanted.test(event);
        }
    }

    @SuppressWarnings("unchecked")
    private static java.util.Enumeration<String> names(Message message) throws JMSException {
        return message.getPropertyNames();
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
