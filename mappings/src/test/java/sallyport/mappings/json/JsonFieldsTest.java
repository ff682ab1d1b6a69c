package sallyport.mappings.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;

class JsonFieldsTest {

    @Test
    void whatIsThereIsRead() {
        JsonFields fields = read(
                """
                {"text":"a","code":"MONDAY","codes":["MONDAY","SUNDAY"],"time":"2026-08-03T09:40:00","date":"2024-02-29",
                 "uuid":"0198A5C6-7B1A-7C3E-9D2F-000000000001","flag":true,"integer":7.0,"number":1.50,"object":{"text":"b"},
                 "list":[{"text":"c"},{"text":"d"}],"texts":["e"],"scalar":8}""");

        assertThat(fields.optionalText("text")).isEqualTo("a");
        assertThat(fields.optionalCode("code", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
        assertThat(fields.codes("codes", DayOfWeek.class)).containsExactly(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);
        assertThat(fields.optionalTime("time")).isEqualTo(fields.time("time"));
        assertThat(fields.date("date")).isEqualTo(LocalDate.of(2024, 2, 29)).isEqualTo(fields.optionalDate("date"));
        assertThat(fields.uuid("uuid"))
                .isEqualTo("0198a5c6-7b1a-7c3e-9d2f-000000000001")
                .isEqualTo(fields.optionalUuid("uuid"));
        assertThat(fields.optionalFlag("flag")).isTrue();
        assertThat(fields.integer("integer")).isEqualTo(7).isEqualTo(fields.optionalInteger("integer"));
        assertThat(fields.optionalNumber("number")).isEqualTo(new BigDecimal("1.50"));
        assertThat(fields.object("object").text("text")).isEqualTo("b");
        assertThat(fields.list("list", entry -> entry.text("text"))).containsExactly("c", "d");
        assertThat(fields.optionalList("list", entry -> entry.text("text"))).containsExactly("c", "d");
        assertThat(fields.texts("texts")).containsExactly("e");
        assertThat(fields.optionalScalar("scalar")).isEqualTo("8");
        assertThat(fields.has("text")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"x\":null}"})
    void anOptionalFieldThatIsAbsentOrNullIsNothing(String json) {
        JsonFields fields = read(json);

        assertThat(fields.has("x")).isFalse();
        assertThat(fields.optionalText("x")).isNull();
        assertThat(fields.optionalCode("x", DayOfWeek.class)).isNull();
        assertThat(fields.codes("x", DayOfWeek.class)).isEmpty();
        assertThat(fields.optionalTime("x")).isNull();
        assertThat(fields.optionalDate("x")).isNull();
        assertThat(fields.optionalUuid("x")).isNull();
        assertThat(fields.optionalFlag("x")).isNull();
        assertThat(fields.optionalInteger("x")).isNull();
        assertThat(fields.optionalNumber("x")).isNull();
        assertThat(fields.optionalObject("x")).isNull();
        assertThat(fields.optionalList("x", entry -> entry)).isEmpty();
        assertThat(fields.optionalScalar("x")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"x\":null}"})
    void aRequiredFieldThatIsAbsentOrNullIsNamed(String json) {
        refused(json, "schema-invalid at /x", fields -> fields.text("x"));
        refused(json, "schema-invalid at /x", fields -> fields.code("x", DayOfWeek.class));
        refused(json, "schema-invalid at /x", fields -> fields.time("x"));
        refused(json, "schema-invalid at /x", fields -> fields.date("x"));
        refused(json, "schema-invalid at /x", fields -> fields.uuid("x"));
        refused(json, "schema-invalid at /x", fields -> fields.flag("x"));
        refused(json, "schema-invalid at /x", fields -> fields.integer("x"));
        refused(json, "schema-invalid at /x", fields -> fields.object("x"));
        refused(json, "schema-invalid at /x", fields -> fields.list("x", entry -> entry));
        refused(json, "schema-invalid at /x", fields -> fields.texts("x"));
    }

    @Test
    void aFieldOfAnotherTypeIsNamed() {
        String json = "{\"x\":{\"y\":[\"text\",7]}}";

        refused(json, "schema-invalid at /x", fields -> fields.text("x"));
        refused(json, "schema-invalid at /x", fields -> fields.optionalNumber("x"));
        refused(json, "schema-invalid at /x", fields -> fields.optionalScalar("x"));
        refused(json, "schema-invalid at /x", fields -> fields.optionalFlag("x"));
        refused(json, "schema-invalid at /x", fields -> fields.texts("x"));
        refused(json, "schema-invalid at /x/y", fields -> fields.object("x").object("y"));
        refused(json, "schema-invalid at /x/y/1", fields -> fields.object("x").texts("y"));
        refused(json, "schema-invalid at /x/y/0", fields -> fields.object("x").list("y", entry -> entry));
        refused(json, "unknown-code at /x/y/0", fields -> fields.object("x").codes("y", DayOfWeek.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e30", "9223372036854775808", "-9223372036854775809", "1e-999999", "\"7\"", "true"})
    void whatIsNoWholeNumberOfSixtyFourBitsIsRefused(String number) {
        refused("{\"x\":" + number + "}", "schema-invalid at /x", fields -> fields.integer("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-01-01T00:00:00", "", "00000-1-01"})
    void whatIsNoDayIsRefused(String day) {
        refused("{\"x\":\"" + day + "\"}", "schema-invalid at /x", fields -> fields.date("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0198a5c6-7b1a-7c3e-9d2f-00000000001", "0198a5c6-7b1a-7c3e-9d2f-0000000000012", "1-1-1-1-1"})
    void whatIsNoUuidIsRefused(String uuid) {
        refused("{\"x\":\"" + uuid + "\"}", "schema-invalid at /x", fields -> fields.uuid("x"));
    }

    @Test
    void whatWasReplacedIsCountedOverTheWholeDocument() {
        JsonFields fields = read("{\"a\":\"\\u0000\",\"b\":{\"c\":[\"\\u0001\\ud800\"]}}");

        assertThat(fields.text("a")).isEqualTo("\uFFFD");
        assertThat(fields.object("b").texts("c")).containsExactly("\uFFFD\uFFFD");
        assertThat(fields.replacedCharacters()).isEqualTo(3);
    }

    @Test
    void eachObjectOfAListThatIsTheWholeDocumentCountsForItself() {
        var all = JsonFields.readAll(bytes("[{\"a\":\"\\u0000\"},{\"a\":\"b\"}]"));

        all.forEach(fields -> fields.text("a"));
        assertThat(all).extracting(JsonFields::replacedCharacters).containsExactly(1, 0);
        assertThat(all.get(1).pointer("a")).isEqualTo("/1/a");
    }

    @Test
    void whatIsNoSuchDocumentIsRefusedAsAWhole() {
        assertThatThrownBy(() -> read("[]")).hasMessage("schema-invalid at /");
        assertThatThrownBy(() -> read("{} {}")).hasMessage("not-json at /");
        assertThatThrownBy(() -> JsonFields.readAll(bytes("{}"))).hasMessage("schema-invalid at /");
        assertThatThrownBy(() -> JsonFields.readAll(bytes("[{},7]"))).hasMessage("schema-invalid at /1");
        assertThatThrownBy(() -> JsonFields.readWithin("[", "/Message")).hasMessage("not-json at /Message");
        assertThatThrownBy(() -> JsonFields.readWithin("7", "/Message")).hasMessage("schema-invalid at /Message");
        assertThat(JsonFields.readWithin("{}", "/Message").pointer("x")).isEqualTo("/Message/x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":1}             | schema-invalid at /a",
                "{\"a\":[{\"b\":{},\"b\":7}]}  | schema-invalid at /a/0/b",
                "{\"a\":[7,{\"b\":7,\"b\":{}}]} | schema-invalid at /a/1/b",
                "{\"a b\":1,\"a b\":1}         | schema-invalid at /"
            })
    void aFieldThatIsThereTwiceIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Rejected.class).hasMessage(message);
        assertThatThrownBy(() -> JsonFields.readWithin(json, "/Message"))
                .hasMessage(message.replace("at ", "at /Message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1} 7", "{\"a\":1} {\"a\":1}", "{\"a\":1} [", "{\"a\":1}]"})
    void aDocumentIsOneValue(String json) {
        assertThatThrownBy(() -> read(json)).hasMessage("not-json at /");
    }

    @Test
    void aNumberThatNoMachineHoldsIsNoJson() {
        assertThatThrownBy(() -> read("{\"a\":1E2147483648}")).hasMessage("not-json at /");
        assertThatThrownBy(() -> JsonFields.readWithin("{\"a\":1E2147483648}", "/Message"))
                .hasMessage("not-json at /Message");
    }

    @Test
    void scalarsAreTheValuesThatAreNoLists() {
        assertThat(read("{\"a\":\"x\",\"b\":1.50,\"c\":true,\"d\":null,\"e\":[],\"f\":{}}")
                        .scalars())
                .containsOnlyKeys("a", "b", "c")
                .containsEntry("b", "1.50");
    }

    private static void refused(String json, String message, Function<JsonFields, Object> reading) {
        assertThatThrownBy(() -> reading.apply(read(json)))
                .isInstanceOf(Rejected.class)
                .hasMessage(message);
    }

    private static JsonFields read(String json) {
        return JsonFields.read(bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
