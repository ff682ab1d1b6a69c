package sallyport.ground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL server on 127.0.0.1 over one data directory, that keeps what it has committed through a power cut.
 *
 * <p>A server that an earlier process left running over the same data is stopped first. Everything that goes wrong is a
 * {@link GroundFailure} of one line.
 */
final class PostgresServer implements AutoCloseable {
    static final String SUPERUSER = "postgres";

    /** On the command line, where neither a configuration file nor ALTER SYSTEM can take them back. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            // An error's text, its statement and its key values can hold personal data: the server's log has none.
            Map.entry("log_min_messages", "log"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_parameter_max_length_on_error", "0")));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final Path data;
    private final Path log;
    private final int port;
    private final ServerUser user;
    private final String superuserPassword;

    PostgresServer(Path home, Path data, Path log, int port, ServerUser user, String superuserPassword) {
        this.home = home.toAbsolutePath();
        this.data = data.toAbsolutePath().normalize();
        this.log = log.toAbsolutePath();
        this.port = port;
        this.user = user;
        this.superuserPassword = superuserPassword;
    }

    /** Starts the server, making its data directory if there is none. Returns when it takes connections. */
    void start() {
        user.own(data);
        stopLeftOver();
        if (!Files.isDirectory(data)) {
            initialise();
        }
        try {
            Files.createDirectories(log.getParent());
            if (!Files.exists(log)) {
                Files.createFile(log);
            }
        } catch (IOException e) {
            throw new GroundFailure("the log file " + log + " cannot be written", e);
        }
        user.own(log);
        StringBuilder options = new StringBuilder("-p ").append(port);
        SETTINGS.forEach(
                (name, value) -> options.append(" -c ").append(name).append('=').append(value));
        int code = run(List.of(
                        program("pg_ctl"),
                        "start",
                        "-w",
                        "-t",
                        String.valueOf(PATIENCE.toSeconds()),
                        "-D",
                        data.toString(),
                        "-l",
                        log.toString(),
                        "-o",
                        options.toString()))
                .code();
        if (code != 0) {
            throw new GroundFailure("PostgreSQL did not start on port " + port + ": " + lastLine(log));
        }
    }

    /** The process id of the server while it runs. */
    Optional<Long> pid() {
        return readPid().filter(this::isOurs);
    }

    /** Stops with open connections cut and everything committed on disk; harmless if nothing runs. */
    @Override
    public void close() {
        stop("fast");
    }

    void stop(String mode) {
        if (pid().isEmpty()) {
            return;
        }
        run(List.of(program("pg_ctl"), "stop", "-w", "-t", "60", "-m", mode, "-D", data.toString()));
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connectAsSuperuser(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", superuserPassword);
        return DriverManager.getConnection(url(database), properties);
    }

    /** @throws GroundFailure naming the setting that does not protect what has been committed */
    static void requireDurability(Connection connection) throws SQLException {
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            try (Statement statement = connection.createStatement();
                    ResultSet shown = statement.executeQuery("SHOW " + setting)) {
                shown.next();
                if (!"on".equals(shown.getString(1))) {
                    throw new GroundFailure("PostgreSQL runs with " + setting + " = " + shown.getString(1)
                            + ": the ground refuses a database that can lose a commit");
                }
            }
        }
    }

    /** After a kill -9 of its owner the server lives on, and over a stale pid file a new one refuses to start. */
    void stopLeftOver() {
        Optional<Long> noted = readPid();
        if (noted.isEmpty()) {
            return;
        }
        if (noted.filter(this::isOurs).isPresent()) {
            stop("fast");
        }
        if (pid().isPresent()) {
            throw new GroundFailure("the PostgreSQL server left over as process " + noted.get() + " does not stop");
        }
        try {
            // Still there only if the server died without tidying up, or the number now names somebody else's process.
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new GroundFailure(pidFile() + " is stale and cannot be deleted", e);
        }
    }

    private void initialise() {
        Path fresh = data.resolveSibling(data.getFileName() + ".new");
        Path password = data.resolveSibling(data.getFileName() + ".password");
        try {
            PostgresBinaries.delete(fresh);
            Files.deleteIfExists(password);
            // Made here and handed over, because the server's user may not be allowed to make directories there.
            Files.createDirectories(data.getParent());
            Files.createDirectory(
                    fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            user.own(fresh);
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, superuserPassword + "\n");
            user.own(password);
            Ended initdb = run(List.of(
                    program("initdb"),
                    "-D",
                    fresh.toString(),
                    "-U",
                    SUPERUSER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + password,
                    "-E",
                    "UTF8",
                    // The same order of text on every machine, whatever locales it has.
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
            Files.delete(password);
            if (initdb.code() != 0) {
                throw new GroundFailure("initdb failed: " + initdb.lastLine());
            }
            Files.move(fresh, data);
        } catch (IOException e) {
            throw new GroundFailure("the database directory " + data + " could not be made", e);
        }
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private Optional<Long> readPid() {
        try {
            List<String> lines = Files.readAllLines(pidFile());
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.get(0).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A process id alone proves nothing: after a restart of the machine it may be anybody's. */
    private boolean isOurs(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::info)
                .flatMap(info -> info.commandLine().or(info::command))
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    private String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private record Ended(int code, String output) {
        String lastLine() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        }
    }

    private Ended run(List<String> words) {
        List<String> command = new ArrayList<>(user.command(words));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.directory(home.toFile());
            // The programs read PGDATA, PGOPTIONS and their like from the environment.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds() + 10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Ended(-1, output);
            }
            return new Ended(process.exitValue(), output);
        } catch (IOException e) {
            throw new GroundFailure("cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GroundFailure("interrupted while " + words.get(0) + " ran", e);
        }
    }

    static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "see " + log : lines.get(lines.size() - 1) + " (" + log + ")";
        } catch (IOException e) {
            return "see " + log;
        }
    }
}
