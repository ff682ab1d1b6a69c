package sallyport.bench.crash;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * What the regional teams have read from their queues. They read between the strikes only, so that a message that comes twice was
 * sent twice and not delivered again.
 */
final class TeamFeeds {

    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
    private static final long QUIET_MILLIS = 300;

    private final String url;
    private final Map<String, String> passwords;
    private final Map<String, List<String>> read = new LinkedHashMap<>();

    /** @param passwords by team */
    TeamFeeds(String url, Map<String, String> passwords) {
        this.url = url;
        this.passwords = passwords;
        passwords.keySet().forEach(team -> read.put(team, new ArrayList<>()));
    }

    /** The ids of all messages read so far, by team, in their order. */
    Map<String, List<String>> read() throws JMSException {
        for (Map.Entry<String, String> team : passwords.entrySet()) {
            try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                    Connection connection = factory.createConnection("team-" + team.getKey(), team.getValue())) {
                connection.start();
                drain(connection, team.getKey());
            }
        }
        return read;
    }

    private void drain(Connection connection, String team) throws JMSException {
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        try (MessageConsumer consumer = session.createConsumer(session.createQueue("feed." + team))) {
            for (Message next = consumer.receive(QUIET_MILLIS * 10);
                    next != null;
                    next = consumer.receive(QUIET_MILLIS)) {
                read.get(team).add(String.valueOf(next.getStringProperty(DUPLICATE_ID)));
            }
        }
    }
}
