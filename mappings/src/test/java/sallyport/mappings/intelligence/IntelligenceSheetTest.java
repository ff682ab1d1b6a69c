package sallyport.mappings.intelligence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.intelligence.IntelligenceSheet.Bad;
import sallyport.mappings.intelligence.IntelligenceSheet.Good;
import sallyport.mappings.intelligence.IntelligenceSheet.Row;

class IntelligenceSheetTest {

    private static final Instant READ_AT = Instant.parse("2026-06-02T12:00:00Z");
    private static final String HEADER =
            "reference,action,issued,prison,incident,prisoner,from,until,handling,contact,expires";
    private static final String INCIDENT = "int-2026-000017,notice,2026-06-01 09:30,mdi,7654321,,,,p,siu,2026-12-31";
    private static final String PERSON =
            "INT-2026-18,NOTICE,2026-06-01T09:30:00Z,MDI,,a1234bc,2026-05-30T00:00,2026-06-01T23:59,C,CCU,2026-12-31";
    private static final String WITHDRAWN = "INT-2026-19,WITHDRAW,2026-06-01T09:30,,,,,,,,";
    private static final String CANARY = "Canary Wharf4f1c told us";

    @Test
    void readsNoticesAboutAnIncidentAndAboutAPersonAndTakesThemBack() {
        List<Row> rows = read(HEADER, INCIDENT, "", PERSON, WITHDRAWN, ",,,,,,,,,,");

        assertThat(rows).hasSize(3).allMatch(Good.class::isInstance);
        assertThat(rows).extracting(Row::number).containsExactly(2, 4, 5);
        IntelligenceNotice first = notice(rows.get(0));
        assertThat(first.reference()).isEqualTo("INT-2026-000017");
        assertThat(first.issued().instant()).isEqualTo("2026-06-01T08:30:00Z");
        assertThat(first.about())
                .isEqualTo(new IntelligenceNotice.About(
                        "MDI", "7654321", null, null, null, "P", "SIU", LocalDate.parse("2026-12-31")));
        assertThat(notice(rows.get(1)).about())
                .isEqualTo(new IntelligenceNotice.About(
                        "MDI",
                        null,
                        "A1234BC",
                        Instant.parse("2026-05-29T23:00:00Z"),
                        Instant.parse("2026-06-01T22:59:00Z"),
                        "C",
                        "CCU",
                        LocalDate.parse("2026-12-31")));
        assertThat(notice(rows.get(2)).about()).isNull();
    }

    @Test
    void whatIsKeptIsMadeOfWhatWasUnderstood() {
        List<Row> rows = read(HEADER, INCIDENT, PERSON, WITHDRAWN);
        assertThat(rows.stream().map(row -> new String(notice(row).canonical(), UTF_8)))
                .containsExactly(
                        "intelligence-notice-1,INT-2026-000017,2026-06-01T08:30:00Z,MDI,7654321,,,,P,SIU,2026-12-31\n",
                        "intelligence-notice-1,INT-2026-18,2026-06-01T09:30:00Z,MDI,,A1234BC,2026-05-29T23:00:00Z,"
                                + "2026-06-01T22:59:00Z,C,CCU,2026-12-31\n",
                        "intelligence-notice-1,INT-2026-19,2026-06-01T08:30:00Z,withdrawn\n");
    }

