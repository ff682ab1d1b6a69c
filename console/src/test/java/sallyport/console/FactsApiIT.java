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

/** What people answer to readiness items, by the API and by the forms. */
class FactsApiIT {

    private static final String FACTS = "/api/v1/cases/SP-2026-000101/facts";
    private static final String MG11 =
            """
            {"state":"PRESENT","source":"The file","entries":[{"givenBy":"canary-name","takenOn":"2026-03-01","pages":3,
             "signed":true,"declaration":true,"backComplete":true}]}""";
    private static final String WHY = "{\"reason\":\"Another case\"}";

    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = TestConsole.start();
        InventedCases.into(console.jdbc);
        console.user("viewer", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("coordinator", "COORDINATOR", "*", "");
        console.user("operator", "OPERATOR", "*", "");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void anAnswerIsKeptShownAndTakenBack() throws IOException {
        String item = FACTS + "/witness-statements";

        assertThat(json(console.api("coordinator").put(item, MG11), 200)
                        .path("version")
                        .intValue())
                .isEqualTo(1);
        assertThat(json(console.api("coordinator").put(item, MG11), 200)
                        .path("version")
                        .intValue())
                .isEqualTo(1);
        JsonNode list = json(console.api("viewer").get(FACTS), 200);
        JsonNode line = null;
        for (JsonNode one : list.path("items")) {
            line = one.path("item").asText().equals("witness-statements") ? one : line;
        }
        assertThat(line).isNotNull();
        assertThat(line.path("state").asText()).isEqualTo("PRESENT");
        assertThat(line.at("/answer/entries/0/pages").intValue()).isEqualTo(3);
        assertThat(line.at("/answer/by").asText()).isEqualTo("coordinator");
        problem(console.api("coordinator").put(item, MG11.replace("{\"state", "{\"after\":0,\"state")), 409);

        assertThat(json(console.api("coordinator").post(item + "/withdraw", WHY), 202)
                        .path("version")
                        .intValue())
                .isEqualTo(2);
        problem(console.api("coordinator").post(item + "/withdraw", WHY), 409);
        JsonNode one = json(console.api("viewer").get(item), 200);
        assertThat(one.path("versions")).hasSize(2);
        assertThat(one.at("/versions/0/state").asText("")).isEmpty();
        assertThat(one.at("/line/state").asText()).isEqualTo("MISSING");
        assertThat(one.at("/fields/2/name").asText()).isEqualTo("pages");
        assertThat(console.written().consulted("viewer", "viewed the readiness"))
                .contains("SP-2026-000101");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"pages\":3, | | entries/0/pages",
                "\"pages\":3 | \"pages\":\"three\" | entries/0/pages",
                "2026-03-01 | yesterday | entries/0/takenOn",
                "PRESENT | THERE | state",
                "PRESENT | MISSING | note",
                "\"The file\" | null | source",
                "{\"state\" | {\"after\":\"x\",\"state\" | after",
                "{\"state\" | {\"state | body"
            })
    void namesTheElementThatIsWrongAndRepeatsNothing(String instead, String of, String element) throws IOException {
        assertThat(MG11).contains(instead);
        var answer = console.api("coordinator")
                .put(FACTS + "/victim-statement", MG11.replace(instead, of == null ? "" : of));

        JsonNode problem = problem(answer, 400);
        assertThat(problem.path("parameter").asText()).isEqualTo(element);
        assertThat(problem.path("detail").asText()).startsWith(element + " ");
        assertThat(answer.body()).doesNotContain("canary", "yesterday", "three");
    }

    @Test
    void saysWhatAChoiceMayBe() throws IOException {
        JsonNode problem = problem(
                console.api("coordinator")
                        .put(
                                FACTS + "/victim-wishes",
                                """
                                {"state":"PRESENT","source":"s","entries":[{"victim":"A","supportsProsecution":"MAYBE",
                                 "askedForReferral":true,"askedOn":"2026-03-01"}]}"""),
                400);
        assertThat(problem.path("parameter").asText()).isEqualTo("entries/0/supportsProsecution");
        assertThat(problem.path("allowed")).hasSize(3);
    }

