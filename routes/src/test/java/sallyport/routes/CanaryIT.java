package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.PartnerCalls;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.tls.Certificates;
import sallyport.simulators.world.Canary;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.PrisonLife;
import sallyport.simulators.world.Prisons;
import sallyport.simulators.world.Scenario;

/**
 * Nothing personal gets into a log line, an exception that is logged, a metric, a health answer or an error. Every personal field of
 * the simulated world carries a canary; prisoner numbers, PNC IDs and CRO numbers are looked for as they are.
 */
class CanaryIT {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final List<String> PARTNERS = List.of(
            "incident-reporting",
            "prisoner-search",
            "adjudications",
            "case-notes",
            "prisoner-alerts",
            "tracker",
            "ihub");

    private final TestHub hub = TestHub.shared();
    private final PrisonLife life = hub.simulators().life();
    private final Casebook cases = new Casebook(hub);
    private final PartnerCalls partners = new PartnerCalls(hub);
    private final String prison = cases.prisonReachedBy(Force.IHUB);
    private final String force = cases.forceReachedBy(Force.IHUB);
    private final String canary = Canary.of('p', 4711);
    private final Ear ear = new Ear();

    /** Hears everything that is logged but by the simulators, with every exception down to its first cause. */
    private static final class Ear extends AppenderBase<ILoggingEvent> {

        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLoggerName().startsWith("sallyport.simulators")) {
                heard.add(event.getLoggerName() + " " + event.getThreadName() + " " + event.getFormattedMessage() + " "
                        + event.getMDCPropertyMap() + " " + event.getKeyValuePairs()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        }
    }

