package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.Verification;

/** A long log is checked in a heap that could not hold it; {@code -Devidence.rows=1000000} for the figures of docs/ledger.md. */
class EvidenceScaleIT {

    private static final Logger log = LoggerFactory.getLogger(EvidenceScaleIT.class);

    private static final int ROWS = Integer.getInteger("evidence.rows", 60_000);
    private static final int PER_CHECKPOINT = 10_000;

    @Test
    void needsNoMoreMemoryForALongLog() throws Exception {
        try (var stage = new EvidenceStage()) {
            long began = System.nanoTime();
            for (int done = 0; done < ROWS; done += PER_CHECKPOINT) {
                stage.entries(PER_CHECKPOINT);
                stage.checkpoint();
            }
            log.info("{} entries chained and signed over in {} s", ROWS, (System.nanoTime() - began) / 1_000_000_000);
            Path output = Files.createTempFile(stage.folder, "verify", ".log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EvidenceScaleIT.class.getName(),
                            ((HikariDataSource) stage.ledger.dataSource()).getJdbcUrl(),
                            stage.properties.checkpoints().toString(),
                            stage.properties.key().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
            List<String> lines = Files.readAllLines(output);
            assertThat(process.exitValue()).as(lines.toString()).isZero();
            log.info("{}", lines.get(lines.size() - 1));
            assertThat(lines.get(lines.size() - 1)).startsWith(ROWS + " entries in ");
        }
    }

    public static void main(String[] arguments) {
        try (var dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl(arguments[0]);
            dataSource.setMaximumPoolSize(1);
            Verification verification = new EvidenceVerifier(
                            dataSource,
                            EvidenceStage.properties(Path.of(arguments[1]), Path.of(arguments[2])),
                            Clock.systemUTC())
                    .verify();
            System.out.println(verification.summary());
            System.out.println(verification.entries() + " entries in "
                    + verification.took().toMillis() + " ms, "
                    + (Runtime.getRuntime().totalMemory() >> 20) + " MB of heap");
            System.exit(verification.state().exitCode());
        }
    }
}
