package sallyport.mappings.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.AdjudicationStatus;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects.Part;
import sallyport.mappings.triage.Verdict.Kind;

class SignalsTest {

    private static final Instant AT = Instant.parse("2026-08-03T08:40:00Z");
    private static final String CHARGE =
            """
            [{"chargeNumber":"MDI-000169","prisonerNumber":"%s","gender":"MALE",
              "incidentDetails":{"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"%s",
                "dateTimeOfDiscovery":"2026-08-03T09:45:00","handoverDeadline":"2026-08-05T09:45:00"},
              "isYouthOffender":%s,"incidentRole":{},
              "offenceDetails":{"offenceCode":1002,"offenceRule":{"paragraphNumber":"%s","paragraphDescription":"Invented"}},
              "incidentStatement":{"statement":"Invented."},"createdByUserId":"QTEST1","createdDateTime":"2026-08-03T10:00:00",
              "status":"%s","damages":[],"evidence":[],"witnesses":[],"hearings":[],"outcomes":[],
              "originatingAgencyId":"%s","linkedChargeNumbers":[]}]
            """;
    private static final String NOTE =
            """
            {"content":[{"caseNoteId":"n-1","offenderIdentifier":"%s","type":"%s","typeDescription":"T","subType":"%s",
              "subTypeDescription":"S","creationDateTime":"2026-08-03T10:00:00","occurrenceDateTime":"%s","authorName":"A",
              "authorUserId":"1","authorUsername":"QTEST1","text":"Invented.","sensitive":false,"amendments":[],
              "systemGenerated":%s}],"metadata":{"totalElements":1,"page":1,"size":10},"hasCaseNotes":true}
            """;

    @Test
    void aChargeOfTheSameHourSupportsWhereTheRoleDoesNotSay() {
        Signal signal = single(of(assault(Part.INVOLVED), charge("1", "UNSCHEDULED")));

        assertThat(signal.id()).isEqualTo("SIGNAL-ASSAULT-FOR");
        assertThat(signal.prisonerNumber()).isEqualTo("A1234BC");
        assertThat(signal.record()).isEqualTo("MDI-000169");
        assertThat(signal.supports()).isTrue();
        assertThat(signal.raises()).isTrue();
        assertThat(signal.explanation())
                .isEqualTo(
                        "Somebody whose part the report leaves open has a charge of assault (paragraph 1) of the same"
                                + " hour: this supports that they are suspected")
                .doesNotContain("A1234BC", "MDI-000169");
    }

    @ParameterizedTest
    @CsvSource({
        "INVOLVED, SUSPECT, true",
        "INVOLVED, VICTIM, true",
        "VICTIM, WITNESS, true",
        "WITNESS, VICTIM, true",
        "VICTIM, SUSPECT, false",
        "WITNESS, SUSPECT, false",
        "SUBJECT, WITNESS, false",
        "SUSPECT, VICTIM, false"
    })
    void isWeighedWhereTheReportLeavesItOpen(Part theirs, Part another, boolean open) {
        Matter matter = new Matter("ASSAULT", "MDI", AT, Map.of("A1234BC", theirs, "B2345CD", another));

        assertThat(of(matter, charge("1", "CHARGE_PROVED"))).hasSize(open ? 1 : 0);
        assertThat(matter.open().contains("A1234BC")).isEqualTo(open);
    }

