package sallyport.mappings.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sallyport.mappings.lineage.FieldOrigin.Kind;
import sallyport.mappings.referral.InventedPackages;
import sallyport.mappings.referral.PackageJson;

/** What comes from use of force reports, from notes that a person asked for, and what signals and series stand on. */
class OtherRecordsLineageTest {

    @ParameterizedTest
    @MethodSource("all")
    void everyValueIsFoundAgain(TracedCase traced) {
        LineageMappingTest.check(traced, new HashSet<>());
    }

    static List<TracedCase> all() {
        return OtherRecords.all();
    }

    @Test
    void ofTwoUseOfForceReportsEachValueIsFromItsOwn() {
        TracedCase traced = OtherRecords.useOfForce();
        PackageLineage lineage = traced.lineage(new HashSet<>());

        assertThat(of(lineage, "/useOfForce/0/reportId").recordId()).isEqualTo("4711");
        assertThat(of(lineage, "/useOfForce/1/reportId").recordId()).isEqualTo("4712");
        assertThat(of(lineage, "/useOfForce/0/prisonerNumber").paths()).containsExactly("/offender_no");
        assertThat(of(lineage, "/useOfForce/0/staff/1").paths())
                .containsExactly("/form_response/involvedStaff/2/username");
        assertThat(of(lineage, "/useOfForce/0/witnesses/0").paths())
                .containsExactly("/form_response/incidentDetails/witnesses/1/name");
        assertThat(of(lineage, "/useOfForce/0/statements/0/state").paths())
                .as("whose author asked to be taken out")
                .containsExactly("/statements/1/statement_status");
        assertThat(of(lineage, "/useOfForce/0/statements/1/amendments").paths())
                .containsExactly("/statements/2/id", "/statements/2/statement_amendments");
        assertThat(of(lineage, "/useOfForce/0/statements/2/state").paths())
                .containsExactly("/statements/3/statement_status");
        assertThat(of(lineage, "/useOfForce/1/means/0").paths())
                .containsExactly("/form_response/useOfForceDetails/batonDrawn");
        assertThat(of(lineage, "/useOfForce/1/means/1").paths())
                .containsExactly("/form_response/useOfForceDetails/batonUsed");
        assertThat(of(lineage, "/useOfForce/1/occurred/ambiguous").recordId()).isEqualTo("4712");
    }

    @Test
    void footageAndExhibitsOfAUseOfForceReportAreFromThatReport() {
        TracedCase traced = OtherRecords.useOfForce();
        PackageLineage lineage = traced.lineage(new HashSet<>());
        ObjectNode pkg = traced.json();

        assertThat(pathOf(pkg, lineage, "/media", "BWC-18", "reference"))
                .isEqualTo("4711/form_response/useOfForceDetails/bodyWornCameraNumbers/2/cameraNum");
        assertThat(pathOf(pkg, lineage, "/media", "BWC-19", "reference"))
                .isEqualTo("4712/form_response/evidence/bodyWornCameraNumbers/0/cameraNum");
        assertThat(pathOf(pkg, lineage, "/media", "Photographs were taken", "description"))
                .isEqualTo("4711/form_response/evidence/photographsTaken");
        assertThat(pathOf(pkg, lineage, "/exhibits", "A torn shirt", "description"))
                .isEqualTo("4711/form_response/evidence/evidenceTagAndDescription/3/description");
        assertThat(pathOf(pkg, lineage, "/exhibits", "Not described", "description"))
                .isEqualTo("4711/form_response/evidence/evidenceTagAndDescription/2/evidenceTagReference");
    }

