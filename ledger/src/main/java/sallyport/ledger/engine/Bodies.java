package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CommandWork;
import sallyport.ledger.CommandWork.ParkedSend;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.PackageKind;
import sallyport.ledger.PersonWork;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.ReportKind;
import sallyport.ledger.SourceKey;
import sallyport.ledger.SourceVersion;
import sallyport.ledger.Step;
import sallyport.ledger.StoredFact;
import sallyport.ledger.StoredNote;
import sallyport.ledger.StoredPackage;
import sallyport.ledger.TriageWork;

/**
 * Loads what a step needs to know, for all claims of a batch with the same few queries. Read after the claim has committed, so a
 * body holds at least all that was asked for when it was claimed. A key that names nothing has no body.
 */
final class Bodies {

    private static final String TRIAGE =
            """
            SELECT k.key AS asked, d.criteria, d.explanation,
                   EXISTS (SELECT 1 FROM case_record c JOIN referred_charge h ON h.record = c.record AND h.state IN ('LINKED', 'OWN')
                             JOIN source_record f ON f.id = c.record JOIN source_version w ON w.id = f.latest_version
                            WHERE c.case_id = rc.id AND w.status = ANY(:standing::text[])) AS referred_charge,
                   ARRAY(SELECT DISTINCT p.prisoner_number FROM case_person p WHERE p.case_id = rc.id AND NOT p.former) AS people,
            """
                    + "%s,\n%s".formatted(Sources.COLUMNS, CaseRows.COLUMNS)
                    + """

              FROM unnest(:keys::text[]) AS k(key)
              -- Lateral and fenced by OFFSET: on a young ledger without statistics the planner else reads every report.
              LEFT JOIN LATERAL (SELECT * FROM source_record r
                                  WHERE r.system = 'incident-reporting' AND r.record_id = k.key OFFSET 0) s ON true
              LEFT JOIN source_version v ON v.id = s.latest_version
              LEFT JOIN case_record cr ON cr.record = s.id
              LEFT JOIN referral_case rc ON rc.id = cr.case_id
              LEFT JOIN LATERAL (SELECT criteria, explanation FROM decision WHERE record = s.id AND kind = 'TRIAGE'
                                  ORDER BY id DESC LIMIT 1) d ON true
            """;

    /** What else is known of the people of a case, while somebody may still have to decide it. */
    private static final String CHARGES = """
            SELECT p.case_id AS charged_in, """
            + " "
            + Sources.COLUMNS
            + """

              FROM (SELECT DISTINCT case_id, prisoner_number FROM case_person
                     WHERE case_id = ANY(:cases::bigint[]) AND NOT former) p
              JOIN source_record s ON s.system = 'adjudications' AND s.record_id = p.prisoner_number
              JOIN source_version v ON v.id = s.latest_version
             WHERE s.gone_at IS NULL AND v.erased_by IS NULL
             ORDER BY p.case_id, s.record_id
            """;

    private static final String ALERTS =
            """
            SELECT DISTINCT p.case_id, a.prisoner_number, a.code
              FROM case_person p JOIN prisoner_alert a ON a.prisoner_number = p.prisoner_number
             WHERE p.case_id = ANY(:cases::bigint[]) AND NOT p.former
               AND a.active_from <= current_date AND (a.active_to IS NULL OR a.active_to > current_date)
             ORDER BY p.case_id, a.prisoner_number, a.code
            """;

    /** A day more on either side than a match may be away: days are London's, and times are not. */
    private static final String CHARGE_CASES =
            """
            SELECT r.record_id AS asked, %s, %s
              FROM source_record r
              JOIN referral_case rc ON rc.family = 'ADJUDICATION_CHARGE' AND rc.prison = r.prison AND rc.state <> 'WITHDRAWN'
               AND rc.occurred_at BETWEEN r.occurred_on - interval '3 days' AND r.occurred_on + interval '4 days'
              JOIN case_record cr ON cr.case_id = rc.id
              JOIN source_record s ON s.id = cr.record AND s.system = 'adjudication-charges'
              JOIN source_version v ON v.id = s.latest_version AND v.erased_by IS NULL
             WHERE r.system = 'incident-reporting' AND r.record_id = ANY(:keys::text[])
               AND NOT EXISTS (SELECT 1 FROM case_record own WHERE own.record = r.id)
             ORDER BY r.record_id, rc.id, s.id
            """
                    .formatted(CaseRows.COLUMNS, Sources.COLUMNS);

