package sallyport.ground;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBrokerIT {
    private static final String TEAM = "police-intelligence";

    @Test
    void keepsWhatWasSentForTheNextStartOverItsDirectory(@TempDir Path directory) throws JMSException {
        try (TestBroker broker = TestBroker.start(directory);
                Connection hub = connect(broker, broker.hubUser())) {
            Session session = hub.createSession();
            session.createProducer(session.createQueue("feed." + TEAM)).send(session.createTextMessage("kept"));
        }

        try (TestBroker broker = TestBroker.start(directory);
                Connection team = connect(broker, broker.userOf(TEAM))) {
            Session session = team.createSession();
            try (MessageConsumer consumer = session.createConsumer(session.createQueue("feed." + TEAM))) {
                assertThat(((TextMessage) consumer.receive(10_000)).getText()).isEqualTo("kept");
            }
        }
    }

    private static Connection connect(TestBroker broker, String user) throws JMSException {
        Connection connection =
                new JmsConnectionFactory(broker.amqpUrl()).createConnection(user, TestBroker.passwordOf(user));
        connection.start();
        return connection;
    }
}