    @Test
    void anEntryIsFromNoOtherSystemThanItSays() {
        ObjectNode pkg = OtherRecords.useOfForce().json();
        pkg.putArray("exhibits").addObject().put("source", "USE_OF_FORCE").put("description", "a stick");
        pkg.withArray("exhibits").addObject().put("source", "INCIDENT").put("description", "a stick");
        SourceRecord lost = new SourceRecord("use-of-force", "17", 2, "f".repeat(64), null);
        SourceRecord report = new SourceRecord("incident-reporting", "1", 2, "e".repeat(64), null);
        assertThat(of(LineageMapping.of(pkg, List.of(report, lost)), "/exhibits/0/description"))
                .satisfies(origin -> {
                    assertThat(origin.kind()).isEqualTo(Kind.NOT_KEPT);
                    assertThat(origin.recordId()).isEqualTo("17");
                });
        assertThat(of(LineageMapping.of(pkg, List.of(lost)), "/exhibits/1/description")
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aNoteThatAPersonAskedForIsARecordOfItsOwnAndItsReasonIsThePersons() {
        TracedCase traced = OtherRecords.requestedNotes();
        ObjectNode pkg = traced.json();
        PackageLineage lineage = traced.lineage(new HashSet<>());
        for (int i = 0; i < 3; i++) {
            JsonNode note = pkg.at("/caseNotes/" + i);
            String id = note.get("id").asText();
            FieldOrigin text = of(lineage, "/caseNotes/" + i + "/text");
            FieldOrigin more = of(lineage, "/caseNotes/" + i + "/amendments/0");
            if (id.equals("n-1")) {
                assertThat(text.paths()).containsExactly("/content/0/text");
            } else {
                assertThat(text.recordId()).isEqualTo(id);
                assertThat(text.paths()).containsExactly("/text");
                assertThat(more.recordId()).isEqualTo(id);
                assertThat(more.paths()).containsExactly("/amendments/0/additionalNoteText");
                assertThat(of(lineage, "/caseNotes/" + i + "/requested").kind()).isEqualTo(Kind.PERSON);
            }
        }
    }

    @Test
    void aSignalIsFromTheChargeOrTheNoteThatItWasReadFrom() {
        TracedCase traced = OtherRecords.signals();
        PackageLineage lineage = traced.lineage(new HashSet<>());
        JsonNode reasons = traced.json().at("/grounds/reasons");
        int seen = 0;
        for (int i = 0; i < reasons.size(); i++) {
            FieldOrigin origin = of(lineage, "/grounds/reasons/" + i + "/ruleId");
            String id = reasons.get(i).get("ruleId").asText();
            switch (id) {
                case "SIGNAL-ASSAULT-FOR" ->
                    assertThat(origin.system() + origin.paths()).isEqualTo("adjudications[/1]");
                case "SIGNAL-ASSAULT-AGAINST" ->
                    assertThat(origin.system() + origin.paths()).isEqualTo("adjudications[/2]");
                case "SIGNAL-VIOLENCE-MANAGEMENT-FOR" ->
                    assertThat(origin.system() + origin.paths()).isEqualTo("case-notes[/content/1]");
                default -> {
                    assertThat(origin.kind()).as(id).isEqualTo(Kind.RULE);
                    seen--;
                }
            }
            assertThat(origin.rules()).containsExactly(id);
            seen++;
        }
        assertThat(seen).isEqualTo(3);
    }

    /** Of a report that is gone or is none nobody can say whose part was open: the signal is a rule's word then. */
    @Test
    void withoutTheReportASignalIsARulesWord() {
        TracedCase traced = OtherRecords.signals();
        ObjectNode pkg = traced.json();
        for (byte[] report : new byte[][] {null, "{}".getBytes()}) {
            List<SourceRecord> records = traced.records().stream()
                    .map(record -> record.system().equals("incident-reporting")
                            ? new SourceRecord(record.system(), record.recordId(), 1, record.sha256(), report)
                            : record)
                    .toList();
            assertThat(LineageMapping.of(pkg, records).fields())
                    .filteredOn(origin -> origin.field().matches("/grounds/reasons/\\d+/ruleId"))
                    .extracting(FieldOrigin::kind)
                    .containsOnly(Kind.RULE);
        }
    }

    /** Only what is a signal is from a charge: that charges are gone makes no rule's word less known. */
    @Test
    void whereTheChargesAreGoneOnlyTheirSignalsAreNotKept() {
        TracedCase traced = OtherRecords.signals();
        ObjectNode pkg = traced.json();
        List<SourceRecord> records = traced.records().stream()
                .map(record -> record.system().equals("adjudications")
                        ? new SourceRecord(record.system(), record.recordId(), 1, record.sha256(), null)
                        : record)
                .toList();
        PackageLineage lineage = LineageMapping.of(pkg, records);
        JsonNode reasons = pkg.at("/grounds/reasons");
        for (int i = 0; i < reasons.size(); i++) {
            String id = reasons.get(i).get("ruleId").asText();
            assertThat(of(lineage, "/grounds/reasons/" + i + "/ruleId").kind())
                    .as(id)
                    .isEqualTo(
                            id.startsWith("SIGNAL-ASSAULT")
                                    ? Kind.NOT_KEPT
                                    : id.startsWith("SIGNAL-") ? Kind.SOURCE : Kind.RULE);
        }
    }

    @Test
    void aSeriesIsTheHubsWordAboutAPersonOfTheReport() {
        PackageLineage lineage = OtherRecords.series().lineage(new HashSet<>());
        assertThat(of(lineage, "/grounds/series/1/prisonerNumber").paths())
                .containsExactly("/prisonersInvolved/1/prisonerNumber");
        assertThat(of(lineage, "/grounds/series/0/kind").kind()).isEqualTo(Kind.HUB);
        assertThat(of(lineage, "/grounds/series/1/references/1").why()).contains("earlier cases");
    }

    @Test
    void ofANoticeOfIntelligenceTheRecordIsSaidWhereThereIsOne() {
        ObjectNode pkg = PackageJson.tree(InventedPackages.full());
        pkg.putObject("intelligence")
                .put("available", true)
                .putArray("contacts")
                .addObject()
                .put("unit", "NORTH");
        SourceRecord one = notice("NI-2026-1");
        assertThat(of(LineageMapping.of(pkg, List.of(one)), "/intelligence/contacts/0/unit")
                        .recordId())
                .isEqualTo("NI-2026-1");
        assertThat(of(LineageMapping.of(pkg, List.of(one, notice("NI-2026-2"))), "/intelligence/contacts/0/unit"))
                .satisfies(origin -> {
                    assertThat(origin.system()).isEqualTo("intelligence-notices");
                    assertThat(origin.recordId()).isNull();
                });
    }

    private static SourceRecord notice(String reference) {
        return new SourceRecord(
                "intelligence-notices", reference, 1, "c".repeat(64), "intelligence-notice-1,".getBytes());
    }

    /** Record and path of the field of the entry that has a value there. */
    private static String pathOf(ObjectNode pkg, PackageLineage lineage, String list, String value, String field) {
        for (int i = 0; i < pkg.at(list).size(); i++) {
            if (value.equals(pkg.at(list + "/" + i + "/" + field).asText())) {
                FieldOrigin origin = of(lineage, list + "/" + i + "/" + field);
                return origin.recordId() + origin.paths().get(0);
            }
        }
        throw new AssertionError("no entry with " + value);
    }

    private static FieldOrigin of(PackageLineage lineage, String field) {
        return LineageMappingTest.of(lineage, field);
    }
}
