package sallyport.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The broker of the ground for tests: same queues, users, rights and durability, on a free port. Over a directory that
 * is given it keeps its messages for the next start, otherwise it forgets them when closed.
 */
public final class TestBroker implements AutoCloseable {
    private final Broker broker;
    private final int port;
    private final @Nullable Path temporary;

    private TestBroker(Broker broker, int port, @Nullable Path temporary) {
        this.broker = broker;
        this.port = port;
        this.temporary = temporary;
    }

    public static TestBroker start() {
        try {
            Path directory = Files.createTempDirectory("sallyport-broker-");
            return start(directory, directory);
        } catch (IOException e) {
            throw new GroundFailure("no directory for the test broker", e);
        }
    }

    public static TestBroker start(Path directory) {
        return start(directory, null);
    }

    private static TestBroker start(Path directory, @Nullable Path temporary) {
        try {
            int port = TestPostgres.freePort();
            Map<String, String> teams = new HashMap<>();
            GroundSettings.TEAMS.forEach(team -> teams.put(team, passwordOf(Broker.TEAM_USER + team)));
            Broker broker = new Broker(directory, port, passwordOf(GroundSecrets.BROKER_USER), teams);
            broker.start();
            return new TestBroker(broker, port, temporary);
        } catch (IOException e) {
            throw new GroundFailure("no free port for the test broker", e);
        }
    }

    public int port() {
        return port;
    }

    /** What {@code SALLYPORT_BROKER_URL} would say. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Where a team's own AMQP 1.0 client connects. */
    public String amqpUrl() {
        return "amqp://127.0.0.1:" + port;
    }

    /** The user who sends to the feeds. */
    public String hubUser() {
        return GroundSecrets.BROKER_USER;
    }

    /** The user who reads the feed of a team. */
    public String userOf(String team) {
        return Broker.TEAM_USER + team;
    }

    /** Every user's password follows from the name. */
    public static String passwordOf(String user) {
        return user + "-password";
    }

    @Override
    public void close() {
        broker.close();
        if (temporary != null) {
            try {
                PostgresBinaries.delete(temporary);
            } catch (IOException e) {
                throw new GroundFailure("the test broker's directory stays: " + temporary, e);
            }
        }
    }
}
