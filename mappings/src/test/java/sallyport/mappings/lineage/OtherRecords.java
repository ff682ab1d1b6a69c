package sallyport.mappings.lineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.contract.ValidPayloads;
import sallyport.mappings.referral.Series;

/** Cases with records that no contract draws: use of force reports, notes that a person asked for, and what led to signals. */
final class OtherRecords {

    /** As the service writes them now, with what must not be taken for a part of the package. */
    static final String USE_OF_FORCE =
            """
            {"id": 4711, "agency_id": "MDI", "offender_no": " a1234bc", "incident_date": "2026-08-03T09:45:00",
             "submitted_date": "2026-08-03T12:00:00", "status": "SUBMITTED", "reporter_name": "Ada Reporter",
             "form_response": {
               "incidentDetails": {"plannedUseOfForce": false, "authorisedBy": " Custodial Manager Bell",
                 "witnesses": [{"name": " "}, {"name": "Wilma Witness"}]},
               "involvedStaff": [{"email": "nobody@example.org"}, {"name": "Otto Officer", "username": "OOFFICER_GEN"}, {"username": "PPERSON_GEN"}],
               "reasonsForUseOfForce": {"reasons": ["ASSAULT_ON_A_MEMBER_OF_STAFF", "VERBAL_THREAT"], "primaryReason": "VERBAL_THREAT"},
               "useOfForceDetails": {"bodyWornCamera": "YES", "bodyWornCameraNumbers": [{}, {"cameraNum": "BWC-17"}, {"cameraNum": "BWC-18"}],
                 "batonDrawnAgainstPrisoner": true, "batonUsed": "NO", "pavaDrawnAgainstPrisoner": true, "pavaUsed": true, "taserDrawn": true,
                 "handcuffsApplied": "not_known", "weaponTypes": [{"weaponType": "A mop handle"}]},
               "evidence": {"photographsTaken": true, "cctvRecording": "YES",
                 "evidenceTagAndDescription": [{"description": " "}, {"evidenceTagReference": "M0012345", "description": "A mop handle"},
                   {"evidenceTagReference": "M0012346"}, {"description": "A torn shirt"}]},
               "relocationAndInjuries": {"prisonerInjuries": "NOT_KNOWN", "f213CompletedBy": "Nora Nurse", "prisonerHospitalisation": true,
                 "staffNeedingMedicalAttention": [{"name": "Otto Officer", "hospitalisation": false}]}},
             "statements": [
               {"id": 9, "statement_status": "PENDING", "deleted": "2026-08-03T16:00:00Z"},
               {"id": 3, "name": "Not There", "statement_status": "REMOVAL_REQUESTED"},
               {"id": 1, "name": "Otto Officer", "statement": "He struck me.", "statement_status": "SUBMITTED", "deleted": false,
                "submitted_date": "2026-08-03T15:00:00",
                "statement_amendments": [{"additional_comment": "Twice."}, {"additional_comment": " "}, {"additional_comment": null}]},
               {"id": 2, "statement_status": "PENDING"}]}
            """;

    /** As it wrote them before. */
    static final String OLDER_USE_OF_FORCE =
            """
            {"id": "4712", "agency_id": "MDI", "offender_no": "B2345CD", "incident_date": "2026-10-25T01:46:00", "status": "COMPLETE",
             "form_response": {
               "useOfForceDetails": {"batonDrawn": "YES", "batonUsed": true, "pavaDrawn": true, "handcuffsApplied": true},
               "evidence": {"bodyWornCameraNumbers": [{"cameraNum": "BWC-19"}], "cctvRecording": true, "photographsTaken": "NO"},
               "relocationAndInjuries": {"prisonerInjuries": true}}}
            """;

    private static final String CHARGE =
            """
            {"chargeNumber":"%s","prisonerNumber":"%s","gender":"MALE",
              "incidentDetails":{"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"%s",
                "dateTimeOfDiscovery":"2026-08-03T09:45:00","handoverDeadline":"2026-08-05T09:45:00"},
              "isYouthOffender":false,"incidentRole":{},
              "offenceDetails":{"offenceCode":1002,"offenceRule":{"paragraphNumber":"1","paragraphDescription":"Invented"}},
              "incidentStatement":{"statement":"Invented."},"createdByUserId":"QTEST1","createdDateTime":"2026-08-03T10:00:00",
              "status":"%s","damages":[],"evidence":[],"witnesses":[],"hearings":[],"outcomes":[],
              "originatingAgencyId":"MDI","linkedChargeNumbers":[]}""";

