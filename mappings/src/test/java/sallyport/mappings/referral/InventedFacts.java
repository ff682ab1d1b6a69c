package sallyport.mappings.referral;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.casenote.SingleNote;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.triage.ProposedOffence;
import sallyport.mappings.triage.Reason;
import sallyport.mappings.triage.Verdict;

/** What the prison's systems say about an incident that never happened. */
final class InventedFacts {

    static final String REPORT =
            """
            {"id":"0198A5C6-7b1a-7c3e-9d2f-000000000001","reportReference":"60000001","type":"ASSAULT_5",
             "incidentDateAndTime":"2026-08-03T09:40:00","location":"MDI","title":"Assault on the landing",
             "description":"Invented: an officer was struck.","descriptionAddendums":[],
             "reportedBy":"QTEST1","reportedAt":"2026-08-03T10:05:11.123456","status":"AWAITING_REVIEW",
             "createdAt":"2026-08-03T10:05:11.123456","modifiedAt":"2026-08-03T11:15:31","modifiedBy":"QTEST1",
             "createdInNomis":false,"lastModifiedInNomis":false,"duplicatedReportId":null,"latestUserAction":null,
             "questions":[%s],"history":[],"historyOfStatuses":[],"incidentTypeHistory":[],
             "staffInvolved":[{"sequence":0,"staffUsername":"QTEST2","firstName":"Fio","lastName":"Ficta","staffRole":"VICTIM","comment":null}],
             "prisonersInvolved":[%s],"correctionRequests":[],"staffInvolvementDone":true,"prisonerInvolvementDone":true,
             "nomisType":null,"nomisStatus":null}""";

    private static final List<String> QUESTIONS = List.of(
            question("61284", "What was the location of the incident?", response("213076", "Cell", "A-1-002")),
            question("61298", "Was a serious injury sustained?", response("213159", "Yes", null)),
            question("61299", "Which serious injuries were sustained?", response("213161", "Fracture", "wrist")),
            question(
                    "61310",
                    "What is the source of the footage?",
                    response("213207", "Body worn video camera", "camera 12") + ","
                            + response("213208", "CCTV", null)));

    private static final List<String> PEOPLE = List.of(
            person("A1234BC", "ASSAILANT"), person("B2345CD", "PRESENT_AT_SCENE"), person("not-known", "VICTIM"));

    private static final String KNOWN =
            """
            [{"prisonerNumber":"A1234BC","firstName":"TESTPERSON","lastName":"ARBOR","dateOfBirth":"1990-01-02",
              "pncNumber":"79/163001B","croNumber":"123456/08X","status":"ACTIVE IN","prisonId":"MDI","cellLocation":"A-1-002",
              "legalStatus":"SENTENCED","conditionalReleaseDate":"2027-01-02","homeDetentionCurfewActualDate":"2026-12-20","recall":false,
              "aliases":[{"firstName":"PROBE","lastName":"AHORN"},{"dateOfBirth":"1990-02-01"},{"gender":"Male"},{"firstName":"PROBE","lastName":"AHORN","title":"Mr"}],
              "identifiers":[{"type":"PNC","value":"79/163001B"},{"type":"PNC","value":" 2001/1111111X"},{"type":"PNC","value":" "},{"type":"NINO","value":"QQ123456C"},{"type":"CRO","value":"99/1"},{"type":"CRO","value":"123456/08X"}],
              "languages":[{"type":"SPEAK","code":"WEL","interpreterRequested":true},{"type":"PREF_SPEAK","code":"POL","interpreterRequested":true},{"type":"READ","code":"FRE"}]},
             {"prisonerNumber":"B2345CD","firstName":"EXEMPLAR","lastName":"BIRKE","dateOfBirth":"1991-01-02",
              "pncNumberCanonicalLong":"1979/0163001X","status":"ACTIVE IN","prisonId":"MDI",
              "aliases":[{"firstName":"BEECH"}],"identifiers":[{"type":"PNC","value":"2001/1111111X"}]}]""";

    private static final List<Prisoner> PRISONERS = Prisoner.readAll(bytes(KNOWN));

    private static final List<Adjudication> ADJUDICATIONS = Adjudication.readAll(
            bytes("[" + adjudication("MDI-000169", "A1234BC") + "," + adjudication("MDI-000170", "B2345CD") + "]"));

    private InventedFacts() {}

    static Facts staffAssault() {
        return facts(QUESTIONS, PEOPLE, PRISONERS, ADJUDICATIONS);
    }

    static Facts staffAssault(List<Fact> answers) {
        return answered(staffAssault(), answers);
    }

    static Facts answered(Facts facts, List<Fact> answers) {
        return with(
                facts,
                answers,
                facts.documents(),
                IntelligenceFlag.of(Fact.flag(answers, ReadinessItem.INTELLIGENCE_FLAG, "available"), List.of()),
                Fact.flag(answers, ReadinessItem.TERRORISM_CONNECTION, "connected"));
    }

