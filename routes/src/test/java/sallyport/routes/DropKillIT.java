package sallyport.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.TestHub;
import sallyport.ground.TestPostgres;
import sallyport.ledger.FaultPoint;

/** A hub ends as by a power cut between the commit of a dropped file and its move: the next one moves it, and nothing is there twice. */
class DropKillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path temp;

    private final List<Process> hubs = new ArrayList<>();

    @AfterEach
    void stop() {
        hubs.forEach(Process::destroyForcibly);
    }

    @Test
    void aFileThatIsCommittedAndNotMovedIsMovedByTheNextHubAndTakenOnce() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("in"));
        String database = TestPostgres.shared().createDatabase();
        Files.writeString(
                directory.resolve("notices.csv"),
                """
                reference,action,issued,prison,incident,prisoner,from,until,handling,contact,expires
                INT-2026-1,NOTICE,2026-01-01T09:30,MDI,7654321,,,,P,SIU,2027-12-31
                """,
                UTF_8);

        Process first = start(directory, database, "-D" + FaultPoint.PROPERTY + "=" + FaultPoint.DROP_COMMITTED + ":1");
        assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends at the point")
                .isTrue();
        assertThat(first.exitValue()).isEqualTo(137);
        assertThat(directory.resolve("notices.csv")).exists();
        JdbcClient jdbc = jdbc(database);
        assertThat(counted(jdbc)).containsExactly(1L, 1L, 1L, 1L);

        // Its turns would be over in a minute.
        assertThat(jdbc.sql("UPDATE duty SET until = clock_timestamp()"
                                + " WHERE name LIKE 'dropped-files/%' AND until > clock_timestamp()")
                        .update())
                .isPositive();
        start(directory, database, "-Dno.fault=true");
        await().atMost(PATIENCE).until(() -> !Files.exists(directory.resolve("notices.csv")));
        try (Stream<Path> done = Files.list(directory.resolve("done"))) {
            assertThat(done).hasSize(1);
        }
        assertThat(counted(jdbc)).containsExactly(1L, 1L, 1L, 1L);
        assertThat(directory.resolve("rejected")).isEmptyDirectory();
    }

    private static List<Long> counted(JdbcClient jdbc) {
        return Stream.of(
                        "dropped_file",
                        "intelligence_notice",
                        "source_version",
                        "evidence WHERE kind = 'COLLECTION' AND detail LIKE 'intelligence-notices/%'")
                .map(what -> jdbc.sql("SELECT count(*) FROM " + what
                                + (what.equals("source_version")
                                        ? " v JOIN source_record s ON s.id = v.record WHERE s.system = 'intelligence-notices'"
                                        : ""))
                        .query(Long.class)
                        .single())
                .toList();
    }

    private static JdbcClient jdbc(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database);
        source.setUser(TestPostgres.shared().user());
        source.setPassword(TestPostgres.shared().password());
        return JdbcClient.create(source);
    }

    private Process start(Path directory, String database, String option) throws IOException {
        Map<String, String> settings = new HashMap<>(TestHub.shared().settings());
        settings.put("SALLYPORT_DB_URL", database);
        settings.put(
                "SALLYPORT_DATA_DIR",
                Files.createDirectories(temp.resolve("data")).toString());
        settings.put("SALLYPORT_PORT", Integer.toString(freePort()));
        settings.put("SALLYPORT_PARTNER_PORT", Integer.toString(freePort()));
        settings.put("SALLYPORT_INTELLIGENCE_DIRECTORY", directory.toString());
        // What is dropped is all that this hub is for: it must not take from the partners what another one waits for.
        settings.put("SALLYPORT_PHONE_REPORTS_HOST", "");
        String nobody = "http://127.0.0.1:" + freePort();
        settings.put("SALLYPORT_INCIDENT_REPORTING_URL", nobody);
        settings.put("SALLYPORT_EVENTS_URL", nobody);
        settings.put("SALLYPORT_TRACKER_URL", nobody);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "sallyport.Hub")
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("hub-" + hubs.size() + ".log").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SALLYPORT_"));
        builder.environment().putAll(settings);
        Process hub = builder.start();
        hubs.add(hub);
        return hub;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