    private static final String RICH =
            """
            {"chargeNumber":"MDI-2","prisonerNumber":"A1234BC","gender":"MALE",
              "incidentDetails":{"locationName":"Workshop 2","locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a",
                "dateTimeOfIncident":"2026-08-03T09:41:00","dateTimeOfDiscovery":"2026-08-03T09:45:00",
                "handoverDeadline":"2026-08-05T09:45:00"},
              "isYouthOffender":false,"incidentRole":{"roleCode":"25b","associatedPrisonersNumber":"D4567EF"},
              "offenceDetails":{"offenceCode":1002,"offenceRule":{"paragraphNumber":"1","paragraphDescription":"Commits<br/>any  assault"},
                "victimPrisonersNumber":"B2345CD","victimStaffUsername":"QTEST2","victimOtherPersonsName":"A Visitor",
                "protectedCharacteristics":["RACE"]},
              "incidentStatement":{"statement":"He struck them."},"createdByUserId":"QTEST1","createdDateTime":"2026-08-03T09:50:00",
              "status":"REFER_POLICE","damages":[{"code":"LOCK_REPAIR","details":"lock","reporter":"QTEST1","repairCost":12.5}],
              "evidence":[],"witnesses":[
                {"code":"PRISONER","firstName":"Fio","lastName":"Ficta","reporter":"QTEST1"},
                {"code":"STAFF","firstName":"Fio","lastName":"Ficta","reporter":"QTEST1","comment":"from the door"},
                {"code":"OFFICER","firstName":"Otto","lastName":"Officer","reporter":"QTEST1"}],
              "hearings":[],"outcomes":[],"originatingAgencyId":"MDI","linkedChargeNumbers":[]}""";

    /** Numbers of nobody. */
    private static final String MISTYPED = charge("MDI-4", "none of ours", "2026-08-03T09:40:00", "REFER_POLICE")
            .replace("\"incidentRole\":{}", "\"incidentRole\":{\"associatedPrisonersNumber\":\"X 1\"}")
            .replace("\"offenceCode\"", "\"victimPrisonersNumber\":\"X 2\",\"offenceCode\"");

    private static final String NOTE =
            """
            {"caseNoteId":"%s","offenderIdentifier":"%s","type":"CVM","typeDescription":"T","subType":"ANY",
              "subTypeDescription":"S","creationDateTime":"2026-08-03T10:00:00","occurrenceDateTime":"2026-08-03T11:00:00",
              "authorName":"A","authorUserId":"1","authorUsername":"QTEST1","text":"Invented.","sensitive":%s,
              "amendments":[{"authorUserName":"QTEST1","authorName":"A","additionalNoteText":"And more."}],
              "systemGenerated":false}""";

    private OtherRecords() {}

    static List<TracedCase> all() {
        return List.of(
                useOfForce(),
                unnumberedCamera("useOfForceDetails"),
                unnumberedCamera("evidence"),
                requestedNotes(),
                signals(),
                series(),
                charge(),
                charges(),
                suspectsCharge());
    }

    /** Two reports of one matter. */
    static TracedCase useOfForce() {
        return new TracedCase(report()).useOfForce(OLDER_USE_OF_FORCE).useOfForce(USE_OF_FORCE);
    }

    /** @param part of the form that asks for it */
    static TracedCase unnumberedCamera(String part) {
        return new TracedCase(report())
                .useOfForce(
                        """
                        {"id": "9", "agency_id": "MDI", "offender_no": "A1234BC", "incident_date": "2026-08-03T09:45:00", "status": "COMPLETE",
                         "form_response": {"%s": {"bodyWornCamera": "yes"}}}
                        """
                                .formatted(part));
    }

    /** Beside a page of those that the rules fetch. */
    static TracedCase requestedNotes() {
        return new TracedCase(report())
                .notes(page(note("n-1", "A1234BC", false)))
                .requested(bytes(note("n-2", "B2345CD", true)), Justification.VICTIM_ACCOUNT)
                .requested(bytes(note("n-3", "B2345CD", false)), Justification.BACKGROUND);
    }

