package sallyport.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import sallyport.bench.HandLoop.Hand;
import sallyport.bench.HandLoop.Tools;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.tracker.TrackerMapping;
import sallyport.mappings.tracker.TrackerRow;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;

/**
 * Intake by hand: the event written down, the report fetched, stored with its evidence entry and judged; where the verdict opens a
 * case, the case, its people, what adjudications and alerts say of them, and the tracker's row, promised, logged, sent and confirmed.
 */
final class HandIntake implements Hand {

    private static final String HINTS =
            """
            INSERT INTO hint (message_id, event_type, subject, raw, occurred_at)
            SELECT *, now() FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[])
            """;

    private static final String TO_DO = "INSERT INTO work (step, key) SELECT 'by-hand', k FROM unnest(?::text[]) AS k";

    private static final String DONE =
            "UPDATE work SET done = requested WHERE step = 'by-hand' AND key = ANY(?::text[])";

    private static final String PRISONERS =
            """
            INSERT INTO source_record (system, record_id) SELECT 'prisoner-alerts', number FROM unnest(?::text[]) AS number
            RETURNING record_id, id
            """;

    private static final String ALERTS_READ =
            "INSERT INTO prisoner_alert_reading (prisoner_number, read_at) SELECT number, now() FROM unnest(?::text[]) AS number";

    private static final String RECORDS =
            """
            INSERT INTO source_record (system, record_id, disposition, prison, occurred_at)
            SELECT 'incident-reporting', r.id, r.disposition, r.prison, r.occurred::timestamp AT TIME ZONE 'Europe/London'
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS r(id, disposition, prison, occurred)
            RETURNING record_id, id
            """;

    private static final String VERSIONS =
            """
            INSERT INTO source_version (record, version_no, raw, sha256, modified_text, modified_at, fetched_at, fetched_from)
            SELECT v.record, 1, v.raw, sha256(v.raw), v.modified, v.modified::timestamp AT TIME ZONE 'Europe/London', now(), v.place
              FROM unnest(?::bigint[], ?::bytea[], ?::text[], ?::text[]) AS v(record, raw, modified, place)
            RETURNING record, id
            """;

    private static final String LATEST =
            """
            UPDATE source_record r SET latest_version = v.version
              FROM unnest(?::bigint[], ?::bigint[]) AS v(record, version) WHERE r.id = v.record
            """;

    private static final String COLLECTED =
            """
            INSERT INTO evidence (kind, actor, reason, payload_sha256, detail)
            SELECT 'COLLECTION', 'by-hand', ?, sha256(e.raw), e.detail FROM unnest(?::bytea[], ?::text[]) AS e(raw, detail)
            """;

    private static final String CASES =
            """
            INSERT INTO referral_case (reference, state, verdict, class, prison, force, family, incident_reference, occurred_at,
                                       decide_by)
            SELECT 'SP-2099-' || lpad(nextval('case_reference_seq')::text, 6, '0'), 'AWAITING_DECISION', c.verdict, c.class,
                   c.prison, c.force, c.family, c.incident, c.occurred::timestamptz, now() + interval '24 hours'
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS c(verdict, class, prison, force, family, incident, occurred)
            RETURNING incident_reference, id, reference
            """;

    private static final String LINKS =
            "INSERT INTO case_record (case_id, record) SELECT * FROM unnest(?::bigint[], ?::bigint[])";

    private static final String PEOPLE =
            """
            INSERT INTO case_person (case_id, prisoner_number, role)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[]) ON CONFLICT DO NOTHING
            """;

    private static final String DECISIONS =
            """
            INSERT INTO decision (case_id, record, source_version, kind, verdict, rule_version, criteria, explanation, actor)
            SELECT nullif(d.case_id, 0), d.record, d.version, 'TRIAGE', d.verdict, d.rules, d.criteria, d.explanation, 'rules'
              FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS d(case_id, record, version, verdict, rules, criteria, explanation)
            """;

    private final Tools tools;
    private final HandLanes lanes;
    private final URI partner;
    private final AtomicInteger next;
    private final int size;
    private final Triage rules = Triage.rules();

    HandIntake(String database, URI partner, AtomicInteger next, int size) throws SQLException {
        this.tools = new Tools(database);
        this.lanes = new HandLanes(tools, partner);
        this.partner = partner;
        this.next = next;
        this.size = size;
    }

