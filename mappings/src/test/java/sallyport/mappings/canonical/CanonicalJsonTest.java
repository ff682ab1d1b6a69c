package sallyport.mappings.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.CroNumber;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.identity.PncId;
import sallyport.mappings.identity.PrisonerNumber;

class CanonicalJsonTest {

    /** Something of every kind that documents of ours hold. */
    record Document(
            CaseReference reference,
            ForceCode force,
            @Nullable PrisonerNumber prisoner,
            @Nullable PncId pnc,
            @Nullable CroNumber cro,
            @Nullable OffenceCode offence,
            @Nullable Instant at,
            @Nullable LocalDate day,
            List<Document> inside,
            int number) {}

    private static final Document FULL = new Document(
            new CaseReference("SP-2026-000123"),
            new ForceCode("46"),
            new PrisonerNumber("A1234BC"),
            new PncId("1979/0163001B"),
            new CroNumber("123456/08T"),
            new OffenceCode("PR52043"),
            Instant.parse("2026-08-04T10:15:30.5Z"),
            LocalDate.parse("2026-08-04"),
            List.of(),
            7);
    private static final String WRITTEN = "{\"reference\":\"SP-2026-000123\",\"force\":\"46\",\"prisoner\":\"A1234BC\","
            + "\"pnc\":\"1979/0163001B\",\"cro\":\"123456/08T\",\"offence\":\"PR52043\","
            + "\"at\":\"2026-08-04T10:15:30.500Z\",\"day\":\"2026-08-04\",\"number\":7}";

    @Test
    void fieldsAreInDeclaredOrderAndNothingStandsForWhatIsAbsentOrEmpty() {
        Document outer =
                new Document(FULL.reference(), FULL.force(), null, null, null, null, null, null, List.of(FULL), 0);

        assertThat(text(FULL)).isEqualTo(WRITTEN);
        assertThat(text(outer))
                .isEqualTo("{\"reference\":\"SP-2026-000123\",\"force\":\"46\",\"inside\":[" + WRITTEN
                        + "],\"number\":0}");
    }

    @Test
    void whatWasWrittenIsReadBackAndNewerFieldsAreIgnored() {
        Document read = read(WRITTEN.replace("{", "{\"ofTomorrow\":[1],"));

        assertThat(read).usingRecursiveComparison().ignoringFields("inside").isEqualTo(FULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"force\":\"46\"            | \"force\":\"4\"           | schema-invalid at /force",
                "\"force\":\"46\"            | \"force\":{}            | schema-invalid at /force",
                "\"pnc\":\"1979/0163001B\"   | \"pnc\":\"1979/0163001C\" | schema-invalid at /pnc",
                "\"at\":\"2026-08-04T10:15:30.500Z\" | \"at\":\"now\"    | schema-invalid at /at",
                "\"day\":\"2026-08-04\"      | \"day\":\"2026-02-30\"    | schema-invalid at /day",
                "\"number\":7              | \"number\":null         | schema-invalid at /number",
                "\"number\":7              | \"number\":1E2147483648 | schema-invalid at /number",
                "\"number\":7              | \"number\":8,\"inside\":[{\"force\":\"x\"}] | schema-invalid at /inside/0/force",
                "\"number\":7}             | \"number\":7            | not-json at /",
                "\"number\":7}             | \"number\":7} {}        | schema-invalid at /",
                "{\"reference\"            | [{\"reference\"         | schema-invalid at /",
                "{\"reference\"            | reference             | not-json at /"
            })
    void namesThePlaceThatDoesNotFitAndNeverWhatStandsThere(String from, String to, String message) {
        assertThat(WRITTEN).contains(from);

        assertThatThrownBy(() -> read(WRITTEN.replace(from, to)))
                .isInstanceOf(Rejected.class)
                .hasMessage(message)
                .hasNoCause();
    }

    private static String text(Document document) {
        return new String(CanonicalJson.write(CanonicalJson.tree(document)), StandardCharsets.UTF_8);
    }

    private static Document read(String json) {
        return CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), Document.class);
    }
}