    /** A charge and a note about people whose part is open, a charge against a suspect that came to nothing, and such as say nothing. */
    static TracedCase signals() {
        return new TracedCase(report())
                .adjudications(bytes("["
                        + String.join(
                                ",",
                                charge("MDI-1", "C3456DE", "2026-08-01T09:40:00", "SCHEDULED"),
                                charge("MDI-2", "C3456DE", "2026-08-03T09:40:00", "SCHEDULED"),
                                charge("MDI-3", "A1234BC", "2026-08-03T09:40:00", "DISMISSED"))
                        + "]"))
                .notes(page(note("n-1", "C3456DE", true) + "," + note("n-2", "C3456DE", false)));
    }

    static TracedCase series() {
        return new TracedCase(report())
                .series(
                        new Series("SAME_SUSPECT", "A1234BC", "P12M", List.of("SP-2026-000007", "SP-2026-000009")),
                        new Series("SAME_PLACE", null, "P28D", List.of("SP-2026-000009", "SP-2026-000011")));
    }

    /** Opened by one charge, as short as a charge can be. */
    static TracedCase charge() {
        return new TracedCase(List.of(bytes(charge("MDI-1", "A1234BC", "2026-08-03T09:40:00", "REFER_POLICE"))));
    }

    /** A charge against the suspect with everything in it that a package takes. */
    static TracedCase suspectsCharge() {
        String whole = charge("MDI-9", "A1234BC", "2026-08-03T09:40:00", "REFER_POLICE")
                .replace(
                        "\"evidence\":[]",
                        """
                        "evidence":[{"code":"BAGGED_AND_TAGGED","identifier":"SEAL-77","details":"A broken mop handle","reporter":"QTEST1"},
                          {"code":"CCTV","identifier":"CAM-7","details":"Landing camera","reporter":"QTEST1"}]""")
                .replace(
                        "\"witnesses\":[]",
                        """
                        "witnesses":[{"code":"OFFICER","firstName":"Mira","lastName":"Muster","reporter":"QTEST1","comment":"Saw it."}]""")
                .replace(
                        "\"damages\":[]",
                        """
                        "damages":[{"code":"LOCK_REPAIR","details":"The lock","reporter":"QTEST1","repairCost":12.50}]""")
                .replace(
                        "\"hearings\":[]",
                        """
                        "hearings":[{"id":1,"dateTimeOfHearing":"2026-10-25T01:30:00","oicHearingType":"GOV_ADULT","agencyId":"MDI",
                          "outcome":{"adjudicator":"A Governor","code":"REFER_POLICE"}}]""")
                .replace(
                        "\"outcomes\":[]",
                        """
                        "outcomes":[{"outcome":{"outcome":{"code":"REFER_POLICE","canRemove":true},
                          "referralOutcome":{"code":"PROSECUTION","canRemove":true}}}]""");
        return new TracedCase(report()).adjudications(bytes("[" + whole + "]"));
    }

    /** By several of one matter, with all that a charge can name; prisoner search knows one of the people. */
    static TracedCase charges() {
        String page =
                "[" + String.join(",", RICH, charge("MDI-3", "C3456DE", "2026-08-03T09:40:00", "PROSECUTION")) + "]";
        return new TracedCase(List.of(
                        bytes(RICH),
                        bytes(charge("MDI-3", "C3456DE", "2026-08-03T09:40:00", "PROSECUTION")),
                        bytes(MISTYPED)))
                .adjudications(bytes(page))
                .prisoners(bytes("[{\"prisonerNumber\":\"A1234BC\",\"firstName\":\"TEST\",\"lastName\":\"ARBOR\"}]"))
                .series(new Series("SAME_SUSPECT", "A1234BC", "P12M", List.of("SP-2026-000007")));
    }

    private static byte[] report() {
        ObjectNode report = LineageMappingTest.report();
        ArrayNode people = report.putArray("prisonersInvolved");
        people.add(LineageMappingTest.person("B2345CD", "VICTIM", null));
        people.add(LineageMappingTest.person("A1234BC", "ASSAILANT", null));
        people.add(LineageMappingTest.person("C3456DE", "ACTIVE_INVOLVEMENT", null));
        return ValidPayloads.bytes(report);
    }

    static String charge(String number, String prisoner, String at, String status) {
        return CHARGE.formatted(number, prisoner, at, status);
    }

    private static String note(String id, String prisoner, boolean sensitive) {
        return NOTE.formatted(id, prisoner, sensitive);
    }

    private static byte[] page(String notes) {
        return bytes("{\"content\":[" + notes
                + "],\"metadata\":{\"totalElements\":2,\"page\":1,\"size\":10},\"hasCaseNotes\":true}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
