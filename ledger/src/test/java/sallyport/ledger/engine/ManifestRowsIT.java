package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Effect.ForceListed;
import sallyport.ledger.Effect.ForceListed.Message;
import sallyport.mappings.canonical.Sha256;

/** What a force says it has against what it was sent: settled where it answers a question, a work item where it raises one. */
class ManifestRowsIT {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate DAY = LocalDate.parse("2026-03-10");
    private static final Instant AS_OF = Instant.parse("2026-03-11T05:00:00Z");

    private TestLedger ledger;
    private LedgerNode node;

    @BeforeEach
    void createDatabase() {
        ledger = TestLedger.create();
        ledger.cases(20);
        node = TestNode.node(ledger, new TestPolicy(), TestLedger.quick("one", Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeDatabase() {
        ledger.close();
    }

    @Test
    void whatIsDeliveredAndNamedIsProvenAndNoWorkItem() {
        sent(1, "m-1", "DONE", at(12, 0));

        listed(DAY, AS_OF, message("m-1"));

        assertThat(open()).isEmpty();
        assertThat(ledger.text("SELECT rung || ' ' || lane || ' v' || package_version FROM receipt"))
                .isEqualTo("DELIVERED force:46 v1");
        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
    }

    @Test
    void whatIsDeliveredAndNotNamedIsLostAndNotSentAgain() {
        listed(DAY.minusDays(1), AS_OF.minus(Duration.ofDays(1)));
        sent(1, "m-1", "DONE", at(12, 0));

        listed(DAY, AS_OF);

        assertThat(open()).containsExactly("manifest/46/m-1");
        assertThat(ledger.text("SELECT force || ' ' || case_id || ' ' || detail FROM task"))
                .startsWith("46 1 The hub has this message as delivered and the force does not have it");
        assertThat(ledger.text("SELECT state FROM lane_item WHERE message_id = 'm-1'"))
                .isEqualTo("DONE");
        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();

        // It turns up: a later manifest of the same day names it.
        listed(DAY, AS_OF.plusSeconds(3600), message("m-1"));
        assertThat(open()).isEmpty();
    }

    @Test
    void whatWasSentAroundMidnightIsLookedForInBothDays() {
        listed(DAY.minusDays(1), AS_OF.minus(Duration.ofDays(1)));
        sent(1, "late", "DONE", at(23, 55));
        sent(2, "lost", "DONE", at(23, 56));

        listed(DAY, AS_OF);
        assertThat(open()).isEmpty();

        listed(DAY.plusDays(1), AS_OF.plus(Duration.ofDays(1)), message("late"));
        assertThat(open()).containsExactly("manifest/46/lost");
    }

    @Test
    void whatWasSentBeforeTheFirstManifestIsNotMissed() {
        sent(1, "old", "DONE", at(12, 0).minus(Duration.ofDays(30)));
        ledger.jdbc.update("UPDATE lane_item SET done_at = '2026-03-10T12:00:00Z'");

        listed(DAY, AS_OF);

        assertThat(open()).isEmpty();
    }

    @Test
    void whatIsParkedAndNamedIsSettledByACommandWithTheManifestAsEvidence() {
        parked(1, "m-1", "UNKNOWN");
        parked(2, "m-2", "UNKNOWN");

        listed(DAY, AS_OF, message("m-1"));

        assertThat(
                        ledger.text(
                                "SELECT kind || '|' || target || '|' || argument || '|' || actor || '|' || reason FROM command"))
                .startsWith("CONFIRM_BY_MANIFEST|SP-2026-000001|lane/")
                .contains("|manifest of force 46|m-1 is in the force's signed manifest of 2026-03-10, SHA-256 "
                        + "07".repeat(32));
        assertThat(ledger.text("SELECT step || '/' || key FROM work"))
                .isEqualTo("command/" + ledger.count("SELECT id FROM command"));
        assertThat(open()).isEmpty();

        // The same again, and a newer one before the command is carried out, ask for nothing more.
        listed(DAY, AS_OF, message("m-1"));
        listed(DAY, AS_OF.plusSeconds(1), message("m-1"));
        assertThat(ledger.count("SELECT count(*) FROM command")).isEqualTo(1);
    }

    @Test
    void whatIsParkedAndNamedWithOtherBytesIsNotSettled() {
        parked(1, "m-1", "UNKNOWN");

        listed(DAY, AS_OF, new Message("m-1", "ff".repeat(32)));

        assertThat(open()).containsExactly("manifest/46/m-1");
        assertThat(ledger.text("SELECT detail FROM task")).contains("other bytes");
        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM receipt")).isZero();
    }

    @Test
    void whatTheForceHasTwiceOrWasNeverPromisedIsAWorkItem() {
        sent(1, "twice", "DONE", at(12, 0));
        sent(2, "two-days", "DONE", at(12, 0));
        sent(3, "cancelled", "CANCELLED", at(12, 0));
        listed(DAY.minusDays(1), AS_OF.minus(Duration.ofDays(1)), message("two-days"));

        listed(
                DAY,
                AS_OF,
                message("twice"),
                message("twice"),
                message("two-days"),
                message("cancelled"),
                new Message("stranger", "ab".repeat(32)));

        assertThat(open())
                .containsExactly(
                        "manifest/46/cancelled", "manifest/46/stranger", "manifest/46/twice", "manifest/46/two-days");
    }

    @Test
    void aMessageOfAnotherForceIsAStrangerHere() {
        ledger.jdbc.update("INSERT INTO lane (name, family) VALUES ('force:06', 'FORCE') ON CONFLICT DO NOTHING");
        sent(1, "theirs", "DONE", at(12, 0));
        ledger.jdbc.update("UPDATE lane_case SET lane = 'force:06'");

        listed(DAY, AS_OF, message("theirs"));

        assertThat(open()).containsExactly("manifest/46/theirs");
        assertThat(ledger.text("SELECT detail FROM task")).contains("never promised");
    }

    @Test
    void anOlderManifestThanTheOneComparedChangesNothing() {
        parked(1, "m-1", "UNKNOWN");
        listed(DAY, AS_OF);

        listed(DAY, AS_OF.minusSeconds(60), message("m-1"), new Message("stranger", "ab".repeat(32)));

        assertThat(open()).isEmpty();
        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM force_manifest_item")).isZero();
    }

    @Test
    void manyDifferencesAreOneThingToSpeakAbout() {
        Message[] strangers = IntStream.range(0, 60)
                .mapToObj(n -> new Message("s-" + (100 + n), "ab".repeat(32)))
                .toArray(Message[]::new);

        listed(DAY, AS_OF, strangers);

        assertThat(open()).hasSize(51).contains("manifest/46/more/2026-03-10");
    }

    private void listed(LocalDate day, Instant asOf, Message... messages) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) 7);
        TestNode.write(ledger, node, new ForceListed("46", day, asOf, hash, List.of(messages)));
    }

