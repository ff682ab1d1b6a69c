package sallyport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.ledger.EvidenceCheck;
import sallyport.ledger.EvidenceGate;
import sallyport.ledger.Verification;

/** The evidence log of a hub that works, checked by the command beside it. */
class VerifyIT {

    @TempDir
    private Path directory;

    private final TestHub hub = TestHub.shared();

    private record Ended(int code, List<String> lines) {}

    @Test
    void saysByItsExitCodeWhatCameOfIt() throws Exception {
        // Something to prove: a look at a case that is or is not there leaves an entry, or another test has.
        hub.jdbc()
                .sql("INSERT INTO evidence (kind, actor, reason) VALUES ('CONSULTATION', 'VerifyIT', 'for the test')")
                .update();
        await().until(() -> hub.bean(EvidenceGate.class).standing().lastCheckpoint() > 0);

        Ended intact = verify(Map.of());
        assertThat(intact.code()).as(intact.toString()).isZero();
        assertThat(intact.lines().get(0)).startsWith("Intact: entries 1 to ");
        assertThat(hub.bean(EvidenceCheck.class).verify().state()).isEqualTo(Verification.State.INTACT);

        Path empty = Files.createDirectory(directory.resolve("empty"));
        Ended tampered = verify(Map.of("SALLYPORT_EVIDENCE_DIR", empty.toString()));
        assertThat(tampered.code()).as(tampered.toString()).isEqualTo(1);
        assertThat(tampered.lines()).contains("  Checkpoint 1 is missing: its file was removed.");

        Ended away = verify(Map.of("SALLYPORT_DB_URL", "jdbc:postgresql://127.0.0.1:1/none"));
        assertThat(away.code()).as(away.toString()).isEqualTo(2);
        assertThat(away.lines()).singleElement().asString().startsWith("Could not be checked: the database");

        Ended keyless = verify(
                Map.of("SALLYPORT_EVIDENCE_KEY", directory.resolve("none.pem").toString()));
        assertThat(keyless.code()).as(keyless.toString()).isEqualTo(2);
        assertThat(keyless.lines()).singleElement().asString().contains("sallyport.evidence.public-key");

        Ended unset = verify(Map.of("SALLYPORT_DB_URL", ""));
        assertThat(unset.code()).as(unset.toString()).isEqualTo(2);
        assertThat(unset.lines()).singleElement().asString().startsWith("Could not be checked: ");
    }

    @Test
    void theGateOfAHubThatWorksIsOpen() {
        await().until(() -> hub.bean(EvidenceGate.class).standing().open());
        assertThat(hub.get("/api/v1/evidence").body()).contains("\"open\":true");
        assertThat(hub.getUnknown("/api/v1/evidence").statusCode()).isEqualTo(401);
        assertThat(hub.getUnknown("/actuator/health/evidence").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void aShutGateIsSaidAndLeavesTheHubUp() {
        await().until(() -> hub.getUnknown("/actuator/health").statusCode() == 200);
        // Entries that seem to have waited for ten minutes: each keeps the gate shut until it is proved.
        await().until(() -> {
            hub.jdbc()
                    .sql(
                            "INSERT INTO evidence (at, kind, actor, reason) VALUES (now() - interval '10 min', 'CONSULTATION', 'VerifyIT', 'old')")
                    .update();
            return hub.getUnknown("/actuator/health/evidence").statusCode() == 503;
        });
        assertThat(hub.getUnknown("/actuator/health").statusCode()).isEqualTo(200);
        // It opens by itself.
        await().until(() -> hub.getUnknown("/actuator/health/evidence").statusCode() == 200);
    }

    private Ended verify(Map<String, String> different) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(hub.settings());
        settings.putAll(different);
        Path output = Files.createTempFile(directory, "verify", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "sallyport.Hub",
                        "verify")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SALLYPORT_"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readAllLines(output));
        } finally {
            process.destroyForcibly();
        }
    }
}
