package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PagesIT {

    private static final String CANARY = "canary-7f3a91";

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = TestConsole.start();
        LOG.start();
        ((Logger) LoggerFactory.getLogger("ROOT")).addAppender(LOG);
        InventedCases.into(console.jdbc);
        console.user("viewer", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("operator", "OPERATOR", "*", "");
        console.user("boss", "ADMIN", "*", "*");
    }

    @AfterAll
    static void close() {
        ((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(LOG);
        console.close();
    }

    @Test
    void keepsTheFirstPasswordWhereOnlyThisAccountReadsIt() throws IOException {
        var file = console.firstRunPassword();
        String password = Files.readString(file).strip();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        assertThat(console.api("admin", password).get("/api/v1/me").statusCode())
                .isEqualTo(200);
        assertThat(LOG.list).noneMatch(event -> event.getFormattedMessage().contains(password));

        var session = console.session();
        assertThat(session.signIn("admin", password).statusCode()).isEqualTo(302);
        assertThat(session.get("/cases").headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/cases", "/cases/SP-2026-000101", "/routes", "/users", "/nothing", "/webjars/x"})
    void sendsStrangersToTheSignIn(String path) {
        var answer = console.session().get(path);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in");
    }

    @Test
    void setsItsCookieAndItsHeaders() {
        var session = console.session();
        var page = session.get("/sign-in");

        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Strict");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.body()).doesNotContain("<script>", "onclick", "style=");
    }

    @Test
    void asksForNoFontThatItMayNotUse() {
        var css = console.anonymous("/assets/govuk/govuk-frontend.min.css");

        assertThat(css.statusCode()).isEqualTo(200);
        assertThat(css.body()).contains("font-family:arial").doesNotContain("GDS Transport", "@font-face");
        assertThat(console.anonymous("/assets/govuk/assets/fonts/bold-b542beb274-v2.woff2")
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void saysTheSameWhicheverPartWasWrong() {
        var wrongPassword = console.session().signIn("viewer", "wrong");
        var wrongName = console.session().signIn("nobody", "wrong");
        console.user("gone", "VIEWER", "*", "");
        console.disable("gone");
        var disabled = console.session().signIn("gone", TestConsole.PASSWORD);

        for (var answer : new HttpResponse<?>[] {wrongPassword, wrongName, disabled}) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body().toString()).contains("The user name or the password is wrong");
        }
    }

    @Test
    void slowsDownWhoGuessesAtTheForm() {
        console.user("target", "VIEWER", "*", "");
        for (int n = 0; n < 5; n++) {
            console.session().signIn("target", "wrong " + n);
        }

        var blocked = console.session().signIn("target", TestConsole.PASSWORD);

        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After")).isPresent();
        assertThat(blocked.body()).contains("Too many failed attempts");
    }

    @Test
    void takesNoFormWithoutItsToken() {
        var session = signedIn("leeds");

        var answer = session.post("/cases/SP-2026-000102/approve", Map.of("reason", "forged"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("You cannot do this");
        assertThat(console.written().commands()).noneMatch(command -> command.endsWith(" forged"));
    }

    @Test
    void aLivePageTakesNobodysConfirmationAway() {
        var operator = signedIn("operator");
        operator.submit(
                "/routes/delivery-force", "/routes/delivery-force/suspend", Map.of("reason", "The force asked for it"));

        assertThat(operator.live("/routes").body())
                .contains("delivery-force")
                .doesNotContain("govuk-notification-banner");
        assertThat(operator.get("/routes").body()).contains("govuk-notification-banner");
        assertThat(operator.get("/routes").body()).doesNotContain("govuk-notification-banner");
    }

    @Test
    void letsEachRoleDoItsOwnOnly() {
        var viewer = signedIn("viewer");
        assertThat(viewer.get("/cases/SP-2026-000102").body())
                .contains("A coordinator decides")
                .doesNotContain("/approve");
        assertThat(viewer.get("/routes/delivery-force").body()).doesNotContain("<textarea");
        assertThat(viewer.submit("/", "/cases/SP-2026-000102/approve", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.submit("/", "/routes/delivery-force/suspend", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.get("/users").statusCode()).isEqualTo(403);
        assertThat(signedIn("operator")
                        .submit("/", "/cases/SP-2026-000102/approve", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        for (String wish : List.of("release", "confirm-sent", "cancel-send")) {
            var asked = Map.of("what", "lane/9002", "reason", "asked by telephone");
            assertThat(signedIn("leeds")
                            .submit("/parked", "/parked/" + wish, asked)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(signedIn("operator")
                            .submit("/parked", "/parked/" + wish, asked)
                            .statusCode())
                    .isEqualTo(302);
        }
    }

    @Test
    void keepsACoordinatorInTheScope() {
        var leeds = signedIn("leeds");

        assertThat(leeds.get("/cases").body()).contains("SP-2026-000102").doesNotContain("SP-2026-000101");
        assertThat(leeds.get("/cases/SP-2026-000101").statusCode()).isEqualTo(404);
        assertThat(leeds.submit("/", "/cases/SP-2026-000101/approve", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(leeds.get("/conflicts").body()).doesNotContain("wrong-force");
        assertThat(leeds.get("/tasks").body())
                .contains("silence/incident-reporting/LEI")
                .doesNotContain("gap/force/16");
        assertThat(leeds.submit("/tasks", "/tasks/9002/close", Map.of("reason", "not mine"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(leeds.submit("/", "/cases/SP-2026-000101/place-hold", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(signedIn("viewer")
                        .submit("/", "/cases/SP-2026-000101/place-hold", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(leeds.get("/retention").body()).contains("unreferred-reports", "Nothing has been erased yet");
        assertThat(signedIn("viewer")
                        .submit("/tasks", "/tasks/9001/close", Map.of("reason", "not mine"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void showsWhatAVerdictProposesAndUntilWhenItMayBeCharged() {
        String proposed = signedIn("viewer").get("/cases/SP-2026-000103").body();
        assertThat(proposed)
                .contains(
                        "Proposed offences", "Assault by beating", "CJ88116", "ASSAULT-POLICE-REFERRAL", "Summary only")
                .containsOnlyOnce("to be charged by");
        assertThat(signedIn("viewer").get("/cases/SP-2026-000101").body()).doesNotContain("Proposed offences");
    }

    @Test
    void flagsASeriesInTheListAndNamesItsCasesOnThePage() {
        var viewer = signedIn("viewer");
        assertThat(viewer.get("/cases").body()).contains("Series: ", "same suspect", "same place");
        assertThat(viewer.get("/cases?series=SAME_SUSPECT").body())
                .contains("SP-2026-000101", "series=SAME_SUSPECT")
                .doesNotContain("SP-2026-000103");
        assertThat(viewer.get("/cases/SP-2026-000101").body())
                .contains("A5555DD", "/cases/SP-2026-000103", "/cases/SP-2026-000106");
        assertThat(viewer.get("/cases/SP-2026-000102").body()).doesNotContain(">Series<");
        assertThat(viewer.get("/cases?series=canary").statusCode()).isEqualTo(400);
    }

    @Test
    void saysWhatOtherRecordsSayOfPeopleWhosePartIsOpen() {
        var viewer = signedIn("viewer");
        assertThat(viewer.get("/cases/SP-2026-000101").body()).doesNotContain("Besides the report");

        InventedCases.involve(console.jdbc, "A7777FF");

        assertThat(viewer.get("/cases/SP-2026-000101").body())
                .contains("Besides the report", "A7777FF", "SIGNAL-HIGH-HARM-FOR", "Speaks for it")
                .doesNotContain("Speaks against it");
    }

    @Test
    void showsTelephoneReportsOfTheScopeAndThoseOfACaseOnItsPage() {
        assertThat(signedIn("viewer").get("/telephone-reports").body())
                .contains("N-101", "N-102", "same-prison +15", "Somebody must say which", "&lt;b&gt;office")
                .doesNotContain("It belongs to this one");
        assertThat(signedIn("viewer").get("/cases/SP-2026-000103").body())
                .contains("Reported by telephone", "N-101", "score <span>90</span>");
        var leeds = signedIn("leeds");
        assertThat(leeds.get("/telephone-reports").body()).contains("N-103").doesNotContain("N-101", "N-102");
        assertThat(leeds.submit("/telephone-reports", "/telephone-reports/9102/alone", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(signedIn("viewer").get("/telephone-reports?state=NONE").statusCode())
                .isEqualTo(400);
    }

    @Test
    void showsUseOfForceReportsOfTheScopeAndThoseOfACaseOnItsPage() {
        assertThat(signedIn("viewer").get("/use-of-force").body())
                .contains(
                        "4711",
                        "4712",
                        "within-1-hour +20",
                        "Somebody must say which",
                        "M&lt;b&gt;1",
                        "Deleted at the source")
                .doesNotContain("It belongs to this one");
        assertThat(signedIn("viewer").get("/cases/SP-2026-000103").body())
                .contains("Use of force", "4711", "score <span>100</span>", "prisoners fought");
        var leeds = signedIn("leeds");
        assertThat(leeds.get("/use-of-force").body()).contains("4713").doesNotContain("4711", "4712");
        assertThat(leeds.submit("/use-of-force", "/use-of-force/9112/alone", Map.of("reason", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(signedIn("viewer").get("/use-of-force?state=NONE").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aCaseThatBecamePartOfAnotherLeadsToItsPageAndKeepsItsOwn() {
        var viewer = signedIn("viewer");
        assertThat(viewer.get("/cases/SP-2026-000108")
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith("/cases/SP-2026-000106");
        assertThat(viewer.get("/cases/SP-2026-000106").body())
                .contains("Combined with", "SP-2026-000108?own=true")
                .doesNotContain("Combine with another case");
        assertThat(viewer.get("/cases/SP-2026-000108?own=true").body()).contains("This case became part of");
        assertThat(signedIn("boss").get("/cases/SP-2026-000103").body()).contains("Combine with another case");
    }

    @Test
    void showsReferredChargesOfTheScopeAndTheCasesTheyMayBelongTo() {
        assertThat(signedIn("viewer").get("/referred-charges").body())
                .contains(
                        "SWI-000201",
                        "MDI-000202",
                        "same-prisoner +20",
                        "Somebody must say which",
                        "Commits any assault")
                .doesNotContain("It belongs to this case", "<i>here");
        assertThat(signedIn("boss").get("/referred-charges?state=OWN").body())
                .contains("SWI-000205", "It belongs to this case")
                .doesNotContain("Open a case of its own");
        var leeds = signedIn("leeds");
        assertThat(leeds.get("/referred-charges").body()).contains("LEI-000203").doesNotContain("SWI-000201");
        assertThat(leeds.submit(
                                "/referred-charges",
                                "/referred-charges/9302/confirm",
                                Map.of("reason", "x", "caseReference", "SP-2026-000103"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(signedIn("viewer").get("/referred-charges?state=NONE").statusCode())
                .isEqualTo(400);
    }

    @Test
    void showsAlertsOfPeopleInCasesOfTheScopeAndOfNobodyElse() {
        assertThat(signedIn("viewer").get("/prisoner-alerts").body())
                .contains("A5555DD", "Prisoner of Interest", "A1234BC", "OASys Serious Harm-Very High")
                // Over, another code, and under a former number.
                .doesNotContain("ACCT", "B4321CB")
                .contains("<strong>2</strong>");

        assertThat(signedIn("leeds").get("/prisoner-alerts").body())
                .doesNotContain("A5555DD", "A1234BC")
                .contains("<strong>0</strong>");
    }

    @Test
    void showsNoticesOfIntelligenceOnlyToWhoeverDecidesAndWithinTheScope() {
        assertThat(signedIn("viewer").get("/").body()).doesNotContain("/intelligence");
        assertThat(signedIn("viewer").get("/intelligence").statusCode()).isEqualTo(403);
        assertThat(signedIn("boss").get("/intelligence").body())
                .contains("INT-2026-201", "INT-2026-202", "Is told nothing by the hub", "Counter corruption unit, MDI");
        assertThat(signedIn("leeds").get("/intelligence").body())
                .contains("<strong>0</strong>")
                .doesNotContain("INT-2026");
        assertThat(signedIn("boss").get("/intelligence?prison=L/EI").statusCode())
                .isEqualTo(400);
    }

    @Test
    void givesTheAccountOfADayAsCsv() {
        var csv = signedIn("viewer").get("/accounting.csv?day=2026-02-26");

        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("accounting-2026-02-26.csv");
        assertThat(csv.body())
                .startsWith(
                        "day,prison,force,watched,withdrawn,not_referable,awaiting_decision,kept_internal,in_progress,"
                                + "delivered,closed,parked,total,listed_at,source,came_since,left_since,missing_here,missing_there,difference")
                .contains("\r\n2026-02-26,SWI,62,0,0,0,0,0,0,1,0,0,1,")
                .endsWith(",2,0,0,1,0,-1\r\n");
        assertThat(signedIn("leeds").get("/accounting.csv?day=2026-02-26").body())
                .doesNotContain("SWI");
        assertThat(signedIn("viewer").get("/accounting").body()).contains("Not compared yet");
    }

    @Test
    void endsTheSessionOfADisabledUserAndOfAnOldPassword() {
        console.user("leaver", "VIEWER", "*", "");
        console.user("changer", "VIEWER", "*", "");
        var leaver = signedIn("leaver");
        var boss = signedIn("boss");
        boss.submit("/users", "/users/leaver/disable", Map.of("reason", "Left the service"));
        assertThat(leaver.get("/").headers().firstValue("Location").orElseThrow())
                .endsWith("/sign-in?ended");

        var here = signedIn("changer");
        var elsewhere = signedIn("changer");
        var changed = here.submit(
                "/password",
                "/password",
                Map.of("current", TestConsole.PASSWORD, "next", "entirely new words", "again", "entirely new words"));
        assertThat(changed.headers().firstValue("Location").orElseThrow()).endsWith("/");
        assertThat(here.get("/").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/").headers().firstValue("Location").orElseThrow())
                .endsWith("/sign-in?ended");
    }

    @Test
    void refusesPasswordsThatAreWrongOrWeak() {
        console.user("weak", "VIEWER", "*", "");
        var session = signedIn("weak");

        assertThat(changed(session, "not it", "entirely new words")).contains("Current password is wrong");
        assertThat(changed(session, TestConsole.PASSWORD, "short")).contains("12 characters or more");
        assertThat(changed(session, TestConsole.PASSWORD, "aaaaaaaaaaaaaaa")).contains("too easy");
        assertThat(changed(session, TestConsole.PASSWORD, "é".repeat(40))).contains("characters or fewer");
    }

    @Test
    void refusesUsersItCannotMake() {
        var boss = signedIn("boss");
        var form = Map.of("username", "ok.name", "role", "VIEWER", "prisons", "", "forces", "", "reason", "test");

        assertThat(boss.submit("/users", "/users", with(form, "username", "No Spaces"))
                        .body())
                .contains("Username must be");
        assertThat(boss.submit("/users", "/users", with(form, "username", "viewer"))
                        .body())
                .contains("Username is taken");
        assertThat(boss.submit("/users", "/users", with(form, "role", "ROOT")).body())
                .contains("Role must be chosen");
        assertThat(boss.submit("/users", "/users", with(form, "prisons", "M'DI"))
                        .body())
                .contains("Prisons must be");
        assertThat(boss.submit("/users", "/users", with(form, "reason", " ")).body())
                .contains("Reason must say why");
        assertThat(console.written().users("ok.name")).isZero();
    }

    @Test
    void repeatsNothingOfWhatWasSentInPagesOrLogs() throws IOException {
        var session = signedIn("boss");
        var anonymous = console.session();

        for (var answer : new HttpResponse<?>[] {
            session.get("/cases?state=" + CANARY),
            session.get("/cases?page=" + CANARY),
            session.get("/cases/" + CANARY),
            session.get("/routes/" + CANARY),
            session.get("/" + CANARY),
            session.get("/parked?kind=" + CANARY),
            session.get("/conflicts?page=" + CANARY),
            session.get("/tasks?kind=" + CANARY),
            session.get("/prisoner-alerts?group=" + CANARY),
            session.get("/prisoner-alerts?prison=" + CANARY),
            session.get("/prisoner-alerts?page=" + CANARY),
            session.get("/accounting?prison=" + CANARY + "&day=" + CANARY),
            session.get("/accounting.csv?day=" + CANARY),
            session.submit("/tasks", "/tasks/" + CANARY + "/close", Map.of("reason", "x")),
            session.submit("/", "/users/" + CANARY + "/disable", Map.of("reason", "x")),
            session.submit("/", "/cases/SP-2026-000101/approve", Map.of("reason", CANARY + "\u0000")),
            session.post("/routes/" + CANARY + "/suspend", Map.of("reason", CANARY)),
            anonymous.signIn(CANARY, CANARY),
            console.api("boss").get("/api/v1/cases?state=" + CANARY + "&page=" + CANARY),
            console.api("boss").get("/api/v1/cases/" + CANARY),
            console.api("boss").get("/api/v1/" + CANARY),
            console.api("boss").post("/api/v1/cases/SP-2026-000101/approve", "{\"" + CANARY),
            console.api("boss").post("/api/v1/cases/SP-2026-000101/approve", "{\"reason\":[\"" + CANARY + "\"]}"),
            console.api("boss").post("/api/v1/parked/release", "{\"what\":\"" + CANARY + "\",\"reason\":\"x\"}"),
            console.api(CANARY, CANARY).get("/api/v1/me"),
            console.anonymous("/actuator/" + CANARY),
            console.anonymous("/partner/" + CANARY),
            console.anonymous("/cases;" + CANARY + "=1"),
            console.send(
                    session.client,
                    HttpRequest.newBuilder(console.uri("/cases")).method(CANARY, HttpRequest.BodyPublishers.noBody()))
        }) {
            assertThat(answer.body().toString())
                    .as("%s %s", answer.request().method(), answer.uri())
                    .doesNotContain(CANARY, "Exception", "org.springframework", "at sallyport", "Tomcat");
        }
        assertThat(raw("GET /" + CANARY + "[\"<> HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain(CANARY);
        assertThat(LOG.list).allSatisfy(event -> assertThat(event.getFormattedMessage() + event.getThrowableProxy())
                .doesNotContain(CANARY));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", console.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> with(Map<String, String> form, String field, String value) {
        var changed = new java.util.HashMap<>(form);
        changed.put(field, value);
        return changed;
    }

    private static String changed(TestConsole.Session session, String current, String next) {
        return session.submit("/password", "/password", Map.of("current", current, "next", next, "again", next))
                .body();
    }

    private static TestConsole.Session signedIn(String username) {
        var session = console.session();
        assertThat(session.signIn(username, TestConsole.PASSWORD).statusCode()).isEqualTo(302);
        return session;
    }
}
