package sallyport.ground;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * Artemis on 127.0.0.1, Core and AMQP 1.0: one durable queue {@code feed.<team>} per team, to which only {@code hub}
 * sends and from which only {@code team-<team>} reads. What it has acknowledged is on disk.
 */
final class Broker implements AutoCloseable {
    static final String FEED = "feed.";
    static final String TEAM_USER = "team-";
    static final String DEAD_LETTERS = "dead-letters";
    static final String EXPIRED = "expired";

    private static final long MEGABYTE = 1024L * 1024;
    /** What one queue that nobody reads may take of the disk; then the hub is refused, and its lane waits. */
    private static final long LARGEST_BACKLOG = 1024 * MEGABYTE;
    /** Longer than any run of unconfirmed messages that a hub repeats after a crash, for all its nodes together. */
    private static final int REMEMBERED_DUPLICATE_IDS = 50_000;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final int port;

    /** @param teams the password of each team, by its name */
    Broker(Path directory, int port, String hubPassword, Map<String, String> teams) {
        this.port = port;
        server.setConfiguration(configuration(directory, port, teams.keySet()));
        server.setSecurityManager(security(hubPassword, teams));
    }

    void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new GroundFailure("Artemis did not start on port " + port + ": " + e.getMessage(), e);
        }
        if (!server.getActiveMQServer().isActive()) {
            throw new GroundFailure("Artemis did not start on port " + port + ": its journal is in use");
        }
    }

    @Override
    public void close() {
        if (server.getActiveMQServer() == null) {
            return;
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new GroundFailure("Artemis did not stop: " + e.getMessage(), e);
        }
    }

    private static Configuration configuration(Path directory, int port, Set<String> teams) {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("sallyport")
                .setPersistenceEnabled(true)
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setJournalDirectory(directory.resolve("journal").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
                .setJournalType(JournalType.NIO)
                // By default each write waits up to 3.3 ms for company. Without the wait a single producer makes
                // fourteen times as many durable messages, and each of them is as durable.
                .setJournalBufferTimeout_NIO(0)
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setIDCacheSize(REMEMBERED_DUPLICATE_IDS)
                .setPersistIDCache(true)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                // Free space and not a share of the disk: a large disk that others have filled must not stop the feeds.
                .setMinDiskFree(512 * MEGABYTE)
                .setGlobalMaxSize(64 * MEGABYTE)
                .setThreadPoolMaxSize(16)
                .setScheduledThreadPoolMaxSize(2);
        configuration.setLargeMessageSync(true);
        try {
            configuration.addAcceptorConfiguration(
                    "teams", "tcp://127.0.0.1:" + port + "?protocols=CORE,AMQP;saslMechanisms=PLAIN");
        } catch (Exception e) {
            throw new GroundFailure("no acceptor on port " + port, e);
        }

        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateQueues(false)
                        .setAutoCreateAddresses(false)
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false)
                        .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                        .setExpiryAddress(SimpleString.of(EXPIRED))
                        // A team's own system that is down for an hour must not lose its messages to the dead letters.
                        .setMaxDeliveryAttempts(20)
                        .setRedeliveryDelay(1_000)
                        .setRedeliveryMultiplier(2)
                        .setMaxRedeliveryDelay(300_000)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        .setMaxSizeBytes(16 * MEGABYTE)
                        .setPageSizeBytes((int) (4 * MEGABYTE))
                        .setPageLimitBytes(LARGEST_BACKLOG)
                        .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL));

        queue(configuration, DEAD_LETTERS);
        queue(configuration, EXPIRED);
        // Whatever is not named below is forbidden to everybody, Artemis' own management address included.
        configuration.putSecurityRoles("#", Set.of());
        configuration.putSecurityRoles(DEAD_LETTERS, Set.of(reads(GroundSecrets.BROKER_USER)));
        configuration.putSecurityRoles(EXPIRED, Set.of(reads(GroundSecrets.BROKER_USER)));
        for (String team : teams) {
            queue(configuration, FEED + team);
            Set<Role> roles = new HashSet<>();
            roles.add(sends(GroundSecrets.BROKER_USER));
            roles.add(reads(TEAM_USER + team));
            configuration.putSecurityRoles(FEED + team, roles);
        }
        return configuration;
    }

    private static void queue(Configuration configuration, String name) {
        configuration.addAddressConfiguration(new CoreAddressConfiguration()
                .setName(name)
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfiguration(QueueConfiguration.of(name)
                        .setAddress(name)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(true)));
    }

    private static ActiveMQJAASSecurityManager security(String hubPassword, Map<String, String> teams) {
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(GroundSecrets.BROKER_USER, hubPassword);
        users.addRole(GroundSecrets.BROKER_USER, GroundSecrets.BROKER_USER);
        teams.forEach((team, password) -> {
            users.addUser(TEAM_USER + team, password);
            users.addRole(TEAM_USER + team, TEAM_USER + team);
        });
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
    }

    private static Role sends(String role) {
        return new Role(role, true, false, false, false, false, false, false, false, false, false);
    }

    private static Role reads(String role) {
        return new Role(role, false, true, false, false, false, false, false, true, false, false);
    }
}