    /** Case notes that people asked for and chose, which the source has still. */
    private static final String REQUESTED_NOTES =
            """
            SELECT r.case_id, r.id, r.justification, f.content, f.sha256
              FROM case_note_request r JOIN case_note_found f ON f.request = r.id
             WHERE r.case_id = ANY(:cases::bigint[]) AND f.chosen AND f.gone_at IS NULL AND f.erased_by IS NULL
             ORDER BY r.case_id, r.id, f.id
            """;

    /** What people answer now; what was taken back says nothing. */
    private static final String FACTS =
            """
            SELECT * FROM (
              SELECT DISTINCT ON (case_id, item) case_id, item, version, state, content, sha256
                FROM case_fact WHERE case_id = ANY(:cases::bigint[])
               ORDER BY case_id, item, version DESC) latest
             WHERE state IS NOT NULL ORDER BY case_id, item
            """;

    private static final String PERSON = """
            SELECT DISTINCT p.prisoner_number AS asked, """
            + CaseRows.COLUMNS
            + """

              FROM case_person p JOIN referral_case rc ON rc.id = p.case_id
             WHERE p.prisoner_number = ANY(:keys::text[]) AND NOT p.former AND rc.state = ANY(:open::text[])
             ORDER BY rc.id
            """;

    private static final String CASES = """
            SELECT """
            + " "
            + CaseRows.COLUMNS
            + """

              FROM referral_case rc WHERE rc.reference = ANY(:keys::text[])
            """;

    private static final String LAST_PACKAGES =
            """
            SELECT DISTINCT ON (case_id) case_id, version, kind, canonical, sha256, content_sha256, built_at,
                   erased_by IS NOT NULL AS erased
              FROM package WHERE case_id = ANY(:cases::bigint[]) ORDER BY case_id, version DESC
            """;

    private static final String COMMANDS =
            """
            SELECT c.id AS command, c.kind, c.target, c.argument, c.actor, c.reason,
                   -- Which report of the case is judged again, and what was last said of it.
                   CASE WHEN c.kind IN ('FACT', 'CASE_NOTE', 'KEEP_INTERNAL') THEN
                     (SELECT s.record_id FROM case_record l JOIN source_record s ON s.id = l.record
                       WHERE l.case_id = rc.id AND s.system = 'incident-reporting' ORDER BY s.id LIMIT 1) END AS incident_record,
                   CASE WHEN c.kind IN ('FACT', 'KEEP_INTERNAL') THEN
                     (SELECT d.explanation FROM decision d WHERE d.case_id = rc.id AND d.kind = 'TRIAGE'
                       ORDER BY d.id DESC LIMIT 1) END AS explanation, """
                    + CaseRows.COLUMNS
                    + """

              FROM command c LEFT JOIN referral_case rc ON rc.reference = c.target
             WHERE c.id = ANY(:ids::bigint[])
            """;

    private static final String MAILS =
            """
            SELECT %s
              FROM source_record s JOIN source_version v ON v.id = s.latest_version
             WHERE s.system = 'telephone-mails' AND s.record_id = ANY(:keys::text[])
            """
                    .formatted(Sources.COLUMNS);

    private static final String PARKED_SENDS =
            """
            SELECT c.id, c.head_item, c.lane, l.family AS lane_family, i.message_id, i.package_version, c.parked_reason, r.sha256,
                   EXISTS (SELECT 1 FROM attempt a WHERE a.lane_item = i.id AND a.may_have_reached AND a.outcome <> 'REJECTED')
                     AS may_have_reached
              FROM lane_case c
              JOIN lane l ON l.name = c.lane
              JOIN lane_item i ON i.id = c.head_item
              JOIN rendering r ON r.lane_item = i.id AND r.channel = i.channels[i.channel_index + 1]
             WHERE c.id = ANY(:ids::bigint[]) AND c.parked_reason IS NOT NULL
            """;

    private final Database database;
    private final AssemblyBodies assembly;
    private final OutcomeBodies outcomes;
    private final AlertBodies alerts;
    private final ReportBodies reports;
    private final DocumentRows documents;
    private final CaseNoteRows notes;
    private final PhotoRows photos;
    private final PrisonDocumentRows prisonDocuments;
    private final ChargeBodies charges;

