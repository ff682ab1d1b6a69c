package sallyport.mappings.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;

class OutcomeMessageTest {

    private static final String CHARGED =
            """
            {"messageId":"46-1","caseReference":"SP-2026-000123","force":"46","type":"OUTCOME","code":"1A",
             "at":"2026-10-25T01:30:00+01:00","reason":null,"somethingNew":{"x":1}}""";

    @Test
    void readsAnOutcomeAndToleratesFieldsItDoesNotKnow() {
        OutcomeMessage read = read(CHARGED);
        assertThat(read.type()).isEqualTo(OutcomeMessage.Type.OUTCOME);
        assertThat(read.code()).isNotNull().extracting(OutcomeType::meaning).isEqualTo(OutcomeType.Meaning.PROSECUTION);
        assertThat(read.at()).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(read.closes()).isTrue();
    }

    @Test
    void aPlaceholderClosesNothing() {
        assertThat(read(CHARGED.replace("1A", "0")).closes()).isFalse();
    }

    @Test
    void onlyAnOutcomeWithATypeThatClosesCloses() {
        assertThat(read(CHARGED.replace(
                                "\"type\":\"OUTCOME\"", "\"type\":\"CRIME_REFERENCE\",\"crimeReference\":\"46/1/26\""))
                        .closes())
                .isFalse();
        assertThat(read(CHARGED.replace(
                                "\"type\":\"OUTCOME\",\"code\":\"1A\"",
                                "\"type\":\"OFFICER_ALLOCATED\",\"officer\":\"PC 1\""))
                        .closes())
                .isFalse();
    }

    @Test
    void equalMessagesAreEqualBytesHoweverTheyWereWritten() {
        String other =
                """
                { "code": "1A", "type": "OUTCOME", "reason": "  ", "at": "2026-10-25T00:30:00Z", "force": "46",
                  "messageId": "46-1", "caseReference": "sp-2026-000123" }""";

        assertThat(new String(read(CHARGED).canonical(), StandardCharsets.UTF_8))
                .isEqualTo(new String(read(other).canonical(), StandardCharsets.UTF_8))
                .contains("\"code\":\"1A\"")
                .doesNotContain("reason");
        assertThat(read(CHARGED.replace("1A", "1")).canonical())
                .isNotEqualTo(read(CHARGED).canonical());
        String reference = CHARGED.replace(
                "\"type\":\"OUTCOME\",\"code\":\"1A\"", "\"type\":\"CRIME_REFERENCE\",\"crimeReference\":\"46/1/26\"");
        assertThat(new String(read(reference).canonical(), StandardCharsets.UTF_8))
                .contains("46/1/26")
                .doesNotContain("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"19", "23", "4A", "01", "x"})
    void refusesACodeThatDoesNotExist(String code) {
        assertThatThrownBy(() -> read(CHARGED.replace("1A", code)))
                .isInstanceOf(Rejected.class)
                .hasMessage("unknown-outcome at /code");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"type\":\"OUTCOME\"','\"type\":\"GUESS\"',unknown-outcome at /type",
        "'\"code\":\"1A\",','',schema-invalid at /code",
        "'+01:00','',schema-invalid at /at",
        "'46-1','46 1',schema-invalid at /messageId",
        "'\"force\":\"46\"','\"force\":\"4\"',invalid-force-code at /force",
        "'SP-2026-000123','SP-1',invalid-case-reference at /caseReference",
        "'\"type\":\"OUTCOME\",\"code\":\"1A\"','\"type\":\"CRIME_REFERENCE\"',schema-invalid at /crimeReference",
        "'\"type\":\"OUTCOME\",\"code\":\"1A\"','\"type\":\"OFFICER_ALLOCATED\"',schema-invalid at /officer",
    })
    void namesTheFieldThatIsWrong(String from, String to, String message) {
        assertThatThrownBy(() -> read(CHARGED.replace(from, to))).hasMessage(message);
    }

    @Test
    void takesWhatJustFitsTheLimits() {
        OutcomeMessage longest = read(CHARGED.replace("46-1", "x".repeat(100))
                .replace(
                        "\"reason\":null",
                        "\"reason\":\"%s\",\"officer\":\"%s\",\"crimeReference\":\"%s\""
                                .formatted("r".repeat(4000), "o".repeat(200), "c".repeat(50))));

        assertThat(longest.messageId()).hasSize(100);
        assertThat(longest.reason()).hasSize(4000);
        assertThat(longest.officer()).hasSize(200);
        assertThat(longest.crimeReference()).hasSize(50);
    }

    @Test
    void limitsWhatAForceMayWrite() {
        assertThatThrownBy(() -> read(CHARGED.replace("\"reason\":null", "\"reason\":\"" + "x".repeat(4001) + "\"")))
                .hasMessage("schema-invalid at /reason");
        assertThatThrownBy(() -> read(CHARGED.replace("46-1", "x".repeat(101))))
                .hasMessage("schema-invalid at /messageId");
        assertThatThrownBy(() -> read("[]".repeat(600_000))).hasMessage("too-large at /");
        assertThatThrownBy(() -> read("{")).hasMessage("not-json at /");
    }

    @Test
    void theTableHasTheTypesThatCountAndNoOthers() {
        String codes = OutcomeTypes.all().stream().map(OutcomeType::code).collect(Collectors.joining(" "));
        assertThat(codes).isEqualTo("0 1 1A 2 2A 3 3A 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 20 21 22");
        assertThat(Stream.of("19", "23").map(OutcomeTypes::find)).allMatch(java.util.Optional::isEmpty);
        assertThat(OutcomeTypes.all().stream().filter(type -> !type.closes()))
                .extracting(OutcomeType::code)
                .containsExactly("0");
    }

    private static OutcomeMessage read(String json) {
        return OutcomeMessage.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
