package sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.police.Delivery;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.Prison;
import sallyport.simulators.world.Prisons;

/** What became of an incident: waits, never for ever, and says how far it got when it did not get there. */
public final class Casebook {

    /** A scenario that is mandatory by construction and has a suspect whom the report places on report. */
    public static final String MANDATORY = "prisoner-assault-stabbing";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Prisons PRISONS = Prisons.read();
    private static final AtomicInteger OWN_PRISONS = new AtomicInteger();

    private final TestHub hub;

    public Casebook(TestHub hub) {
        this.hub = hub;
    }

    /** A case as the ledger has it now. */
    public record Case(
            long id,
            String reference,
            String state,
            String verdict,
            String prison,
            @Nullable String force,
            int packageVersion,
            @Nullable String crimeReference,
            @Nullable String officer,
            @Nullable String outcomeType,
            @Nullable String reviewCode) {}

    /** Something that waits for a person. */
    public record Parked(String step, String kind, String code, @Nullable String where) {}

    /** One thing a partner sent, as it is kept. */
    public record Inbound(
            long id,
            String channel,
            String sender,
            String state,
            @Nullable String code,
            @Nullable String where,
            @Nullable String detail) {}

    /** A prison on the ground of a force that is reached by this channel and no other. */
    public String prisonReachedBy(String channel) {
        return PRISONS.byForce().get(forceReachedBy(channel)).get(0).id();
    }

    /**
     * A prison that no other test has, of a force with that channel alone: what is matched by prison, prisoner and hour would else be of
     * another test's incident as well.
     */
    public Prison ownPrison(String channel) {
        List<Prison> reached = hub.simulators().forces().all().stream()
                .filter(force -> force.channels().equals(List.of(channel)))
                .flatMap(force -> PRISONS.byForce().get(force.code()).stream())
                .toList();
        return reached.get(reached.size() - OWN_PRISONS.incrementAndGet());
    }

    public String forceReachedBy(String channel) {
        return hub.simulators().forces().all().stream()
                .filter(force -> force.channels().equals(List.of(channel)))
                .map(Force::code)
                .findFirst()
                .orElseThrow();
    }

    /** An incident that needs nobody to be delivered. */
    public IncidentRecord order(Oddity oddity, String prison) {
        return order(MANDATORY, oddity, prison);
    }

    public IncidentRecord order(String scenario, Oddity oddity, String prison) {
        return hub.simulators().life().order(scenario, oddity, prison, "AWAITING_REVIEW");
    }

    public Optional<Case> find(IncidentRecord incident) {
        return hub.jdbc()
                .sql("SELECT id, reference, state, verdict, prison, force, package_version, crime_reference, officer,"
                        + " outcome_type, review_code FROM referral_case WHERE incident_reference = ?")
                .param(incident.reference())
                .query(Case.class)
                .optional();
    }

    /** The case once it is as wanted. */
    public Case await(IncidentRecord incident, String what, Predicate<Case> wanted) {
        AtomicReference<@Nullable Case> last = new AtomicReference<>();
        waited(what, last::get, () -> {
            Case now = find(incident).orElse(null);
            last.set(now);
            return now != null && wanted.test(now);
        });
        return last.get();
    }

    /** The case once a version of its package has been accepted by the force. */
    public Case awaitDelivered(IncidentRecord incident, int version) {
        waited(
                "version " + version + " accepted",
                () -> find(incident) + " " + deliveries(incident),
                () -> deliveries(incident).stream()
                        .anyMatch(delivery -> Integer.valueOf(version).equals(delivery.packageVersion())));
        // The force has it before the hub has written its receipt.
        return await(
                incident,
                "receipt for version " + version,
                known -> count(
                                "SELECT count(*) FROM receipt WHERE case_id = ? AND package_version = ?"
                                        + " AND rung = 'ACCEPTED'",
                                known.id(),
                                version)
                        == 1);
    }

    /** Every delivery about the incident that its force accepted, in order of arrival. */
    public List<Delivery> deliveries(IncidentRecord incident) {
        return hub.simulators().deliveries().acceptedFor(incident.reference());
    }

    /** Every arrival that names the case, refused and repeated ones too. */
    public List<Delivery> arrivals(Case known) {
        return hub.simulators().deliveries().all().stream()
                .filter(delivery -> known.reference().equals(delivery.caseReference()))
                .toList();
    }

    public List<Parked> parked(IncidentRecord incident) {
        String reference = find(incident).map(Case::reference).orElse("");
        return hub.jdbc()
                .sql("SELECT step, parked_kind AS kind, parked_code AS code, parked_where AS \"where\" FROM work"
                        + " WHERE key IN (?, ?) AND parked_kind IS NOT NULL ORDER BY step")
                .params(incident.id(), reference)
                .query(Parked.class)
                .list();
    }