    private record Fetched(String id, byte[] raw, IncidentReport report, Verdict verdict, boolean opens) {}

    private record Opened(long id, String reference) {}

    @Override
    public int batch() throws Exception {
        int first = next.getAndAdd(size);
        List<String> ids =
                IntStream.range(first, first + size).mapToObj(Reports::id).toList();
        List<String> messages = ids.stream().map(id -> "by-hand-" + id).toList();
        tools.rows(
                HINTS,
                messages,
                same("incident.report.amended"),
                ids,
                IntStream.range(first, first + size)
                        .mapToObj(number ->
                                Reports.event(number).message().toString().getBytes(UTF_8))
                        .toList());
        tools.rows(TO_DO, ids);
        tools.commit();

        List<Fetched> fetched = new ArrayList<>();
        for (String id : ids) {
            byte[] raw = tools.get(partner.resolve("/incident-reports/" + id + "/with-details"))
                    .body();
            IncidentReport report = IncidentReport.read(raw);
            Verdict verdict = rules.decide(report);
            fetched.add(new Fetched(id, raw, report, verdict, verdict.kind() != Verdict.Kind.NOT_REFERABLE));
        }
        Map<String, Opened> opened = write(fetched);
        List<HandLanes.Item> rows = lanes.promise("tracker", "TRACKER_ROW", trackerRows(fetched, opened));
        tools.commit();
        readPeople(fetched);
        tools.rows(DONE, ids);
        tools.commit();
        if (!rows.isEmpty()) {
            lanes.sending(rows);
            tools.commit();
            lanes.putRows(rows);
            lanes.done(rows);
            tools.commit();
        }
        return size;
    }

    /** What other systems know of those who are suspected: no adjudication, and a list of alerts that is kept as it came. */
    private void readPeople(List<Fetched> fetched) throws Exception {
        List<String> numbers = new ArrayList<>();
        List<byte[]> alerts = new ArrayList<>();
        for (Fetched each : fetched) {
            if (each.opens()) {
                for (var suspect : Suspects.of(each.report()).suspects()) {
                    String number = suspect.prisonerNumber();
                    tools.get(partner.resolve("/reported-adjudications/prisoner/" + number));
                    numbers.add(number);
                    alerts.add(tools.get(partner.resolve("/prisoners/" + number + "/alerts"))
                            .body());
                }
            }
        }
        if (numbers.isEmpty()) {
            return;
        }
        Map<String, Long> records = ids(tools.bind(PRISONERS, numbers));
        store(
                numbers.stream().map(records::get).toList(),
                alerts,
                Collections.nCopies(numbers.size(), null),
                numbers.stream()
                        .map(number -> partner + "/prisoners/" + number + "/alerts")
                        .toList());
        tools.rows(
                COLLECTED,
                "alerts about somebody in an open case",
                alerts,
                numbers.stream().map(number -> "prisoner-alerts/" + number).toList());
        tools.rows(ALERTS_READ, numbers);
    }

