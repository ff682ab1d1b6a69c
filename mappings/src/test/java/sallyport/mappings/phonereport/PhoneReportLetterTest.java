package sallyport.mappings.phonereport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneReportLetterTest {

    private static final String LETTER =
            """
            Good morning,

            Reference: N-7
            Establishment: HMP Leeds
            Date and time of incident: 01/07/2026 10:00
            Type: Assault on staff
            Prisoners: A1234BC
            Summary: An officer was struck: twice.
            He is in hospital.
            --\s
            Sent by: somebody
            """;

    @Test
    void readsTheLinesThatAreLabelled() {
        PhoneReport report = PhoneReport.read(LETTER.getBytes(UTF_8), 0);

        assertThat(report.reference()).isEqualTo("N-7");
        assertThat(report.prison()).isEqualTo("LEI");
        assertThat(report.families()).containsExactly("ASSAULT");
        assertThat(report.prisoners()).containsExactly("A1234BC");
        assertThat(report.summary()).isEqualTo("An officer was struck: twice.\nHe is in hospital.");
    }

    @ParameterizedTest
    @CsvSource({
        "'Reference: N-7', 'x', missing-value at /text/reference",
        "'Date and time of incident: 01/07/2026 10:00', 'x', missing-value at /text/occurred",
        "'01/07/2026 10:00', 'soon', schema-invalid at /text/occurred",
        "'Prisoners: A1234BC', 'Reference: N-8', repeated-label at /text/reference",
        "'An officer', '=An officer', formula-cell at /text/summary"
    })
    void whatIsMissingOrWrongIsNamed(String text, String instead, String message) {
        assertThatThrownBy(() -> PhoneReport.read(LETTER.replace(text, instead).getBytes(UTF_8), 0))
                .hasMessage(message);
    }

    @Test
    void noTextIsNoReport() {
        assertThatThrownBy(() -> PhoneReport.read(new byte[0], 0)).hasMessage("missing-value at /text/reference");
        assertThatThrownBy(() -> PhoneReport.read(new byte[] {0, 1}, 0)).hasMessage("not-text at /");
    }
}