    @ParameterizedTest
    @EnumSource(
            value = AdjudicationStatus.class,
            names = {"DISMISSED", "NOT_PROCEED", "QUASHED", "REJECTED"})
    void aChargeThatCameToNothingSpeaksAgainstASuspectAndForNobody(AdjudicationStatus status) {
        Signal against = single(of(assault(Part.SUSPECT), charge("1(a)", status.name())));

        assertThat(against.id()).isEqualTo("SIGNAL-AGGRAVATED-ASSAULT-AGAINST");
        assertThat(against.supports()).isFalse();
        assertThat(against.raises()).isFalse();
        assertThat(of(assault(Part.INVOLVED), charge("1(a)", status.name()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-03T09:40:00, MDI, 1, false, A1234BC, 1",
        "2026-08-03T10:40:00, MDI, 1, false, A1234BC, 1",
        "2026-08-03T08:40:00, MDI, 1, false, A1234BC, 1",
        "2026-08-03T10:40:01, MDI, 1, false, A1234BC, 0",
        "2026-08-03T09:40:00, LEI, 1, false, A1234BC, 0",
        "2026-08-03T09:40:00, MDI, 12, false, A1234BC, 0",
        "2026-08-03T09:40:00, MDI, 1, true, A1234BC, 0",
        "2026-08-03T09:40:00, MDI, 1, false, C3456DE, 0"
    })
    void aChargeOfAnotherTimePlaceParagraphRuleOrPersonSaysNothing(
            String when, String prison, String paragraph, boolean young, String number, int signals) {
        assertThat(of(
                        assault(Part.INVOLVED),
                        charges(CHARGE.formatted(number, when, young, paragraph, "SCHEDULED", prison))))
                .hasSize(signals);
    }

    @Test
    void aParagraphGoesWithItsFamilies() {
        Matter find = new Matter("FIND", "MDI", AT, Map.of("A1234BC", Part.INVOLVED));

        assertThat(of(find, charge("1", "SCHEDULED"))).isEmpty();
        assertThat(of(find, charge("12", "SCHEDULED"))).extracting(Signal::id).containsExactly("SIGNAL-POSSESSES-FOR");
        assertThat(Signals.ofCharges("FIND")).isTrue();
        assertThat(Signals.ofCharges("SELF_HARM")).isFalse();
    }

    @Test
    void aChargeOfThreatsSupportsWhereAThreatMayBeWhatHappened() {
        for (String family : List.of("ASSAULT", "MISCELLANEOUS")) {
            Matter matter = new Matter(family, "MDI", AT, Map.of("A1234BC", Part.INVOLVED));

            assertThat(of(matter, charge("20", "SCHEDULED")))
                    .extracting(Signal::id)
                    .containsExactly("SIGNAL-THREATENS-FOR");
            assertThat(of(matter, charge("20(a)", "SCHEDULED")))
                    .extracting(Signal::id)
                    .containsExactly("SIGNAL-AGGRAVATED-THREAT-FOR");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OBSERVE, THREAT_ST, 2026-08-03T00:00:00, false, SIGNAL-THREAT-STAFF-FOR",
        "OBSERVE, THREAT_ST, 2026-08-04T23:59:59, false, SIGNAL-THREAT-STAFF-FOR",
        "OBSERVE, THREAT_ST, 2026-08-05T00:00:00, false, ",
        "OBSERVE, THREAT_ST, 2026-08-02T23:59:59, false, ",
        "OBSERVE, THREAT_ST, 2026-08-03T10:00:00, true, ",
        "OBSERVE, OBS_GEN, 2026-08-03T10:00:00, false, ",
        "CVM, CVMB, 2026-08-03T10:00:00, false, SIGNAL-VIOLENCE-MANAGEMENT-FOR",
        "NEG, BEHAVEWARN, 2026-08-03T10:00:00, false, SIGNAL-BEHAVIOUR-WARNING-FOR"
    })
    void aCaseNoteOfThatDayOrTheNextSupports(String type, String subType, String when, boolean system, String id) {
        List<CaseNote> notes = notes(NOTE.formatted("A1234BC", type, subType, when, system));

        assertThat(Signals.of(assault(Part.INVOLVED), List.of(), notes, List.of()))
                .extracting(Signal::id)
                .isEqualTo(id == null ? List.of() : List.of(id));
        assertThat(Signals.of(assault(Part.SUSPECT), List.of(), notes, List.of()))
                .isEmpty();
        assertThat(Signals.of(
                        new Matter("FIRE", "MDI", AT, Map.of("A1234BC", Part.INVOLVED)), List.of(), notes, List.of()))
                .isEmpty();
    }

    @Test
    void anAlertSupportsAndRaisesNothing() {
        var alerts = List.of(
                new Signals.Alert("A1234BC", "ROH"),
                new Signals.Alert("A1234BC", "XPOI"),
                new Signals.Alert("C3", "ROV"));

        Signal signal = single(Signals.of(assault(Part.INVOLVED), List.of(), List.of(), alerts));

        assertThat(signal.id()).isEqualTo("SIGNAL-HIGH-HARM-FOR");
        assertThat(signal.raises()).isFalse();
        assertThat(Signals.of(assault(Part.SUSPECT), List.of(), List.of(), alerts))
                .isEmpty();
        assertThat(Signals.of(
                        new Matter("FIND", "MDI", AT, Map.of("A1234BC", Part.INVOLVED)), List.of(), List.of(), alerts))
                .isEmpty();
        assertThat(Signals.weigh(verdict(Kind.NOT_REFERABLE), List.of(signal)).kind())
                .isEqualTo(Kind.NOT_REFERABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_REFERABLE, NEEDS_REVIEW",
        "NEEDS_REVIEW, NEEDS_REVIEW",
        "DISCRETIONARY, DISCRETIONARY",
        "MANDATORY, MANDATORY"
    })
    void sendsWhatWouldBeClearedToAPersonAndRefersNothing(Kind before, Kind after) {
        List<Signal> signals = of(assault(Part.INVOLVED), charge("1", "SCHEDULED"));

        Verdict weighed = Signals.weigh(verdict(before), signals);

        assertThat(weighed.kind()).isEqualTo(after);
        assertThat(weighed.reasons()).extracting(Reason::ruleId).containsExactly("R-1", "SIGNAL-ASSAULT-FOR");
        assertThat(weighed.ruleVersion()).matches("rules-1[+][0-9a-f]{8}");
        assertThat(weighed.explanationJson()).contains("SIGNAL-ASSAULT-FOR").doesNotContain("A1234BC", "MDI-000169");
        assertThat(weighed.immediate()).isFalse();
    }

    @Test
    void whatSpeaksAgainstRaisesNothingAndNothingSaysNothing() {
        Verdict cleared = verdict(Kind.NOT_REFERABLE);

        assertThat(Signals.weigh(cleared, List.of())).isSameAs(cleared);
        Verdict weighed = Signals.weigh(cleared, of(assault(Part.SUSPECT), charge("1", "DISMISSED")));
        assertThat(weighed.kind()).isEqualTo(Kind.NOT_REFERABLE);
        assertThat(weighed.reasons()).hasSize(2);
    }

    @Test
    void theSameSignalOfTwoPeopleIsOneReasonAndTheOrderOfTheRecordsDoesNotMatter() {
        Matter matter = new Matter("ASSAULT", "MDI", AT, Map.of("A1234BC", Part.INVOLVED, "B2345CD", Part.INVOLVED));
        List<Adjudication> charges = new ArrayList<>(charge("1", "SCHEDULED"));
        charges.addAll(charges(CHARGE.formatted("B2345CD", "2026-08-03T09:40:00", false, "1", "SCHEDULED", "MDI")));
        List<Signal> signals = of(matter, charges);
        Collections.reverse(charges);

        assertThat(signals).hasSize(2).isEqualTo(of(matter, charges));
        assertThat(Signals.weigh(verdict(Kind.NOT_REFERABLE), signals).reasons())
                .hasSize(2);
    }

    @Test
    void aReportSaysWhoHadWhichPart() throws IOException {
        try (InputStream in = SignalsTest.class.getResourceAsStream("/incident/staff-assault.json")) {
            Matter matter = Matter.of(IncidentReport.read(in.readAllBytes()));

            assertThat(matter.family()).isEqualTo("ASSAULT");
            assertThat(matter.occurred()).isEqualTo(AT);
            assertThat(matter.parts()).containsValues(Part.SUSPECT, Part.WITNESS);
            assertThat(matter.open()).isEmpty();
        }
    }

    @Test
    void ofSeveralPartsTheOneThatSaysMostCounts() {
        var parts = new HashMap<String, Part>();
        Matter.add(parts, "A1", Part.WITNESS);
        Matter.add(parts, "A1", Part.SUSPECT);
        Matter.add(parts, "A1", Part.INVOLVED);
        assertThat(parts).containsEntry("A1", Part.SUSPECT);
    }

    @ParameterizedTest
    @CsvSource({
        "ASSAULT, TELEPHONE, 1, ASSAULT, yes, x, a source that nobody reads",
        "assault, ADJUDICATION, 1, ASSAULT, yes, x, needs a signal in capitals",
        "NEW, ADJUDICATION, '', ASSAULT, yes, x, needs a signal in capitals",
        "NEW, ADJUDICATION, 1, ASSAULT, perhaps, x, yes or no",
        "NEW, ADJUDICATION, 1, ASSAULT, yes, '', an explanation",
        "NEW, ADJUDICATION, 1, ASSAULT|NONE, yes, x, a family that is none",
        "NEW, ALERT, ROV, ASSAULT, yes, x, a standing mark",
        "NEW, ALERT, HA, ASSAULT, no, x, an alert that is not read",
        "ASSAULT, ADJUDICATION, 2, ASSAULT, yes, x, another row has"
    })
    void aTableThatDoesNotFitNamesTheRow(
            String signal, String source, String code, String families, String raises, String explanation, String why) {
        var rows = List.of(
                row("ASSAULT", "ADJUDICATION", "1", "ASSAULT", "yes", "x"),
                row(signal, source, code, families, raises, explanation));

        assertThatThrownBy(() -> Signals.read(rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }

    private static Map<String, String> row(
            String signal, String source, String code, String families, String raises, String explanation) {
        return Map.of(
                "signal",
                signal,
                "source",
                source,
                "code",
                code,
                "families",
                families,
                "raises",
                raises,
                "explanation",
                explanation);
    }

    private static Signal single(List<Signal> signals) {
        assertThat(signals).hasSize(1);
        return signals.get(0);
    }

    private static List<Signal> of(Matter matter, List<Adjudication> charges) {
        return Signals.of(matter, charges, List.of(), List.of());
    }

    private static Matter assault(Part part) {
        return new Matter("ASSAULT", "MDI", AT, Map.of("A1234BC", part));
    }

    private static List<Adjudication> charge(String paragraph, String status) {
        return charges(CHARGE.formatted("A1234BC", "2026-08-03T09:40:00", false, paragraph, status, "MDI"));
    }

    private static List<Adjudication> charges(String json) {
        return Adjudication.readAll(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<CaseNote> notes(String json) {
        return CaseNotePage.read(json.getBytes(StandardCharsets.UTF_8)).content();
    }

    private static Verdict verdict(Kind kind) {
        return new Verdict(
                kind,
                false,
                false,
                "rules-1",
                List.of(new Reason("R-1", "", "", "", "", "", "A rule.")),
                List.of(),
                List.of(),
                List.of());
    }
}