    @Test
    void theMarkOfUtf8BeforeLatin1SpoilsNeitherTheHeaderNorOtherRows() {
        byte[] mark = "\uFEFF".getBytes(UTF_8);
        byte[] latin = (HEADER + "\r\n" + INCIDENT + "\r\n" + WITHDRAWN.replace("INT-2026-19", "caf\u00e9") + "\r\n"
                        + PERSON + "\r\n")
                .getBytes(ISO_8859_1);
        byte[] list = new byte[mark.length + latin.length];
        System.arraycopy(mark, 0, list, 0, mark.length);
        System.arraycopy(latin, 0, list, mark.length, latin.length);

        List<Row> rows = IntelligenceSheet.read(list, 10, READ_AT);

        assertThat(rows).extracting(Row::number).containsExactly(2, 3, 4);
        assertThat(notice(rows.get(0)).reference()).isEqualTo("INT-2026-000017");
        assertThat(rows.get(1)).isInstanceOf(Bad.class);
        assertThat(notice(rows.get(2)).reference()).isEqualTo("INT-2026-18");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void readsWhatSpreadsheetsWrite(String delimiter) {
        String list = (HEADER.toUpperCase() + "\r\n" + INCIDENT + "\r\n").replace(",", delimiter);
        assertThat(IntelligenceSheet.read(list.getBytes(UTF_8), 10, READ_AT))
                .hasSize(1)
                .allMatch(Good.class::isInstance);
        assertThat(IntelligenceSheet.read(list.getBytes(UTF_16), 10, READ_AT))
                .hasSize(1)
                .allMatch(Good.class::isInstance);
        assertThat(IntelligenceSheet.read(("\uFEFF" + list).getBytes(UTF_8), 10, READ_AT))
                .hasSize(1);
    }

    @Test
    void aListWithAColumnTooManyIsRefusedWhole() {
        refused("unknown-column at /rows/1/12", HEADER + ",content", INCIDENT + "," + CANARY);
        refused("unknown-column at /rows/1/12", HEADER + ",", INCIDENT + "," + CANARY);
        refused("unknown-column at /rows/1/1", CANARY);
        refused("unknown-column at /rows/1/1", "");
        refused("repeated-column at /rows/1/prison", HEADER + ",prison", INCIDENT + ",MDI");
        refused("missing-column at /rows/1/expires", HEADER.replace(",expires", ""), INCIDENT);
        refused("quotes-do-not-fit at /rows/1", "\"" + HEADER, INCIDENT);
        refused("not-text at /", "\u0000");
    }

    @Test
    void aListTooLongIsRefusedWhole() {
        assertThatThrownBy(() -> IntelligenceSheet.read(
                        String.join("\n", HEADER, INCIDENT, INCIDENT, INCIDENT).getBytes(UTF_8), 2, READ_AT))
                .isInstanceOf(Rejected.class)
                .hasMessage("too-many-rows at /rows/4");
    }

    @Test
    void aRowOfAnotherShapeIsRefusedByItself() {
        List<Row> rows = read(HEADER, INCIDENT + "," + CANARY, "\"" + CANARY, "a,b", PERSON);
        assertThat(rows).first().isEqualTo(new Bad(2, "column-count", "/rows/2"));
        assertThat(rows).element(1).isEqualTo(new Bad(3, "quotes-do-not-fit", "/rows/3"));
        assertThat(rows).element(2).isEqualTo(new Bad(4, "column-count", "/rows/4"));
        assertThat(rows).last().isInstanceOf(Good.class);
        assertThat(rows.subList(0, 3).toString()).doesNotContain("Canary");
    }

    @ParameterizedTest
    @CsvSource({
        "reference, Canary-2026-1x, invalid-reference",
        "reference, '', missing-value",
        "action, Canary, unknown-action",
        "issued, Canary, schema-invalid",
        "issued, 2026-06-02T15:00, not-yet",
        "prison, ZZZ, unknown-prison",
        "prison, Canary, unknown-prison",
        "incident, Canary, invalid-incident-number",
        "prisoner, A1234BC, not-expected",
        "from, Canary, not-expected",
        "until, Canary, not-expected",
        "handling, A1, unknown-handling-code",
        "handling, Canary, unknown-handling-code",
        "contact, Canary, unknown-unit",
        "expires, Canary, schema-invalid",
        "expires, 2028-06-02, too-late",
        "expires, '', missing-value",
    })
    void anUnexpectedValueRefusesItsRow(String column, String value, String code) {
        refusedRow(INCIDENT, column, value, code);
    }

    @ParameterizedTest
    @CsvSource({
        "prisoner, Canary, invalid-prisoner-number",
        "prisoner, '', missing-value",
        "from, '', missing-value",
        "until, 2026-05-29T00:00, invalid-window",
        "until, 2026-07-01T00:00, invalid-window",
    })
    void anUnexpectedValueOfAPersonRefusesItsRow(String column, String value, String code) {
        refusedRow(PERSON, column, value, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prison", "incident", "prisoner", "from", "until", "handling", "contact", "expires"})
    void nothingStandsBesideAWithdrawal(String column) {
        refusedRow(WITHDRAWN, column, "Canary", "not-expected");
    }

    @Test
    void aTableThatDoesNotFitStopsTheStart() {
        for (Map<String, String> row : List.of(
                Map.of("code", "p", "force", "yes", "meaning", "x"),
                Map.of("code", "P", "force", "maybe", "meaning", "x"),
                Map.of("code", "P", "force", "no", "meaning", " "),
                Map.<String, String>of())) {
            assertThatThrownBy(() -> HandlingCodes.read(List.of(row))).isInstanceOf(IllegalStateException.class);
        }
        Map<String, String> code = Map.of("code", "P", "force", "no", "meaning", "x");
        assertThatThrownBy(() -> HandlingCodes.read(List.of(code, code))).isInstanceOf(IllegalStateException.class);
        Map<String, String> unit = Map.of("code", "SIU", "name", "x");
        for (List<Map<String, String>> rows : List.of(
                List.of(unit, unit),
                List.of(Map.of("code", "siu", "name", "x")),
                List.of(Map.of("code", "SIU", "name", "")),
                List.of(Map.<String, String>of()))) {
            assertThatThrownBy(() -> IntelligenceUnits.read(rows)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(HandlingCodes.toForce()).containsExactly("P");
        assertThat(HandlingCodes.find("C")).hasValueSatisfying(conditions -> assertThat(conditions.toForce())
                .isFalse());
    }

    private static void refusedRow(String row, String column, String value, String code) {
        List<String> cells = new ArrayList<>(List.of(row.split(",", -1)));
        cells.set(List.of(HEADER.split(",")).indexOf(column), value);
        List<Row> rows = read(HEADER, String.join(",", cells));
        assertThat(rows).singleElement().isEqualTo(new Bad(2, code, "/rows/2/" + column));
    }

    private static void refused(String message, String... lines) {
        assertThatThrownBy(() -> read(lines)).isInstanceOf(Rejected.class).hasMessage(message);
    }

    private static List<Row> read(String... lines) {
        return IntelligenceSheet.read(String.join("\n", lines).getBytes(UTF_8), 100, READ_AT);
    }

    private static IntelligenceNotice notice(Row row) {
        return ((Good) row).notice();
    }
}
