package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a package came from: for whoever may see the case, with values only for who asks for them, and never unseen. */
class LineageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/v1/cases/SP-2026-000103/packages/";
    private static final String PAGE = "/cases/SP-2026-000103/packages/";

    private static TestConsole console;

    @BeforeAll
    static void open() throws IOException {
        console = TestConsole.start();
        InventedCases.into(console.jdbc);
        InventedCases.numbered(console.jdbc, 1, resource("package-first.json"));
        InventedCases.numbered(console.jdbc, 2, resource("package-second.json"));
        console.user("swansea", "VIEWER", "SWI", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void saysOfEachValueWhatIsKnownOfItsSource() throws IOException {
        var answer = console.api("swansea").get(API + "2/lineage");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode lineage = JSON.readTree(answer.body());
        assertThat(lineage.path("mappingVersion").asText()).isEqualTo("mappings-1");
        // The invented report is not kept here: its place in it is said as far as it can be.
        assertThat(lineage.path("fields"))
                .anySatisfy(field -> {
                    assertThat(field.path("field").asText()).isEqualTo("/incident/title");
                    assertThat(field.path("kind").asText()).isEqualTo("NOT_KEPT");
                    assertThat(field.path("system").asText()).isEqualTo("incident-reporting");
                    assertThat(field.at("/paths/0").asText()).isEqualTo("/title");
                })
                .anySatisfy(field -> {
                    assertThat(field.path("field").asText()).isEqualTo("/caseReference");
                    assertThat(field.path("kind").asText()).isEqualTo("HUB");
                });
        assertThat(lineage.path("recorded").asBoolean()).isFalse();
        assertThat(answer.body()).doesNotContain("Specimen", "QTEST2");
        assertThat(lineage.at("/heldBack/lines").toString()).contains("staff-identity", "/staff/*/username");
        assertThat(JSON.readTree(console.api("swansea")
                                .get(API + "2/lineage?values=true")
                                .body())
                        .toString())
                .contains("Specimen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2/lineage", "3/lineage", "0/lineage", "99999999999/lineage", "x/lineage"})
    void outsideTheScopeThereIsNothing(String path) throws IOException {
        long consultations = console.written().consultations();
        assertThat(console.api("leeds").get(API + path).statusCode()).isEqualTo(404);
        var leeds = console.session();
        leeds.signIn("leeds", TestConsole.PASSWORD);
        assertThat(leeds.get(PAGE + path).statusCode()).isEqualTo(404);
        assertThat(console.anonymous(API + path).statusCode()).isEqualTo(401);
        assertThat(console.written().consultations()).isEqualTo(consultations);
    }

    @Test
    void thePageHidesTheValuesUntilSomebodyAsksAndEachLookIsInTheLog() {
        var session = console.session();
        session.signIn("swansea", TestConsole.PASSWORD);
        assertThat(session.get("/cases/SP-2026-000103").body()).contains("href=\"" + PAGE + "2/lineage\"");
        assertThat(session.get(PAGE + "2/lineage").body())
                .contains("What the force does not get", "/staff/*/username", "How a member of staff signs in")
                .contains("/incident/title")
                .doesNotContain("Specimen", "QTEST2");
        assertThat(session.get(PAGE + "2/lineage?values=true").body()).contains("Specimen", "Hide the values");
        assertThat(session.get(PAGE + "2/lineage?values=maybe").statusCode()).isEqualTo(400);
        assertThat(console.written().consulted("swansea", "viewed where a package came from"))
                .containsExactly("SP-2026-000103");
    }

    @Test
    void anErasedPackageIsGone() throws IOException {
        try (TestConsole other = TestConsole.start()) {
            InventedCases.into(other.jdbc);
            InventedCases.numbered(other.jdbc, 1, resource("package-first.json"));
            InventedCases.erasePackage(other.jdbc, 1);
            other.user("viewer", "VIEWER", "*", "");
            assertThat(other.api("viewer").get(API + "1/lineage").statusCode()).isEqualTo(410);
            var session = other.session();
            session.signIn("viewer", TestConsole.PASSWORD);
            assertThat(session.get(PAGE + "1/lineage").statusCode()).isEqualTo(410);
        }
    }

    @Test
    void theRulesOfADestinationHaveAVersion() throws IOException {
        var answer = console.api("swansea").get("/api/v1/disclosure-profiles/force");
        assertThat(JSON.readTree(answer.body()).path("current").asText()).matches("[0-9a-f]{12}");
        assertThat(console.api("swansea")
                        .get("/api/v1/disclosure-profiles/nobody")
                        .statusCode())
                .isEqualTo(404);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = LineageIT.class.getResourceAsStream("/sallyport/console/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
