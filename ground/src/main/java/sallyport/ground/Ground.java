package sallyport.ground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The ground process: PostgreSQL and Artemis over one data directory, until it is told to stop.
 *
 * <p>The same jar is the supervisor ({@code run <directory of jars>}), checks the evidence log of what that runs ({@code verify
 * <directory of jars>}), and is the broker alone ({@code broker}) and the database alone
 * ({@code database}), so that either can be stopped, and killed, while the other stands.
 *
 * <p>Anything that keeps it from standing is one line on standard error and exit code 1; so is a database that ends by
 * itself later on.
 */
public final class Ground implements AutoCloseable {
    static final String READY = "ground ready";

    private final GroundSettings settings;
    private final GroundSecrets secrets;
    private final FileHold hold;
    private final PostgresServer postgres;
    private final @Nullable Broker broker;
    private volatile boolean standing;
    private volatile boolean stopping;

    private Ground(GroundSettings settings, boolean withBroker) {
        this.settings = settings;
        this.hold = FileHold.on(settings.data().resolve("ground.lock"), "ground");
        this.secrets = GroundSecrets.keptIn(settings);
        Path log = settings.data().resolve("logs").resolve("postgres.log");
        LogFiles.rotate(log);
        this.postgres = new PostgresServer(
                PostgresBinaries.unpackBelow(settings.data().resolve("programs")),
                settings.data().resolve("postgres"),
                log,
                settings.databasePort(),
                ServerUser.ofThisProcess(),
                secrets.superuserPassword());
        Map<String, String> teams = new HashMap<>();
        settings.teams().forEach(team -> teams.put(team, secrets.teamPassword(team)));
        this.broker = withBroker
                ? new Broker(settings.data().resolve("artemis"), settings.brokerPort(), secrets.brokerPassword(), teams)
                : null;
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("run")) {
            Run.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("verify")) {
            Run.verify(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        // Named here and not found by itself, so that whoever has this module on a class path logs in their own way.
        System.setProperty("logback.configurationFile", "sallyport/ground/logback-ground.xml");
        try {
            if (arguments.length > 0 && arguments[0].equals("broker")) {
                BrokerAlone.start(System.getenv());
                return;
            }
            boolean alone = arguments.length > 0 && arguments[0].equals("database");
            Ground ground = new Ground(GroundSettings.from(System.getenv()), !alone);
            Runtime.getRuntime().addShutdownHook(new Thread(ground::close, "ground-stop"));
            ground.start();
            ground.stand();
        } catch (GroundFailure e) {
            System.err.println("ground: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(1);
        }
    }

    private void start() {
        postgres.stopLeftOver();
        requireFree(settings.databasePort(), "SALLYPORT_DB_PORT");
        if (broker != null) {
            requireFree(settings.brokerPort(), "SALLYPORT_BROKER_PORT");
        }
        postgres.start();
        prepareDatabase();
        if (broker != null) {
            broker.start();
        }
        standing = true;
        log(
                READY + ": PostgreSQL on 127.0.0.1:{}, {}, data in {}",
                settings.databasePort(),
                broker == null ? "no broker" : "Artemis on 127.0.0.1:" + settings.brokerPort(),
                settings.data());
    }

    /** Stands until told to stop; ends the process when the database does, whose loss a broker alone would only hide. */
    private void stand() throws InterruptedException {
        while (postgres.pid().isPresent()) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        if (!stopping) {
            throw new GroundFailure("PostgreSQL ended by itself");
        }
    }

    /** Broker first: what it has acknowledged is on disk at any time, so the order only keeps the log tidy. */
    @Override
    public void close() {
        stopping = true;
        if (broker != null) {
            broker.close();
        }
        postgres.close();
        hold.close();
        if (standing) {
            log("ground stopped");
        }
    }

    private void prepareDatabase() {
        try (Connection connection = postgres.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", GroundSecrets.DATABASE_USER)) {
                statement.execute("CREATE ROLE " + GroundSecrets.DATABASE_USER + " LOGIN");
            }
            statement.execute(
                    "ALTER ROLE " + GroundSecrets.DATABASE_USER + " PASSWORD '" + secrets.databasePassword() + "'");
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", GroundSecrets.DATABASE)) {
                statement.execute(
                        "CREATE DATABASE " + GroundSecrets.DATABASE + " OWNER " + GroundSecrets.DATABASE_USER);
            }
        } catch (SQLException e) {
            throw new GroundFailure("the database of the hub could not be prepared: " + e.getMessage(), e);
        }
        // Asked as the hub's own user: a role or a database can carry settings of its own.
        try (Connection connection = DriverManager.getConnection(
                postgres.url(GroundSecrets.DATABASE), GroundSecrets.DATABASE_USER, secrets.databasePassword())) {
            PostgresServer.requireDurability(connection);
        } catch (SQLException e) {
            throw new GroundFailure("the hub's user cannot connect: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private static void requireFree(int port, String setting) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            // Bound and let go again: nobody else listens there.
        } catch (IOException e) {
            throw new GroundFailure("port " + port + " (" + setting + ") is taken by another program", e);
        }
    }

    private static void log(String message, Object... arguments) {
        LoggerFactory.getLogger(Ground.class).info(message, arguments);
    }
}
