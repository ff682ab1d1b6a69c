package sallyport.ledger.engine;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import sallyport.ground.TestPostgres;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Effect.Promise;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.Rendered;

/** A migrated database of its own on one real server with durability on, and rows to put into it. */
final class TestLedger implements AutoCloseable {

    private final HikariDataSource dataSource;
    final JdbcTemplate jdbc;

    private TestLedger(HikariDataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    static TestLedger create() {
        var config = new HikariDataSource();
        config.setJdbcUrl(TestPostgres.shared().createDatabase());
        config.setMaximumPoolSize(16);
        config.setConnectionTimeout(3000);
        LedgerPool.configure(config);
        var ledger = new TestLedger(config);
        LedgerSchema.of(ledger.dataSource).migrate();
        return ledger;
    }

    DataSource dataSource() {
        return dataSource;
    }

    long count(String sql, Object... arguments) {
        Long n = jdbc.queryForObject(sql, Long.class, arguments);
        return n == null ? 0 : n;
    }

    String text(String sql, Object... arguments) {
        return jdbc.queryForObject(sql, String.class, arguments);
    }

    /** A case as a step would open it. */
    static ReferralCase referralCase(long id) {
        return ReferralCase.opened(
                id,
                reference(id),
                "MANDATORY",
                CaseClass.ROUTINE,
                "MDI",
                "46",
                "ASSAULT",
                "incident-" + id,
                Instant.parse("2026-03-01T10:00:00Z"),
                "2026-03-01T10:00:00",
                Instant.parse("2026-03-01T11:00:00Z"),
                null);
    }

    static String reference(long id) {
        return String.format("SP-2026-%06d", id);
    }

    /** Cases with ids 1 to n. */
    void cases(int n) {
        cases(0, n);
    }

    /** Cases with ids up to n when those up to {@code have} are there. */
    void cases(int have, int n) {
        jdbc.update(
                """
                INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family)
                SELECT i, 'SP-2026-' || lpad(i::text, 6, '0'), 'IN_PROGRESS', 'MANDATORY', 'ROUTINE', 'MDI', '46', 'ASSAULT'
                  FROM generate_series(?::int + 1, ?::int) i
                """,
                have,
                n);
    }

    static Promise promise(String lane, long caseId, String messageId, String... channels) {
        var names = channels.length == 0 ? new String[] {"ihub"} : channels;
        return new Promise(
                lane.startsWith("feed:") ? LaneFamily.FEED : LaneFamily.FORCE,
                lane,
                caseId,
                "PACKAGE",
                messageId,
                1,
                CaseClass.ROUTINE,
                List.of(names).stream()
                        .map(channel -> new Rendered(
                                channel,
                                "application/json",
                                (messageId + " by " + channel).getBytes(),
                                "m1",
                                "force",
                                null))
                        .toList());
    }

    /** Short leases, so that tests need not wait for long ones. */
    static LedgerProperties quick(String node, Duration lease) {
        return new LedgerProperties(
                node,
                100,
                2,
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                lease,
                lease,
                "a key that is known to every node of the test",
                java.nio.file.Path.of("unused"),
                Map.of());
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
