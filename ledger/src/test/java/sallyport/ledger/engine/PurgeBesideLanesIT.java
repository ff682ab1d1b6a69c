package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sallyport.ledger.retention.TestPurge;

/** A purge of a hundred thousand records goes on beside the lanes, and they hardly notice. */
class PurgeBesideLanesIT {

    private static final int DUE = 100_000;
    private static final int LANES = 10;
    private static final int CASES = 40_000;

    @Test
    void lanesClaimWhileAHundredThousandRecordsAreErased() {
        try (var ledger = TestLedger.create()) {
            fill(ledger);
            var claims =
                    new LaneClaims(new Database(ledger.dataSource()), new TestPolicy(), "lanes", Clock.systemUTC());
            Map<Outlet, Integer> permits = new HashMap<>();
            for (int lane = 0; lane < LANES; lane++) {
                permits.put(new Outlet("force:" + lane, "ihub"), 2);
            }
            List<Double> alone = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                alone.add(claim(claims, permits));
            }

            long from = System.nanoTime();
            var purge = CompletableFuture.supplyAsync(() -> TestPurge.run(ledger.dataSource()));
            List<Double> beside = new ArrayList<>();
            while (!purge.isDone() && beside.size() < 1_500) {
                beside.add(claim(claims, permits));
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
            long erased = purge.join();
            double seconds = (System.nanoTime() - from) / 1e9;

            System.out.printf(
                    "%,d records erased in %.1f s, %,.0f a second; a claim of 20 took %.1f ms alone (95 %%: %.1f), %.1f ms beside"
                            + " the purge (95 %%: %.1f, longest %.1f of %d)%n",
                    erased,
                    seconds,
                    erased / seconds,
                    share(alone, 0.5),
                    share(alone, 0.95),
                    share(beside, 0.5),
                    share(beside, 0.95),
                    share(beside, 1),
                    beside.size());
            assertThat(erased).isEqualTo(DUE);
            assertThat(ledger.count("SELECT count(*) FROM source_version WHERE length(raw) > 0"))
                    .isZero();
            assertThat(ledger.count("SELECT sum(rows) FROM erasure")).isEqualTo(DUE);
            assertThat(beside).hasSizeGreaterThan(20);
            // A claim that waited for a lock of the purge would take as long as a batch of it, again and again.
            assertThat(share(beside, 0.5)).isLessThan(share(alone, 0.5) * 5 + 30);
        }
    }

    private static double claim(LaneClaims claims, Map<Outlet, Integer> permits) {
        long from = System.nanoTime();
        assertThat(claims.claim(permits, Duration.ofMinutes(5)).toSend()).hasSize(2 * LANES);
        return (System.nanoTime() - from) / 1e6;
    }

    private static double share(List<Double> values, double part) {
        return values.stream()
                .sorted()
                .skip(Math.min(values.size() - 1, (long) (values.size() * part)))
                .findFirst()
                .orElseThrow();
    }

    private static void fill(TestLedger ledger) {
        ledger.cases(CASES);
        ledger.jdbc.update(
                "INSERT INTO lane (name, family, channels) SELECT 'force:' || i, 'FORCE', '{ihub}' FROM generate_series(0, ?) i",
                LANES - 1);
        ledger.jdbc.update(
                """
                INSERT INTO lane_case (lane, case_id, next_seq, next_at)
                SELECT 'force:' || i % ?, i, 2, now() - i * interval '1 ms' FROM generate_series(1, ?) i
                """,
                LANES, CASES);
        ledger.jdbc.execute(
                """
                INSERT INTO lane_item (lane_case, seq, kind, message_id, class, channels)
                SELECT id, 1, 'PACKAGE', 'm-' || id, 'ROUTINE', '{ihub}' FROM lane_case
                """);
        ledger.jdbc.execute(
                """
                INSERT INTO rendering (lane_item, channel, content_type, bytes, sha256, mapping_version, profile)
                SELECT id, 'ihub', 'application/json', '\\x7b7d', sha256('{}'), 'm1', 'force' FROM lane_item
                """);
        ledger.jdbc.execute("UPDATE lane_case c SET head_item = i.id FROM lane_item i WHERE i.lane_case = c.id");
        ledger.jdbc.update(
                """
                INSERT INTO source_record (system, record_id, disposition, prison)
                SELECT 'incident-reporting', 'r-' || i, 'NOT_REFERABLE', 'MDI' FROM generate_series(1, ?) i
                """,
                DUE);
        ledger.jdbc.execute(
                """
                INSERT INTO source_version (record, version_no, raw, sha256, fetched_at, fetched_from)
                SELECT id, 1, convert_to((SELECT string_agg(md5(id::text || n), '') FROM generate_series(1, 60) n), 'UTF8'),
                       sha256(''), now() - interval '30 days' + id * interval '1 s', 'x'
                  FROM source_record
                """);
        ledger.jdbc.execute(
                "UPDATE source_record r SET latest_version = v.id FROM source_version v WHERE v.record = r.id");
        ledger.jdbc.execute("VACUUM ANALYZE");
    }
}