    public Parked awaitParked(IncidentRecord incident) {
        waited(incident.oddity() + " parked", () -> find(incident), () -> !parked(incident)
                .isEmpty());
        List<Parked> parked = parked(incident);
        assertThat(parked).hasSize(1);
        return parked.get(0);
    }

    public String awaitDisposition(IncidentRecord incident, String wanted) {
        return waited("disposition " + wanted, () -> disposition(incident), () -> wanted.equals(disposition(incident)))
                ? wanted
                : "";
    }

    public String disposition(IncidentRecord incident) {
        return hub.jdbc()
                .sql("SELECT disposition FROM source_record WHERE system = 'incident-reporting' AND record_id = ?")
                .param(incident.id())
                .query(String.class)
                .optional()
                .orElse("unknown");
    }

    /** Versions of the report that were kept, the first first. */
    public List<byte[]> versions(IncidentRecord incident) {
        return hub.jdbc()
                .sql("SELECT v.raw FROM source_version v JOIN source_record r ON r.id = v.record"
                        + " WHERE r.system = 'incident-reporting' AND r.record_id = ? ORDER BY v.version_no")
                .param(incident.id())
                .query((row, n) -> row.getBytes(1))
                .list();
    }

    /** A version of the package as the ledger keeps it. */
    public JsonNode canonical(Case known, int version) {
        return hub.jdbc()
                .sql("SELECT canonical FROM package WHERE case_id = ? AND version = ?")
                .params(known.id(), version)
                .query((row, n) -> tree(row.getBytes(1)))
                .single();
    }

    public Inbound awaitInbound(String sender, String messageId, String state) {
        waited(
                "message " + messageId + " " + state,
                () -> inbound(sender, messageId),
                () -> inbound(sender, messageId).stream()
                        .anyMatch(each -> each.state().equals(state)));
        return inbound(sender, messageId).stream()
                .filter(each -> each.state().equals(state))
                .findFirst()
                .orElseThrow();
    }

    public List<Inbound> inbound(String sender, String messageId) {
        return hub.jdbc()
                .sql("SELECT id, channel, sender, state, code, code_where AS \"where\", detail FROM inbound"
                        + " WHERE sender = ? AND message_id = ? ORDER BY id")
                .params(sender, messageId)
                .query(Inbound.class)
                .list();
    }

    /** What was kept of exactly these bytes. */
    public Optional<Inbound> inboundOf(String body) {
        return hub.jdbc()
                .sql(
                        "SELECT id, channel, sender, state, code, code_where AS \"where\", detail FROM inbound WHERE raw = ?")
                .param(body.getBytes(StandardCharsets.UTF_8))
                .query(Inbound.class)
                .optional();
    }

    public long count(String sql, Object... parameters) {
        return hub.jdbc().sql(sql).params(List.of(parameters)).query(Long.class).single();
    }

    /** Nothing is under way for the case: no work due and nothing promised that is not done. */
    public void awaitQuiet(Case known) {
        waited(
                "case " + known.reference() + " quiet",
                () -> known,
                () -> count(
                                        "SELECT count(*) FROM work WHERE key = ? AND requested > done AND parked_kind IS NULL",
                                        known.reference())
                                == 0
                        && count(
                                        "SELECT count(*) FROM lane_case WHERE case_id = ? AND head_item IS NOT NULL"
                                                + " AND parked_reason IS NULL",
                                        known.id())
                                == 0);
    }

    /** Forces close their cases within seconds here, and a closed case is nobody's any more: until then no outcome is applied. */
    public void leaveOpen() {
        outcomes("suspend", "SUSPENDED");
    }

    /** What forces said meanwhile is applied. */
    public void letThemBeClosed() {
        outcomes("resume", "RUNNING");
    }

    private void outcomes(String wish, String state) {
        int status = hub.post("/api/v1/routes/outcome-intake-apply/" + wish, "{\"reason\":\"cases are to stay open\"}")
                .statusCode();
        if (status != 202) {
            throw new AssertionError("to " + wish + " outcomes was answered with " + status);
        }
        Awaitility.await("outcomes " + state).until(() -> {
            for (JsonNode route : tree(hub.get("/api/v1/routes").body())) {
                if (route.path("id").asText().equals("outcome-intake-apply")) {
                    return route.path("state").asText().equals(state);
                }
            }
            return false;
        });
    }

    /** The case as the admin API shows it. */
    public JsonNode file(Case known) {
        return tree(hub.get("/api/v1/cases/" + known.reference()).body());
    }

    public static JsonNode tree(String json) {
        return TestHub.unchecked(() -> JSON.readTree(json));
    }

    public static JsonNode tree(byte[] json) {
        return TestHub.unchecked(() -> JSON.readTree(json));
    }

    private static boolean waited(String what, Callable<?> last, Callable<Boolean> condition) {
        try {
            Awaitility.await(what).until(condition);
            return true;
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("not within the time: " + what + "; last seen " + TestHub.unchecked(last), late);
        }
    }
}