    static Facts withDocuments(Facts facts, List<ReferralPackage.Document> documents) {
        return with(facts, facts.answers(), documents, facts.intelligence(), facts.terrorismConnected());
    }

    private static Facts with(
            Facts facts,
            List<Fact> answers,
            List<ReferralPackage.Document> documents,
            ReferralPackage.@Nullable Intelligence intelligence,
            @Nullable Boolean terrorismConnected) {
        return new Facts(
                facts.caseReference(),
                facts.version(),
                facts.kind(),
                facts.marking(),
                facts.force(),
                facts.prisonName(),
                facts.incident(),
                facts.incidentSource(),
                facts.verdict(),
                facts.prisoners(),
                facts.adjudications(),
                facts.caseNotes(),
                facts.otherSources(),
                answers,
                documents,
                intelligence,
                terrorismConnected,
                facts.previous(),
                facts.builtAt(),
                facts.useOfForce(),
                facts.series(),
                facts.linkedCharges(),
                facts.unreadCharges());
    }

    /** With this change to the charge against the suspect. */
    static Facts withCharge(UnaryOperator<String> change) {
        return facts(
                QUESTIONS,
                PEOPLE,
                PRISONERS,
                Adjudication.readAll(bytes("[" + change.apply(adjudication("MDI-000169", "A1234BC")) + "]")));
    }

    static Facts ofSeries(List<Series> series) {
        return staffAssault().withSeries(series);
    }

    static Facts withConfirmedRelease(String date) {
        String confirmed =
                KNOWN.replace("\"recall\":false", "\"recall\":false,\"confirmedReleaseDate\":\"" + date + "\"");
        return facts(QUESTIONS, PEOPLE, Prisoner.readAll(bytes(confirmed)), ADJUDICATIONS);
    }

    /** After prisoner search has changed its mind about something of the suspect. */
    static Facts withSuspectKnownAs(UnaryOperator<String> change) {
        return facts(QUESTIONS, PEOPLE, Prisoner.readAll(bytes(change.apply(KNOWN))), ADJUDICATIONS);
    }

    /** The suspect's note on two pages, the second time as it was after somebody added to it. */
    static Facts withANoteOnTwoPages(boolean fullerFirst) {
        String plain = caseNote("A1234BC");
        String fuller = plain.replace(
                "\"amendments\":[]",
                """
                "amendments":[{"authorUserName":"QTEST1","authorName":"Inka Vented","additionalNoteText":"A word more."}]""");
        return withNotes(staffAssault(), fullerFirst ? List.of(fuller, plain, plain) : List.of(plain, fuller, plain));
    }

    /** A note of one of the people in the report, or of somebody else, that a person asked for. */
    static RequestedNote requested(String number, Justification why, String... additions) {
        String note = caseNote(number)
                .replace(
                        "\"amendments\":[]",
                        "\"amendments\":["
                                + Stream.of(additions)
                                        .map(words ->
                                                """
                                                {"authorUserName":"QTEST1","authorName":"Inka Vented","additionalNoteText":"%s"}"""
                                                        .formatted(words))
                                        .collect(Collectors.joining(","))
                                + "]");
        return new RequestedNote(SingleNote.read(bytes(note)).note(), why);
    }

    private static Facts withNotes(Facts facts, List<String> notes) {
        return new Facts(
                facts.caseReference(),
                facts.version(),
                facts.kind(),
                facts.marking(),
                facts.force(),
                facts.prisonName(),
                facts.incident(),
                facts.incidentSource(),
                facts.verdict(),
                facts.prisoners(),
                facts.adjudications(),
                CaseNotePage.read(bytes(
                                """
                        {"content":[%s],"metadata":{"totalElements":2,"page":1,"size":10},"hasCaseNotes":true}"""
                                        .formatted(String.join(",", notes))))
                        .content(),
                facts.otherSources(),
                facts.answers(),
                facts.documents(),
                facts.intelligence(),
                facts.terrorismConnected(),
                facts.previous(),
                facts.builtAt());
    }

    /** The same facts in another order. */
    static Facts shuffled(long seed) {
        return facts(
                shuffle(QUESTIONS, seed),
                shuffle(PEOPLE, seed),
                shuffle(PRISONERS, seed),
                shuffle(ADJUDICATIONS, seed));
    }

    /** After a change of type: nobody in it, nothing answered. */
    static Facts emptied() {
        return facts(List.of(), List.of(), PRISONERS, ADJUDICATIONS);
    }

