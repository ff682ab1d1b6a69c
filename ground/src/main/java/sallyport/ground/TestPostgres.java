package sallyport.ground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server for tests, one per JVM, with the settings of the ground (durability on), on a free port and
 * gone when the JVM ends. A server that a killed JVM left behind is stopped by the next one.
 */
public final class TestPostgres {
    private static final String PASSWORD = "test";

    private static @Nullable TestPostgres shared;

    private final PostgresServer server;
    private final AtomicInteger databases = new AtomicInteger();

    private TestPostgres(PostgresServer server) {
        this.server = server;
    }

    /** The server of this JVM, started by the first call. */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /**
     * Makes an empty database that nobody else has.
     *
     * @return its JDBC URL, user and password included
     */
    public String createDatabase() {
        String name = "test_" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return url(name);
    }

    /** The JDBC URL of a database by name, user and password included. */
    public String url(String database) {
        return server.url(database) + "?user=" + user() + "&password=" + password();
    }

    public String user() {
        return PostgresServer.SUPERUSER;
    }

    public String password() {
        return PASSWORD;
    }

    private void execute(String sql) {
        try (Connection connection = server.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new GroundFailure("the test database did not take: " + sql, e);
        }
    }

    private static TestPostgres start() {
        try {
            Path root =
                    Path.of(System.getProperty("java.io.tmpdir"), "sallyport-tests-" + System.getProperty("user.name"));
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
                // Open to pass through: as root the server may run as another user.
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            ServerUser user = ServerUser.ofThisProcess();
            Path home = PostgresBinaries.unpackBelow(root);
            removeAbandoned(root, home, user);
            Path own = root.resolve("jvm-" + ProcessHandle.current().pid());
            PostgresBinaries.delete(own);
            Files.createDirectory(own);
            PostgresServer server = new PostgresServer(
                    home, own.resolve("postgres"), own.resolve("postgres.log"), freePort(), user, PASSWORD);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndDelete(server, own), "test-postgres-stop"));
            server.start();
            return new TestPostgres(server);
        } catch (IOException e) {
            throw new GroundFailure("the test database could not be started", e);
        }
    }

    private static void removeAbandoned(Path root, Path home, ServerUser user) throws IOException {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root, "jvm-*")) {
            for (Path directory : directories) {
                long owner = Long.parseLong(directory.getFileName().toString().substring("jvm-".length()));
                if (ProcessHandle.of(owner).isEmpty()) {
                    stopAndDelete(
                            new PostgresServer(
                                    home,
                                    directory.resolve("postgres"),
                                    directory.resolve("postgres.log"),
                                    0,
                                    user,
                                    PASSWORD),
                            directory);
                }
            }
        }
    }

    private static void stopAndDelete(PostgresServer server, Path directory) {
        server.stop("immediate");
        try {
            PostgresBinaries.delete(directory);
        } catch (IOException e) {
            // Another JVM tidies the same directory: it will be gone either way.
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
