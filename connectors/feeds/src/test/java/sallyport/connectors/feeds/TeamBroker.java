package sallyport.connectors.feeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;

/** A broker on a free port with a durable queue for each of two teams; each team may consume its own, the hub may send. */
final class TeamBroker implements AutoCloseable {

    static final String PASSWORD = "test-only";
    static final String NORTH = "regional-north";
    static final String SOUTH = "regional-south";

    private final Path directory;
    private final int port = freePort();
    private EmbeddedActiveMQ broker;

    TeamBroker(Path directory) throws Exception {
        this.directory = directory;
        start();
    }

    URI coreUrl() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    String amqpUrl() {
        return "amqp://127.0.0.1:" + port;
    }

    void start() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                // Else each durable message waits for the buffer to fill.
                .setJournalBufferTimeout_NIO(0)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("all", "tcp://127.0.0.1:" + port + "?protocols=CORE,AMQP");
        for (String team : Set.of(NORTH, SOUTH)) {
            String queue = "feed." + team;
            configuration.addAddressConfiguration(new CoreAddressConfiguration()
                    .setName(queue)
                    .addRoutingType(RoutingType.ANYCAST)
                    .addQueueConfiguration(QueueConfiguration.of(queue)
                            .setAddress(queue)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)));
            configuration.putSecurityRoles(queue, Set.of(sender("hub"), consumer("team-" + team)));
        }
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateAddresses(false)
                        .setAutoCreateQueues(false)
                        .setAutoDeleteQueues(false));
        SecurityConfiguration users = new SecurityConfiguration();
        for (String user : Set.of("hub", "team-" + NORTH, "team-" + SOUTH, "stranger")) {
            users.addUser(user, PASSWORD);
            users.addRole(user, user);
        }
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        broker.start();
    }

    /** As a crash would: no client is told. */
    void stop() throws Exception {
        broker.stop();
    }

    long stored(String team) {
        return broker.getActiveMQServer().locateQueue("feed." + team).getMessageCount();
    }

    /** By their ids; one that is there twice is named twice. */
    List<String> events(String team) {
        List<String> ids = new ArrayList<>();
        try (LinkedListIterator<MessageReference> messages =
                broker.getActiveMQServer().locateQueue("feed." + team).browserIterator()) {
            while (messages.hasNext()) {
                ids.add(String.valueOf(messages.next().getMessage().getDuplicateProperty()));
            }
        }
        return ids;
    }

    @Override
    public void close() throws Exception {
        broker.stop();
    }

    private static Role sender(String name) {
        return new Role(name, true, false, false, false, false, false, false, false, false, false, false, false);
    }

    private static Role consumer(String name) {
        return new Role(name, false, true, false, false, false, false, false, true, false, false, false, false);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