    private static Facts facts(
            List<String> questions, List<String> people, List<Prisoner> prisoners, List<Adjudication> charges) {
        IncidentReport report =
                IncidentReport.read(bytes(REPORT.formatted(String.join(",", questions), String.join(",", people))));
        return new Facts(
                new CaseReference("SP-2026-000123"),
                1,
                ReferralPackage.Kind.INITIAL,
                ReferralPackage.Marking.OFFICIAL_SENSITIVE,
                new ForceCode("14"),
                null,
                report,
                new SourceVersion("incident-reporting", report.id(), 3, "a".repeat(64)),
                new Verdict(
                        Verdict.Kind.MANDATORY,
                        false,
                        false,
                        "rules-1 (abcdef)",
                        List.of(
                                new Reason(
                                        "A7-1",
                                        "STAFF_ASSAULT",
                                        "61288",
                                        "WERE ANY STAFF ASSAULTED",
                                        "213120",
                                        "YES",
                                        "Staff were assaulted."),
                                new Reason("family-ASSAULT", "", "", "", "", "", "An assault.")),
                        List.of("SERIOUS_INJURY", "STAFF_ASSAULT"),
                        List.of(),
                        List.of(new ProposedOffence(new OffenceCode("CJ88160"), "A7-1"))),
                prisoners,
                charges,
                CaseNotePage.read(bytes(
                                """
                        {"content":[%s,%s],"metadata":{"totalElements":2,"page":1,"size":10},"hasCaseNotes":true}"""
                                        .formatted(caseNote("A1234BC"), caseNote("B2345CD"))))
                        .content(),
                List.of(new SourceVersion("prisoner-search", "A1234BC", 1, "b".repeat(64))),
                List.of(InventedAnswers.victimStatement()),
                List.of(),
                null,
                null,
                null,
                InventedPackages.BUILT_AT);
    }

    private static String question(String code, String label, String responses) {
        return """
                {"code":"%s","question":"%s","label":"%s","sequence":0,"responses":[%s],"additionalInformation":null}"""
                .formatted(code, label, label, responses);
    }

    private static String response(String code, String label, String comment) {
        return """
                {"code":"%s","response":"%s","label":"%s","sequence":0,"responseDate":null,"additionalInformation":%s,
                 "recordedBy":"QTEST1","recordedAt":"2026-08-03T10:20:00"}"""
                .formatted(code, label, label, comment == null ? "null" : "\"" + comment + "\"");
    }

    private static String person(String number, String role) {
        return """
                {"sequence":0,"prisonerNumber":"%s","firstName":"As","lastName":"Reported","prisonerRole":"%s","outcome":null,"comment":null}"""
                .formatted(number, role);
    }

    private static String caseNote(String number) {
        return """
                {"caseNoteId":"note-%s","offenderIdentifier":"%s","type":"OBSERVE","typeDescription":"Observations","subType":"THREAT_ST",
                 "subTypeDescription":"Threats to Staff","source":"OCNS","creationDateTime":"2026-08-01T10:02:11.123",
                 "occurrenceDateTime":"2026-08-01T09:45:00","authorName":"Inka Vented","authorUserId":"1","authorUsername":"QTEST1",
                 "text":"Made threats.","sensitive":false,"amendments":[],"systemGenerated":false}"""
                .formatted(number, number);
    }

    private static String adjudication(String charge, String number) {
        return """
                {"chargeNumber":"%s","prisonerNumber":"%s","gender":"MALE","isYouthOffender":false,
                 "incidentDetails":{"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-0000000000aa","dateTimeOfIncident":"2026-08-03T09:40:00",
                   "dateTimeOfDiscovery":"2026-08-03T09:40:00","handoverDeadline":"2026-08-05T09:40:00"},
                 "incidentRole":{},
                 "offenceDetails":{"offenceCode":1002,"offenceRule":{"paragraphNumber":"1","paragraphDescription":"Commits any assault"},
                   "protectedCharacteristics":[]},
                 "incidentStatement":{"statement":"Struck an officer."},"createdByUserId":"QTEST1","createdDateTime":"2026-08-03T11:00:00",
                 "status":"REFER_POLICE","damages":[],"witnesses":[],"hearings":[],"disIssueHistory":[],"punishments":[],"punishmentComments":[],
                 "evidence":[{"code":"CCTV","identifier":"CAM-7","details":"Landing camera","reporter":"QTEST1"},
                   {"code":"BAGGED_AND_TAGGED","identifier":"SEAL-77","details":"A broken mop handle","reporter":"QTEST1"}],
                 "outcomes":[{"outcome":{"outcome":{"code":"REFER_POLICE","canRemove":true}}}],
                 "outcomeEnteredInNomis":false,"originatingAgencyId":"MDI","linkedChargeNumbers":[],"canActionFromHistory":false}"""
                .formatted(charge, number);
    }

    private static <T> List<T> shuffle(List<T> list, long seed) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
