package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.ledger.Step;

/** Many failures, few causes. */
class CausesIT {

    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Causes.Key EXPIRED = new Causes.Key("force:46", "UNAVAILABLE", "certificate-expired");

    private DeskFixture ledger;
    private Causes causes;
    private Commands commands;
    private final List<Step> woken = new ArrayList<>();

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        causes = new Causes(ledger.dataSource());
        commands = new Commands(ledger.dataSource(), ledger.transactions, woken::add);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** 12 are parked, 3 tried again, 2 missed their deadline behind the open breaker, 395 wait for their turn. */
    @Test
    void aStormHasOneCauseWhereverItsFailuresStand() {
        storm(412);

        List<Causes.Cause> found = causes.all(ALL);

        assertThat(found).singleElement().satisfies(cause -> {
            assertThat(cause.key()).isEqualTo(EXPIRED);
            assertThat(cause.parked()).isEqualTo(14);
            assertThat(cause.failing()).isEqualTo(3);
            assertThat(cause.queued()).isEqualTo(395);
            assertThat(cause.cases()).isEqualTo(17);
            assertThat(cause.what()).isEqualTo("The certificate of force 46 expired at 02:14 on 29 Nov 2026.");
            assertThat(cause.todo()).startsWith("Tell force 46 to renew it.");
            assertThat(cause.first()).isBefore(cause.last());
        });
        assertThat(causes.failures(EXPIRED, ALL, 100)).hasSize(17);
        assertThat(causes.failures(EXPIRED, ALL, 100).get(0).parked()).isTrue();
    }

    @Test
    void tellsCausesApartByPlaceKindAndCode() {
        long one = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        long two = ledger.waitingCase("SP-2026-000002", "LEI", "13", Duration.ofHours(1));
        ledger.parkedLane("force:16", one, "UNKNOWN", "no-answer");
        ledger.parkedLane("force:13", two, "UNKNOWN", "no-answer");
        ledger.parkedWork("incident-fetch", "r-1", "REJECTED", "schema-invalid");
        ledger.parkedWork("incident-fetch", "r-2", "REJECTED", "schema-invalid");
        ledger.parkedWork("assembly", "SP-2026-000001", "DEFECT", "IllegalStateException");

        assertThat(causes.all(ALL))
                .extracting(cause -> cause.of() + " " + cause.code() + " " + cause.count())
                .containsExactlyInAnyOrder(
                        "incident-fetch schema-invalid 2",
                        "force:16 no-answer 1",
                        "force:13 no-answer 1",
                        "assembly IllegalStateException 1");
        assertThat(causes.all(LEEDS)).extracting(Causes.Cause::of).containsExactly("force:13");
        assertThat(causes.all(Scope.nothing())).isEmpty();
        assertThat(causes.failures(new Causes.Key("force:16", "UNKNOWN", "no-answer"), LEEDS, 10))
                .isEmpty();
    }

    @Test
    void whatIsNoWordOfAListIsOneCauseAndNotAThousand() {
        for (int n = 0; n < 5; n++) {
            ledger.parkedWork("incident-fetch", "r-" + n, "REJECTED", "the partner says: " + n + " canary");
        }

        assertThat(causes.all(ALL)).singleElement().satisfies(cause -> {
            assertThat(cause.code()).isEqualTo("other");
            assertThat(cause.count()).isEqualTo(5);
        });
    }

    @Test
    void releasesAllOfOneCauseAndNothingElse() {
        storm(20);
        long other = ledger.waitingCase("SP-2026-900001", "LEI", "46", Duration.ofHours(1));
        ledger.parkedLane("force:46", other, "REJECTED", "http-422");

        assertThat(commands.releaseAll(EXPIRED, "operator", " renewed ", ALL)).isEqualTo(new Commands.AskedForAll(14));
        assertThat(commands.releaseAll(EXPIRED, "operator", "renewed", ALL))
                .as("asking twice is asking once")
                .isEqualTo(new Commands.AskedForAll(14));

        assertThat(ledger.count("SELECT count(*) FROM command WHERE kind = 'RELEASE' AND actor = 'operator'"
                        + " AND reason = 'renewed' AND argument LIKE 'lane/%' AND target LIKE 'SP-2026-0%'"))
                .isEqualTo(14);
        assertThat(ledger.count("SELECT count(*) FROM command")).isEqualTo(14);
        assertThat(ledger.count(
                        "SELECT count(*) FROM work w JOIN command c ON w.key = c.id::text WHERE w.step = 'command'"))
                .isEqualTo(14);
        assertThat(woken).containsExactly(Step.COMMAND);
    }

