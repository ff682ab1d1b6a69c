package sallyport.ledger.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import sallyport.ground.TestPostgres;

/** An empty ledger of its own and the rows a test puts into it; all of it invented. */
final class DeskFixture implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");

    private final SingleConnectionDataSource dataSource;
    final JdbcClient jdbc;
    final PlatformTransactionManager transactions;

    DeskFixture() {
        dataSource = new SingleConnectionDataSource(TestPostgres.shared().createDatabase(), true);
        Flyway.configure().dataSource(dataSource).load().migrate();
        jdbc = JdbcClient.create(dataSource);
        transactions = new DataSourceTransactionManager(dataSource);
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** A case that waits for a decision, opened this long before {@link #NOW}. */
    long waitingCase(String reference, String prison, @Nullable String force, Duration ago) {
        return jdbc.sql(
                        """
                        INSERT INTO referral_case (reference, state, verdict, class, prison, force, family, incident_reference,
                                                   opened_at, decide_by)
                        VALUES (:reference, 'AWAITING_DECISION', 'MANDATORY', 'IMMEDIATE', :prison, :force, 'ASSAULT',
                                'IR-' || right(:reference, 6), :opened, :opened + interval '24 hours') RETURNING id
                        """)
                .param("reference", reference)
                .param("prison", prison)
                .param("force", force)
                .param("opened", NOW.minus(ago).atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    void adjudications(String number, String raw) {
        jdbc.sql(
                        """
                        WITH stored AS (
                          INSERT INTO source_record (system, record_id) VALUES ('adjudications', :number) RETURNING id),
                        version AS (
                          INSERT INTO source_version (record, version_no, raw, sha256, fetched_at, fetched_from)
                          SELECT id, 1, convert_to(:raw, 'UTF8'), sha256(convert_to(:raw, 'UTF8')), now(), 'here' FROM stored
                          RETURNING id, record)
                        SELECT id FROM version
                        """)
                .param("number", number)
                .param("raw", raw)
                .query(Long.class)
                .single();
        jdbc.sql(
                        "UPDATE source_record r SET latest_version = v.id FROM source_version v WHERE v.record = r.id AND r.record_id = :number")
                .param("number", number)
                .update();
    }

    void series(long caseId, String kind, String subject, long other) {
        jdbc.sql("INSERT INTO case_series VALUES (:case, :kind, :subject, :other)")
                .param("case", caseId)
                .param("kind", kind)
                .param("subject", subject)
                .param("other", other)
                .update();
    }

    void person(long caseId, String number, boolean former) {
        jdbc.sql("INSERT INTO case_person VALUES (:case, :number, 'SUSPECT', :former)")
                .param("case", caseId)
                .param("number", number)
                .param("former", former)
                .update();
    }

    /** A lane of the case that is parked with one item behind the stuck one. */
    long parkedLane(String lane, long caseId, String kind, String code) {
        jdbc.sql("INSERT INTO lane (name, family) VALUES (:lane, 'FORCE') ON CONFLICT DO NOTHING")
                .param("lane", lane)
                .update();
        long laneCase = jdbc.sql(
                        """
                        INSERT INTO lane_case (lane, case_id, next_seq, parked_reason, parked_code, parked_at)
                        VALUES (:lane, :case, 3, :kind, :code, now()) RETURNING id
                        """)
                .param("lane", lane)
                .param("case", caseId)
                .param("kind", kind)
                .param("code", code)
                .query(Long.class)
                .single();
        long head = item(laneCase, 1, "PARKED");
        item(laneCase, 2, "PROMISED");
        jdbc.sql("UPDATE lane_case SET head_item = :head WHERE id = :id")
                .param("head", head)
                .param("id", laneCase)
                .update();
        return laneCase;
    }

    private long item(long laneCase, int seq, String state) {
        return jdbc.sql(
                        """
                        INSERT INTO lane_item (lane_case, seq, kind, message_id, package_version, class, state, channels)
                        VALUES (:laneCase, :seq, 'PACKAGE', :message, :seq, 'ROUTINE', :state, '{ihub}') RETURNING id
                        """)
                .param("laneCase", laneCase)
                .param("seq", seq)
                .param("message", "m-" + laneCase + "-" + seq)
                .param("state", state)
                .query(Long.class)
                .single();
    }

    long parkedWork(String step, String key, String kind, String code) {
        return jdbc.sql(
                        """
                        INSERT INTO work (step, key, parked_kind, parked_code, parked_at)
                        VALUES (:step, :key, :kind, :code, now()) RETURNING id
                        """)
                .param("step", step)
                .param("key", key)
                .param("kind", kind)
                .param("code", code)
                .query(Long.class)
                .single();
    }

    void inbound(String sender, String state, String caseReference, String body) {
        jdbc.sql(
                        """
                        INSERT INTO inbound (channel, sender, raw, sha256, state, message_id, case_reference, code, code_where)
                        VALUES ('rest', :sender, convert_to(:body, 'UTF8'), sha256(convert_to(:body, 'UTF8')), :state, 'm-1',
                                :reference, 'unknown-outcome', '/code')
                        """)
                .param("sender", sender)
                .param("state", state)
                .param("reference", caseReference)
                .param("body", body)
                .update();
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        dataSource.destroy();
    }
}