    private static Map<String, Long> ids(PreparedStatement statement) throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.put(rows.getString(1), rows.getLong(2));
            }
        }
        return ids;
    }

    /** The first version of each, which is its latest; returned in the order of the records. */
    private List<Long> store(List<Long> records, List<byte[]> raw, List<String> modified, List<String> from)
            throws SQLException {
        Map<Long, Long> versions = new HashMap<>();
        try (ResultSet rows = tools.bind(VERSIONS, records, raw, modified, from).executeQuery()) {
            while (rows.next()) {
                versions.put(rows.getLong(1), rows.getLong(2));
            }
        }
        List<Long> inOrder = records.stream().map(versions::get).toList();
        tools.rows(LATEST, records, inOrder);
        return inOrder;
    }

    private Map<String, Opened> write(List<Fetched> fetched) throws SQLException {
        Map<String, Long> records = ids(tools.bind(
                RECORDS,
                fetched.stream().map(Fetched::id).toList(),
                fetched.stream()
                        .map(each -> each.opens() ? "CASE" : "NOT_REFERABLE")
                        .toList(),
                fetched.stream().map(each -> each.report().location()).toList(),
                fetched.stream()
                        .map(each -> each.report().incidentDateAndTime().text())
                        .toList()));
        List<Long> recordIds =
                fetched.stream().map(each -> records.get(each.id())).toList();
        List<Long> versionIds = store(
                recordIds,
                fetched.stream().map(Fetched::raw).toList(),
                fetched.stream().map(each -> each.report().modifiedAt().text()).toList(),
                fetched.stream()
                        .map(each -> partner + "/incident-reports/" + each.id())
                        .toList());
        tools.rows(
                COLLECTED,
                "incident report changed at the source",
                fetched.stream().map(Fetched::raw).toList(),
                fetched.stream().map(each -> "incident-reporting/" + each.id()).toList());
        Map<String, Opened> opened =
                open(fetched.stream().filter(Fetched::opens).toList(), records);
        tools.rows(
                DECISIONS,
                fetched.stream()
                        .map(each -> each.opens() ? opened.get(each.id()).id() : 0L)
                        .toList(),
                recordIds,
                versionIds,
                fetched.stream().map(each -> each.verdict().kind().name()).toList(),
                fetched.stream().map(each -> each.verdict().ruleVersion()).toList(),
                fetched.stream()
                        .map(each -> String.join(" ", each.verdict().criteria()))
                        .toList(),
                fetched.stream().map(each -> each.verdict().explanationJson()).toList());
        return opened;
    }

    private Map<String, Opened> open(List<Fetched> cases, Map<String, Long> records) throws SQLException {
        Map<String, Opened> byIncident = new HashMap<>();
        if (cases.isEmpty()) {
            return byIncident;
        }
        try (ResultSet rows = tools.bind(
                        CASES,
                        cases.stream().map(each -> each.verdict().kind().name()).toList(),
                        cases.stream()
                                .map(each -> each.verdict().immediate() ? "IMMEDIATE" : "ROUTINE")
                                .toList(),
                        cases.stream().map(each -> each.report().location()).toList(),
                        cases.stream()
                                .map(each -> PrisonForces.forPrison(
                                                each.report().location())
                                        .value())
                                .toList(),
                        cases.stream().map(each -> each.report().family()).toList(),
                        cases.stream()
                                .map(each -> each.report().reportReference())
                                .toList(),
                        cases.stream()
                                .map(each -> each.report()
                                        .incidentDateAndTime()
                                        .instant()
                                        .toString())
                                .toList())
                .executeQuery()) {
            while (rows.next()) {
                byIncident.put(rows.getString(1), new Opened(rows.getLong(2), rows.getString(3)));
            }
        }
        Map<String, Opened> opened = new HashMap<>();
        List<Long> of = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        for (Fetched each : cases) {
            Opened known = byIncident.get(each.report().reportReference());
            opened.put(each.id(), known);
            each.report().prisonersInvolved().forEach(person -> {
                of.add(known.id());
                numbers.add(person.prisonerNumber());
                roles.add(person.prisonerRole().name());
            });
        }
        tools.rows(
                LINKS,
                cases.stream().map(each -> opened.get(each.id()).id()).toList(),
                cases.stream().map(each -> records.get(each.id())).toList());
        tools.rows(PEOPLE, of, numbers, roles);
        return opened;
    }

    private static List<HandLanes.Promise> trackerRows(List<Fetched> fetched, Map<String, Opened> opened) {
        Instant now = Instant.now();
        return fetched.stream()
                .filter(Fetched::opens)
                .map(each -> {
                    Opened known = opened.get(each.id());
                    byte[] row = TrackerMapping.render(
                            new TrackerRow(
                                    new CaseReference(known.reference()),
                                    each.report().location(),
                                    PrisonForces.forPrison(each.report().location()),
                                    "AWAITING_DECISION",
                                    each.verdict().kind().name(),
                                    each.verdict().immediate() ? "IMMEDIATE" : "ROUTINE",
                                    now,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    now,
                                    1),
                            DisclosureProfiles.of("tracker"));
                    return new HandLanes.Promise(
                            known.id(), known.reference(), known.reference() + "-t1", "application/json", row);
                })
                .toList();
    }

    private List<String> same(String text) {
        return Collections.nCopies(size, text);
    }

    @Override
    public void close() throws SQLException {
        tools.close();
    }
}
