package sallyport.ledger.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.Step;

/** What a look costs does not grow with what waits. Set {@code ledger.plan.rows} for the large figure. */
class ClaimPlanIT {

    private static final int LANES = 50;

    @Test
    void aClaimOfFiftyLanesTakesMillisecondsWhateverWaits() {
        int rows = Integer.getInteger("ledger.plan.rows", 50_000);
        try (var ledger = TestLedger.create()) {
            fill(ledger, rows);
            var node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofMinutes(5)));
            var claims = new LaneClaims(node.database(), new TestPolicy(), "one", Clock.systemUTC());
            Map<Outlet, Integer> permits = new TreeMap<>();
            for (int i = 0; i < LANES; i++) {
                permits.put(new Outlet("force:" + i, "ihub"), 2);
            }
            var looks = new ArrayList<Double>();
            var lanes = new ArrayList<Double>();
            var work = new ArrayList<Double>();
            for (int i = 0; i < 15; i++) {
                looks.add(millis(() -> assertThat(claims.due(java.util.List.of(LaneFamily.FORCE)))
                        .hasSize(LANES)));
                lanes.add(millis(() -> assertThat(
                                claims.claim(permits, Duration.ofMinutes(5)).toSend())
                        .hasSize(100)));
                work.add(millis(() -> assertThat(new WorkRows(node.database())
                                .claim(Map.of(Step.TRIAGE, 50, Step.INCIDENT_FETCH, 50), Duration.ofMinutes(5)))
                        .hasSize(100)));
            }
            System.out.printf(
                    "%,d lane cases in %d lanes, %,d rows of work: median look %.1f ms, claim of 100 effects with bytes %.1f ms,"
                            + " claim of 100 rows of work %.1f ms%n",
                    rows, LANES, rows, median(looks), median(lanes), median(work));
            // The fastest, because a busy machine must not fail the build; a plan that scans is slow every time.
            assertThat(Collections.min(looks)).isLessThan(15);
            assertThat(Collections.min(lanes)).isLessThan(30);
            assertThat(Collections.min(work)).isLessThan(15);
            assertThat(plan(ledger, permits)).doesNotContain("Seq Scan on lane_case");
        }
    }

    private static void fill(TestLedger ledger, int rows) {
        ledger.cases(rows);
        ledger.jdbc.execute(
                "INSERT INTO lane (name, family, channels) SELECT 'force:' || i, 'FORCE', '{ihub}' FROM generate_series(0, 49) i");
        ledger.jdbc.update(
                """
                INSERT INTO lane_case (lane, case_id, next_seq, next_at)
                SELECT 'force:' || i % 50, i, 2, now() - i * interval '1 ms' FROM generate_series(1, ?) i
                """,
                rows);
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
                INSERT INTO work (step, key, next_at)
                SELECT CASE i % 2 WHEN 0 THEN 'triage' ELSE 'incident-fetch' END, i::text, now() - i * interval '1 ms'
                  FROM generate_series(1, ?) i
                """,
                rows);
        ledger.jdbc.execute("VACUUM ANALYZE");
    }

    private static String plan(TestLedger ledger, Map<Outlet, Integer> permits) {
        String sql = LaneClaims.CLAIM
                .replace(":lease", "30")
                .replace(":routine", "true")
                .replace(":lanes", permits.keySet().stream().map(Outlet::lane).collect(joining(",", "'{", "}'")))
                .replace(":channels", "array_fill('ihub'::text, ARRAY[" + permits.size() + "])")
                .replace(":permits", "array_fill(2, ARRAY[" + permits.size() + "])");
        return String.join("\n", ledger.jdbc.queryForList("EXPLAIN " + sql, String.class));
    }

    private static double millis(Runnable run) {
        long from = System.nanoTime();
        run.run();
        return (System.nanoTime() - from) / 1e6;
    }

    private static double median(ArrayList<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
