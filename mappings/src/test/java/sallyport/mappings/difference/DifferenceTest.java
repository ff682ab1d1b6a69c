package sallyport.mappings.difference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.difference.Difference.Field;

class DifferenceTest {

    @Test
    void namesEveryFieldThatDiffersAndNoOther() {
        List<Field> fields = Difference.fields(
                bytes("{\"a\":1,\"gone\":{\"x\":\"old\"},\"same\":[1,2],\"list\":[\"p\",\"q\"]}"),
                bytes("{\"same\":[1,2],\"a\":2,\"list\":[\"p\"],\"fresh\":null}"));

        assertThat(fields.stream().filter(Field::differs))
                .containsExactlyInAnyOrder(
                        new Field("/a", "1", "2"),
                        new Field("/list/1", "q", null),
                        new Field("/fresh", null, "null"),
                        new Field("/gone/x", "old", null));
        assertThat(fields).contains(new Field("/same/0", "1", "1"));
    }

    @Test
    void saysNothingOfHowADocumentIsWritten() {
        assertThat(Difference.count(
                        bytes("{\"a\":1,\"b\":{\"c\":[true]}}"), bytes(" { \"b\":{\"c\":[ true ]}, \"a\":1 }")))
                .isZero();
        assertThat(Difference.count(
                        bytes("<m:a xmlns:m='urn:x' k='1'><m:b>v</m:b></m:a>"),
                        bytes("<a xmlns='urn:x' k=\"1\">\n  <b><![CDATA[v]]></b>\n</a>")))
                .isZero();
    }

    @Test
    void aNameInAnotherNamespaceIsAnotherName() {
        assertThat(Difference.fields(bytes("<a xmlns='urn:x'><b>v</b></a>"), bytes("<a xmlns='urn:y'><b>v</b></a>")))
                .contains(new Field("/a/@xmlns", "urn:x", "urn:y"));
    }

    @Test
    void matchesTheEntriesOfAListByWhatIdentifiesThem() {
        List<Field> fields = Difference.fields(
                bytes("[{\"id\":\"1\",\"n\":\"a\"},{\"id\":\"2\",\"n\":\"b\"}]"),
                bytes("[{\"id\":\"2\",\"n\":\"b\"},{\"id\":\"3\",\"n\":\"c\"}]"));

        assertThat(fields.stream().filter(Field::differs))
                .containsExactlyInAnyOrder(
                        new Field("/1/id", null, "3"),
                        new Field("/1/n", null, "c"),
                        new Field("/0/id", "1", null),
                        new Field("/0/n", "a", null));
    }

    @Test
    void readsTheDocumentsThatStandInsideADocument() {
        String inner = "{\"surname\":\"Arbor\"}";
        String escaped = "<M>&lt;R&gt;&lt;C&gt;" + base64(inner) + "&lt;/C&gt;&lt;/R&gt;</M>";

        assertThat(Difference.fields(
                        bytes(escaped), bytes(escaped.replace(base64(inner), base64("{\"surname\":\"Ash\"}")))))
                .containsExactly(new Field("/M/R/C/surname", "Arbor", "Ash"));
    }

    @Test
    void repeatedElementsHaveAPlaceEach() {
        assertThat(Difference.fields(bytes("<a><b>1</b><b>2</b></a>"), bytes("<a><b>1</b></a>")))
                .containsExactly(new Field("/a/b", "1", "1"), new Field("/a/b[2]", "2", null));
    }

    @Test
    void anotherShapeIsAnotherField() {
        assertThat(Difference.fields(bytes("{\"a\":[{\"b\":1}]}"), bytes("{\"a\":{\"b\":1}}")))
                .containsExactly(new Field("/a/b", null, "1"), new Field("/a/0/b", "1", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "{\"a\":",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                "<a>",
                "<a/><a/>"
            })
    void whatIsNoTreeIsOneField(String text) {
        assertThat(Difference.fields(bytes(text), bytes("{}"))).hasSize(1).allMatch(Field::differs);
        assertThat(Difference.fields(bytes(text), bytes(text))).hasSize(1).noneMatch(Field::differs);
    }

    @Test
    void aDocumentTooDeepIsOneField() {
        String deep = "[".repeat(300) + "]".repeat(300);
        String deepXml = "<a>".repeat(300) + "</a>".repeat(300);

        assertThat(Difference.fields(bytes(deep), bytes("[]"))).hasSize(1);
        assertThat(Difference.fields(bytes(deepXml), bytes("<a/>"))).hasSize(1);
    }

    @Test
    void masksEverythingThatMayBeAboutAPerson() throws IOException {
        for (String sent : List.of("golden/ihub/everything/out.json", "golden/cjse/everything/out.xml")) {
            byte[] bytes = resource(sent);

            List<Field> masked = Masking.masked(Difference.fields(bytes, bytes("{}")));

            assertThat(masked.toString())
                    .doesNotContain("Testperson", "Arbor", "A1234BC", "1990-01-02", "Ficta", "Birke", "1979/0163001B")
                    .doesNotContain(base64("{\"schema").substring(0, 12))
                    .doesNotContain("123456/08T", "Invented", "landing", "threats", "wrist")
                    .contains("SP-2026-000123");
        }
    }

    @Test
    void aMaskHidesTheValueAndNotThatItChanged() {
        List<Field> fields = Difference.fields(
                bytes("{\"surname\":\"Arbor\",\"kind\":\"INITIAL\",\"state\":\"said by Arbor\"}"),
                bytes("{\"surname\":\"Ash\",\"kind\":\"SUPPLEMENT\",\"state\":\"DONE\"}"));

        assertThat(Masking.masked(fields))
                .containsExactly(
                        new Field("/surname", Masking.MASK, Masking.MASK + " (other)"),
                        new Field("/kind", "INITIAL", "SUPPLEMENT"),
                        new Field("/state", Masking.MASK, "DONE"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DifferenceTest.class.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