    Bodies(Database database) {
        this.database = database;
        assembly = new AssemblyBodies(database, this);
        outcomes = new OutcomeBodies(database);
        alerts = new AlertBodies(database);
        reports = new ReportBodies(database);
        documents = new DocumentRows(database);
        notes = new CaseNoteRows(database);
        photos = new PhotoRows(database);
        prisonDocuments = new PrisonDocumentRows(database);
        charges = new ChargeBodies(database);
    }

    /** By key. */
    Map<String, ?> load(Step step, Collection<String> keys) {
        return switch (step) {
            case INCIDENT_FETCH, DAY_LISTING, IDENTITY_CHANGE -> themselves(keys);
            case TRIAGE -> triage(keys);
            case ADJUDICATION_FETCH -> people(keys, charges.referred(keys));
            case CASE_NOTE_FETCH, PRISONER_ALERT_FETCH, PERSON_CHANGE -> people(keys, Map.of());
            case ASSEMBLY -> assembly.load(keys);
            case CASE_SYNC -> cases(keys);
            case COMMAND -> commands(keys);
            case OUTCOME -> outcomes.load(keys);
            case ALERT -> alerts.load(keys);
            case TELEPHONE_MAIL -> mails(keys);
            case TELEPHONE_MATCH -> reports.load(ReportKind.TELEPHONE, keys);
            case USE_OF_FORCE_MATCH -> reports.load(ReportKind.USE_OF_FORCE, keys);
            case CHARGE_MATCH -> charges.load(keys);
            case DOCUMENT_SCAN -> documents.load(keys);
            case CASE_NOTE_REQUEST -> notes.load(keys);
            case PHOTO_REQUEST -> photos.load(keys);
            case PRISON_DOCUMENT_SEARCH -> prisonDocuments.searches(keys);
            case PRISON_DOCUMENT_TAKE -> prisonDocuments.wanted(keys);
        };
    }

    private static Map<String, String> themselves(Collection<String> keys) {
        var bodies = new HashMap<String, String>();
        keys.forEach(key -> bodies.put(key, key));
        return bodies;
    }

    /** Of the mailbox of telephone reports, by record id. */
    private Map<String, SourceVersion> mails(Collection<String> keys) {
        var mails = new HashMap<String, SourceVersion>();
        database.sql().query(MAILS, with("keys", texts(keys)), row -> {
            SourceVersion mail = Sources.read(row);
            mails.put(mail.key().recordId(), mail);
        });
        return mails;
    }

    private Map<String, TriageWork> triage(Collection<String> keys) {
        var chargeCases = new HashMap<String, List<TriageWork.ChargeCase>>();
        database.sql().query(CHARGE_CASES, with("keys", texts(keys)), row -> {
            chargeCases
                    .computeIfAbsent(row.getString("asked"), none -> new ArrayList<>())
                    .add(new TriageWork.ChargeCase(CaseRows.read(row), Sources.read(row)));
        });
        var bodies = new HashMap<String, TriageWork>();
        database.sql().query(TRIAGE, with("keys", texts(keys)).addValue("standing", ChargeBodies.STANDING), row -> {
            var key = new SourceKey(SourceKey.INCIDENTS, row.getString("asked"));
            bodies.put(
                    key.recordId(),
                    new TriageWork(
                            key,
                            row.getObject("version_id") == null ? null : Sources.read(row),
                            CaseRows.readIfThere(row),
                            row.getString("criteria"),
                            row.getString("explanation"),
                            Set.of((String[]) row.getArray("people").getArray()),
                            List.of(),
                            Map.of(),
                            List.of(),
                            List.of(),
                            row.getBoolean("referred_charge"),
                            chargeCases.getOrDefault(key.recordId(), List.of())));
        });
        withSignals(bodies);
        withFacts(bodies);
        return bodies;
    }

    private void withFacts(Map<String, TriageWork> bodies) {
        Map<Long, List<StoredFact>> facts = facts(bodies.values().stream()
                .map(TriageWork::referralCase)
                .flatMap(Stream::ofNullable)
                .map(ReferralCase::id)
                .toList());
        bodies.replaceAll((key, work) -> {
            ReferralCase known = work.referralCase();
            return known == null ? work : work.withFacts(facts.getOrDefault(known.id(), List.of()));
        });
    }

