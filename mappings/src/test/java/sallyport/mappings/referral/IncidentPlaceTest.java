package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.mappings.incident.IncidentReport;

class IncidentPlaceTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String WHERE = "61284";

    @Test
    void theSameAnswersAreTheSamePlaceHoweverTheyAreSpelt() {
        assertThat(place(answer(WHERE, "Wing", "A1 landing")))
                .isPresent()
                .isEqualTo(place(answer(WHERE, "WING", " a1  Landing.")));
    }

    @Test
    void theOrderOfTheAnswersDoesNotMatter() {
        assertThat(place(answer(WHERE, "Wing", "A1"), answer(WHERE, "Cell", null)))
                .isEqualTo(place(answer(WHERE, "Cell", null), answer(WHERE, "Wing", "A1")));
    }

    @Test
    void anotherAnswerAndAnotherWordBesideItAreAnotherPlace() {
        Optional<String> place = place(answer(WHERE, "Wing", "A1 landing"));

        assertThat(place(answer(WHERE, "Cell", "A1 landing"))).isNotEqualTo(place);
        assertThat(place(answer(WHERE, "Wing", "A2 landing"))).isNotEqualTo(place);
        assertThat(place(answer(WHERE, "Wing", null))).isNotEqualTo(place);
    }

    @Test
    void noAnswerIsNoPlace() {
        assertThat(place()).isEmpty();
        assertThat(place(answer("61279", "Police referral", null))).isEmpty();
    }

    @Test
    void whatWasWrittenBesideAnAnswerIsNotInTheKey() {
        assertThat(place(answer(WHERE, "Cell", "Arbor")))
                .hasValueSatisfying(key -> assertThat(key).matches("[0-9a-f]{64}"));
    }

    private static ObjectNode answer(String question, String label, @Nullable String beside) {
        ObjectNode answer = MAPPER.createObjectNode();
        answer.put("code", question).put("question", "Q").put("label", "Q").put("sequence", 0);
        ObjectNode response = answer.putArray("responses").addObject();
        response.put("code", "1").put("response", label).put("label", label).put("sequence", 0);
        response.put("additionalInformation", beside);
        response.put("recordedBy", "QTEST1").put("recordedAt", "2026-08-03T10:20:00");
        return answer;
    }

    private static Optional<String> place(ObjectNode... answers) {
        try (InputStream in = IncidentPlaceTest.class.getResourceAsStream("/incident/staff-assault.json")) {
            ObjectNode report = (ObjectNode) MAPPER.readTree(in);
            ArrayNode questions = report.putArray("questions");
            for (ObjectNode answer : answers) {
                questions.add(answer);
            }
            return IncidentPlace.of(IncidentReport.read(MAPPER.writeValueAsBytes(report)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
