package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Establishments, dropped files, and documents that the prison holds: pages and their twins in JSON. */
class PrisonSystemsPagesIT {

    private static final String CASE = "SP-2026-000101";
    private static final String HELD = "/api/v1/cases/" + CASE + "/prison-documents";

    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = TestConsole.start("sallyport.hmpps-documents.types=INCIDENT_EVIDENCE");
        InventedCases.into(console.jdbc);
        console.user("viewer", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("coordinator", "COORDINATOR", "*", "");
        console.jdbc
                .sql(
                        """
                        INSERT INTO establishment (prison, name, active, contracted, types, operators, addresses)
                        VALUES ('LEI', 'Leeds <b>', true, true, '{HMP}', '{Some Company}', '{"Leeds, LS12 2TJ"}'),
                               ('WOI', 'Wolds', false, false, '{HMP}', '{}', '{}')
                        """)
                .update();
        console.jdbc
                .sql(
                        "INSERT INTO task (kind, subject, prison, detail) VALUES ('REGISTER', 'register/CLOSED/WOI', 'WOI', 'It is closed by the register')")
                .update();
        console.jdbc
                .sql(
                        """
                        INSERT INTO dropped_file (feed, sha256, size, state, why)
                        VALUES ('use-of-force', sha256('a'), 1000, 'TAKEN', ''),
                               ('intelligence', sha256('b'), 2000, 'REFUSED', E'row 7: unknown-prison at prison\\nrow <9>: x')
                        """)
                .update();
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void establishmentsAreShownWithTheirForcesAndWhatDoesNotFit() throws IOException {
        String page = page("viewer", "/establishments");
        assertThat(page)
                .contains(
                        "Leeds &lt;b&gt;",
                        "Some Company",
                        "West Yorkshire Police",
                        "It is closed by the register",
                        "Closed")
                .doesNotContain("Leeds <b>");
        assertThat(page("leeds", "/establishments"))
                .contains("id=\"prison-LEI\"")
                .doesNotContain("prison-WOI", "prison-MDI");
        JsonNode all = json("leeds", "/api/v1/establishments").path("items");
        assertThat(all).singleElement().satisfies(one -> {
            assertThat(one.path("force").asText()).isEqualTo("13");
            assertThat(one.path("nearBoundary").asBoolean()).isTrue();
        });
    }

    @Test
    void droppedFilesAreForWhoeverSeesEverything() throws IOException {
        assertThat(page("viewer", "/dropped-files"))
                .contains("row 7: unknown-prison at prison", "row &lt;9&gt;: x", "use-of-force", "2,000");
        assertThat(page("viewer", "/dropped-files?state=TAKEN"))
                .contains("use-of-force")
                .doesNotContain("unknown-prison");
        assertThat(page("leeds", "/dropped-files")).doesNotContain("unknown-prison");
        assertThat(json("viewer", "/api/v1/dropped-files?size=1&page=1").path("items"))
                .hasSize(1);
        assertThat(json("leeds", "/api/v1/dropped-files").path("total").asInt()).isZero();
        assertThat(console.api("viewer").get("/api/v1/dropped-files?state=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPersonAsksWhatThePrisonHoldsAndChooses() throws IOException {
        var session = console.session();
        session.signIn("coordinator", TestConsole.PASSWORD);
        String documents = "/cases/" + CASE + "/documents";
        String number = json("viewer", HELD).path("people").get(0).asText();
        assertThat(session.submit(
                                documents,
                                "/cases/" + CASE + "/prison-documents",
                                Map.of("prisonerNumber", number, "reason", "is there a statement"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(session.get(documents).body()).contains("The prison is asked", "being asked");
        assertThat(console.api("viewer")
                        .post(HELD, "{\"prisonerNumber\":\"" + number + "\",\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(403);
        console.jdbc
                .sql(
                        """
                        INSERT INTO prison_document (case_id, uuid, prisoner_number, type, file_name, media_type, size, created_at, state, actor, code)
                        SELECT id, gen_random_uuid(), :number, 'INCIDENT_EVIDENCE', 'statement <1>.pdf', 'application/pdf', 9, now(), 'REFUSED', 'ann', 'wrong-hash'
                          FROM referral_case WHERE reference = :case
                        """)
                .param("number", number)
                .param("case", CASE)
                .update();
        long id = json("viewer", HELD).path("documents").get(0).path("id").asLong();
        assertThat(json("viewer", HELD).path("documents").get(0).path("why").asText())
                .contains("not those that the prison says");
        assertThat(page("viewer", documents))
                .contains("statement &lt;1&gt;.pdf", "not those that the prison says")
                .doesNotContain("Take it");

        session.submit(
                documents,
                "/cases/" + CASE + "/prison-documents/" + id + "/take",
                Map.of("reason", "the officer wants it"));
        String taken = session.get(documents).body();
        assertThat(taken).contains("The document is asked for", "Being fetched").doesNotContain("Take it");
        assertThat(console.written().consulted("viewer", "viewed the documents that the prison holds"))
                .contains(CASE);
        assertThat(console.api("coordinator")
                        .post(HELD + "/" + id + "/take", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(console.api("leeds")
                        .get("/api/v1/cases/" + CASE + "/prison-documents")
                        .statusCode())
                .isEqualTo(404);
    }

    private static String page(String user, String path) {
        var session = console.session();
        session.signIn(user, TestConsole.PASSWORD);
        var answer = session.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode json(String user, String path) throws IOException {
        var answer = console.api(user).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
