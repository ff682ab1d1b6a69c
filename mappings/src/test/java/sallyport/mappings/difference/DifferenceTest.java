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
    void countsTheFieldsThatDiffer() {
        assertThat(Difference.count(bytes("{\"a\":1,\"b\":2,\"c\":3}"), bytes("{\"a\":1,\"b\":4,\"d\":5}")))
                .isEqualTo(3);
        assertThat(Difference.count(bytes("no tree"), bytes("no tree"))).isZero();
        assertThat(Difference.count(bytes("no tree"), bytes("another"))).isEqualTo(1);
    }

    @Test
    void whatIsEmptyIsStillThere() {
        assertThat(Difference.fields(bytes("{\"a\":{},\"b\":[]}"), bytes("{\"a\":{}}")))
                .containsExactly(new Field("/a/", "", ""), new Field("/b", "", null));
        assertThat(Difference.fields(bytes("{\"a\":{}}"), bytes("{\"a\":{\"b\":1}}")))
                .containsExactly(new Field("/a/b", null, "1"));
        assertThat(Difference.fields(bytes("{\"a\":{\"b\":1}}"), bytes("{\"a\":{}}")))
                .containsExactly(new Field("/a/b", "1", null));
        assertThat(Difference.fields(bytes("{}"), bytes("[]")))
                .containsExactly(new Field("/", null, ""), new Field("/", "", null));
    }

    @Test
    void aValueAndWhatHoldsValuesAreTwoFields() {
        assertThat(Difference.fields(bytes("{\"a\":1,\"b\":[2]}"), bytes("{\"a\":{\"c\":1},\"b\":2}")))
                .containsExactly(
                        new Field("/a/c", null, "1"),
                        new Field("/a", "1", null),
                        new Field("/b", null, "2"),
                        new Field("/b/0", "2", null));
    }

    @Test
    void whatTwoEntriesShareTellsNeitherApart() {
        assertThat(Difference.fields(
                        bytes("[{\"id\":1,\"n\":\"a\"},{\"id\":1,\"n\":\"b\"}]"),
                        bytes("[{\"id\":1,\"n\":\"b\"},{\"id\":2,\"n\":\"b\"}]")))
                .containsExactly(
                        new Field("/0/id", "1", "1"),
                        new Field("/0/n", "a", "b"),
                        new Field("/1/id", "1", "2"),
                        new Field("/1/n", "b", "b"));
        assertThat(Difference.fields(bytes("[{\"id\":{\"x\":1}}]"), bytes("[{\"id\":{\"x\":2}}]")))
                .containsExactly(new Field("/0/id/x", "1", "2"));
        assertThat(Difference.fields(bytes("[{\"id\":\"1\"}]"), bytes("[{\"n\":\"1\"}]")))
                .containsExactly(new Field("/0/n", null, "1"), new Field("/0/id", "1", null));
    }

    @Test
    void whatIsGoneFromAListStandsAtItsOldPlacesInTheirOrder() {
        assertThat(Difference.fields(bytes("[{\"id\":3},{\"id\":2},{\"id\":1},{\"id\":0}]"), bytes("[{\"id\":1}]")))
                .extracting(Field::path)
                .containsExactly("/0/id", "/0/id", "/1/id", "/3/id");
    }

    @Test
    void aNameThatLooksLikeAPathIsEscaped() {
        assertThat(Difference.fields(bytes("{\"a/b~c\":1}"), bytes("{}")))
                .containsExactly(new Field("/a~1b~0c", "1", null));
    }

    @Test
    void aFieldIsCalledByItsLastNameWithoutItsPlace() {
        assertThat(new Field("/a/b[2]/0/#text", "", "").name()).isEqualTo("b");
        assertThat(new Field("/a/b", "", "").name()).isEqualTo("b");
        assertThat(new Field("/a/3", "", "").name()).isEqualTo("a");
        assertThat(new Field("/3", "", "").name()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void documentsInDocumentsAreOpenedFiveDeepAndThenStayText(boolean base64) {
        String five = "{\"d\":1}";
        for (int i = 0; i < 5; i++) {
            five = wrapped(five, base64);
        }
        String six = wrapped(five, base64);

        assertThat(Difference.fields(bytes(five), bytes("{}"))).containsExactly(new Field("/d".repeat(6), "1", null));
        Field unopened = Difference.fields(bytes(six), bytes("{}")).get(0);
        assertThat(unopened.path()).isEqualTo("/d".repeat(6));
        assertThat(unopened.then()).isEqualTo(base64 ? base64("{\"d\":1}") : "{\"d\":1}");
    }

    private static String wrapped(String document, boolean base64) {
        String inside =
                base64 ? base64(document) : document.replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"d\":\"" + inside + "\"}";
    }

    @Test
    void twoHundredLevelsAreATreeAndOneMoreIsNot() {
        assertThat(Difference.fields(bytes("[".repeat(201) + "]".repeat(201)), bytes("[]")))
                .extracting(Field::path)
                .containsExactly("/0".repeat(200));
        assertThat(Difference.fields(bytes("[".repeat(202) + "]".repeat(202)), bytes("[]")))
                .extracting(Field::path)
                .containsExactly("/");
        assertThat(Difference.fields(bytes("{\"a\":".repeat(201) + "1" + "}".repeat(201)), bytes("[]")))
                .extracting(Field::path)
                .containsExactly("/");
        assertThat(Difference.fields(bytes("<a>".repeat(201) + "</a>".repeat(201)), bytes("<b/>")))
                .extracting(Field::path)
                .containsExactly("/b", "/a".repeat(201));
        assertThat(Difference.fields(bytes("<a>".repeat(202) + "</a>".repeat(202)), bytes("<b/>")))
                .extracting(Field::path)
                .containsExactly("/");
    }

    @Test
    void attributesMixedTextAndRemarksOfXmlAreTakenApart() {
        assertThat(Difference.fields(
                        bytes("<a k='1'>x<!-- a remark --><b/>y</a>"),
                        bytes("<a k='1'><?an instruction?>\n <b/>\n</a>")))
                .containsExactly(
                        new Field("/a/@k", "1", "1"), new Field("/a/b", "", ""), new Field("/a/#text", "xy", null));
        assertThat(Difference.fields(bytes("<a k='1'/>"), bytes("<a k='1'>v</a>")))
                .containsExactly(new Field("/a/@k", "1", "1"), new Field("/a/#text", "", "v"));
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

    @Test
    void aMaskStandsForWhatIsTheSameNewOrGone() {
        assertThat(Masking.masked(List.of(
                        new Field("/surname", "Arbor", "Arbor"),
                        new Field("/surname", null, "Arbor"),
                        new Field("/surname", "Arbor", null),
                        new Field("/kind", "INITIAL", "INITIAL"),
                        new Field("/kind", "x".repeat(121), "x".repeat(120)))))
                .containsExactly(
                        new Field("/surname", Masking.MASK, Masking.MASK),
                        new Field("/surname", null, Masking.MASK),
                        new Field("/surname", Masking.MASK, null),
                        new Field("/kind", "INITIAL", "INITIAL"),
                        new Field("/kind", Masking.MASK, "x".repeat(120)));
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
