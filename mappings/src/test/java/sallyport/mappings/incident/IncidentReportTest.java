package sallyport.mappings.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.Rejected;

class IncidentReportTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void readsEveryPartOfAReport() {
        IncidentReport report = read(node -> {});

        assertThat(report.reportReference()).isEqualTo("60000001");
        assertThat(report.family()).isEqualTo("ASSAULT");
        assertThat(report.incidentDateAndTime().instant()).isEqualTo("2026-08-03T08:40:00Z");
        assertThat(report.questions()).hasSize(1);
        assertThat(report.questions().get(0).responses().get(0).code()).isEqualTo("213120");
        assertThat(report.prisonersInvolved())
                .extracting(IncidentReport.PrisonerInvolvement::prisonerRole)
                .containsExactly(PrisonerRole.ASSAILANT, PrisonerRole.PRESENT_AT_SCENE);
        assertThat(report.staffInvolved().get(0).staffRole()).isEqualTo(StaffRole.VICTIM);
        assertThat(report.historyOfStatuses())
                .extracting(IncidentReport.StatusHistory::status)
                .containsExactly(Status.DRAFT);
        assertThat(report.replacedCharacters()).isZero();
    }

    @Test
    void aLaterVersionOfAKnownFamilyIsKnown() {
        assertThat(read(node -> node.put("type", "ASSAULT_17")).family()).isEqualTo("ASSAULT");
    }

    @Test
    void namesItsPeopleByTheNumbersOfNow() {
        IncidentReport report = read(node -> {});
        String first = report.prisonersInvolved().get(0).prisonerNumber();
        String second = report.prisonersInvolved().get(1).prisonerNumber();

        IncidentReport now = report.renumbered(Map.of(first, "Z9999ZZ"));

        assertThat(now.prisonersInvolved())
                .extracting(IncidentReport.PrisonerInvolvement::prisonerNumber)
                .containsExactly("Z9999ZZ", second);
        assertThat(now.renumbered(Map.of("Z9999ZZ", first))).isEqualTo(report);
        assertThat(report.renumbered(Map.of())).isSameAs(report);
    }

    @Test
    void cleansTextAndCountsWhatItReplaced() {
        IncidentReport report = read(node -> node.put("title", "a\u0000b").put("description", "\u0007"));

        assertThat(report.title()).isEqualTo("a\uFFFDb");
        assertThat(report.replacedCharacters()).isEqualTo(2);
    }

    @Test
    void anOptionalFieldMayBeAbsentOrNullAndUnknownOnesAreIgnored() {
        IncidentReport report = read(node -> {
            node.putNull("duplicatedReportId").put("somethingNew", 7);
            node.remove("latestUserAction");
            ((ObjectNode) node.at("/questions/0/responses/0")).putNull("code").remove("responseDate");
        });

        assertThat(report.duplicatedReportId()).isNull();
        assertThat(report.latestUserAction()).isNull();
        assertThat(report.questions().get(0).responses().get(0).code()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/type, ASSAULT, unknown-incident-type",
        "/type, PICNIC_1, unknown-incident-type",
        "/status, AWAITING_ANALYSIS, unknown-code",
        "/prisonersInvolved/1/prisonerRole, OFFENDER, unknown-code",
        "/prisonersInvolved/0/outcome, PLACED_IN_SEGREGATION, unknown-code",
        "/staffInvolved/0/staffRole, COOK, unknown-code",
        "/id, 12, schema-invalid",
        "/incidentDateAndTime, soon, schema-invalid",
        "/questions/0/responses/0/recordedAt, 2026-13-01T00:00:00, schema-invalid"
    })
    void namesTheFieldThatDoesNotFit(String pointer, String value, String code) {
        int slash = pointer.lastIndexOf('/');
        String parent = pointer.substring(0, slash);
        String field = pointer.substring(slash + 1);

        assertThatThrownBy(() -> read(node -> ((ObjectNode) node.at(parent)).put(field, value)))
                .isInstanceOf(Rejected.class)
                .hasMessage(code + " at " + pointer);
    }

    @Test
    void namesTheFieldThatIsMissing() {
        assertThatThrownBy(() -> read(node -> node.remove("location"))).hasMessage("schema-invalid at /location");
        assertThatThrownBy(() -> read(node -> node.putNull("questions"))).hasMessage("schema-invalid at /questions");
        assertThatThrownBy(() -> read(node -> ((ArrayNode) node.get("prisonersInvolved")).addNull()))
                .hasMessage("schema-invalid at /prisonersInvolved/2");
        assertThatThrownBy(() -> read(node -> node.put("createdInNomis", "false")))
                .hasMessage("schema-invalid at /createdInNomis");
    }

    @Test
    void refusesBytesThatAreNoReport() {
        assertThatThrownBy(() -> IncidentReport.read(new byte[0])).hasMessage("schema-invalid at /");
        assertThatThrownBy(() -> IncidentReport.read(new byte[] {'{', (byte) 0xFF}))
                .isInstanceOf(Rejected.class)
                .hasMessage("not-json at /")
                .hasNoCause();
    }

    @Test
    void watchesDraftsAndReopenedReportsAndTakesBackDuplicates() {
        assertThat(Watching.of(Status.DRAFT)).isEqualTo(Watching.WATCHED);
        assertThat(Watching.of(Status.REOPENED)).isEqualTo(Watching.WATCHED);
        assertThat(Watching.of(Status.WAS_CLOSED)).isEqualTo(Watching.WATCHED);
        assertThat(Watching.of(Status.DUPLICATE)).isEqualTo(Watching.WITHDRAWN);
        assertThat(Watching.of(Status.NOT_REPORTABLE)).isEqualTo(Watching.WITHDRAWN);
        assertThat(Watching.of(Status.AWAITING_REVIEW)).isEqualTo(Watching.ACTED_ON);
        assertThat(Watching.of(Status.CLOSED)).isEqualTo(Watching.ACTED_ON);
    }

    @Test
    void putsEverybodyInTheirPart() {
        Suspects people = Suspects.of(read(node -> {}));

        assertThat(people.suspects()).extracting(p -> p.prisonerNumber()).containsExactly("A1234BC");
        assertThat(people.witnesses()).extracting(p -> p.prisonerNumber()).containsExactly("B2345CD");
        assertThat(people.staffVictims()).hasSize(1);
    }

    @Test
    void thePersonWhoHarmedThemselvesIsNoSuspect() {
        Suspects people = Suspects.of(read(node -> {
            node.put("type", "SELF_HARM_1");
            ((ObjectNode) node.at("/prisonersInvolved/0")).put("prisonerRole", "PERPETRATOR");
        }));

        assertThat(people.suspects()).isEmpty();
        assertThat(people.subjects()).hasSize(1);
        assertThat(Suspects.part(PrisonerRole.PERPETRATOR, "FIRE")).isEqualTo(Suspects.Part.SUSPECT);
    }

    private static IncidentReport read(Consumer<ObjectNode> change) {
        try (InputStream in = IncidentReportTest.class.getResourceAsStream("/incident/staff-assault.json")) {
            ObjectNode node = (ObjectNode) MAPPER.readTree(in);
            change.accept(node);
            return IncidentReport.read(MAPPER.writeValueAsBytes(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
