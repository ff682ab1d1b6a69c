package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Chore;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.Log;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Evidence;
import sallyport.ledger.Step;
import sallyport.mappings.intelligence.HandlingCodes;

/**
 * What time and other facts make of notices of intelligence: one expires, and the cases that it fitted are assembled again; one fits a
 * case for the first time, which is an entry of the evidence log, and a work item where the force may not know. Such a work item is about
 * no case, prison or force, so that only those see it who see everything.
 */
final class IntelligenceWatch implements Chore {

    static final String TASK = "INTELLIGENCE";

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int MOST = 500;

    private static final String EXPIRED =
            """
            WITH over AS (
              SELECT record FROM intelligence_notice
               WHERE state = 'CURRENT' AND expires < (now() AT TIME ZONE 'Europe/London')::date
               ORDER BY record LIMIT :most FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE intelligence_notice n SET state = 'EXPIRED', changed_at = now() FROM over, source_record s
             WHERE n.record = over.record AND s.id = n.record RETURNING s.record_id
            """;

    /** Those that were told of them: they are assembled again without. */
    private static final String HAD =
            """
            SELECT DISTINCT c.reference
              FROM source_record s JOIN intelligence_case k ON k.notice = s.id JOIN referral_case c ON c.id = k.case_id
             WHERE s.system = 'intelligence-notices' AND s.record_id = ANY(:references::text[])
               AND c.approved_at IS NOT NULL AND c.state = ANY(:open::text[])
            """;

    private static final String NEW =
            """
            INSERT INTO intelligence_case (notice, case_id)
            SELECT f.notice, f.case_id
              FROM intelligence_fit f JOIN referral_case c ON c.id = f.case_id
             WHERE c.state = ANY(:open::text[])
               AND NOT EXISTS (SELECT 1 FROM intelligence_case k WHERE k.notice = f.notice AND k.case_id = f.case_id)
             ORDER BY f.notice, f.case_id LIMIT :most
            ON CONFLICT DO NOTHING
            RETURNING (SELECT s.record_id FROM source_record s WHERE s.id = notice) AS record_id,
                      (SELECT c.reference FROM referral_case c WHERE c.id = case_id) AS reference,
                      (SELECT n.handling FROM intelligence_notice n WHERE n.record = notice) AS handling,
                      (SELECT n.prison FROM intelligence_notice n WHERE n.record = notice) AS prison,
                      (SELECT n.unit FROM intelligence_notice n WHERE n.record = notice) AS unit,
                      (SELECT v.sha256 FROM source_record s JOIN source_version v ON v.id = s.latest_version
                        WHERE s.id = notice) AS sha256
            """;

    private static final String OVER =
            """
            SELECT t.subject FROM task t
             WHERE t.kind = 'INTELLIGENCE' AND t.closed_at IS NULL
               AND EXISTS (SELECT 1 FROM source_record s JOIN intelligence_notice n ON n.record = s.id
                            WHERE s.system = 'intelligence-notices' AND s.record_id = split_part(t.subject, '/', 1)
                              AND (n.state <> 'CURRENT' OR n.handling = ANY(:toForce::text[])))
             LIMIT :most
            """;

    private final Database database;
    private final Duties duties;
    private final Tasks tasks;
    private final EvidenceWriter evidence;
    private final WorkRequests requests;
    private final Runnable wake;

    IntelligenceWatch(LedgerNode node) {
        database = node.database();
        duties = node.duties();
        tasks = node.tasks();
        evidence = node.evidence();
        requests = node.requests();
        wake = node.dispatcher()::wake;
    }

    private record Fit(
            String notice, String reference, String handling, String prison, String unit, byte @Nullable [] sha256) {}

    @Override
    public String name() {
        return "intelligence notices";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public void run() {
        boolean asked = duties.inTurn("intelligence", LEASE, fence -> {
                    found();
                    return expired();
                })
                .orElse(false);
        if (asked) {
            wake.run();
        }
    }

    private boolean expired() {
        List<String> over = database.sql().queryForList(EXPIRED, with("most", MOST), String.class);
        var asked = new ArrayList<RequestWork>();
        if (!over.isEmpty()) {
            database.sql()
                    .queryForList(
                            HAD,
                            with("references", over.toArray(String[]::new)).addValue("open", CaseWriter.OPEN),
                            String.class)
                    .forEach(reference -> asked.add(RequestWork.now(Step.ASSEMBLY, reference)));
        }
        requests.ask(asked);
        Set<String> done =
                database
                        .sql()
                        .queryForList(OVER, with("most", MOST).addValue("toForce", toForce()), String.class)
                        .stream()
                        .collect(Collectors.toSet());
        if (!done.isEmpty()) {
            tasks.close(List.of(new CloseTasks(TASK, done, "the notice is over, or the force may know of it now")));
        }
        return !asked.isEmpty();
    }

    private void found() {
        List<Fit> fits = database.sql()
                .query(
                        NEW,
                        with("most", MOST).addValue("open", CaseWriter.OPEN),
                        (row, n) -> new Fit(
                                row.getString("record_id"),
                                row.getString("reference"),
                                row.getString("handling"),
                                row.getString("prison"),
                                row.getString("unit"),
                                row.getBytes("sha256")));
        var open = List.of(toForce());
        evidence.write(fits.stream().map(IntelligenceWatch::entry).toList());
        tasks.open(fits.stream()
                .filter(fit -> !open.contains(fit.handling()))
                .map(IntelligenceWatch::task)
                .toList());
    }

    private static String[] toForce() {
        return HandlingCodes.toForce().toArray(String[]::new);
    }

    private static Log entry(Fit fit) {
        return new Log(new Evidence(
                Evidence.Kind.COMBINATION,
                fit.reference(),
                null,
                "sallyport",
                "a notice of intelligence fits the case",
                null,
                fit.sha256(),
                null,
                null,
                "handling code " + fit.handling()));
    }

    private static OpenTask task(Fit fit) {
        return new OpenTask(
                TASK,
                fit.notice() + "/" + fit.reference(),
                null,
                null,
                null,
                "Notice " + fit.notice() + " of unit " + fit.unit() + ", " + fit.prison() + ", fits case "
                        + fit.reference() + ". Its handling code " + fit.handling()
                        + " lets the hub tell the force nothing: the unit decides whether and how the force is told.",
                null);
    }
}
