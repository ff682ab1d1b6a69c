package sallyport.ledger.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sallyport.ledger.retention.RetentionStage.small;
import static sallyport.ledger.retention.RetentionStage.terms;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.retention.Purger.Standing;

/** What is past policy goes, in certified batches; what is not, is unfinished or is held, stays. */
class PurgerIT {

    private RetentionStage stage;
    private Purger purger;

    @BeforeEach
    void createLedger() {
        stage = new RetentionStage();
        purger = stage.purger("one", small());
    }

    @AfterEach
    void closeLedger() {
        stage.close();
    }

    @Test
    void aReportThatIsNotReferableKeepsItsHashAndVerdictAndLosesItsBytesOnTheDay() {
        long record = stage.record("incident-reporting", "NOT_REFERABLE");
        stage.pass(20);
        purger.run();
        assertThat(stage.count("SELECT count(*) FROM source_version WHERE length(raw) > 0"))
                .isEqualTo(1);

        stage.pass(1);
        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS)).isEqualTo(new Standing(1, 0, null, null));

        assertThat(stage.jdbc.queryForMap(
                        """
                        SELECT length(v.raw) AS bytes, length(v.sha256) AS hash, r.disposition, e.policy
                          FROM source_record r JOIN source_version v ON v.id = r.latest_version JOIN erasure e ON e.id = v.erased_by
                         WHERE r.id = ?
                        """,
                        record))
                .isEqualTo(Map.of(
                        "bytes",
                        0,
                        "hash",
                        32,
                        "disposition",
                        "NOT_REFERABLE",
                        "policy",
                        "unreferred-reports, kept for 20 days"));
        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS).erased()).isZero();
    }

    @Test
    void aRecordOfWhichSomethingWasHeardLaterStaysWhole() {
        long heard = stage.record("incident-reporting", "NOT_REFERABLE");
        long decided = stage.record("incident-reporting", "NOT_REFERABLE");
        long asked = stage.record("incident-reporting", "NOT_REFERABLE");
        stage.record("incident-reporting", "UNJUDGED");
        stage.pass(10);
        stage.version(heard);
        stage.jdbc.update(
                "INSERT INTO decision (record, kind, explanation, actor, at) VALUES (?, 'TRIAGE', '{}', 'rules', ?)",
                decided,
                stage.at());
        stage.pass(15);
        stage.work(
                "triage",
                stage.jdbc.queryForObject("SELECT record_id FROM source_record WHERE id = ?", String.class, asked),
                false);

        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS)).isEqualTo(new Standing(0, 0, null, null));

        stage.jdbc.update("UPDATE work SET done = requested");
        stage.pass(10);
        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS).erased()).isEqualTo(4);
        assertThat(stage.count("SELECT count(*) FROM source_version WHERE length(raw) > 0"))
                .isEqualTo(1);
    }

    @Test
    void whatSomebodyIsMarkedWithGoesWithTheBytesItWasReadFromUnlessTheyAreInAnOpenCase() {
        long shown = stage.wholeCase("IN_PROGRESS");
        stage.jdbc.update("UPDATE case_person SET prisoner_number = 'A1111AA' WHERE case_id = ? AND NOT former", shown);
        for (String number : new String[] {"A1111AA", "B2222BB"}) {
            long record = stage.record("prisoner-alerts", "UNJUDGED");
            stage.jdbc.update("UPDATE source_record SET record_id = ? WHERE id = ?", number, record);
            stage.jdbc.update("INSERT INTO prisoner_alert VALUES (?, 'a', 'XPOI', DATE '2026-01-01')", number);
            stage.jdbc.update("INSERT INTO prisoner_alert_reading VALUES (?, now())", number);
        }
        stage.pass(400);

        purger.run();

        assertThat(marked()).containsExactly("A1111AA");
        assertThat(whole()).containsExactly("A1111AA");

        stage.jdbc.update("UPDATE referral_case SET state = 'CLOSED' WHERE id = ?", shown);
        purger.run();

        assertThat(marked()).isEmpty();
        assertThat(stage.count("SELECT count(*) FROM prisoner_alert_reading")).isZero();
        assertThat(whole()).isEmpty();
        assertThat(stage.count("SELECT count(*) FROM erasure WHERE beside LIKE '%alerts=1%'"))
                .isEqualTo(2);
    }

    @Test
    void aTelephoneReportGoesWhenItIsKnownWhatItAnnounced() {
        for (String state : new String[] {"WAITING", "ASKED", "LINKED", "ALONE"}) {
            long record = stage.record("telephone-reports", "UNJUDGED");
            stage.jdbc.update("UPDATE source_record SET record_id = ? WHERE id = ?", state, record);
            stage.jdbc.update(
                    "INSERT INTO matched_report (record, reported_at, state) VALUES (?, now(), ?)", record, state);
        }
        stage.pass(400);

        purger.run();

        assertThat(whole("telephone-reports")).containsExactlyInAnyOrder("WAITING", "ASKED");
        assertThat(stage.jdbc.queryForList("SELECT state FROM matched_report", String.class))
                .containsExactlyInAnyOrder("WAITING", "ASKED");
    }

    @Test
    void aUseOfForceReportGoesUnlessAPersonIsAskedAboutIt() {
        for (String state : new String[] {"WAITING", "ASKED", "LINKED", "ALONE"}) {
            long record = stage.record("use-of-force", "UNJUDGED");
            stage.jdbc.update("UPDATE source_record SET record_id = ? WHERE id = ?", state, record);
            stage.jdbc.update(
                    "INSERT INTO matched_report (record, reported_at, state) VALUES (?, now(), ?)", record, state);
        }
        stage.pass(400);

        purger.run();

        assertThat(whole("use-of-force")).containsExactly("ASKED");
        assertThat(stage.jdbc.queryForList("SELECT state FROM matched_report", String.class))
                .containsExactly("ASKED");
    }

    @Test
    void aReferredChargeStaysWhileItBelongsToNoCaseAndGoesWithTheOneItBelongsTo() {
        long closed = stage.wholeCase("CLOSED");
        long open = stage.wholeCase("IN_PROGRESS");
        for (String state : new String[] {"WAITING", "ASKED", "DROPPED", "LINKED", "OWN"}) {
            long record = stage.record("adjudication-charges", "UNJUDGED");
            stage.jdbc.update("UPDATE source_record SET record_id = ? WHERE id = ?", state, record);
            stage.jdbc.update(
                    """
                    INSERT INTO referred_charge (record, prisoner_number, prison, occurred_at, known_at, state, settled_by, reason)
                    VALUES (?, 'A0001AA', 'LEI', now(), now(), ?, 'ann', 'because')
                    """,
                    record,
                    state);
            stage.jdbc.update(
                    """
                    INSERT INTO referred_charge_match (charge, case_id, score, reasons, state, said_by, reason)
                    VALUES (?, ?, 60, 'same-prison +10', 'REFUSED', 'ann', 'because'), (?, ?, 60, 'same-prison +10', 'REFUSED', 'ann', 'because')
                    """,
                    record,
                    closed,
                    record,
                    open);
            if (state.equals("LINKED") || state.equals("OWN")) {
                stage.jdbc.update(
                        "INSERT INTO case_record (case_id, record) VALUES (?, ?)",
                        state.equals("OWN") ? open : closed,
                        record);
            }
        }
        stage.pass(400);

        purger.run();

        assertThat(whole("adjudication-charges")).containsExactlyInAnyOrder("WAITING", "ASKED", "OWN");
        assertThat(stage.jdbc.queryForList("SELECT state FROM referred_charge", String.class))
                .containsExactlyInAnyOrder("WAITING", "ASKED", "OWN");
        assertThat(stage.jdbc.queryForList("SELECT DISTINCT case_id FROM referred_charge_match", Long.class))
                .containsExactly(open);
    }

    @Test
    void whoWasSearchedForAtThePrisonsAndWhyGoesWithTheCaseUnlessAnAnswerIsAwaited() {
        long gone = stage.wholeCase("CLOSED");
        long awaited = stage.wholeCase("CLOSED");
        for (long known : new long[] {gone, awaited}) {
            String state = known == gone ? "ANSWERED" : "ASKED";
            stage.jdbc.update(
                    """
                    INSERT INTO prison_document_search (case_id, prisoner_number, reason, actor, state, found, answered_at)
                    VALUES (?, 'A1234BC', 'a statement is said to be there', 'ann', ?, ?, ?::timestamptz)
                    """,
                    known,
                    state,
                    known == gone ? 1 : null,
                    known == gone ? "2026-01-02T10:00:00Z" : null);
            stage.jdbc.update(
                    """
                    INSERT INTO prison_document (case_id, uuid, prisoner_number, type, file_name, media_type, size, created_at, state)
                    VALUES (?, gen_random_uuid(), 'A1234BC', 'T', 'arbor statement.pdf', 'application/pdf', 1, now(), 'LISTED')
                    """,
                    known);
        }
        stage.pass(4000);

        purger.run();

        String left =
                """
                SELECT case_id FROM prison_document_search WHERE prisoner_number IS NOT NULL OR reason IS NOT NULL
                UNION SELECT case_id FROM prison_document WHERE prisoner_number IS NOT NULL OR file_name IS NOT NULL OR reason IS NOT NULL
                """;
        assertThat(stage.jdbc.queryForList(left, Long.class)).containsExactly(awaited);
    }

    @Test
    void aNoticeOfIntelligenceGoesWhenItSaysNothingAnyMore() {
        for (String state : new String[] {"CURRENT", "WITHDRAWN", "EXPIRED"}) {
            long record = stage.record("intelligence-notices", "UNJUDGED");
            stage.jdbc.update("UPDATE source_record SET record_id = ? WHERE id = ?", state, record);
            stage.jdbc.update(
                    "INSERT INTO intelligence_notice (record, issued_at, state, prison, incident, handling, unit, expires)"
                            + " VALUES (?, now(), ?, 'LEI', '1', 'P', 'SIU', current_date)",
                    record,
                    state);
        }
        stage.pass(400);

        purger.run();

        assertThat(whole("intelligence-notices")).containsExactly("CURRENT");
        assertThat(stage.jdbc.queryForList("SELECT state FROM intelligence_notice", String.class))
                .containsExactly("CURRENT");
    }

    private List<String> marked() {
        return stage.jdbc.queryForList("SELECT prisoner_number FROM prisoner_alert", String.class);
    }

    private List<String> whole() {
        return whole("prisoner-alerts");
    }

    private List<String> whole(String system) {
        return stage.jdbc.queryForList(
                """
                SELECT s.record_id FROM source_record s JOIN source_version v ON v.record = s.id
                 WHERE s.system = ? AND length(v.raw) > 0
                """,
                String.class,
                system);
    }

    @Test
    void aNoteThatNobodyChoseGoesSoonWithACertificateAndAChosenOneStaysWithItsCase() {
        long open = stage.wholeCase("IN_PROGRESS");
        long undecided = stage.noteAskedFor(open, null);
        long leftOut = stage.noteAskedFor(open, false);
        stage.jdbc.update("UPDATE case_note_found SET chosen_at = ? WHERE id = ?", stage.at(), leftOut);
        stage.pass(20);
        long leftOutLater = stage.noteAskedFor(open, false);
        long held = stage.wholeCase("IN_PROGRESS");
        long ofHeld = stage.noteAskedFor(held, null);
        stage.jdbc.update("UPDATE referral_case SET held = true WHERE id = ?", held);
        stage.pass(8);
        assertThat(purger.run().get(Kept.UNUSED_NOTES).erased()).isZero();

        stage.pass(1);
        assertThat(purger.run().get(Kept.UNUSED_NOTES)).isEqualTo(new Standing(2, 0, null, null));

        assertThat(stage.jdbc.queryForList(
                        "SELECT f.id FROM case_note_found f JOIN erasure e ON e.id = f.erased_by"
                                + " WHERE e.policy = 'unused-notes, kept for 28 days' AND length(f.content) = 0 ORDER BY f.id",
                        Long.class))
                .containsExactly(undecided, leftOut);
        assertThat(stage.count("SELECT count(*) FROM evidence WHERE kind = 'ERASURE'"
                        + " AND rule_version = 'unused-notes, kept for 28 days'"))
                .isEqualTo(1);
        stage.pass(400);
        purger.run();
        assertThat(stage.jdbc.queryForList(
                        "SELECT id FROM case_note_found WHERE length(content) > 0 AND chosen IS NOT TRUE", Long.class))
                .containsExactly(ofHeld)
                .doesNotContain(leftOutLater);
        assertThat(stage.count("SELECT count(*) FROM case_note_found WHERE chosen AND length(content) > 0"))
                .isEqualTo(2);
    }

    @Test
    void aClosedCaseLosesAllThatIsPersonalAndKeepsItsNumberStateAndHashes() {
        long id = stage.wholeCase("CLOSED");
        String reference = stage.reference(id);
        stage.pass(121);

        purger.run();

        assertThat(stage.count(
                        """
                        SELECT count(*) FROM referral_case WHERE id = ? AND state = 'CLOSED' AND erased_at IS NOT NULL
                           AND num_nonnulls(incident_reference, approval_reason, review_detail, crime_reference, officer) = 0
                        """,
                        id))
                .isEqualTo(1);
        for (String nothing : new String[] {
            "SELECT count(*) FROM case_person",
            "SELECT count(*) FROM merged_number",
            "SELECT count(*) FROM case_place",
            "SELECT count(*) FROM case_series",
            "SELECT count(*) FROM attempt",
            "SELECT count(*) FROM command",
            "SELECT count(*) FROM task WHERE case_id IS NOT NULL",
            "SELECT count(*) FROM source_version WHERE length(raw) > 0",
            "SELECT count(*) FROM package WHERE length(canonical) > 0",
            "SELECT count(*) FROM rendering WHERE length(bytes) > 0",
            "SELECT count(*) FROM case_fact WHERE length(content) > 0",
            "SELECT count(*) FROM document_chunk",
            "SELECT count(*) FROM case_note_found WHERE length(content) > 0 OR chosen_why IS NOT NULL OR erased_by IS NULL",
            "SELECT count(*) FROM case_note_request WHERE num_nonnulls(prisoner_number, reason, decided_why) > 0",
            "SELECT count(*) FROM document WHERE file_name IS NOT NULL OR erased_by IS NULL",
            "SELECT count(*) FROM inbound WHERE length(raw) > 0 OR detail IS NOT NULL",
            "SELECT count(*) FROM outcome WHERE num_nonnulls(officer, reason, crime_reference) > 0",
            "SELECT count(*) FROM decision WHERE reason IS NOT NULL",
            "SELECT count(*) FROM receipt WHERE detail IS NOT NULL"
        }) {
            assertThat(stage.count(nothing)).as(nothing).isZero();
        }
        assertThat(stage.count("SELECT count(*) FROM receipt")).isEqualTo(1);
        assertThat(stage.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'ERASURE' AND case_reference = ?", reference))
                .isEqualTo(1);
        assertThat(purger.run().get(Kept.CLOSED_CASES).erased()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE referral_case SET state = 'IN_PROGRESS'",
                "UPDATE referral_case SET state = 'AWAITING_DECISION'",
                "UPDATE referral_case SET review_code = 'withdrawal-proposed'",
                "UPDATE referral_case SET held = true",
                "UPDATE lane_case SET head_item = (SELECT max(id) FROM lane_item)",
                "UPDATE lane_case SET parked_reason = 'UNKNOWN', head_item = (SELECT max(id) FROM lane_item)",
                "UPDATE task SET closed_at = NULL",
                "INSERT INTO work (step, key) SELECT 'assembly', reference FROM referral_case",
                "INSERT INTO work (step, key, done, claimed) SELECT 'case-sync', reference, 1, 1 FROM referral_case",
                "INSERT INTO work (step, key, parked_kind) SELECT 'incident-fetch', record_id, 'DEFECT' FROM source_record",
                "UPDATE command SET done_at = NULL",
                "UPDATE case_note_request SET state = 'ASKED'",
                "UPDATE inbound SET state = 'CONFLICT'",
                "INSERT INTO work (step, key) SELECT 'outcome', id::text FROM inbound"
            })
    void nothingOfACaseGoesWhileAnythingOfItIsUnfinished(String unfinished) {
        stage.wholeCase("CLOSED");
        stage.jdbc.update(unfinished);
        stage.pass(400);

        Map<Kept, Standing> standings = purger.run();

        assertThat(standings.values()).allSatisfy(each -> assertThat(each).isEqualTo(new Standing(0, 0, null, null)));
        assertThat(stage.count("SELECT count(*) FROM erasure")).isZero();
        assertThat(stage.pastPolicy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE package SET built_at = ?",
                "UPDATE outcome SET applied_at = ?",
                "UPDATE inbound SET received_at = ?",
                "UPDATE lane_item SET done_at = ?",
                "UPDATE receipt SET at = ?",
                "UPDATE decision SET at = ?",
                "UPDATE document SET touched_at = ?",
                "INSERT INTO case_fact (case_id, item, version, state, content, sha256, actor, at)"
                        + " SELECT case_id, item, 2, state, content, sha256, actor, ? FROM case_fact",
                "UPDATE task SET closed_at = ?",
                "UPDATE source_version SET fetched_at = ?",
                "UPDATE referral_case SET changed_at = ?"
            })
    void aCaseIsAsYoungAsTheYoungestThatBelongsToIt(String younger) {
        stage.wholeCase("CLOSED");
        stage.pass(50);
        stage.jdbc.update(younger, stage.at());
        stage.pass(100);

        assertThat(purger.run().get(Kept.CLOSED_CASES).erased()).isZero();
        stage.pass(21);
        assertThat(purger.run().get(Kept.CLOSED_CASES).erased()).isEqualTo(1);
    }

    @Test
    void everyKindGoesWhenItsTermIsOverAndTheGaugeIsZeroAfterwards() {
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.record("incident-reporting", "WATCHED");
        stage.record("case-notes", "UNJUDGED");
        stage.record("prison-register", "UNJUDGED");
        stage.noteAskedFor(stage.wholeCase("CLOSED"), null);
        stage.wholeCase("DELIVERED");
        stage.wholeCase("KEPT_INTERNAL");
        stage.inbound("REJECTED", null);
        stage.hint();
        stage.work("triage", "x", true);
        stage.work("triage", "y", false);
        stage.tally();
        stage.listed("MDI");
        stage.manifest("46", "m-1", "m-2");
        stage.jdbc.update(
                "INSERT INTO task (kind, subject, detail, opened_at, closed_at) VALUES ('GAP', 'g', 'd', ?, ?)",
                stage.at(),
                stage.at());
        Map<Kept, Long> erased = new java.util.EnumMap<>(Kept.class);

        for (int day = 0; day < 200; day++) {
            stage.pass(1);
            purger.run().forEach((kept, standing) -> erased.merge(kept, standing.erased(), Long::sum));
            assertThat(stage.pastPolicy()).isEmpty();
        }

        assertThat(erased.entrySet().stream()
                        .filter(each -> each.getValue() == 0)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .isEmpty();
        assertThat(stage.count("SELECT count(*) FROM source_version WHERE length(raw) > 0"))
                .as("the register")
                .isEqualTo(1);
        assertThat(stage.count("SELECT count(*) FROM work"))
                .as("the unfinished")
                .isEqualTo(1);
        assertThat(stage.count("SELECT count(*) FROM force_manifest_item")).isZero();
        assertThat(stage.count("SELECT sum(rows) FROM erasure"))
                .isEqualTo(erased.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void aBatchThatIsKilledErasesNothingAndTheNextRunGoesOn() {
        for (int n = 0; n < 8; n++) {
            stage.record("incident-reporting", "NOT_REFERABLE");
        }
        stage.pass(21);
        var batches = new AtomicInteger();
        stage.midPurge = () -> {
            if (batches.incrementAndGet() == 2) {
                throw new StackOverflowError("struck");
            }
        };
        assertThatThrownBy(purger::run).hasMessage("struck");
        assertThat(stage.count("SELECT count(*) FROM source_version WHERE erased_by IS NOT NULL"))
                .isEqualTo(3);
        assertThat(stage.count("SELECT sum(rows) FROM erasure")).isEqualTo(3);
        assertThat(stage.count("SELECT count(*) FROM evidence WHERE kind = 'ERASURE'"))
                .isEqualTo(1);

        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS).erased()).isEqualTo(5);
        assertThat(stage.count("SELECT sum(rows) FROM erasure")).isEqualTo(8);
    }

    @Test
    void aCertificateNamesWhatWentAndIsInTheEvidenceLog() throws Exception {
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.pass(21);
        purger.run();

        byte[] ids = MessageDigest.getInstance("SHA-256")
                .digest(String.join(
                                "\n",
                                stage.jdbc.queryForList(
                                        "SELECT id::text FROM source_version ORDER BY id::text COLLATE \"C\"",
                                        String.class))
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(stage.count(
                        """
                        SELECT count(*) FROM erasure c JOIN evidence e ON e.detail LIKE 'erasure/' || c.id || ' rows=2 versions=2 %'
                         WHERE c.ids_sha256 = ? AND e.payload_sha256 = ? AND e.kind = 'ERASURE' AND e.rule_version = c.policy
                        """,
                        ids, ids))
                .isEqualTo(1);
    }

    @Test
    void aHoldThatIsBeingPlacedJustNowIsRespected() throws Exception {
        long id = stage.wholeCase("CLOSED");
        stage.pass(200);
        try (var holder = stage.dataSource.getConnection()) {
            holder.setAutoCommit(false);
            holder.createStatement().executeUpdate("UPDATE referral_case SET held = true WHERE id = " + id);

            // Not committed: the purge neither waits nor takes anything of the case, not even what has its own row to
            // lock.
            assertThat(purger.run().values())
                    .allSatisfy(each -> assertThat(each.erased()).isZero());
            holder.commit();
        }
        assertThat(purger.run().values())
                .allSatisfy(each -> assertThat(each.erased()).isZero());
        stage.release(id);
        assertThat(purger.run().get(Kept.CLOSED_CASES).erased()).isEqualTo(1);
    }

    @Test
    void oneNodeErasesWhileAnotherOnlyLooks() {
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.pass(21);
        Purger two = stage.purger("two", small());
        purger.run();
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.pass(21);

        assertThat(two.run().get(Kept.UNREFERRED_REPORTS).erased()).isZero();
        assertThat(stage.pastPolicy()).containsOnlyKeys("unreferred-reports");
        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS).erased()).isEqualTo(1);
    }

    @Test
    void nothingIsErasedWhileTheClocksDisagree() {
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.pass(21);
        stage.nodeIsAhead = Duration.ofMinutes(-2);

        Standing refused = purger.run().get(Kept.UNREFERRED_REPORTS);
        assertThat(refused.erased()).isZero();
        assertThat(refused.refused()).contains("120 seconds apart");
        assertThat(stage.count("SELECT count(*) FROM task WHERE kind = 'RETENTION' AND closed_at IS NULL"))
                .isEqualTo(1);

        stage.nodeIsAhead = Duration.ZERO;
        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS).erased()).isEqualTo(1);
        assertThat(stage.count("SELECT count(*) FROM task WHERE kind = 'RETENTION' AND closed_at IS NULL"))
                .isZero();
    }

    @Test
    void aClockThatJumpsAheadByYearsIsRefusedUntilAPersonSaysThatItIsRight() {
        purger = stage.purger("one", terms(3, 100_000, 0.25, 5));
        for (int n = 0; n < 8; n++) {
            stage.record("incident-reporting", "NOT_REFERABLE");
        }
        stage.pass(3 * 365);

        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS).refused())
                .startsWith("8 of 8 unreferred-reports would go at once");
        assertThat(stage.count("SELECT count(*) FROM erasure")).isZero();
        assertThat(stage.pastPolicy()).containsOnlyKeys("unreferred-reports");

        stage.jdbc.update("UPDATE retention_state SET confirmed_at = ? WHERE kind = 'unreferred-reports'", stage.at());
        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS)).isEqualTo(new Standing(8, 0, null, null));
    }

    @Test
    void aClockThatJumpsBackErasesNothingMore() {
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.pass(21);
        purger.run();
        stage.pass(-10);
        stage.record("incident-reporting", "NOT_REFERABLE");
        stage.pass(-300);

        assertThat(purger.run().values())
                .allSatisfy(each -> assertThat(each.erased()).isZero());
        assertThat(stage.count("SELECT count(*) FROM source_version WHERE length(raw) > 0"))
                .isEqualTo(1);
    }

    @Test
    void aRunStopsAtItsLimitAndTheNextGoesOn() {
        purger = stage.purger("one", terms(3, 4, 1, 0));
        for (int n = 0; n < 6; n++) {
            stage.record("incident-reporting", "NOT_REFERABLE");
        }
        stage.pass(22);

        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS))
                .satisfies(first -> assertThat(first.erased()).isEqualTo(4))
                .satisfies(first -> assertThat(first.due()).isEqualTo(2));
        assertThat(stage.pastPolicy().get("unreferred-reports")).isEqualTo(2 * 86_400.0);
        assertThat(purger.run().get(Kept.UNREFERRED_REPORTS).erased()).isEqualTo(2);
    }

    @Test
    void aTaskThatWasClosedLateIsRememberedForAsLongAsItsCase() {
        stage.wholeCase("CLOSED");
        stage.pass(60);
        stage.jdbc.update("UPDATE task SET closed_at = ?", stage.at());
        stage.pass(60);

        // Longer than tasks are kept, and than packages are after all but the task.
        assertThat(purger.run().get(Kept.PACKAGES).erased()).isZero();
        assertThat(stage.count("SELECT count(*) FROM task")).isEqualTo(1);
        stage.pass(21);
        assertThat(purger.run().get(Kept.PACKAGES).erased()).isEqualTo(1);
    }

    @Test
    void aCaseThatWokeUpAfterItWasErasedIsErasedAgain() {
        long id = stage.wholeCase("CLOSED");
        stage.pass(121);
        purger.run();
        stage.jdbc.update(
                "UPDATE referral_case SET officer = 'PC Example', row_version = row_version + 1, changed_at = ?",
                stage.at());
        stage.jdbc.update(
                "INSERT INTO case_person (case_id, prisoner_number, role) VALUES (?, 'A0001AA', 'SUSPECT')", id);

        stage.pass(120);
        assertThat(purger.run().get(Kept.CLOSED_CASES).erased()).isZero();
        stage.pass(1);
        assertThat(purger.run().get(Kept.CLOSED_CASES).erased()).isEqualTo(1);
        assertThat(stage.count("SELECT count(*) FROM case_person")).isZero();
    }
}