    @Test
    void releasesOnlyWithinTheScope() {
        storm(20);

        assertThat(commands.releaseAll(EXPIRED, "leeds", "renewed", LEEDS)).isEqualTo(new Commands.NotThere());
        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
    }

    @Test
    void neverReleasesTogetherWhatMayHaveArrived() {
        long one = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        ledger.parkedLane("force:16", one, "UNKNOWN", "no-answer");

        assertThat(commands.releaseAll(new Causes.Key("force:16", "UNKNOWN", "no-answer"), "operator", "why", ALL))
                .isInstanceOf(Commands.NotNow.class);
        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "force:46,UNAVAILABLE,own-certificate-refused,Force 46 refuses the certificate of the hub.",
        "feed:regional-north,UNAVAILABLE,broker-unreachable,The broker of the regional queues cannot be reached.",
        "triage,DEFECT,NullPointerException,A fault in the hub (NullPointerException).",
        "telephone-match,REJECTED,missing-value,A telephone report leaves out what must be there.",
        "tracker,REJECTED,http-422,The tracker refuses what it was given (http-422).",
        "force:46,UNKNOWN,cjse-777,Force 46 may have what was sent and gave no answer (cjse-777)."
    })
    void everyCauseHasWords(String of, String kind, String code, String what) {
        CauseWords.Words words = CauseWords.of(of, kind, code, null);

        assertThat(words.what()).isEqualTo(what);
        assertThat(words.todo()).isNotBlank().doesNotContain("{");
    }

    @ParameterizedTest
    @CsvSource({
        "force:46 OR 1=1,UNKNOWN,no-answer",
        "force:46,OTHER,no-answer",
        "force:46,UNKNOWN,no answer",
        "'','',''"
    })
    void isNotAskedForWhatIsNoCause(String of, String kind, String code) {
        assertThatThrownBy(() -> new Causes.Key(of, kind, code)).isInstanceOf(IllegalArgumentException.class);
    }

    /** At least 17 cases of force 46, of which 17 fail for one cause, and the rest wait. */
    private void storm(int cases) {
        ledger.jdbc
                .sql("INSERT INTO lane (name, family) VALUES ('force:46', 'FORCE')")
                .update();
        ledger.jdbc
                .sql(
                        """
                        WITH opened AS (
                          INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family)
                          SELECT n, 'SP-2026-' || lpad(n::text, 6, '0'), 'IN_PROGRESS', 'MANDATORY', 'ROUTINE', 'MDI', '46',
                                 'ASSAULT' FROM generate_series(1, :cases) n RETURNING id),
                        lanes AS (
                          INSERT INTO lane_case (lane, case_id) SELECT 'force:46', id FROM opened ORDER BY id
                          RETURNING id, case_id),
                        items AS (
                          INSERT INTO lane_item (lane_case, seq, kind, message_id, class, channels)
                          SELECT id, 1, 'PACKAGE', 'm-' || id, 'ROUTINE', '{ihub}' FROM lanes RETURNING id, lane_case)
                        SELECT count(*), setval('case_reference_seq', :cases) FROM items
                        """)
                .param("cases", cases)
                .query((rs, n) -> rs.getLong(1))
                .single();
        ledger.jdbc
                .sql("UPDATE lane_case c SET head_item = i.id FROM lane_item i WHERE i.lane_case = c.id")
                .update();
        String detail = "certificate-expired: force46.example:443, expired at 2026-11-29T02:14:00Z";
        ledger.jdbc
                .sql(
                        """
                        UPDATE lane_case SET failing_kind = 'UNAVAILABLE', failing_code = 'certificate-expired',
                               failing_detail = :detail, failing_since = now() - interval '2 hours'
                         WHERE case_id <= 15
                        """)
                .param("detail", detail)
                .update();
        ledger.jdbc
                .sql(
                        """
                        UPDATE lane_case SET parked_reason = 'UNAVAILABLE', parked_code = 'certificate-expired',
                               parked_detail = :detail, parked_at = now() - interval '1 hour' WHERE case_id <= 12
                        """)
                .param("detail", detail)
                .update();
        ledger.jdbc
                .sql(
                        """
                        UPDATE lane_case SET parked_reason = 'UNAVAILABLE', parked_code = 'deadline-passed',
                               parked_detail = 'not accepted in time', parked_at = now() WHERE case_id IN (16, 17)
                        """)
                .update();
    }
}
