package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.referral.FactField.Type;

class FactFieldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXT   | \" one line \"             | one line",
                "WORDS  | \"one\\r\\n\\ttwo\"         | ",
                "DAY    | \"2000-01-01\"             | 2000-01-01",
                "DAY    | \"2099-12-31\"             | 2099-12-31",
                "TIME   | \"2000-01-01T00:00\"       | 2000-01-01T00:00",
                "TIME   | \"2099-12-31T23:59\"       | 2099-12-31T23:59",
                "CHOICE | \"a\"                      | a",
                "TEXT   | \"Ŵ \uD83D\uDE00\"         | Ŵ \uD83D\uDE00"
            })
    void keepsWhatFitsItsType(Type type, String json, String kept) {
        assertThat(read(type, json)).isEqualTo(kept == null ? "one\r\n\ttwo" : kept);
    }

    @Test
    void keepsNumbersFromOneAndYesOrNo() {
        assertThat(read(Type.NUMBER, "1")).isEqualTo(1);
        assertThat(read(Type.NUMBER, "999")).isEqualTo(999);
        assertThat(read(Type.DOCUMENT, "1")).isEqualTo(1);
        assertThat(read(Type.DOCUMENT, "2147483647")).isEqualTo(Integer.MAX_VALUE);
        assertThat(read(Type.YES_NO, "true")).isEqualTo(true);
        assertThat(read(Type.YES_NO, "false")).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YES_NO | \"true\"                | not-yes-or-no",
                "NUMBER | 0                       | not-a-number",
                "NUMBER | 1000                    | not-a-number",
                "NUMBER | 1.5                     | not-a-number",
                "NUMBER | 1E2147483647            | not-a-number",
                "NUMBER | \"1\"                   | not-a-number",
                "DOCUMENT | 0                     | not-a-document",
                "DOCUMENT | 1.5                   | not-a-document",
                "DOCUMENT | 2147483648            | not-a-document",
                "DOCUMENT | \"12\"                | not-a-document",
                "DAY    | \"2026-02-29\"          | not-a-day",
                "DAY    | \"1999-12-31\"          | not-a-day",
                "DAY    | \"2100-01-01\"          | not-a-day",
                "DAY    | \"26-01-01\"            | not-a-day",
                "DAY    | 20260101                | not-a-day",
                "TIME   | \"2026-02-29T10:00\"    | not-a-time",
                "TIME   | \"1999-12-31T10:00\"    | not-a-time",
                "TIME   | \"2100-01-01T00:00\"    | not-a-time",
                "TIME   | \"2026-01-01T24:00\"    | not-a-time",
                "TIME   | \"2026-01-01T10:00:00\" | not-a-time",
                "TIME   | true                    | not-a-time",
                "CHOICE | \"c\"                   | not-a-choice",
                "CHOICE | 7                       | not-a-choice",
                "TEXT   | 7                       | not-a-text",
                "TEXT   | \" \"                   | missing-field",
                "TEXT   | \"one\\ntwo\"           | not-plain-text",
                "TEXT   | \"one\\ttwo\"           | not-plain-text",
                "WORDS  | \"one\\u0000two\"       | not-plain-text",
                "WORDS  | \"one\\u007Ftwo\"       | not-plain-text",
                "WORDS  | \"one\\uD83D\"          | not-plain-text",
                "WORDS  | \"\\uDE00two\"          | not-plain-text",
                "WORDS  | \"one\\uFFFEtwo\"       | not-plain-text",
                "WORDS  | \"one\\uFFFFtwo\"       | not-plain-text"
            })
    void refusesWhatDoesNot(Type type, String json, String code) {
        assertThatThrownBy(() -> read(type, json)).isInstanceOf(Rejected.class).hasMessage(code + " at /it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesOneCharacterMoreThanFits(boolean lines) {
        Type type = lines ? Type.WORDS : Type.TEXT;
        int most = lines ? FactField.MOST_WORDS : FactField.MOST_TEXT;

        assertThat(read(type, "\"" + "x".repeat(most) + "\"")).isEqualTo("x".repeat(most));
        assertThatThrownBy(() -> read(type, "\"" + "x".repeat(most + 1) + "\""))
                .hasMessage((lines ? "too-long-words" : "too-long-text") + " at /it");
    }

    private static Object read(Type type, String json) {
        try {
            return new FactField("it", "It", type, true, type == Type.CHOICE ? List.of("a", "b") : List.of(), null)
                    .read(new ObjectMapper().readTree(json), "/it");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
