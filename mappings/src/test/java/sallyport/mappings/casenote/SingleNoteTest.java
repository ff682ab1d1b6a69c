package sallyport.mappings.casenote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.mappings.Rejected;

class SingleNoteTest {

    private static final String NOTE =
            """
            {"caseNoteId":"%s","offenderIdentifier":"A1234BC","type":"OBSERVE","typeDescription":"Observations","subType":"SECURITY",
             "subTypeDescription":"Security","creationDateTime":"2026-02-02T10:00:00","occurrenceDateTime":"2026-02-02T09:45:00",
             "authorName":"Inka Vented","authorUserId":"1","authorUsername":"QTEST1","text":"Said\\u0000 so.","eventId":7,"sensitive":true,
             "amendments":[],"systemGenerated":false}""";

    @Test
    void eachNoteOfAPageStandsAloneWithEveryFieldItCameWith() {
        List<SingleNote> notes = SingleNote.ofPage(page(NOTE.formatted("a"), NOTE.formatted("b")));

        assertThat(notes).extracting(single -> single.note().caseNoteId()).containsExactly("a", "b");
        assertThat(notes).allSatisfy(single -> {
            assertThat(new String(single.json(), StandardCharsets.UTF_8)).contains("\"eventId\":7", "\\u0000");
            assertThat(single.note().text()).isEqualTo("Said\uFFFD so.");
            assertThat(SingleNote.read(single.json())).isEqualTo(single).hasSameHashCodeAs(single);
        });
        assertThat(notes.get(0)).isNotEqualTo(notes.get(1)).isNotEqualTo("a").doesNotHaveToString("Said");
        assertThat(notes.get(0).toString()).doesNotContain("Said", "A1234BC");
        assertThat(new SingleNote(notes.get(0).note(), new byte[0])).isNotEqualTo(notes.get(0));
    }

    @Test
    void whatIsNoPageOrNoNoteIsRefusedByItsField() {
        assertThatThrownBy(() -> SingleNote.ofPage("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Rejected.class)
                .hasMessage("schema-invalid at /metadata");
        assertThatThrownBy(() -> SingleNote.ofPage(page(NOTE.formatted("a").replace("\"text\"", "\"words\""))))
                .isInstanceOf(Rejected.class)
                .hasMessage("schema-invalid at /content/0/text");
        assertThatThrownBy(() -> SingleNote.read("[]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Rejected.class)
                .hasMessage("schema-invalid at /");
    }

    @Test
    void aJustificationIsKnownByItsCodeAndHasWords() {
        for (Justification one : Justification.values()) {
            assertThat(Justification.of(one.name())).hasValue(one);
            assertThat(one.words()).isNotBlank();
        }
        assertThat(Justification.of("CURIOSITY")).isEmpty();
    }

    private static byte[] page(String... notes) {
        return ("{\"content\":[" + String.join(",", notes)
                        + "],\"metadata\":{\"totalElements\":2,\"page\":1,\"size\":10},\"hasCaseNotes\":true}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
