package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;
import static sallyport.console.Answers.json;
import static sallyport.console.Answers.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.ledger.retention.Kept;

/** What operators and those on call ask the API for: routes, what is parked and why, replays, receipts, alerts, the evidence log. */
class OperationsApiIT {

    private static final String WHY = "{\"reason\":\"Agreed with the force\"}";

    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = TestConsole.start("sallyport.admin-password=a password from the settings");
        InventedCases.into(console.jdbc);
        console.user("viewer", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("coordinator", "COORDINATOR", "*", "");
        console.user("operator", "OPERATOR", "*", "");
        console.user("blind", "VIEWER", "", "");
        console.user("boss", "ADMIN", "*", "");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void suspendsAndResumesARoute() throws IOException {
        JsonNode suspended = json(console.api("operator").post("/api/v1/routes/delivery-force/suspend", WHY), 202);
        assertThat(suspended.path("wanted").textValue()).isEqualTo("SUSPENDED");

        JsonNode routes = json(console.api("viewer").get("/api/v1/routes"), 200);
        JsonNode route = routes.path(0);
        assertThat(route.path("id").textValue()).isEqualTo("delivery-force");
        assertThat(route.path("state").textValue()).isEqualTo("SUSPENDED");
        assertThat(route.path("asWanted").booleanValue()).isTrue();
        assertThat(route.path("wantedBy").textValue()).isEqualTo("operator");
        assertThat(route.path("failed").intValue()).isEqualTo(1);
        assertThat(routes.at("/1/total").intValue()).isEqualTo(2);
        assertThat(routes.at("/1/description").textValue()).startsWith("Fetches the full report");

        json(console.api("operator").post("/api/v1/routes/delivery-force/resume", WHY), 202);
        assertThat(json(console.api("viewer").get("/api/v1/routes"), 200)
                        .at("/0/state")
                        .textValue())
                .isEqualTo("RUNNING");
        problem(console.api("operator").post("/api/v1/routes/no-such-route/suspend", WHY), 404);
    }

    @Test
    void releasesWhatIsParked() throws IOException {
        var api = console.api("operator");

        json(api.post("/api/v1/parked/release", "{\"what\":\"lane/9002\",\"reason\":\"The force is back\"}"), 202);

        problem(api.post("/api/v1/parked/release", "{\"what\":\"lane/9001\",\"reason\":\"not parked\"}"), 404);
        json(api.post("/api/v1/parked/confirm-sent", "{\"what\":\"lane/9002\",\"reason\":\"They have it\"}"), 202);
        problem(api.post("/api/v1/parked/cancel-send", "{\"what\":\"lane/9002\",\"reason\":\"No more\"}"), 409);
        assertThat(problem(api.post("/api/v1/parked/release", "{\"what\":\"x\",\"reason\":\"y\"}"), 400)
                        .path("parameter")
                        .textValue())
                .isEqualTo("what");
    }

    @Test
    void listsEveryPolicyAndConfirmsOnlyWhatIsRefused() throws IOException {
        JsonNode policies =
                json(console.api("viewer").get("/api/v1/retention?size=5"), 200).path("policies");
        assertThat(policies).hasSize(Kept.values().length);
        assertThat(policies.at("/0/kind").textValue()).isEqualTo("unreferred-reports");
        assertThat(policies.at("/0/days").longValue()).isEqualTo(90);
        problem(console.api("viewer").get("/api/v1/retention?size=x"), 400);

        problem(console.api("coordinator").post("/api/v1/retention/hints/confirm", WHY), 403);
        problem(console.api("boss").post("/api/v1/retention/nothing/confirm", WHY), 404);
        problem(console.api("boss").post("/api/v1/retention/hints/confirm", WHY), 409);
    }

    @Test
    void accountsForADay() throws IOException {
        JsonNode all = json(console.api("viewer").get("/api/v1/accounting?day=2026-02-26"), 200);
        JsonNode leeds = json(console.api("leeds").get("/api/v1/accounting?day=2026-02-26"), 200);

        assertThat(all.path("standing").textValue()).isEqualTo("UNEVEN");
        assertThat(leeds.path("standing").textValue()).isEqualTo("UNKNOWN");
        assertThat(all.at("/accounts/0/prison").textValue()).isEqualTo("SWI");
        assertThat(all.at("/accounts/0/counts/DELIVERED").intValue()).isEqualTo(1);
        assertThat(all.at("/accounts/0/source").intValue()).isEqualTo(2);
        assertThat(all.at("/accounts/0/difference").intValue()).isEqualTo(-1);
        assertThat(all.at("/missing/0/recordId").textValue()).endsWith("000000000104");
        assertThat(leeds.path("accounts")).isEmpty();
        assertThat(leeds.path("missing")).isEmpty();
        assertThat(json(console.api("viewer").get("/api/v1/accounting"), 200).path("accounts"))
                .isEmpty();
        for (String wrong : new String[] {"day=2026-02-30", "day=x", "prison=M'DI", "force=462"}) {
            assertThat(problem(console.api("viewer").get("/api/v1/accounting?" + wrong), 400)
                            .path("parameter")
                            .textValue())
                    .isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void hasDaysComparedAgain() throws IOException {
        String days = "{\"from\":\"2026-01-01\",\"until\":\"2026-01-31\",\"prison\":\"LEI\",\"reason\":\"Outage\"}";

        problem(console.api("viewer").post("/api/v1/accounting/comparisons", days), 403);
        json(console.api("operator").post("/api/v1/accounting/comparisons", days), 202);

        JsonNode progress = json(console.api("leeds").get("/api/v1/accounting/comparisons"), 200);
        assertThat(progress.path("waiting").longValue()).isZero();
        assertThat(progress.at("/latest/0/prison").textValue()).isEqualTo("LEI");
        assertThat(progress.at("/latest/0/from").textValue()).isEqualTo("2026-01-01");
        assertThat(progress.at("/latest/0/actor").textValue()).isEqualTo("operator");
        for (String wrong : new String[] {"from", "until", "prison", "reason"}) {
            assertThat(problem(
                                    console.api("operator")
                                            .post(
                                                    "/api/v1/accounting/comparisons",
                                                    days.replaceFirst(
                                                            "(\"" + wrong + "\":)\"[^\"]*\"", "$1\" \\\\u0000\"")),
                                    400)
                            .path("parameter")
                            .textValue())
                    .isEqualTo(wrong);
        }
        problem(console.api("operator").post("/api/v1/accounting/comparisons", days.replace("01-31", "02-30")), 400);
        problem(
                console.api("operator")
                        .post("/api/v1/accounting/comparisons", days.replace("2026-01-31", "2999-01-01")),
                409);
        problem(console.api("operator").post("/api/v1/accounting/comparisons", "{}"), 400);
    }

    @Test
    void listsWorkItemsOfTheScope() throws IOException {
        JsonNode all = json(console.api("viewer").get("/api/v1/tasks?size=2"), 200);
        JsonNode leeds = json(console.api("leeds").get("/api/v1/tasks"), 200);

        assertThat(all.path("items")).hasSize(2);
        assertThat(all.at("/items/0/subject").textValue()).isEqualTo("gap/force/16/2026-03-01");
        assertThat(all.at("/items/0/overdue").booleanValue()).isTrue();
        assertThat(leeds.findValuesAsText("subject")).containsExactly("silence/incident-reporting/LEI");
        assertThat(json(console.api("viewer").get("/api/v1/tasks?kind=GAP"), 200)
                        .path("total")
                        .intValue())
                .isEqualTo(1);
        for (String wrong : new String[] {"kind=gap", "closed=maybe", "size=101", "page=x"}) {
            assertThat(problem(console.api("viewer").get("/api/v1/tasks?" + wrong), 400)
                            .path("parameter")
                            .textValue())
                    .isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void closesAWorkItemWithAnAnswer() throws IOException {
        problem(console.api("viewer").post("/api/v1/tasks/9004/close", WHY), 403);
        problem(console.api("leeds").post("/api/v1/tasks/9004/close", WHY), 404);
        problem(console.api("operator").post("/api/v1/tasks/x/close", WHY), 404);
        problem(console.api("operator").post("/api/v1/tasks/9004/close", "{}"), 400);
        json(console.api("operator").post("/api/v1/tasks/9004/close", WHY), 202);
        problem(console.api("operator").post("/api/v1/tasks/9004/close", WHY), 409);

        JsonNode closed = json(console.api("viewer").get("/api/v1/tasks?closed=true"), 200);
        assertThat(closed.at("/items/0/closedBy").textValue()).isEqualTo("operator");
        assertThat(closed.at("/items/0/closedWhy").textValue()).isEqualTo("Agreed with the force");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"rate":1,"reason":"x"}                                                                  | lane
                    {"lane":"force:62","rate":0,"reason":"x"}                                                | rate
                    {"lane":"force:62","rate":-1,"reason":"x"}                                               | rate
                    {"lane":"force:62","reason":"x"}                                                         | rate
                    {"lane":"force:62","rate":1e300,"reason":"x"}                                            | rate
                    {"lane":"force:62","rate":1}                                                             | reason
                    {"lane":"force:98","rate":1,"reason":"x"}                                                | lane
                    {"lane":"canary' --","rate":1,"reason":"x"}                                              | lane
                    {"cause":"a b","rate":1,"reason":"x"}                                                    | cause
                    {"force":"x","rate":1,"reason":"x"}                                                      | force
                    {"from":"yesterday","rate":1,"reason":"x"}                                               | from
                    {"from":"2026-03-02T00:00:00Z","to":"2026-03-01T00:00:00Z","rate":1,"reason":"x"}        | to
                    {"lane":"force:62","standing":"SENT","rate":1,"reason":"x"}                              | standing
                    """)
    void refusesAReplayThatCannotBeMeant(String body, String parameter) throws IOException {
        var answer = console.api("operator").post("/api/v1/replays", body);

        assertThat(problem(answer, 400).path("parameter").textValue()).isEqualTo(parameter);
        assertThat(answer.body()).doesNotContain("canary");
        assertThat(console.written().replays("x")).isZero();
    }

    @Test
    void showsAReplayToThoseWhoMaySeeEveryCaseOfItAndHidesPeopleFromThoseWhoDoNotDecide() throws IOException {
        var operator = console.api("operator");
        long id = json(
                        operator.post(
                                "/api/v1/replays",
                                "{\"lane\":\"force:62\",\"rate\":50,\"reason\":\"The force lost a day\"}"),
                        202)
                .path("replay")
                .longValue();
        assertThat(json(operator.get("/api/v1/replays/" + id), 200)
                        .path("state")
                        .textValue())
                .isEqualTo("PLANNING");
        problem(operator.post("/api/v1/replays/" + id + "/start", WHY), 409);
        InventedCases.plan(console.jdbc, id);

        JsonNode planned = json(console.api("viewer").get("/api/v1/replays/" + id), 200);
        assertThat(planned.path("takesSeconds").doubleValue()).isEqualTo(0.02);
        assertThat(planned.at("/verdicts/DEDUPES").intValue()).isEqualTo(1);
        assertThat(planned.at("/items/LEFT_OUT").intValue()).isEqualTo(1);
        assertThat(json(console.api("viewer").get("/api/v1/replays"), 200)
                        .path("total")
                        .intValue())
                .isEqualTo(1);
        for (String path : new String[] {"", "/items", "/items/9001"}) {
            problem(console.api("leeds").get("/api/v1/replays/" + id + path), 404);
            problem(console.api("blind").get("/api/v1/replays/" + id + path), 404);
        }
        problem(console.api("viewer").get("/api/v1/replays/x"), 404);
        problem(console.api("viewer").get("/api/v1/replays/" + id + "/items?state=FOO"), 400);

        String item = "/api/v1/replays/" + id + "/items/9001";
        assertThat(json(operator.get(item), 200).toString())
                .doesNotContain("Arbor")
                .contains("\"masked\":true");
        assertThat(json(console.api("coordinator").get(item), 200).toString()).contains("Arbor");
        problem(console.api("coordinator").post("/api/v1/replays/" + id + "/start", WHY), 403);
        problem(console.api("viewer").post("/api/v1/replays", WHY), 403);
        json(operator.post("/api/v1/replays/" + id + "/items/9002/confirm", WHY), 202);
        problem(operator.post("/api/v1/replays/" + id + "/items/9002/confirm", WHY), 409);
        // No shadow is configured here.
        problem(operator.post("/api/v1/replays/" + id + "/rehearse", WHY), 409);
        json(operator.post("/api/v1/replays/" + id + "/start", "{\"reason\":\"go\",\"paused\":true}"), 202);
        assertThat(json(operator.get("/api/v1/replays/" + id), 200)
                        .path("state")
                        .textValue())
                .isEqualTo("PAUSED");
        json(operator.post("/api/v1/replays/" + id + "/resume", WHY), 202);
        json(operator.post("/api/v1/replays/" + id + "/pause", WHY), 202);
        json(operator.post("/api/v1/replays/" + id + "/cancel", WHY), 202);
        problem(operator.post("/api/v1/replays/" + id + "/resume", WHY), 409);
    }

    @Test
    void saysHowTheEvidenceLogStandsAndTakesAnOperatorsWord() throws IOException {
        for (String path : List.of("/api/v1/evidence", "/api/v1/evidence/verify")) {
            problem(console.api("viewer").get(path), 403);
            problem(console.api("coordinator").get(path), 403);
        }
        problem(console.api("coordinator").post("/api/v1/evidence/override", WHY), 403);
        var operator = console.api("operator");
        JsonNode shut = json(operator.get("/api/v1/evidence"), 200);
        assertThat(shut.path("open").booleanValue()).isFalse();
        assertThat(shut.path("why").textValue()).startsWith("No checkpoint was published");
        assertThat(shut.path("unprovedSeconds").doubleValue()).isEqualTo(400.5);

        JsonNode verification = json(operator.get("/api/v1/evidence/verify"), 200);
        assertThat(verification.path("state").textValue()).isEqualTo("TAMPERED");
        assertThat(verification.at("/findings/0/entry").longValue()).isEqualTo(17);
        assertThat(verification.at("/findings/0/text").textValue()).startsWith("Entry 17 (row 20) was changed");

        problem(operator.post("/api/v1/evidence/override", "{}"), 400);
        json(operator.post("/api/v1/evidence/override", WHY), 202);
        assertThat(json(operator.get("/api/v1/evidence"), 200)
                        .path("overrideBy")
                        .textValue())
                .isEqualTo("operator");
        console.evidence().open();
        problem(operator.post("/api/v1/evidence/override", WHY), 409);
        assertThat(json(operator.get("/api/v1/evidence"), 200).path("open").booleanValue())
                .isTrue();
    }

    @Test
    void tellsWhatFailsByCauseAndReleasesItAsOne() throws IOException {
        JsonNode causes = json(console.api("viewer").get("/api/v1/causes"), 200);
        JsonNode schema = StreamSupport.stream(causes.spliterator(), false)
                .filter(cause -> cause.path("code").asText().equals("schema-invalid"))
                .findFirst()
                .orElseThrow();
        assertThat(schema.path("of").asText()).isEqualTo("incident-fetch");
        assertThat(schema.path("parked").asInt()).isEqualTo(2);
        assertThat(schema.path("what").asText()).contains("incident reporting");
        assertThat(schema.path("todo").asText()).isNotBlank();
        assertThat(json(console.api("leeds").get("/api/v1/causes"), 200)).isEmpty();

        String wish = "{\"of\":\"incident-fetch\",\"kind\":\"REJECTED\",\"code\":\"schema-invalid\","
                + "\"reason\":\"Mended\"}";
        problem(console.api("viewer").post("/api/v1/causes/release", wish), 403);
        problem(
                console.api("operator")
                        .post(
                                "/api/v1/causes/release",
                                "{\"of\":\"force:16\",\"kind\":\"UNKNOWN\",\"code\":\"no-answer\",\"reason\":\"x\"}"),
                409);
        problem(console.api("operator").post("/api/v1/causes/release", "{\"of\":\"' OR 1\",\"reason\":\"x\"}"), 400);
        problem(
                console.api("operator")
                        .post(
                                "/api/v1/causes/release",
                                "{\"of\":\"tracker\",\"kind\":\"DEFECT\",\"code\":\"x\",\"reason\":\"x\"}"),
                404);
        JsonNode released = json(console.api("operator").post("/api/v1/causes/release", wish), 202);
        assertThat(released.path("count").asInt()).isEqualTo(2);
        json(console.api("operator").post("/api/v1/causes/release", wish), 202);
        assertThat(console.written().commands())
                .filteredOn(command -> command.startsWith("RELEASE ") && command.endsWith(" Mended"))
                .hasSize(2);
    }

    @Test
    void tellsWhatEachForceOwes() throws IOException {
        JsonNode owed = json(console.api("viewer").get("/api/v1/receipts"), 200);
        assertThat(owed.at("/forces/0/force").asText()).isEqualTo("62");
        assertThat(owed.at("/forces/0/overdue").asInt()).isEqualTo(1);
        assertThat(owed.at("/overdue/0/rung").asText()).isEqualTo("OFFICER_ALLOCATED");
        assertThat(owed.at("/overdue/0/caseReference").asText()).isEqualTo("SP-2026-000103");
        JsonNode leeds = json(console.api("leeds").get("/api/v1/receipts"), 200);
        assertThat(leeds.path("forces")).isEmpty();
        assertThat(leeds.path("overdue")).isEmpty();

        JsonNode ladder = json(console.api("viewer").get("/api/v1/cases/SP-2026-000103"), 200)
                .path("ladder");
        assertThat(StreamSupport.stream(ladder.spliterator(), false)
                        .map(rung -> rung.path("rung").asText() + " "
                                + rung.path("state").asText())
                        .toList())
                .containsExactly("ACCEPTED MET", "CRIME_REFERENCE MET", "OFFICER_ALLOCATED OVERDUE", "OUTCOME WAITING");
    }

    @Test
    void tellsOfAlertsWithinTheScope() throws IOException {
        JsonNode alerts = json(console.api("viewer").get("/api/v1/alerts"), 200);
        assertThat(alerts.at("/open/0/subject").asText()).isEqualTo("force:16");
        assertThat(alerts.at("/open/0/todo").asText()).isNotBlank();
        assertThat(alerts.path("open")).hasSize(1);
        assertThat(alerts.path("latest")).hasSize(2);
        JsonNode leeds = json(console.api("leeds").get("/api/v1/alerts"), 200);
        assertThat(leeds.path("open")).isEmpty();
        assertThat(leeds.path("latest")).isEmpty();
    }
}
