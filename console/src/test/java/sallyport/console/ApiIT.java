package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;
import static sallyport.console.Answers.json;
import static sallyport.console.Answers.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHY = "{\"reason\":\"Agreed with the force\"}";

    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = TestConsole.start(
                "sallyport.admin-password=a password from the settings", "server.tomcat.max-swallow-size=10MB");
        InventedCases.into(console.jdbc);
        console.user("viewer", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("coordinator", "COORDINATOR", "*", "");
        console.user("operator", "OPERATOR", "*", "");
        console.user("leeds-operator", "OPERATOR", "LEI", "");
        console.user("nowhere-operator", "OPERATOR", "", "46");
        console.user("blind", "VIEWER", "", "");
        console.user("boss", "ADMIN", "*", "");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void listsCasesOfTheScope() throws IOException {
        JsonNode all = json(console.api("viewer").get("/api/v1/cases?size=4"), 200);
        JsonNode leeds = json(console.api("leeds").get("/api/v1/cases"), 200);
        JsonNode none = json(console.api("blind").get("/api/v1/cases"), 200);

        assertThat(all.path("total").intValue()).isEqualTo(6);
        assertThat(all.path("items")).hasSize(4);
        assertThat(all.path("page").intValue()).isZero();
        assertThat(all.at("/items/0/reference").textValue()).isEqualTo("SP-2026-000102");
        assertThat(all.at("/items/0/openedAt").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(leeds.findValuesAsText("reference")).containsExactlyInAnyOrder("SP-2026-000102", "SP-2026-000106");
        assertThat(none.path("total").intValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "state=DELIVERED,2",
        "state=DELIVERED&force=62,1",
        "prison=mdi,2",
        "series=ANY,2",
        "series=SAME_PLACE,1",
        "series=SAME_SUSPECT&state=DELIVERED,0",
        "q=B4321CB,1",
        "q=62/104411/26,1",
        "q=37184206,1",
        "q=nothing,0",
        "page=1&size=5,1",
        "page=9,0",
        "state=&q=&page=,6"
    })
    void narrowsTheList(String query, int rows) throws IOException {
        assertThat(json(console.api("viewer").get("/api/v1/cases?" + query), 200)
                        .path("items"))
                .hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "state=FOO,state",
        "state=FOO_canary,state",
        "page=-1,page",
        "page=x,page",
        "page=99999999999,page",
        "page=999999999,page",
        "size=0,size",
        "size=101,size",
        "force=../etc,force",
        "prison=M%00I,prison",
        "series=SAME_CAR,series",
        "q=%00,q",
        "q=a%0ab,q",
        "q=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,q"
    })
    void namesTheParameterThatIsWrong(String query, String parameter) throws IOException {
        var answer = console.api("viewer").get("/api/v1/cases?" + query);

        JsonNode problem = problem(answer, 400);
        assertThat(problem.path("parameter").textValue()).isEqualTo(parameter);
        assertThat(problem.path("detail").textValue()).startsWith(parameter + " must be ");
        assertThat(answer.body()).doesNotContain("canary", "etc");
        if (parameter.equals("state")) {
            assertThat(problem.path("allowed")).hasSize(6).anyMatch(state -> state.textValue()
                    .equals("AWAITING_DECISION"));
        }
    }

    @Test
    void showsACaseWithItsTimelineAndRecordsThatItWasSeen() throws IOException {
        JsonNode one = json(console.api("viewer").get("/api/v1/cases/SP-2026-000103"), 200);

        assertThat(one.path("reference").textValue()).isEqualTo("SP-2026-000103");
        assertThat(one.path("crimeReference").textValue()).isEqualTo("62/104411/26");
        assertThat(one.at("/series/0").textValue()).isEqualTo("SAME_PLACE");
        assertThat(one.at("/seriesWith/0/reference").textValue()).isEqualTo("SP-2026-000105");
        assertThat(one.path("proposedOffences").findValuesAsText("code")).containsExactly("OF61102", "CJ88116");
        JsonNode beating = one.at("/proposedOffences/1");
        assertThat(beating.path("category").textValue()).isEqualTo("CS");
        assertThat(beating.path("ruleId").textValue()).isEqualTo("ASSAULT-POLICE-REFERRAL");
        assertThat(beating.path("status").textValue()).isEqualTo("PROPOSED");
        assertThat(LocalDate.parse(beating.path("chargeBy").textValue())).isAfter(LocalDate.now(ZoneOffset.UTC));
        assertThat(one.at("/proposedOffences/0/chargeBy").asText("")).isEmpty();
        List<String> kinds = new ArrayList<>();
        one.path("timeline").forEach(entry -> kinds.add(entry.path("kind").textValue()));
        assertThat(kinds)
                .startsWith("OPENED")
                .contains("SOURCE", "DECISION", "PACKAGE", "PROMISE", "ATTEMPT", "RECEIPT", "OUTCOME");
        List<String> times = one.path("timeline").findValuesAsText("at");
        assertThat(times).isSorted();
        assertThat(console.written().consulted("viewer", "viewed the case")).contains("SP-2026-000103");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/cases/SP-2026-000101",
                "/api/v1/cases/SP-2026-999999",
                "/api/v1/cases/canary'%20OR%201=1",
                "/api/v1/cases/%00",
                "/api/v1/nothing"
            })
    void saysNotFoundOutsideTheScopeAndWhereNothingIs(String path) throws IOException {
        var answer = console.api("leeds").get(path);

        // A path that is not even one is refused before anybody looks.
        assertThat(answer.statusCode()).isIn(404, 400);
        assertThat(answer.body()).doesNotContain("canary", "Exception", "sallyport");
    }

    @Test
    void answersAsProblemOutsideTheScope() throws IOException {
        problem(console.api("leeds").get("/api/v1/cases/SP-2026-000101"), 404);
        problem(console.api("leeds").post("/api/v1/cases/SP-2026-000101/approve", WHY), 404);
    }

    @Test
    void writesDownWhatACoordinatorDecides() throws IOException {
        var first = console.api("leeds").post("/api/v1/cases/SP-2026-000102/keep-internal", WHY);
        var again = console.api("leeds").post("/api/v1/cases/SP-2026-000102/keep-internal", WHY);

        assertThat(json(first, 202).path("command")).isEqualTo(json(again, 202).path("command"));
        assertThat(console.written().commands())
                .filteredOn(command -> command.startsWith("KEEP_INTERNAL "))
                .containsExactly("KEEP_INTERNAL SP-2026-000102 leeds Agreed with the force");
        problem(console.api("coordinator").post("/api/v1/cases/SP-2026-000103/approve", WHY), 409);
        problem(console.api("coordinator").post("/api/v1/cases/SP-2026-000103/confirm-review", WHY), 409);
        json(console.api("coordinator").post("/api/v1/cases/SP-2026-000105/confirm-withdrawal", WHY), 202);
    }

    @Test
    void wantsTwoDigitsForTheForceOfAnApproval() throws IOException {
        var answer = console.api("coordinator")
                .post("/api/v1/cases/SP-2026-000101/approve", "{\"reason\":\"x\",\"force\":\"D?\"}");

        assertThat(problem(answer, 400).path("parameter").textValue()).isEqualTo("force");
    }

    @Test
    void keepsEveryRoleToItsOwn() throws IOException {
        problem(console.api("viewer").post("/api/v1/cases/SP-2026-000101/approve", WHY), 403);
        problem(console.api("operator").post("/api/v1/cases/SP-2026-000101/approve", WHY), 403);
        problem(console.api("coordinator").post("/api/v1/routes/delivery-force/suspend", WHY), 403);
        problem(
                console.api("coordinator").post("/api/v1/parked/release", "{\"what\":\"lane/9002\",\"reason\":\"x\"}"),
                403);
        problem(console.api("operator").post("/api/v1/users", WHY), 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reason\":\"\"}",
                "{\"reason\":\"  \"}",
                "{\"reason\":null}",
                "{\"reason\":\"a\\u0000\"}"
            })
    void wantsAReason(String body) throws IOException {
        JsonNode problem = problem(console.api("coordinator").post("/api/v1/cases/SP-2026-000101/approve", body), 400);

        assertThat(problem.path("parameter").textValue()).isEqualTo("reason");
    }

    @Test
    void refusesBodiesThatAreNotItsJson() throws IOException {
        var api = console.api("coordinator");

        var garbage = api.post("/api/v1/cases/SP-2026-000101/approve", "{canary");
        problem(garbage, 400);
        assertThat(garbage.body()).doesNotContain("canary", "Jackson");
        problem(api.post("/api/v1/cases/SP-2026-000101/approve", "[1]"), 400);
        problem(api.post("/api/v1/cases/SP-2026-000101/approve", "reason=x", "text/plain"), 415);
        problem(api.post("/api/v1/cases/SP-2026-000101/approve", "reason=x", "application/x-www-form-urlencoded"), 415);
    }

    @Test
    void placesAndReleasesALegalHoldWithinTheScope() throws IOException {
        String place = "/api/v1/cases/SP-2026-000101/place-hold";
        String release = "/api/v1/cases/SP-2026-000101/release-hold";
        problem(console.api("viewer").post(place, WHY), 403);
        problem(console.api("operator").post(place, WHY), 403);
        problem(console.api("leeds").post(place, WHY), 404);
        problem(console.api("coordinator").post("/api/v1/cases/x/place-hold", WHY), 404);
        problem(console.api("coordinator").post(place, "{}"), 400);
        problem(console.api("coordinator").post(release, WHY), 409);

        json(console.api("coordinator").post(place, WHY), 202);

        problem(console.api("coordinator").post(place, WHY), 409);
        JsonNode held = json(console.api("viewer").get("/api/v1/cases/SP-2026-000101"), 200);
        assertThat(held.at("/holds/0/placedWhy").textValue()).isEqualTo("Agreed with the force");
        assertThat(json(console.api("viewer").get("/api/v1/retention"), 200)
                        .path("holds")
                        .findValuesAsText("caseReference"))
                .containsExactly("SP-2026-000101");
        assertThat(json(console.api("leeds").get("/api/v1/retention"), 200).path("holds"))
                .isEmpty();

        json(console.api("coordinator").post(release, WHY), 202);
        assertThat(json(console.api("viewer").get("/api/v1/retention"), 200).path("holds"))
                .isEmpty();
        JsonNode freed = json(console.api("viewer").get("/api/v1/cases/SP-2026-000101"), 200);
        assertThat(freed.at("/holds/0/releasedBy").textValue()).isEqualTo("coordinator");
        assertThat(freed.path("evidence").findValuesAsText("kind")).contains("ALTERATION");
    }

    @Test
    void asksForAPassword() throws IOException {
        var anonymous = console.anonymous("/api/v1/cases");

        problem(anonymous, 401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(basic -> assertThat(basic).startsWith("Basic"));
        assertThat(anonymous.headers().firstValue("Set-Cookie")).isEmpty();
        problem(console.api("nobody", "wrong").get("/api/v1/cases"), 401);
        problem(console.api("bad\u0000name", "wrong").get("/api/v1/cases"), 401);
        problem(console.api("viewer", "x".repeat(500)).get("/api/v1/cases"), 401);
    }

    @Test
    void takesTheFirstPasswordOfAdminAndSaysWhoItIs() throws IOException {
        JsonNode me = json(console.api("admin", "a password from the settings").get("/api/v1/me"), 200);

        assertThat(me.path("username").textValue()).isEqualTo("admin");
        assertThat(me.path("role").textValue()).isEqualTo("ADMIN");
        assertThat(me.at("/prisons/0").textValue()).isEqualTo("*");
    }

    @Test
    void takesNoSessionForACredential() throws IOException {
        var session = console.session();
        assertThat(session.signIn("viewer", TestConsole.PASSWORD).statusCode()).isEqualTo(302);
        assertThat(session.get("/cases").statusCode()).isEqualTo(200);

        problem(session.get("/api/v1/cases"), 401);
        problem(session.post("/api/v1/cases/SP-2026-000101/approve", Map.of("reason", "x")), 401);
    }

    @Test
    void slowsDownWhoGuesses() throws IOException {
        console.user("guessed", "VIEWER", "*", "");
        for (int n = 0; n < 5; n++) {
            problem(console.api("guessed", "wrong " + n).get("/api/v1/me"), 401);
        }

        var blocked = console.api("guessed").get("/api/v1/me");

        problem(blocked, 429);
        assertThat(Integer.parseInt(blocked.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(console.api("viewer").get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsOfIntelligenceOnlyWhoeverDecidesAndWithinTheScope() throws IOException {
        problem(console.api("viewer").get("/api/v1/intelligence"), 403);
        JsonNode found = json(console.api("coordinator").get("/api/v1/intelligence"), 200);
        assertThat(texts(found, "reference")).containsExactly("INT-2026-202", "INT-2026-201");
        assertThat(texts(found, "caseReference")).containsExactly("SP-2026-000101", "SP-2026-000103");
        JsonNode restricted = found.at("/items/0");
        assertThat(restricted.path("toForce").booleanValue()).isFalse();
        assertThat(restricted.path("about").asText()).isEqualTo("PRISONER");
        assertThat(restricted.path("unitName").asText()).isEqualTo("Counter corruption unit, MDI");
        assertThat(found.at("/items/1/toForce").booleanValue()).isTrue();
        assertThat(json(console.api("leeds").get("/api/v1/intelligence"), 200).path("items"))
                .isEmpty();
        assertThat(texts(json(console.api("coordinator").get("/api/v1/intelligence?prison=swi"), 200), "reference"))
                .containsExactly("INT-2026-201");
        for (String wrong : List.of("prison=L%2FEI", "page=-1", "size=101")) {
            problem(console.api("coordinator").get("/api/v1/intelligence?" + wrong), 400);
        }
        assertThat(console.written().consulted("coordinator", "viewed notices of intelligence about the case"))
                .contains("SP-2026-000101", "SP-2026-000103");
    }

    @Test
    void tellsWhatPeopleInOpenCasesAreMarkedWithWithinTheScope() throws IOException {
        JsonNode found = json(console.api("viewer").get("/api/v1/prisoner-alerts"), 200);
        assertThat(texts(found, "code")).containsExactly("XPOI", "ROV");
        assertThat(found.path("total").asInt()).isEqualTo(2);
        assertThat(found.path("unread").asInt()).isZero();
        JsonNode first = found.at("/items/0");
        assertThat(first.path("prisonerNumber").asText()).isEqualTo("A5555DD");
        assertThat(first.path("group").asText()).isEqualTo("PERSON_OF_INTEREST");
        assertThat(first.path("meaning").asText()).isEqualTo("Prisoner of Interest");
        assertThat(first.path("since").asText()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
        assertThat(first.hasNonNull("expires")).isFalse();
        assertThat(first.path("caseReference").asText()).isEqualTo("SP-2026-000101");
        assertThat(found.at("/items/1/expires").isTextual()).isTrue();

        assertThat(json(console.api("leeds").get("/api/v1/prisoner-alerts"), 200)
                        .path("items"))
                .isEmpty();
        assertThat(texts(json(console.api("viewer").get("/api/v1/prisoner-alerts?group=HIGH_HARM"), 200), "code"))
                .containsExactly("ROV");
        assertThat(texts(json(console.api("viewer").get("/api/v1/prisoner-alerts?prison=mdi"), 200), "code"))
                .containsExactly("XPOI");
        assertThat(texts(json(console.api("viewer").get("/api/v1/prisoner-alerts?size=1&page=1"), 200), "code"))
                .containsExactly("ROV");
        for (String wrong : List.of("group=SELF_HARM", "prison=L%2FEI", "page=-1", "size=101")) {
            var refused = console.api("viewer").get("/api/v1/prisoner-alerts?" + wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(refused.body()).contains(wrong.substring(0, wrong.indexOf('=')));
        }
        assertThat(console.written().consulted("viewer", "viewed alerts of people in the case"))
                .containsExactly("SP-2026-000101", "SP-2026-000103");
    }

    @Test
    void takesAListOfTelephoneReportsFromAnOperatorWithAReason() throws IOException {
        String address = "/api/v1/telephone-reports";
        String why = address + "?reason=Mail+is+down";
        String list = "reference,prison,occurred,summary\nH-1,LEI,2026-03-01 10:00,canary\n";

        JsonNode taken = json(
                console.api("operator").post(why, list + "H-2,LEI,canary,x\nH-3,MDI,2026-03-01 10:00,\n", "text/csv"),
                202);
        assertThat(taken.path("sha256").asText()).hasSize(64);
        assertThat(taken.path("reports").asInt()).isEqualTo(2);
        assertThat(taken.path("unread")).singleElement().satisfies(line -> {
            assertThat(line.path("row").asInt()).isEqualTo(3);
            assertThat(line.path("column").asText()).isEqualTo("occurred");
            assertThat(line.path("code").asText()).isEqualTo("schema-invalid");
        });
        json(console.api("leeds-operator").post(why, list, "text/csv"), 202);

        problem(console.api("coordinator").post(why, list, "text/csv"), 403);
        assertThat(problem(console.api("operator").post(address, list, "text/csv"), 400)
                        .path("parameter")
                        .asText())
                .isEqualTo("reason");
        problem(console.api("operator").post(why, WHY), 415);
    }

    @ParameterizedTest
    @CsvSource({
        "operator, 400, 'reference,prison\nH-1,canary\n', 1 occurred missing-column",
        "operator, 400, 'reference,prison,occurred\n', - - no-rows",
        "operator, 400, '', - - empty",
        "operator, 400, 'PK(nul)', - - not-text",
        "leeds-operator, 403, 'reference,prison,occurred\nH-1,LEI,2026-03-01 10:00\nH-2,MDI,2026-03-01 10:00\n', 3 prison outside-scope",
        "leeds-operator, 403, 'reference,prison,occurred\nH-1,canary,2026-03-01 10:00\n', 2 prison unknown-prison",
        "nowhere-operator, 403, 'reference,prison,occurred\nH-1,LEI,2026-03-01 10:00\n', 2 prison outside-scope"
    })
    void saysWhichLineOfAListIsWrongAndTakesNothing(String who, int status, String list, String line)
            throws IOException {
        var answer =
                console.api(who).post("/api/v1/telephone-reports?reason=x", list.replace("(nul)", "\0"), "text/csv");

        JsonNode problem = problem(answer, status);
        assertThat(answer.body()).doesNotContain("canary", "sha256");
        assertThat(problem.path("detail").asText()).startsWith("Nothing was taken");
        assertThat(problem.path("lines")).singleElement().satisfies(one -> assertThat(
                        one.path("row").asText("-").replace("null", "-")
                                + " " + one.path("column").asText("-").replace("null", "-") + " "
                                + one.path("code").asText())
                .isEqualTo(line));
    }

    @Test
    void aListThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws IOException {
        byte[] large = "a".repeat(5_000_001).getBytes();
        for (var body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(large),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
            problem(
                    console.send(
                            HttpClient.newHttpClient(),
                            HttpRequest.newBuilder(console.uri("/api/v1/telephone-reports?reason=x"))
                                    .header("Authorization", TestConsole.basic("operator", TestConsole.PASSWORD))
                                    .header("Content-Type", "text/csv")
                                    .POST(body)),
                    413);
        }
    }

    @Test
    void tellsOfTheUseOfForceWithinTheScopeAndTakesAPersonsWord() throws IOException {
        String address = "/api/v1/use-of-force";
        JsonNode found = json(console.api("viewer").get(address), 200);
        assertThat(texts(found, "reference")).contains("4711", "4712", "4713");
        JsonNode linked = json(console.api("viewer").get(address + "?case=SP-2026-000103"), 200)
                .at("/items/0");
        assertThat(linked.path("state").asText()).isEqualTo("LINKED");
        assertThat(linked.at("/said/status").asText()).isEqualTo("SUBMITTED");
        assertThat(linked.at("/said/prisoner").asText()).isEqualTo("A1234BC");
        assertThat(linked.at("/said/reasons/0").asText()).isEqualTo("prisoners fought");
        assertThat(linked.at("/said/cameras/0").asText()).isEqualTo("BWC-17");
        assertThat(linked.at("/said/statements").asInt()).isOne();
        assertThat(linked.at("/matches/0/score").asInt()).isEqualTo(100);
        assertThat(linked.at("/matches/0/caseReference").asText()).isEqualTo("SP-2026-000103");
        assertThat(texts(json(console.api("leeds").get(address), 200), "reference"))
                .containsExactly("4713");
        assertThat(texts(json(console.api("viewer").get(address + "?state=ASKED&prison=mdi"), 200), "reference"))
                .containsExactly("4712");
        for (String wrong : List.of("state=OPEN", "prison=L%2FEI", "page=-1", "size=101", "case=x")) {
            problem(console.api("viewer").get(address + "?" + wrong), 400);
        }
        assertThat(console.written().consulted("viewer", "viewed a use of force report"))
                .isNotEmpty();

        String word = "{\"incident\":\"0190aaaa-0000-7000-8000-000000000103\",\"reason\":\"The wing says so\"}";
        problem(console.api("viewer").post(address + "/9112/confirm", word), 403);
        problem(console.api("leeds").post(address + "/9112/confirm", word), 404);
        problem(console.api("coordinator").post(address + "/9999/confirm", word), 404);
        problem(console.api("coordinator").post(address + "/9112/confirm", WHY), 400);
        problem(console.api("coordinator").post(address + "/9111/confirm", word), 409);
        problem(console.api("coordinator").post(address + "/9111/alone", WHY), 409);
        JsonNode taken = json(console.api("coordinator").post(address + "/9112/confirm", word), 202);
        assertThat(json(console.api("operator").post(address + "/9112/confirm", word), 202))
                .isEqualTo(taken);
        json(console.api("leeds").post(address + "/9113/alone", WHY), 202);
        json(console.api("coordinator").post(address + "/9111/refuse", word), 202);
    }

    @Test
    void tellsWhatWasReportedByTelephoneWithinTheScopeAndTakesAPersonsWord() throws IOException {
        String address = "/api/v1/telephone-reports";
        JsonNode found = json(console.api("viewer").get(address), 200);
        assertThat(texts(found, "reference")).contains("N-101", "N-102", "N-103");
        JsonNode linked = json(console.api("viewer").get(address + "?case=SP-2026-000103"), 200)
                .at("/items/0");
        assertThat(linked.path("state").asText()).isEqualTo("LINKED");
        assertThat(linked.at("/said/prisoners/0").asText()).isEqualTo("A1234BC");
        assertThat(linked.at("/matches/0/score").asInt()).isEqualTo(90);
        assertThat(linked.at("/matches/0/reasons").asText()).contains("same-prison +15");
        assertThat(linked.at("/matches/0/caseReference").asText()).isEqualTo("SP-2026-000103");
        assertThat(texts(json(console.api("leeds").get(address), 200), "reference"))
                .containsExactly("N-103");
        assertThat(texts(json(console.api("viewer").get(address + "?state=ASKED&prison=mdi"), 200), "reference"))
                .containsExactly("N-102");
        for (String wrong : List.of("state=OPEN", "prison=L%2FEI", "page=-1", "size=101", "case=x")) {
            problem(console.api("viewer").get(address + "?" + wrong), 400);
        }
        assertThat(console.written().consulted("viewer", "viewed a telephone report"))
                .isNotEmpty();

        String word = "{\"incident\":\"0190aaaa-0000-7000-8000-000000000103\",\"reason\":\"The wing says so\"}";
        problem(console.api("viewer").post(address + "/9102/confirm", word), 403);
        problem(console.api("leeds").post(address + "/9102/confirm", word), 404);
        problem(console.api("coordinator").post(address + "/9999/confirm", word), 404);
        problem(console.api("coordinator").post(address + "/9102/confirm", WHY), 400);
        problem(console.api("coordinator").post(address + "/9101/confirm", word), 409);
        problem(console.api("coordinator").post(address + "/9101/alone", WHY), 409);
        JsonNode taken = json(console.api("coordinator").post(address + "/9102/confirm", word), 202);
        assertThat(json(console.api("operator").post(address + "/9102/confirm", word), 202))
                .isEqualTo(taken);
        json(console.api("leeds").post(address + "/9103/alone", WHY), 202);
        json(console.api("coordinator").post(address + "/9101/refuse", word), 202);
    }

    @Test
    void aCaseThatBecamePartOfAnotherLeadsThereAndIsFoundAsIt() throws IOException {
        var moved = console.api("viewer").get("/api/v1/cases/SP-2026-000108");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location").orElse("")).endsWith("/api/v1/cases/SP-2026-000106");
        assertThat(json(console.api("viewer").get("/api/v1/cases/SP-2026-000108?own=true"), 200)
                        .path("state")
                        .asText())
                .isEqualTo("WITHDRAWN");
        assertThat(json(console.api("viewer").get("/api/v1/cases/SP-2026-000106"), 200)
                        .at("/combined/0")
                        .asText())
                .isEqualTo("SP-2026-000108");
        JsonNode found = json(console.api("viewer").get("/api/v1/cases?q=SP-2026-000108"), 200);
        assertThat(texts(found, "reference")).containsExactly("SP-2026-000106");

        String wish = "{\"with\":\"SP-2026-000107\",\"reason\":\"The prison says so\"}";
        String address = "/api/v1/cases/SP-2026-000101/combine";
        problem(console.api("viewer").post(address, wish), 403);
        problem(console.api("operator").post(address, wish), 403);
        problem(console.api("coordinator").post(address, WHY), 400);
        problem(console.api("coordinator").post("/api/v1/cases/SP-2026-999999/combine", wish), 404);
        problem(console.api("coordinator").post(address, wish.replace("000107", "999999")), 409);
        problem(console.api("coordinator").post(address, wish.replace("000107", "000103")), 409);
        problem(console.api("coordinator").post(address, wish.replace("000107", "000108")), 409);
        problem(console.api("leeds").post(address, wish), 404);
    }

    @Test
    void tellsWhichChargesAreReferredWithinTheScopeAndTakesAPersonsWord() throws IOException {
        String address = "/api/v1/referred-charges";
        JsonNode found = json(console.api("viewer").get(address + "?state=LINKED"), 200);
        assertThat(texts(found, "number")).contains("SWI-000201");
        assertThat(found.at("/items/0/told/paragraph").asText()).isEqualTo("1");
        assertThat(found.at("/items/0/told/offence").asText()).isEqualTo("Commits any assault here");
        assertThat(found.at("/items/0/matches/0/score").asInt()).isEqualTo(100);
        assertThat(found.at("/items/0/caseReference").asText()).isEqualTo("SP-2026-000103");
        assertThat(texts(json(console.api("leeds").get(address), 200), "number"))
                .containsExactly("LEI-000203");
        assertThat(texts(json(console.api("viewer").get(address + "?state=ASKED&prison=mdi"), 200), "number"))
                .containsExactly("MDI-000202");
        for (String wrong : List.of("state=OPEN", "prison=L%2FEI", "page=-1", "size=101")) {
            problem(console.api("viewer").get(address + "?" + wrong), 400);
        }
        assertThat(console.written().consulted("viewer", "viewed a referred charge"))
                .isNotEmpty();

        String word = "{\"caseReference\":\"SP-2026-000103\",\"reason\":\"The wing says so\"}";
        problem(console.api("viewer").post(address + "/9302/confirm", word), 403);
        problem(console.api("leeds").post(address + "/9302/confirm", word), 404);
        problem(console.api("coordinator").post(address + "/9999/confirm", word), 404);
        problem(console.api("coordinator").post(address + "/9302/confirm", WHY), 400);
        problem(console.api("coordinator").post(address + "/9301/confirm", word), 409);
        problem(console.api("coordinator").post(address + "/9302/confirm", word.replace("000103", "000106")), 409);
        JsonNode taken = json(console.api("coordinator").post(address + "/9302/confirm", word), 202);
        assertThat(json(console.api("operator").post(address + "/9302/confirm", word), 202))
                .isEqualTo(taken);
        problem(console.api("coordinator").post(address + "/9301/alone", WHY), 409);
        json(console.api("leeds").post(address + "/9303/alone", WHY), 202);
        // It has a case of its own already, and a report that may be the same matter has opened another.
        problem(console.api("coordinator").post(address + "/9304/alone", WHY), 409);
        problem(console.api("coordinator").post(address + "/9304/confirm", word.replace("000103", "000104")), 409);
        json(console.api("coordinator").post(address + "/9304/confirm", word), 202);
        json(console.api("coordinator").post(address + "/9302/refuse", word.replace("000103", "000104")), 202);
    }

    private static List<String> texts(JsonNode found, String field) {
        return found.path("items").findValuesAsText(field);
    }

    @Test
    void describesItself() throws IOException {
        var answer = console.anonymous("/v3/api-docs");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode api = JSON.readTree(answer.body());
        Set<String> paths = new TreeSet<>();
        api.path("paths").fieldNames().forEachRemaining(paths::add);
        assertThat(paths)
                .containsExactly(
                        "/api/v1/accounting",
                        "/api/v1/accounting/comparisons",
                        "/api/v1/alerts",
                        "/api/v1/cases",
                        "/api/v1/cases/{reference}",
                        "/api/v1/cases/{reference}/approve",
                        "/api/v1/cases/{reference}/case-note-requests",
                        "/api/v1/cases/{reference}/case-note-requests/{id}/agree",
                        "/api/v1/cases/{reference}/case-note-requests/{id}/notes/{note}/leave-out",
                        "/api/v1/cases/{reference}/case-note-requests/{id}/notes/{note}/use",
                        "/api/v1/cases/{reference}/case-note-requests/{id}/refuse",
                        "/api/v1/cases/{reference}/combine",
                        "/api/v1/cases/{reference}/confirm-review",
                        "/api/v1/cases/{reference}/confirm-withdrawal",
                        "/api/v1/cases/{reference}/documents",
                        "/api/v1/cases/{reference}/documents/{id}",
                        "/api/v1/cases/{reference}/facts",
                        "/api/v1/cases/{reference}/facts/{item}",
                        "/api/v1/cases/{reference}/facts/{item}/withdraw",
                        "/api/v1/cases/{reference}/keep-internal",
                        "/api/v1/cases/{reference}/packages/{version}.json",
                        "/api/v1/cases/{reference}/packages/{version}.pdf",
                        "/api/v1/cases/{reference}/packages/{version}.zip",
                        "/api/v1/cases/{reference}/packages/{version}/lineage",
                        "/api/v1/cases/{reference}/photo-requests",
                        "/api/v1/cases/{reference}/place-hold",
                        "/api/v1/cases/{reference}/prison-documents",
                        "/api/v1/cases/{reference}/prison-documents/{id}/take",
                        "/api/v1/cases/{reference}/release-hold",
                        "/api/v1/causes",
                        "/api/v1/causes/release",
                        "/api/v1/disclosure-profiles/{destination}",
                        "/api/v1/dropped-files",
                        "/api/v1/establishments",
                        "/api/v1/evidence",
                        "/api/v1/evidence/override",
                        "/api/v1/evidence/verify",
                        "/api/v1/intelligence",
                        "/api/v1/me",
                        "/api/v1/parked/cancel-send",
                        "/api/v1/parked/confirm-sent",
                        "/api/v1/parked/release",
                        "/api/v1/prisoner-alerts",
                        "/api/v1/receipts",
                        "/api/v1/referred-charges",
                        "/api/v1/referred-charges/{id}/alone",
                        "/api/v1/referred-charges/{id}/confirm",
                        "/api/v1/referred-charges/{id}/refuse",
                        "/api/v1/replays",
                        "/api/v1/replays/{id}",
                        "/api/v1/replays/{id}/cancel",
                        "/api/v1/replays/{id}/items",
                        "/api/v1/replays/{id}/items/{item}",
                        "/api/v1/replays/{id}/items/{item}/confirm",
                        "/api/v1/replays/{id}/pause",
                        "/api/v1/replays/{id}/rehearse",
                        "/api/v1/replays/{id}/resume",
                        "/api/v1/replays/{id}/start",
                        "/api/v1/retention",
                        "/api/v1/retention/{kind}/confirm",
                        "/api/v1/routes",
                        "/api/v1/routes/{id}/resume",
                        "/api/v1/routes/{id}/suspend",
                        "/api/v1/tasks",
                        "/api/v1/tasks/{id}/close",
                        "/api/v1/telephone-reports",
                        "/api/v1/telephone-reports/{id}/alone",
                        "/api/v1/telephone-reports/{id}/confirm",
                        "/api/v1/telephone-reports/{id}/refuse",
                        "/api/v1/use-of-force",
                        "/api/v1/use-of-force/{id}/alone",
                        "/api/v1/use-of-force/{id}/confirm",
                        "/api/v1/use-of-force/{id}/refuse");
        api.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(operation.path("summary").textValue()).isNotBlank();
                    assertThat(operation.path("responses").has("401")).isTrue();
                }));
        assertThat(api.at("/components/securitySchemes/basic/scheme").textValue())
                .isEqualTo("basic");
    }

    @Test
    void letsHealthOutWithoutDetails() throws IOException {
        assertThat(console.anonymous("/actuator/health").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(console.anonymous("/actuator/env").statusCode()).isEqualTo(401);
        assertThat(console.api("admin", "a password from the settings")
                        .get("/actuator/env")
                        .statusCode())
                .isEqualTo(403);
        assertThat(console.anonymous("/actuator/prometheus").statusCode()).isEqualTo(200);
        assertThat(forwarded("operator").statusCode()).isEqualTo(200);
        assertThat(forwarded("viewer").statusCode()).isEqualTo(403);
        assertThat(forwarded("nobody").statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> forwarded(String username) {
        return console.send(
                console.session().client,
                HttpRequest.newBuilder(console.uri("/actuator/prometheus"))
                        .header("X-Forwarded-For", "10.1.2.3")
                        .header("Authorization", TestConsole.basic(username, TestConsole.PASSWORD)));
    }
}