    @Test
    void isOpenToThoseWhoDecideAndWithinTheirScope() throws IOException {
        String item = FACTS + "/exhibits";
        problem(console.api("viewer").put(item, MG11), 403);
        problem(console.api("operator").put(item, MG11), 403);
        problem(console.api("operator").post(item + "/withdraw", WHY), 403);
        problem(console.api("leeds").put(FACTS + "/victim-statement", MG11), 404);
        problem(console.api("leeds").get(FACTS), 404);
        problem(console.api("leeds").get(item), 404);
        problem(console.api("coordinator").put(FACTS + "/no-such-item", MG11), 404);
        problem(console.api("coordinator").get(FACTS + "/no-such-item"), 404);
        problem(console.api("coordinator").put("/api/v1/cases/SP-2026-999999/facts/victim-statement", MG11), 404);
        problem(console.api("coordinator").put(FACTS + "/statement-quality", MG11), 409);
        problem(console.api("coordinator").put(FACTS + "/victim-statement", "x".repeat(600_000)), 400);
    }

    @Test
    void aFormIsTakenLikeAnAnswerOfTheApi() throws IOException {
        var session = console.session();
        session.signIn("coordinator", TestConsole.PASSWORD);
        String page = "/cases/SP-2026-000102/readiness/exhibits";
        var typed = Map.of(
                "state",
                "PRESENT",
                "source",
                "The store's book",
                "after",
                "0",
                "e1.exhibit",
                "ABC/1",
                "e1.seal",
                "B0047",
                "e1.description",
                "A mop handle <script>");

        var wrong = session.submit(page, page, typed);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("href=\"#e1-producedBy\"", "Produced by must be given", "A mop handle &lt;script&gt;")
                .doesNotContain("handle <script>");

        var more = new java.util.HashMap<>(typed);
        more.put("e1.producedBy", "A. B. Cee");
        assertThat(session.submit(page, page, more).statusCode()).isEqualTo(302);
        JsonNode kept = json(console.api("viewer").get("/api/v1/cases/SP-2026-000102/facts/exhibits"), 200);
        assertThat(kept.at("/versions/0/entries/0/seal").asText()).isEqualTo("B0047");
        // Somebody else's form is older now.
        more.put("e1.seal", "B0048");
        assertThat(session.submit(page, page, more).statusCode()).isEqualTo(409);

        assertThat(session.submit(page, page + "/withdraw", Map.of("reason", "", "after", "1"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(session.get(page).body()).contains("the reason must say why");
        assertThat(session.get("/cases/SP-2026-000102/readiness/nothing").statusCode())
                .isEqualTo(404);
        assertThat(session.get("/cases/SP-2026-000102/readiness/statement-quality")
                        .body())
                .contains("This follows from the answers about the statements");
    }

    @Test
    void theFormsAreThereForThoseWhoDecideOnly() {
        var viewer = console.session();
        viewer.signIn("viewer", TestConsole.PASSWORD);
        assertThat(viewer.get("/cases/SP-2026-000101/readiness/exhibits").body())
                .contains("A coordinator answers")
                .doesNotContain("Keep the answer");
        assertThat(viewer.submit("/password", "/cases/SP-2026-000101/readiness/exhibits", Map.of("state", "MISSING"))
                        .statusCode())
                .isEqualTo(403);
        var leeds = console.session();
        leeds.signIn("leeds", TestConsole.PASSWORD);
        assertThat(leeds.get("/cases/SP-2026-000101/readiness").statusCode()).isEqualTo(404);
        assertThat(leeds.get("/cases/SP-2026-000101/readiness/exhibits").statusCode())
                .isEqualTo(404);
    }
}
