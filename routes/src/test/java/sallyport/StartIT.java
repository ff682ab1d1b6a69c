package sallyport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.ground.TestPostgres;

/** A hub that could not work does not start, or says that it is not up, and names what is wrong. */
class StartIT {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory;

    private final TestHub hub = TestHub.shared();

    /** Processes of their own side by side: each start takes its time. */
    @Test
    void aSettingThatIsMissingOrWrongStopsTheStartWithOneLineThatNamesIt() throws IOException, InterruptedException {
        Path policies = directory.resolve("policies.csv");
        Files.writeString(
                policies,
                """
                policy,prison,force,class,value,why
                notes-before,LEI,*,*,P14D,agreed with the force
                decide-within,LEI,*,*,PT30H,nobody may
                """);
        List<Start> starts = List.of(
                start("missing", "SALLYPORT_DB_URL", null, "SALLYPORT_DB_URL"),
                start("no-key", "SALLYPORT_EVIDENCE_CREATE_KEY", null, "sallyport.evidence.key"),
                start("no-forces", "SALLYPORT_FORCES_FILE", "/nowhere/forces.json", "sallyport.forces-file"),
                start("no-policy", "SALLYPORT_POLICIES_FILE", policies.toString(), "sallyport.policies.file row 2"),
                start("no-duration", "SALLYPORT_SUPPLEMENT_QUIET", "a while", "sallyport.flows.supplement-quiet"));
        refuses(starts);
    }

    @Test
    void aConsoleOpenToOthersInClearTextStopsTheStartWithOneLineThatNamesIt() throws IOException, InterruptedException {
        refuses(List.of(start("open", "SALLYPORT_ADDRESS", "0.0.0.0", "server.address")));
    }

    private record Start(Process process, Path output, String name) {}

    private static void refuses(List<Start> starts) throws IOException, InterruptedException {
        try {
            for (Start start : starts) {
                assertThat(start.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("ended: " + start.name())
                        .isTrue();
                List<String> lines = Files.readAllLines(start.output());
                assertThat(start.process().exitValue()).as(lines.toString()).isEqualTo(1);
                assertThat(lines)
                        .filteredOn(line -> line.contains("WARN") || line.contains("ERROR"))
                        .singleElement()
                        .asString()
                        .contains("cannot start: ")
                        .contains(start.name());
                assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by"));
            }
        } finally {
            starts.forEach(start -> start.process().destroyForcibly());
        }
    }

    /** The shared hub's settings on a database and ports of its own, but for one. */
    private Start start(String label, String name, @Nullable String value, String named) throws IOException {
        Map<String, String> settings = new HashMap<>(hub.settings());
        settings.put("SALLYPORT_DB_URL", TestPostgres.shared().createDatabase());
        settings.put("SALLYPORT_DATA_DIR", directory.resolve(label).toString());
        settings.put("SALLYPORT_PORT", "0");
        settings.put("SALLYPORT_PARTNER_PORT", "0");
        if (value == null) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
        Path output = directory.resolve(label + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "sallyport.Hub")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SALLYPORT_"));
        builder.environment().putAll(settings);
        return new Start(builder.start(), output, named);
    }

    @Test
    void theHubIsNotUpOnADatabaseThatMayForget() {
        assertThat(health()).isEqualTo(200);
        forgetful("off");
        try {
            await("down").until(() -> health() == 503);
            assertThat(hub.getUnknown("/actuator/health").body()).startsWith("{\"status\":\"DOWN\"");
        } finally {
            forgetful("on");
        }
        await("up again").until(() -> health() == 200);
    }

    private int health() {
        return hub.getUnknown("/actuator/health").statusCode();
    }

    private void forgetful(String synchronousCommit) {
        String database =
                hub.jdbc().sql("SELECT current_database()").query(String.class).single();
        hub.jdbc()
                .sql("ALTER DATABASE " + database + " SET synchronous_commit = " + synchronousCommit)
                .update();
        // The setting is read when a connection is made.
        ((HikariDataSource) hub.bean(DataSource.class)).getHikariPoolMXBean().softEvictConnections();
    }
}
