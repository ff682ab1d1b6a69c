package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.with;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.CasePerson;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.StoredDocument;
import sallyport.ledger.StoredFact;
import sallyport.ledger.StoredNote;

/** Everything the ledger holds for a batch of cases, in eleven queries whatever their number. */
final class AssemblyBodies {

    private static final String RECORDS = """
            SELECT cr.case_id AS linked_to, """
            + Bodies.Sources.COLUMNS
            + """

              FROM case_record cr
              JOIN source_record s ON s.id = cr.record
              JOIN source_version v ON v.id = s.latest_version
             WHERE cr.case_id = ANY(:cases::bigint[])
             ORDER BY cr.case_id, s.system, s.record_id
            """;

    private static final String PEOPLE =
            """
            SELECT case_id, prisoner_number, role, former FROM case_person
             WHERE case_id = ANY(:cases::bigint[]) ORDER BY case_id, prisoner_number, role
            """;

    private static final String DOCUMENTS =
            """
            SELECT case_id, id, kind, media_type, size, sha256 FROM document
             WHERE case_id = ANY(:cases::bigint[]) AND state = 'CLEAN' AND erased_by IS NULL ORDER BY case_id, id
            """;

    private static final String SENT_TO =
            """
            SELECT DISTINCT c.case_id, c.lane
              FROM lane_case c JOIN lane l ON l.name = c.lane JOIN lane_item i ON i.lane_case = c.id
             WHERE c.case_id = ANY(:cases::bigint[]) AND l.family = 'FORCE' AND i.package_version IS NOT NULL
               AND i.state <> 'CANCELLED'
             ORDER BY c.case_id, c.lane
            """;

    /** As the bytes of a record name somebody; in whatever field. */
    private static final Pattern PRISONER_NUMBER = Pattern.compile("\\b[A-Z][0-9]{4}[A-Z]{2}\\b");

    private final Database database;
    private final Bodies bodies;
    private final IntelligenceRows intelligence;
    private final SeriesRows series;
    private final IdentityRows identity;

    AssemblyBodies(Database database, Bodies bodies) {
        this.database = database;
        this.bodies = bodies;
        this.intelligence = new IntelligenceRows(database);
        this.series = new SeriesRows(database);
        this.identity = new IdentityRows(database);
    }

    /** By case id. The source may not have rewritten its records yet, or not for the hub to see. */
    private Map<Long, Map<String, String>> renumbered(Map<Long, List<SourceVersion>> records) {
        var named = new LinkedHashSet<IdentityRows.Named>();
        records.forEach((caseId, versions) -> versions.forEach(version -> PRISONER_NUMBER
                .matcher(new String(version.raw(), StandardCharsets.UTF_8))
                .results()
                .forEach(number -> named.add(new IdentityRows.Named(caseId, number.group())))));
        var now = new HashMap<Long, Map<String, String>>();
        identity.now(named).forEach((each, number) -> now.computeIfAbsent(each.caseId(), id -> new HashMap<>())
                .put(each.number(), number));
        return now;
    }

    /** By case reference. */
    Map<String, AssemblyWork> load(Collection<String> references) {
        Map<String, ReferralCase> cases = bodies.cases(references);
        var ids = cases.values().stream().map(ReferralCase::id).toList();
        var parameters = with("cases", longs(ids));
        var records = new HashMap<Long, List<SourceVersion>>();
        database.sql().query(RECORDS, parameters, row -> {
            records.computeIfAbsent(row.getLong("linked_to"), id -> new ArrayList<>())
                    .add(Bodies.Sources.read(row));
        });
        var people = new HashMap<Long, List<CasePerson>>();
        database.sql().query(PEOPLE, parameters, row -> {
            people.computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                    .add(Bodies.person(row));
        });
        Map<Long, List<StoredFact>> facts = bodies.facts(ids);
        var documents = new HashMap<Long, List<StoredDocument>>();
        database.sql().query(DOCUMENTS, parameters, row -> {
            documents
                    .computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                    .add(new StoredDocument(
                            row.getLong("id"),
                            row.getString("kind"),
                            row.getString("media_type"),
                            row.getLong("size"),
                            row.getBytes("sha256")));
        });
        var sentTo = new HashMap<Long, List<String>>();
        database.sql().query(SENT_TO, parameters, row -> {
            sentTo.computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                    .add(row.getString("lane"));
        });
        var notices = intelligence.ofCases(ids);
        Map<Long, List<StoredNote>> notes = bodies.requestedNotes(ids);
        var packages = bodies.lastPackages(ids);
        var earlier = series.earlier(ids);
        var renumbered = renumbered(records);
        var work = new HashMap<String, AssemblyWork>();
        cases.forEach((reference, referralCase) -> work.put(
                reference,
                new AssemblyWork(
                        referralCase,
                        records.getOrDefault(referralCase.id(), List.of()),
                        people.getOrDefault(referralCase.id(), List.of()),
                        facts.getOrDefault(referralCase.id(), List.of()),
                        documents.getOrDefault(referralCase.id(), List.of()),
                        packages.get(referralCase.id()),
                        sentTo.getOrDefault(referralCase.id(), List.of()),
                        notices.getOrDefault(referralCase.id(), List.of()),
                        notes.getOrDefault(referralCase.id(), List.of()),
                        earlier.getOrDefault(referralCase.id(), List.of()),
                        renumbered.getOrDefault(referralCase.id(), Map.of()))));
        return work;
    }
}