    @BeforeEach
    void listen() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ear.setContext(root.getLoggerContext());
        ear.start();
        root.addAppender(ear);
        // What an operator may switch on when in trouble must be as clean as what is on.
        ((Logger) LoggerFactory.getLogger("sallyport")).setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger("sallyport")).setLevel(null);
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(ear);
        ear.stop();
    }

    @Test
    void nothingPersonalIsLoggedMeasuredOrToldInErrors() throws Exception {
        Map<String, String> told = new LinkedHashMap<>();

        liveThroughEverything();
        errorsOfTheApi(told);
        errorsOfThePages(told);
        errorsOfThePartnerPort(told);
        told.put("metrics", hub.getUnknown("/actuator/prometheus").body());
        told.put("health", hub.getUnknown("/actuator/health").body());
        told.put("readiness", hub.getUnknown("/actuator/health/readiness").body());

        assertThat(told.get("metrics")).contains("http_server_requests", "sallyport_");
        assertThat(ear.heard).anyMatch(line -> line.contains(" parked: REJECTED "));
        assertThat(ear.heard).anyMatch(line -> line.contains("accepted by ihub"));
        Set<String> numbers = numbers();
        assertThat(numbers).hasSizeGreaterThan(100);
        List<String> leaks = new ArrayList<>();
        ear.heard.forEach(line -> leak(line, numbers).ifPresent(what -> leaks.add("log: " + what + " in " + line)));
        told.forEach(
                (where, body) -> leak(body, numbers).ifPresent(what -> leaks.add(where + ": " + what + " in " + body)));
        assertThat(leaks).isEmpty();
    }

    private static Optional<String> leak(String text, Set<String> numbers) {
        Matcher matcher = Pattern.compile(Canary.REGEX).matcher(text);
        if (matcher.find()) {
            return Optional.of(matcher.group());
        }
        return numbers.stream().filter(text::contains).findFirst();
    }

    /** Of everybody in a report so far: what identifies a person without a name. */
    private Set<String> numbers() {
        Set<String> numbers = new HashSet<>();
        hub.simulators().world().numbersInUse().forEach(number -> {
            numbers.add(number.asText());
            hub.simulators().world().prisoner(number.asText()).ifPresent(prisoner -> {
                if (prisoner.pnc() != null) {
                    numbers.add(prisoner.pnc());
                    numbers.add(prisoner.pncShort());
                }
                if (prisoner.cro() != null) {
                    numbers.add(prisoner.cro());
                }
            });
        });
        return numbers;
    }

    // ---- what happens

    /** Every scenario and every oddity, with each partner out of service for a while, and everything that forces say. */
    private void liveThroughEverything() {
        List<IncidentRecord> made = new ArrayList<>();
        String cjsePrison = cases.prisonReachedBy(Force.CJSE);
        String boundary = Prisons.read().boundary().get(0).id();
        PARTNERS.forEach(partner -> hub.simulators().requests().interrupt(partner, true));
        try {
            for (Scenario scenario : Scenario.readAll()) {
                made.add(cases.order(scenario.name(), Oddity.NONE, cjsePrison));
            }
            for (Oddity oddity : Oddity.values()) {
                made.add(cases.order(oddity, oddity == Oddity.BOUNDARY_PRISON ? boundary : prison));
            }
            await("partners were asked in vain").until(() -> heard("http-503") || refusals() > 5);
        } finally {
            PARTNERS.forEach(partner -> hub.simulators().requests().interrupt(partner, false));
        }
        hub.simulators()
                .events()
                .sendRaw("{\"Type\":\"Notification\",\"MessageId\":\"1\",\"Message\":\"" + canary + "\"}");
        hub.simulators().events().sendRaw(canary);
        IncidentRecord merged = of(made, Oddity.MERGED_PRISONER);
        IncidentRecord duplicate = of(made, Oddity.LATE_DUPLICATE);
        IncidentRecord emptied = of(made, Oddity.TYPE_CHANGED);
        for (IncidentRecord each : List.of(merged, duplicate, emptied)) {
            life.writePapers(each.id());
            cases.awaitDelivered(each, 1);
        }
        life.merge(merged.id());
        life.changeStatus(duplicate.id(), "DUPLICATE");
        life.amend(emptied.id(), report -> {
            report.putArray("prisonersInvolved");
            return report.put("type", "MISCELLANEOUS_1");
        });
        life.delete(of(made, Oddity.DELETED).id());
        life.amend(of(made, Oddity.ADDENDUM).id(), report -> report.put("location", canary));
        life.amend(of(made, Oddity.AMENDED).id(), report -> {
            ((ObjectNode) report.at("/prisonersInvolved/0")).put("prisonerNumber", canary);
            return report;
        });
        cases.await(duplicate, "review", known -> known.reviewCode() != null);
        cases.await(emptied, "review", known -> known.reviewCode() != null);
        cases.awaitDelivered(merged, 2);
        await("a force has finished").until(() -> heard("outcome type"));
    }

    private long refusals() {
        var counts = hub.simulators().requests().toJson();
        long sum = 0;
        for (var entry : counts.properties()) {
            sum += entry.getKey().endsWith(" 503") ? entry.getValue().asLong() : 0;
        }
        return sum;
    }

    private boolean heard(String text) {
        return ear.heard.stream().anyMatch(line -> line.contains(text));
    }

    private static IncidentRecord of(List<IncidentRecord> made, Oddity oddity) {
        return made.stream()
                .filter(incident -> incident.oddity() == oddity)
                .findFirst()
                .orElseThrow();
    }

    // ---- what is told

    private void errorsOfTheApi(Map<String, String> told) {
        told(told, 400, hub.get("/api/v1/cases?state=" + canary));
        told(told, 400, hub.get("/api/v1/cases?prison=" + canary));
        told(told, 400, hub.get("/api/v1/cases?page=" + canary));
        told(told, 400, hub.get("/api/v1/cases?q=" + canary.repeat(8)));
        told(told, 404, hub.get("/api/v1/cases/" + canary));
        told(told, 404, hub.get("/api/v1/cases/SP-2026-999999999"));
        told(told, 403, hub.get("/api/v2/" + canary));
        told(told, 403, hub.post("/api/v1/cases/" + canary, "{}"));
        told(told, 404, hub.post("/api/v1/cases/" + canary + "/approve", "{\"reason\":\"" + canary + "\"}"));
        told(told, 400, hub.post("/api/v1/cases/SP-2026-999999999/approve", "{\"reason\":" + canary + "}"));
        told(told, 400, hub.post("/api/v1/parked/release", "{\"what\":\"" + canary + "\",\"reason\":\"x\"}"));
        told(told, 404, hub.post("/api/v1/routes/" + canary + "/suspend", "{\"reason\":\"" + canary + "\"}"));
        told(told, 401, hub.getUnknown("/api/v1/cases?q=" + canary));
    }

    private void errorsOfThePages(Map<String, String> told) throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        told(told, 403, page(browser, "/sign-in", "username=" + canary + "&password=" + canary));
        String csrf = csrf(page(browser, "/sign-in", null).body());
        HttpResponse<String> in = page(
                browser,
                "/sign-in",
                "username=admin&password=" + TestHub.PASSWORD + "&_csrf="
                        + URLEncoder.encode(csrf, StandardCharsets.UTF_8));
        assertThat(in.statusCode()).isEqualTo(302);
        told(told, 404, page(browser, "/cases/" + canary, null));
        told(told, 404, page(browser, "/cases/SP-2026-999999999", null));
        told(told, 404, page(browser, "/routes/" + canary, null));
        told(told, 0, page(browser, "/" + canary, null));
        told(told, 403, page(browser, "/routes/delivery-send/suspend", "reason=" + canary));
        told(told, 0, page(browser, "/cases?state=" + canary, null));
        told(told, 0, page(browser, "/cases?page=" + canary, null));
    }

    private HttpResponse<String> page(HttpClient browser, String path, @Nullable String form) throws Exception {
        // Basic is for the API only: these are a browser's requests, with its cookies.
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.request(path).GET().build().uri());
        if (form == null) {
            request.GET();
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String csrf(String page) {
        Matcher matcher = CSRF.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private void errorsOfThePartnerPort(Map<String, String> told) {
        Case known = cases.awaitDelivered(cases.order(Oddity.NONE, prison), 1);
        String reference = known.reference();
        told(told, 422, partners.outcome(force, "{\"" + canary + "\": "));
        told(told, 422, partners.outcome(force, canary));
        told(told, 422, partners.outcome(force, document(reference, "\"type\":\"" + canary + "\"")));
        told(
                told,
                422,
                partners.outcome(force, document(reference, "\"type\":\"OUTCOME\",\"code\":\"" + canary + "\"")));
        told(
                told,
                422,
                partners.outcome(
                        force,
                        document(
                                reference,
                                "\"type\":\"OFFICER_ALLOCATED\",\"officer\":\"" + canary.repeat(40) + "\"")));
        told(
                told,
                404,
                partners.post(Certificates.forceName(force), "/partner/" + canary, "application/json", "{}", Map.of()));
        told(
                told,
                415,
                partners.post(Certificates.forceName(force), "/partner/v1/outcomes", "text/plain", canary, Map.of()));
        told(
                told,
                403,
                partners.post(Certificates.STRANGER, "/partner/v1/outcomes", "application/json", canary, Map.of()));
        told(told, 0, partners.cjse(force, canary));
        told(told, 0, partners.cjse(force, "<!DOCTYPE a [<!ENTITY e '" + canary + "'>]><a>&e;</a>"));
        told(told, 0, partners.cjse(force, PartnerCalls.envelope("B", "{\"" + canary)));
        told(
                told,
                0,
                partners.cjse(force, PartnerCalls.envelope("C", document(reference, "\"type\":\"" + canary + "\""))));
        told(
                told,
                0,
                partners.cjse(
                        force,
                        PartnerCalls.envelope("D", "{}").replace("<t:SourceID>", "<t:" + canary + "/><t:SourceID>")));
    }

    private String document(String reference, String fields) {
        return PartnerCalls.document("CANARY-" + fields.hashCode(), reference, force, fields);
    }

    /** @param status that the error must have, 0 for whichever */
    private static void told(Map<String, String> told, int status, HttpResponse<String> response) {
        String where = response.request().method() + " " + response.uri() + " -> " + response.statusCode() + " #"
                + told.size();
        if (status != 0) {
            assertThat(response.statusCode()).as(where + ": " + response.body()).isEqualTo(status);
        }
        told.put(where, response.headers().map() + "\n" + response.body());
    }
}
