package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;
import static sallyport.console.Answers.json;
import static sallyport.console.Answers.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Case notes that people ask for, by the API and by the forms. */
class CaseNotesIT {

    private static final String REQUESTS = "/api/v1/cases/SP-2026-000103/case-note-requests";
    private static final String PAGE = "/cases/SP-2026-000103/case-notes";
    private static final String ASKED =
            """
            {"prisonerNumber":"A9876ZY","from":"2026-02-01","until":"2026-03-01","types":["OBSERVE"],"sensitive":false,
             "justification":"VICTIM_ACCOUNT","reason":"What she said on the day"}""";
    private static final String WHY = "{\"reason\":\"It says who was there\"}";

    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = TestConsole.start();
        InventedCases.into(console.jdbc);
        console.user("viewer", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("coordinator", "COORDINATOR", "*", "");
        console.user("second", "COORDINATOR", "*", "");
        console.user("operator", "OPERATOR", "*", "");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void whatIsAskedForIsListedAndWhatCameIsChosen() throws IOException {
        long id = json(console.api("coordinator").post(REQUESTS, ASKED), 202)
                .path("id")
                .longValue();
        long note = InventedCases.answered(console.jdbc, id);

        JsonNode read = request(json(console.api("coordinator").get(REQUESTS), 200), id);
        assertThat(read.path("state").asText()).isEqualTo("ANSWERED");
        assertThat(read.path("from").asText()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(read.path("until").asText()).isEqualTo("2026-03-01T23:59:59Z");
        assertThat(read.at("/notes/0/text").asText()).isEqualTo("Said <b>so</b>.");
        JsonNode seen = request(json(console.api("viewer").get(REQUESTS), 200), id);
        assertThat(seen.at("/notes/0/text").isTextual()).isFalse();
        assertThat(seen.at("/notes/0/sha256").asText()).hasSize(64);

        String one = REQUESTS + "/" + id + "/notes/" + note;
        json(console.api("coordinator").post(one + "/use", WHY), 202);
        assertThat(request(json(console.api("viewer").get(REQUESTS), 200), id)
                        .at("/notes/0/chosen")
                        .asBoolean())
                .isTrue();
        json(console.api("coordinator").post(one + "/leave-out", WHY), 202);
        assertThat(console.written().commands())
                .contains(
                        "CASE_NOTE SP-2026-000103 coordinator note " + note + " for the package",
                        "CASE_NOTE SP-2026-000103 coordinator note " + note + " left out");
        assertThat(console.written().consulted("viewer", "viewed the case notes that were asked for"))
                .contains("SP-2026-000103");
        problem(console.api("coordinator").post(one + "9/use", WHY), 404);
        problem(console.api("coordinator").post(one + "/use", "{\"reason\":\" \"}"), 400);
    }

    @Test
    void sensitiveNotesWaitForASecondPerson() throws IOException {
        long id = json(
                        console.api("coordinator")
                                .post(REQUESTS, ASKED.replace("\"sensitive\":false", "\"sensitive\":true")),
                        202)
                .path("id")
                .longValue();

        assertThat(problem(console.api("coordinator").post(REQUESTS + "/" + id + "/agree", WHY), 409)
                        .path("detail")
                        .asText())
                .contains("second person");
        problem(console.api("viewer").post(REQUESTS + "/" + id + "/agree", WHY), 403);
        problem(console.api("leeds").post(REQUESTS + "/" + id + "/agree", WHY), 404);
        json(console.api("second").post(REQUESTS + "/" + id + "/agree", WHY), 202);
        problem(console.api("second").post(REQUESTS + "/" + id + "/refuse", WHY), 409);
        JsonNode request = request(json(console.api("viewer").get(REQUESTS), 200), id);
        assertThat(request.path("state").asText()).isEqualTo("ASKED");
        assertThat(request.path("decidedBy").asText()).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A9876ZY | canary/.. | prisonerNumber",
                "A9876ZY | A0000AA | prisonerNumber",
                "2026-02-01 | canary | from",
                "2026-03-01 | 2026-01-01 | until",
                "2026-03-01 | 2029-01-01 | until",
                "\"OBSERVE\" | \"canary-long-word-that-is-no-type\" | types",
                "\"OBSERVE\" | null | types",
                "VICTIM_ACCOUNT | CANARY | justification",
                "What she said on the day | ' ' | reason"
            })
    void namesTheFieldThatIsWrongAndRepeatsNothing(String instead, String of, String field) throws IOException {
        assertThat(ASKED).contains(instead);
        var answer = console.api("coordinator").post(REQUESTS, ASKED.replace(instead, of));

        assertThat(problem(answer, 400).path("parameter").asText()).isEqualTo(field);
        assertThat(answer.body().toLowerCase(java.util.Locale.ROOT)).doesNotContain("canary");
    }

    @Test
    void isOpenToThoseWhoDecideAndWithinTheirScope() throws IOException {
        for (String user : new String[] {"viewer", "operator"}) {
            problem(console.api(user).post(REQUESTS, ASKED), 403);
            problem(console.api(user).post(REQUESTS + "/1/refuse", WHY), 403);
            problem(console.api(user).post(REQUESTS + "/1/notes/1/use", WHY), 403);
            problem(console.api(user).post(REQUESTS + "/1/notes/1/leave-out", WHY), 403);
        }
        problem(console.api("leeds").get(REQUESTS), 404);
        problem(console.api("leeds").post(REQUESTS, ASKED), 404);
        problem(console.api("coordinator").post("/api/v1/cases/SP-2026-999999/case-note-requests", ASKED), 404);
        problem(console.api("coordinator").post(REQUESTS + "/x/agree", WHY), 404);
        problem(console.api("coordinator").post(REQUESTS + "/1/notes/x/use", WHY), 404);
        problem(console.api("coordinator").post(REQUESTS, "{\"prisonerNumber\":"), 400);
        assertThat(console.anonymous(REQUESTS).statusCode()).isEqualTo(401);
    }

    @Test
    void theFormsAskAgreeAndChoose() {
        var session = console.session();
        session.signIn("coordinator", TestConsole.PASSWORD);
        var typed = Map.of(
                "prisonerNumber",
                "A1234BC",
                "from",
                "2026-02-01",
                "until",
                "2026-03-01",
                "types",
                "observe, neg",
                "sensitive",
                "true",
                "justification",
                "BACKGROUND",
                "reason",
                "A quarrel <b>before</b>");

        var wrong = session.submit(PAGE, PAGE, Map.of("prisonerNumber", "A1234BC", "from", "yesterday"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("href=\"#from\"", "The first day must be a day such as");
        assertThat(session.submit(PAGE, PAGE, typed).statusCode()).isEqualTo(302);
        String asked = session.get(PAGE).body();
        assertThat(asked)
                .contains("A second person has to agree", "NEG, OBSERVE", "A quarrel &lt;b&gt;before&lt;/b&gt;")
                .doesNotContain("<b>before</b>", "Agree to ask for sensitive notes");
        long id = InventedCases.latestNotesRequest(console.jdbc);

        var second = console.session();
        second.signIn("second", TestConsole.PASSWORD);
        assertThat(second.get(PAGE).body()).contains("Agree to ask for sensitive notes");
        assertThat(second.submit(PAGE, PAGE + "/" + id + "/agree", Map.of("reason", "needed"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(second.get(PAGE).body()).contains("You agreed", "The prison is being asked");
        long note = InventedCases.answered(console.jdbc, id);
        String choose = PAGE + "/" + id + "/notes/" + note;
        assertThat(second.get(PAGE).body()).contains("Said &lt;b&gt;so&lt;/b&gt;.", "Nobody has chosen");
        assertThat(second.submit(PAGE, choose + "/use", Map.of("reason", "")).statusCode())
                .isEqualTo(302);
        assertThat(second.get(PAGE).body()).contains("Nothing was done", "Nobody has chosen");
        assertThat(second.submit(PAGE, choose + "/use", Map.of("reason", "it fits"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(second.get(PAGE).body()).contains("The note is for the package", "it fits");
    }

    @Test
    void aFormWithoutItsTokenOrFromWhoMayNotIsNotTaken() {
        var session = console.session();
        session.signIn("coordinator", TestConsole.PASSWORD);
        for (String path : new String[] {PAGE, PAGE + "/1/agree", PAGE + "/1/notes/1/use"}) {
            assertThat(session.post(path, Map.of("reason", "x")).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        var viewer = console.session();
        viewer.signIn("viewer", TestConsole.PASSWORD);
        assertThat(viewer.get(PAGE).body())
                .contains("A coordinator asks for case notes")
                .doesNotContain("id=\"justification\"");
        assertThat(viewer.submit("/password", PAGE, Map.of("reason", "x")).statusCode())
                .isEqualTo(403);
        var leeds = console.session();
        leeds.signIn("leeds", TestConsole.PASSWORD);
        assertThat(leeds.get(PAGE).statusCode()).isEqualTo(404);
        assertThat(console.session().get(PAGE).statusCode()).isEqualTo(302);
    }

    private static JsonNode request(JsonNode listed, long id) {
        for (JsonNode request : listed.path("requests")) {
            if (request.path("id").longValue() == id) {
                return request;
            }
        }
        throw new AssertionError("no request " + id);
    }
}