    /** By case id. */
    Map<Long, List<StoredNote>> requestedNotes(Collection<Long> caseIds) {
        var notes = new HashMap<Long, List<StoredNote>>();
        if (caseIds.isEmpty()) {
            return notes;
        }
        database.sql().query(REQUESTED_NOTES, with("cases", longs(caseIds)), row -> {
            notes.computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                    .add(new StoredNote(
                            row.getLong("id"),
                            row.getString("justification"),
                            row.getBytes("content"),
                            row.getBytes("sha256")));
        });
        return notes;
    }

    /** By case id. */
    Map<Long, List<StoredFact>> facts(Collection<Long> caseIds) {
        var facts = new HashMap<Long, List<StoredFact>>();
        if (caseIds.isEmpty()) {
            return facts;
        }
        database.sql().query(FACTS, with("cases", longs(caseIds)), row -> {
            facts.computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                    .add(new StoredFact(
                            row.getString("item"),
                            row.getInt("version"),
                            row.getBytes("content"),
                            row.getBytes("sha256")));
        });
        return facts;
    }

    private void withSignals(Map<String, TriageWork> bodies) {
        var undecided = bodies.values().stream()
                .map(TriageWork::referralCase)
                .filter(known -> known != null && !known.approved())
                .map(ReferralCase::id)
                .toList();
        if (undecided.isEmpty()) {
            return;
        }
        var charges = new HashMap<Long, List<SourceVersion>>();
        database.sql().query(CHARGES, with("cases", longs(undecided)), row -> {
            charges.computeIfAbsent(row.getLong("charged_in"), id -> new ArrayList<>())
                    .add(Sources.read(row));
        });
        var alerts = new HashMap<Long, Map<String, List<String>>>();
        database.sql().query(ALERTS, with("cases", longs(undecided)), row -> {
            alerts.computeIfAbsent(row.getLong("case_id"), id -> new HashMap<>())
                    .computeIfAbsent(row.getString("prisoner_number"), number -> new ArrayList<>())
                    .add(row.getString("code"));
        });
        Map<Long, List<StoredNote>> notes = requestedNotes(undecided);
        bodies.replaceAll((key, work) -> {
            ReferralCase known = work.referralCase();
            return known == null
                    ? work
                    : work.withSignals(
                            charges.getOrDefault(known.id(), List.of()),
                            alerts.getOrDefault(known.id(), Map.of()),
                            notes.getOrDefault(known.id(), List.of()));
        });
    }

    private Map<String, PersonWork> people(Collection<String> keys, Map<String, Set<String>> referred) {
        var cases = new HashMap<String, Map<Long, ReferralCase>>();
        database.sql().query(PERSON, with("keys", texts(keys)).addValue("open", CaseWriter.OPEN), row -> {
            ReferralCase referralCase = CaseRows.read(row);
            cases.computeIfAbsent(row.getString("asked"), number -> new LinkedHashMap<>())
                    .put(referralCase.id(), referralCase);
        });
        var bodies = new HashMap<String, PersonWork>();
        keys.forEach(key -> bodies.put(
                key,
                new PersonWork(
                        key,
                        List.copyOf(cases.getOrDefault(key, Map.of()).values()),
                        referred.getOrDefault(key, Set.of()))));
        return bodies;
    }

    /** By reference. */
    Map<String, ReferralCase> cases(Collection<String> references) {
        var found = new HashMap<String, ReferralCase>();
        if (references.isEmpty()) {
            return found;
        }
        database.sql().query(CASES, with("keys", texts(references)), row -> {
            ReferralCase referralCase = CaseRows.read(row);
            found.put(referralCase.reference(), referralCase);
        });
        return found;
    }

    /** By case id. */
    Map<Long, StoredPackage> lastPackages(Collection<Long> caseIds) {
        var found = new HashMap<Long, StoredPackage>();
        database.sql().query(LAST_PACKAGES, with("cases", longs(caseIds)), row -> {
            found.put(row.getLong("case_id"), storedPackage(row));
        });
        return found;
    }

