package sallyport.mappings.useofforce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.table.CsvTable;
import sallyport.mappings.useofforce.UseOfForceReport.Amendment;
import sallyport.mappings.useofforce.UseOfForceReport.StaffMember;
import sallyport.mappings.useofforce.UseOfForceReport.Statement;
import sallyport.mappings.useofforce.UseOfForceReport.StatementStatus;
import sallyport.mappings.useofforce.UseOfForceReport.Status;
import sallyport.mappings.useofforce.UseOfForceReport.Tag;
import sallyport.mappings.useofforce.UseOfForceReport.Treated;

class UseOfForceReportTest {

    static final String WHOLE =
            """
            {"id": 4711, "sequence_no": 3, "agency_id": "lei", "offender_no": " a1234bc", "booking_id": 12,
             "incident_date": "2026-07-01T10:00:00", "submitted_date": "2026-07-01T14:00:00+01:00",
             "updated_date": "2026-07-02T09:00:00Z", "status": "COMPLETE", "deleted": null, "reporter_name": "Ada Reporter",
             "user_id": "AREPORTER_GEN",
             "form_response": {
               "incidentDetails": {"plannedUseOfForce": true, "authorisedBy": "Custodial Manager Bell", "locationId": 7,
                 "witnesses": [{"name": "Wilma Witness"}, {"name": " "}]},
               "involvedStaff": [{"name": "Otto Officer", "email": "otto@example.org", "staffId": 1, "username": "OOFFICER_GEN",
                  "verified": true}, {"email": "nobody@example.org"}, {"username": "PPERSON_GEN"}],
               "reasonsForUseOfForce": {"reasons": ["FIGHT_BETWEEN_PRISONERS", "VERBAL_THREAT"],
                 "primaryReason": "FIGHT_BETWEEN_PRISONERS"},
               "useOfForceDetails": {"bodyWornCamera": "YES", "bodyWornCameraNumbers": [{"cameraNum": "BWC-17"}, {}],
                 "batonDrawnAgainstPrisoner": true, "batonUsed": false, "pavaDrawnAgainstPrisoner": "NO", "pavaUsed": "no",
                 "taserDrawn": false, "handcuffsApplied": true, "weaponsObserved": "YES",
                 "weaponTypes": [{"weaponType": "A sharpened toothbrush"}]},
               "evidence": {"baggedEvidence": true, "photographsTaken": true, "cctvRecording": "NOT_KNOWN",
                 "evidenceTagAndDescription": [{"evidenceTagReference": "M0012345", "description": "A sharpened toothbrush"},
                   {"evidenceTagReference": "", "description": null}, {"description": "A torn shirt"},
                   {"evidenceTagReference": "M0012346"}]},
               "relocationAndInjuries": {"prisonerInjuries": true, "f213CompletedBy": "Nora Nurse", "prisonerHospitalisation": false,
                 "staffMedicalAttention": true, "staffNeedingMedicalAttention": [{"name": "Otto Officer", "hospitalisation": true},
                   {"hospitalisation": true}]}},
             "statements": [
               {"id": 1, "report_id": 4711, "user_id": "OOFFICER_GEN", "name": "Otto Officer", "email": "otto@example.org",
                "statement": "I saw two men fight.", "statement_status": "SUBMITTED", "submitted_date": "2026-07-01T15:00:00",
                "statement_amendments": [{"additional_comment": "It was on the landing.", "date_submitted": "2026-07-02T08:00:00"},
                  {"additional_comment": ""}]},
               {"id": 2, "statement_status": "PENDING", "deleted": false},
               {"id": 3, "statement_status": "SUBMITTED", "deleted": "2026-07-01T16:00:00Z"}]}
            """;

