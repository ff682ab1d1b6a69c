package sallyport.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesTest {

    @Test
    void theSimplePageCountsFromNought() {
        assertThat(SimplePage.read(json("{'content':[{}],'number':0,'totalElements':2,'totalPages':2}"))
                        .last())
                .isFalse();
        assertThat(SimplePage.read(json("{'content':[{}],'number':1,'totalElements':2,'totalPages':2}"))
                        .last())
                .isTrue();
        assertThat(SimplePage.read(json("{'content':[],'number':0,'totalElements':0,'totalPages':0}"))
                        .last())
                .isTrue();
    }

    @Test
    void springsPageSaysItself() {
        assertThat(SpringPage.read(json("{'content':[{}],'last':false,'totalElements':2}"))
                        .last())
                .isFalse();
        assertThat(SpringPage.read(json("{'content':[{}],'last':true,'totalElements':2}"))
                        .last())
                .isTrue();
    }

    @Test
    void theMetadataPageCountsFromOne() {
        assertThat(MetadataPage.read(json("{'content':[{}],'metadata':{'totalElements':3,'page':1,'size':2}}"))
                        .last())
                .isFalse();
        assertThat(MetadataPage.read(json("{'content':[{}],'metadata':{'totalElements':3,'page':2,'size':2}}"))
                        .last())
                .isTrue();
        assertThat(MetadataPage.read(json("{'content':[{}],'metadata':{'totalElements':2,'page':1,'size':2}}"))
                        .last())
                .isTrue();
    }

    @Test
    void anEmptyPageIsTheLastWhateverItSays() {
        assertThat(SimplePage.read(json("{'content':[],'number':0,'totalElements':9,'totalPages':9}"))
                        .last())
                .isTrue();
        assertThat(SpringPage.read(json("{'content':[],'last':false,'totalElements':9}"))
                        .last())
                .isTrue();
        assertThat(MetadataPage.read(json("{'content':[],'metadata':{'totalElements':9,'page':1,'size':2}}"))
                        .last())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'content':{}}",
                "{'content':[],'number':'0','totalElements':1,'totalPages':1,'last':'true','metadata':[]}",
                "{'content':[],'number':1e99,'totalElements':1e99,'totalPages':1e99,'metadata':{'page':1e99}}"
            })
    void anotherShapeIsNoPage(String text) {
        List<Function<byte[], Page>> styles =
                List.of(SimplePage::read, SpringPage::read, MetadataPage::read, ResultsPage::read);
        styles.forEach(style -> assertThatThrownBy(() -> style.apply(json(text)))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("unexpected-answer")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "<html>canary-4f1c</html>", "{", "[1,2", "[1] [2]", "canary-4f1c", "{'a':\"\u0001\"}"})
    void whatIsNotJsonIsUnavailableAndNotQuoted(String text) {
        assertThatThrownBy(() -> PlainArray.checked(text.getBytes(UTF_8)))
                .isInstanceOf(Unavailable.class)
                .hasNoCause()
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> Json.read(text.getBytes(UTF_8)))
                .isInstanceOf(Unavailable.class)
                .hasNoCause()
                .hasMessageNotContaining("canary");
    }

    @Test
    void aTowerOfBracketsIsRefusedBeforeItIsClimbed() {
        byte[] tower = "[".repeat(100_000).getBytes(UTF_8);
        assertThatThrownBy(() -> PlainArray.checked(tower)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> Json.read(tower)).isInstanceOf(Unavailable.class);
    }

    @Test
    void anArrayComesBackAsTheSameBytes() {
        byte[] array = " [ {\"a\" : \"\\u0000\"} ]\n".getBytes(UTF_8);
        assertThat(PlainArray.checked(array)).isSameAs(array);
    }

    @Test
    void pagesAreReadToTheLastAndNoFurther() {
        List<byte[]> pages = List.of(page(0, 3, 3), page(1, 3, 3), page(2, 3, 3));
        assertThat(Page.all(0, 10, pages::get, SimplePage::read, "id")).containsExactlyElementsOf(pages);
    }

    @Test
    void aSourceWithoutEndIsUnavailable() {
        assertThatThrownBy(() -> Page.all(0, 4, number -> page(number, 99, 99), SimplePage::read, "id"))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("too-many-pages"));
    }

    @Test
    void fewerRecordsThanBeforeMeansThatOneMayHaveBeenMissed() {
        assertThatThrownBy(() -> Page.all(0, 4, number -> page(number, 3, 3 - number), SimplePage::read, "id"))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("records-moved"));
    }

    @Test
    void aPageThatComesAgainIsNotTheNextOne() {
        assertThatThrownBy(() -> Page.all(0, 4, number -> page(number, "[{'id':'0'}]", 3, 3), SimplePage::read, "id"))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("records-moved"));
    }

    @Test
    void aPageThatIsCutShortIsNotTheWhole() {
        for (String content : List.of("[]", "[{'id':'1'}]")) {
            assertThatThrownBy(() -> Page.all(0, 4, number -> page(number, content, 1, 2), SimplePage::read, "id"))
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("records-moved"));
        }
    }

    @Test
    void whatWasAddedMeanwhileAndShownTwiceCountsOnce() {
        List<byte[]> pages = List.of(page(0, "[{'id':'1'},{'id':'0'}]", 2, 2), page(1, "[{'id':'0'}]", 2, 2));
        assertThat(Page.all(0, 4, pages::get, SimplePage::read, "id")).hasSize(2);
    }

    @Test
    void aRecordWithoutItsIdIsNoRecord() {
        for (String content : List.of("[{}]", "[{'id':7}]", "[7]")) {
            assertThatThrownBy(() -> Page.all(0, 4, number -> page(number, content, 1, 1), SimplePage::read, "id"))
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("unexpected-answer"));
        }
    }

    private static byte[] page(int number, int pages, int elements) {
        return page(number, "[{'id':'" + number + "'}]", pages, elements);
    }

    private static byte[] page(int number, String content, int pages, int elements) {
        return json("{'content':" + content + ",'number':" + number + ",'totalElements':" + elements + ",'totalPages':"
                + pages + "}");
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