    /** With the bytes that {@link #sent} sent. */
    private static Message message(String id) {
        return new Message(id, HexFormat.of().formatHex(Sha256.of((id + " by ihub").getBytes())));
    }

    private static Instant at(int hour, int minute) {
        return DAY.atTime(LocalTime.of(hour, minute)).atZone(LONDON).toInstant();
    }

    private void sent(long caseId, String id, String state, Instant at) {
        TestNode.write(ledger, node, TestLedger.promise("force:46", caseId, id));
        ledger.jdbc.update(
                "UPDATE lane_item SET state = ?, attempts = 1, first_sent_at = ?::timestamptz, done_at = ?::timestamptz WHERE message_id = ?",
                state,
                at.toString(),
                at.toString(),
                id);
        ledger.jdbc.update("UPDATE lane_case SET head_item = NULL WHERE case_id = ?", caseId);
    }

    private void parked(long caseId, String id, String kind) {
        TestNode.write(ledger, node, TestLedger.promise("force:46", caseId, id));
        ledger.jdbc.update("UPDATE lane_item SET state = 'PARKED', attempts = 1 WHERE message_id = ?", id);
        ledger.jdbc.update("UPDATE lane_case SET parked_reason = ?, parked_at = now() WHERE case_id = ?", kind, caseId);
    }

    private List<String> open() {
        return ledger.jdbc.queryForList(
                "SELECT subject FROM task WHERE closed_at IS NULL ORDER BY subject", String.class);
    }
}
