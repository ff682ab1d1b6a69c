package sallyport.mappings.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;

class PrisonDocumentTest {

    private static final String ONE =
            """
            {"documentUuid":"8CDADCF3-b003-4116-9956-c99bd8df6a00","documentType":"TRIAL_RECORD_SHEET","documentFilename":"x",
             "filename":"../../state\\u0000ment","fileExtension":"pdf","fileSize":12,"fileHash":"ab","mimeType":"application/pdf",
             "metadata":{"prisonNumber":"A1234BC","pages":3,"none":null,"list":[1]},"createdTime":"2026-08-03T10:15:31",
             "createdByServiceName":"y"}""";

    @Test
    void readsOneAndAPageOfThem() {
        PrisonDocument one = PrisonDocument.readOne(ONE.getBytes(UTF_8));

        assertThat(one.uuid()).isEqualTo("8cdadcf3-b003-4116-9956-c99bd8df6a00");
        assertThat(one.type()).isEqualTo("TRIAL_RECORD_SHEET");
        assertThat(one.fileName()).isEqualTo("state_ment.pdf");
        assertThat(one.size()).isEqualTo(12);
        assertThat(one.sha256()).isEqualTo("ab");
        assertThat(one.mediaType()).isEqualTo("application/pdf");
        assertThat(one.metadata()).isEqualTo(Map.of("prisonNumber", "A1234BC", "pages", "3"));
        assertThat(one.created().instant()).isEqualTo("2026-08-03T09:15:31Z");
        assertThat(one.replacedCharacters()).isEqualTo(1);
        String page = "{\"results\":[" + ONE + "," + ONE + "],\"totalResultsCount\":2}";
        assertThat(PrisonDocument.readPage(page.getBytes(UTF_8)))
                .hasSize(2)
                .contains(PrisonDocument.readOne(ONE.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "documentUuid",
                "documentType",
                "filename",
                "fileExtension",
                "fileSize",
                "fileHash",
                "mimeType",
                "metadata",
                "createdTime"
            })
    void whatIsUsedMustBeThere(String field) {
        byte[] without = ONE.replace("\"" + field + "\":", "\"other\":").getBytes(UTF_8);

        assertThatThrownBy(() -> PrisonDocument.readOne(without))
                .isInstanceOf(Rejected.class)
                .hasMessage("schema-invalid at /" + field);
    }
}
