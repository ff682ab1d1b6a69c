package sallyport.ledger.retention;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.EvidencePruning;
import sallyport.ledger.engine.Turns;

/** One run of the purge with the terms of the tests, batches as in production and the real clocks, for tests of other packages. */
public final class TestPurge {

    private TestPurge() {}

    /** How many records went. */
    public static long run(DataSource dataSource) {
        return run(dataSource, null);
    }

    public static long run(DataSource dataSource, @Nullable EvidencePruning evidence) {
        return new Purger(
                        dataSource,
                        Turns.duties(dataSource, "purger"),
                        Turns.tasks(dataSource),
                        RetentionStage.terms(500, 200_000, 1, 0),
                        new RetentionMetrics(new SimpleMeterRegistry()),
                        evidence,
                        Clock.systemUTC())
                .run().values().stream().mapToLong(Purger.Standing::erased).sum();
    }
}