    @Test
    void everythingThatIsUsedIsRead() {
        UseOfForceReport report = read(WHOLE);

        assertThat(report.id()).isEqualTo("4711");
        assertThat(report.prison()).isEqualTo("LEI");
        assertThat(report.prisonerNumber()).isEqualTo("A1234BC");
        assertThat(report.occurredAt().instant()).hasToString("2026-07-01T09:00:00Z");
        assertThat(report.submittedAt().instant()).hasToString("2026-07-01T13:00:00Z");
        assertThat(report.updatedAt().instant()).hasToString("2026-07-02T09:00:00Z");
        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.counts()).isTrue();
        assertThat(report.reporter()).isEqualTo("Ada Reporter");
        assertThat(report.reasons()).containsExactly("FIGHT_BETWEEN_PRISONERS", "VERBAL_THREAT");
        assertThat(report.primaryReason()).isEqualTo("FIGHT_BETWEEN_PRISONERS");
        assertThat(report.planned()).isEqualTo(Answer.YES);
        assertThat(report.authorisedBy()).isEqualTo("Custodial Manager Bell");
        assertThat(report.staff())
                .containsExactly(new StaffMember("Otto Officer", "OOFFICER_GEN"), new StaffMember(null, "PPERSON_GEN"));
        assertThat(report.witnesses()).containsExactly("Wilma Witness");
        assertThat(report.evidence())
                .isEqualTo(new UseOfForceReport.Evidence(
                        Answer.YES,
                        List.of(
                                new Tag("M0012345", "A sharpened toothbrush"),
                                new Tag(null, "A torn shirt"),
                                new Tag("M0012346", null)),
                        Answer.YES,
                        Answer.NOT_KNOWN,
                        Answer.YES,
                        List.of("BWC-17")));
        assertThat(report.means())
                .isEqualTo(new UseOfForceReport.Means(
                        Answer.YES,
                        Answer.NO,
                        Answer.NO,
                        Answer.NO,
                        Answer.NO,
                        Answer.YES,
                        Answer.YES,
                        List.of("A sharpened toothbrush")));
        assertThat(report.harm())
                .isEqualTo(new UseOfForceReport.Harm(
                        Answer.YES,
                        "Nora Nurse",
                        Answer.NO,
                        Answer.YES,
                        List.of(new Treated("Otto Officer", Answer.YES))));
        assertThat(report.statements()).extracting(Statement::id).containsExactly("1", "2");
        Statement first = report.statements().get(0);
        assertThat(first.author()).isEqualTo("Otto Officer");
        assertThat(first.status()).isEqualTo(StatementStatus.SUBMITTED);
        assertThat(first.text()).isEqualTo("I saw two men fight.");
        assertThat(first.amendments()).extracting(Amendment::text).containsExactly("It was on the landing.");
        assertThat(first.amendments().get(0).addedAt().instant()).hasToString("2026-07-02T07:00:00Z");
        assertThat(report.statements().get(1).text()).isNull();
        assertThat(report.toString()).doesNotContain("example.org");
    }

    @Test
    void aFormThatHasHardlyBegunIsRead() {
        UseOfForceReport report = read(bare(""));

        assertThat(report.status()).isEqualTo(Status.IN_PROGRESS);
        assertThat(report.counts()).isFalse();
        assertThat(report.reasons()).isEmpty();
        assertThat(report.primaryReason()).isNull();
        assertThat(report.planned()).isNull();
        assertThat(report.staff()).isEmpty();
        assertThat(report.evidence().cameras()).isEmpty();
        assertThat(report.harm().staffTreated()).isEmpty();
        assertThat(report.statements()).isEmpty();
        assertThat(read(bare(", \"form_response\": {}, \"statements\": null"))).isEqualTo(report);
    }

    @Test
    void anOlderFormIsReadWhereItHasItsAnswers() {
        UseOfForceReport report = read(
                bare(
                        """
                , "form_response": {"evidence": {"bodyWornCamera": "YES", "bodyWornCameraNumbers": [{"cameraNum": "9"}]},
                  "useOfForceDetails": {"batonDrawn": true, "pavaDrawn": false, "batonUsed": " "}}"""));

        assertThat(report.evidence().bodyWornCamera()).isEqualTo(Answer.YES);
        assertThat(report.evidence().cameras()).containsExactly("9");
        assertThat(report.means().batonDrawn()).isEqualTo(Answer.YES);
        assertThat(report.means().pavaDrawn()).isEqualTo(Answer.NO);
        assertThat(report.means().batonUsed()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "null, false", "'\"2026-07-01T10:00:00\"', true"})
    void deletedIsATruthValueOrATime(String deleted, boolean is) {
        UseOfForceReport report = read(WHOLE.replace("\"deleted\": null", "\"deleted\": " + deleted));

        assertThat(report.deleted()).isEqualTo(is);
        assertThat(report.counts()).isEqualTo(!is);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\": 4711|\"id\": null|schema-invalid|/id",
                "\"id\": 4711|\"id\": \"../../etc\"|schema-invalid|/id",
                "\"agency_id\": \"lei\"|\"agency_id\": \"LEEDS PRISON\"|invalid-prison-id|/agency_id",
                "\" a1234bc\"|\"A123\"|invalid-prisoner-number|/offender_no",
                "\"incident_date\": \"2026-07-01T10:00:00\"|\"incident_date\": \"yesterday\"|schema-invalid|/incident_date",
                "\"COMPLETE\"|\"FINISHED\"|unknown-code|/status",
                "\"deleted\": null|\"deleted\": \"perhaps\"|schema-invalid|/deleted",
                "\"plannedUseOfForce\": true|\"plannedUseOfForce\": \"MAYBE\"|unknown-code|"
                        + "/form_response/incidentDetails/plannedUseOfForce",
                "\"plannedUseOfForce\": true|\"plannedUseOfForce\": {}|schema-invalid|"
                        + "/form_response/incidentDetails/plannedUseOfForce",
                "[\"FIGHT_BETWEEN_PRISONERS\", \"VERBAL_THREAT\"]|[\"<script>\"]|unknown-code|"
                        + "/form_response/reasonsForUseOfForce/reasons",
                "[\"FIGHT_BETWEEN_PRISONERS\", \"VERBAL_THREAT\"]|[7]|schema-invalid|"
                        + "/form_response/reasonsForUseOfForce/reasons/0",
                "\"primaryReason\": \"FIGHT_BETWEEN_PRISONERS\"|\"primaryReason\": \"a fight\"|unknown-code|"
                        + "/form_response/reasonsForUseOfForce/primaryReason",
                "[{\"cameraNum\": \"BWC-17\"}, {}]|[{\"cameraNum\": 17}]|schema-invalid|"
                        + "/form_response/useOfForceDetails/bodyWornCameraNumbers/0/cameraNum",
                "[{\"cameraNum\": \"BWC-17\"}, {}]|{}|schema-invalid|"
                        + "/form_response/useOfForceDetails/bodyWornCameraNumbers",
                "\"PENDING\"|\"LOST\"|unknown-code|/statements/1/statement_status",
                "\"id\": 2|\"id\": []|schema-invalid|/statements/1/id"
            })
    void whatIsWrongIsNamed(String right, String wrong, String code, String where) {
        assertThat(WHOLE).contains(right);

        refused(WHOLE.replace(right, wrong)).isEqualTo(new Why(code, where));
    }

    @Test
    void moreThanPeopleWriteIsRefused() {
        refused(WHOLE.replace("Ada Reporter", "x".repeat(251))).isEqualTo(new Why("too-long", "/reporter_name"));
        refused(WHOLE.replace("I saw two men fight.", "x".repeat(100_001)))
                .isEqualTo(new Why("too-long", "/statements/0/statement"));
        refused(WHOLE.replace("[{\"cameraNum\": \"BWC-17\"}, {}]", "[" + "{},".repeat(200) + "{}]"))
                .isEqualTo(new Why("too-many", "/form_response/useOfForceDetails/bodyWornCameraNumbers"));
        String statement = "{\"id\": 2, \"statement_status\": \"PENDING\"}";
        refused(bare(", \"statements\": [" + (statement + ",").repeat(200) + statement + "]"))
                .isEqualTo(new Why("too-many", "/statements"));
        refused(WHOLE.replace(
                        "[\"FIGHT_BETWEEN_PRISONERS\", \"VERBAL_THREAT\"]", "[" + "\"A\",".repeat(200) + "\"A\"]"))
                .isEqualTo(new Why("too-many", "/form_response/reasonsForUseOfForce/reasons"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "\u0000", "{\"id\": 1} {\"id\": 2}", "7"})
    void whatIsNoReportIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Rejected.class);
    }

    @Test
    void onlyUtf8IsRead() {
        String accented = WHOLE.replace("Ada", "Adé");

        assertThat(read(accented).reporter()).isEqualTo("Adé Reporter");
        assertThatThrownBy(() -> UseOfForceReport.read(accented.getBytes(ISO_8859_1)))
                .hasMessage("not-utf-8 at /");
        assertThatThrownBy(() -> UseOfForceReport.read(accented.getBytes(UTF_16)))
                .hasMessage("not-utf-8 at /");
    }

    @Test
    void charactersThatCannotBeStoredAreReplacedAndCounted() {
        UseOfForceReport report = read(WHOLE.replace("two men", "two\\u0000men"));

        assertThat(report.statements().get(0).text()).isEqualTo("I saw two\uFFFDmen fight.");
        assertThat(report.replacedCharacters()).isOne();
    }

    @Property(tries = 300)
    void noBytesAreAnythingButAReportOrRefused(@ForAll byte[] bytes) {
        try {
            UseOfForceReport.read(bytes);
        } catch (Rejected refused) {
            assertThat(refused.where()).startsWith("/");
        }
    }

    @Test
    void reasonsAreSaidInWords() {
        assertThat(Reasons.words("FIGHT_BETWEEN_PRISONERS")).isEqualTo("prisoners fought");
        assertThat(Reasons.words("SOMETHING_NEW")).isEqualTo("SOMETHING_NEW");
        assertThat(Reasons.families("FIGHT_BETWEEN_PRISONERS")).containsExactly("ASSAULT");
        assertThat(Reasons.families("SOMETHING_NEW")).isEmpty();
        assertThat(CsvTable.rows("sallyport/useofforce/reasons.csv"))
                .extracting(row -> row.get("reason"))
                .contains(
                        "ASSAULT_ON_ANOTHER_PRISONER", "ASSAULT_ON_A_MEMBER_OF_STAFF", "TO_PREVENT_DAMAGE_TO_PROPERTY");
    }

    @Test
    void aTableOfReasonsThatDoesNotFitStopsTheStart() {
        Map<String, String> row = Map.of("reason", "A", "words", "a", "families", "ASSAULT");

        assertThatThrownBy(() -> Reasons.read(List.of(row, row))).hasMessageContaining("twice");
        assertThatThrownBy(() -> Reasons.read(List.of(Map.of("reason", "A", "words", "a", "families", "NONE"))))
                .hasMessageContaining("families.csv");
        assertThatThrownBy(() -> Reasons.read(List.of(Map.of("reason", "A")))).hasMessageContaining("needs");
        assertThatThrownBy(() -> Reasons.read(List.of(Map.of("words", "a")))).hasMessageContaining("needs");
    }

    private record Why(String code, String where) {}

    private static ObjectAssert<Why> refused(String text) {
        try {
            read(text);
        } catch (Rejected rejected) {
            return assertThat(new Why(rejected.code(), rejected.where()));
        }
        throw new AssertionError("it was read");
    }

    private static UseOfForceReport read(String text) {
        return UseOfForceReport.read(text.getBytes(UTF_8));
    }

    private static String bare(String more) {
        return """
                {"id": "5", "agency_id": "LEI", "offender_no": "A1234BC", "incident_date": "2026-07-01T10:00:00",
                 "status": "IN_PROGRESS"%s}
                """
                .formatted(more);
    }
}