    private Map<String, CommandWork> commands(Collection<String> keys) {
        var found = database.sql().query(COMMANDS, with("ids", ids(keys)), (row, n) -> command(row));
        var packages = lastPackages(found.stream()
                .map(CommandWork::referralCase)
                .flatMap(Stream::ofNullable)
                .map(ReferralCase::id)
                .toList());
        var parked = parkedSends(found.stream()
                .map(CommandWork::argument)
                .flatMap(Stream::ofNullable)
                .toList());
        var others = cases(found.stream()
                .filter(command -> command.kind().equals(CommandWork.COMBINE))
                .map(CommandWork::argument)
                .flatMap(Stream::ofNullable)
                .toList());
        var bodies = new HashMap<String, CommandWork>();
        for (CommandWork command : found) {
            ReferralCase about = command.referralCase();
            bodies.put(
                    Long.toString(command.id()),
                    new CommandWork(
                            command.id(),
                            command.kind(),
                            command.target(),
                            command.argument(),
                            command.actor(),
                            command.reason(),
                            about,
                            about == null ? null : packages.get(about.id()),
                            command.argument() == null ? null : parked.get(command.argument()),
                            command.argument() == null ? null : others.get(command.argument()),
                            command.incidentRecord(),
                            command.lastExplanation()));
        }
        return bodies;
    }

    /** By {@code lane/<id>}. */
    private Map<String, ParkedSend> parkedSends(Collection<String> arguments) {
        var ids = ids(arguments.stream()
                .filter(argument -> argument.startsWith("lane/"))
                .map(argument -> argument.substring("lane/".length()))
                .toList());
        var found = new HashMap<String, ParkedSend>();
        if (ids.length > 0) {
            database.sql().query(PARKED_SENDS, with("ids", ids), row -> {
                found.put(
                        "lane/" + row.getLong("id"),
                        new ParkedSend(
                                row.getLong("id"),
                                row.getLong("head_item"),
                                LaneFamily.valueOf(row.getString("lane_family")),
                                row.getString("lane"),
                                row.getString("message_id"),
                                row.getObject("package_version", Integer.class),
                                row.getString("parked_reason"),
                                row.getBytes("sha256"),
                                row.getBoolean("may_have_reached")));
            });
        }
        return found;
    }

    private static CommandWork command(ResultSet row) throws SQLException {
        return new CommandWork(
                row.getLong("command"),
                row.getString("kind"),
                row.getString("target"),
                row.getString("argument"),
                row.getString("actor"),
                row.getString("reason"),
                CaseRows.readIfThere(row),
                null,
                null,
                null,
                row.getString("incident_record"),
                row.getString("explanation"));
    }

    private static StoredPackage storedPackage(ResultSet row) throws SQLException {
        return new StoredPackage(
                row.getInt("version"),
                PackageKind.valueOf(row.getString("kind")),
                row.getBytes("canonical"),
                row.getBytes("sha256"),
                row.getBytes("content_sha256"),
                CaseRows.known(row, "built_at"),
                row.getBoolean("erased"));
    }

    /** Keys that are row ids; one that is not names nothing. */
    static Long[] ids(Collection<String> keys) {
        return keys.stream()
                .filter(key -> key.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toArray(Long[]::new);
    }

    /** How a version of a source record is read from {@code source_record s} and {@code source_version v}. */
    static final class Sources {

        static final String COLUMNS =
                """
                s.id AS record_row, s.system AS record_system, s.record_id, s.gone_at, v.id AS version_id, v.version_no, v.raw,
                v.sha256 AS version_sha256, v.modified_at, v.fetched_at, v.erased_by IS NOT NULL AS version_erased""";

        private Sources() {}

        static SourceVersion read(ResultSet row) throws SQLException {
            return new SourceVersion(
                    row.getLong("version_id"),
                    row.getLong("record_row"),
                    new SourceKey(row.getString("record_system"), row.getString("record_id")),
                    row.getInt("version_no"),
                    row.getBytes("raw"),
                    row.getBytes("version_sha256"),
                    CaseRows.instant(row, "modified_at"),
                    CaseRows.known(row, "fetched_at"),
                    CaseRows.instant(row, "gone_at"),
                    row.getBoolean("version_erased"));
        }
    }

    static CasePerson person(ResultSet row) throws SQLException {
        return new CasePerson(row.getString("prisoner_number"), row.getString("role"), row.getBoolean("former"));
    }
}
