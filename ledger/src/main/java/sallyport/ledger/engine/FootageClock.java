package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sallyport.ledger.Chore;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.FootageKept;
import sallyport.ledger.Effect.OpenTask;

/**
 * Footage that nobody has handed over is wiped by itself: a work item for the prison's coordinator opens while there is still time, and
 * closes when the footage is handed over, the day changes, or the case has ended. One that a person has closed stays closed for that day.
 */
final class FootageClock implements Chore {

    static final String TASK = "FOOTAGE";

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int MOST = 500;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    /** Another last day is something else to be told of. */
    private static final String SET =
            """
            INSERT INTO footage_clock (case_id, warn_on, until, recordings) VALUES (:case, :warnOn, :until, :recordings)
            ON CONFLICT (case_id) DO UPDATE
              SET warn_on = EXCLUDED.warn_on, until = EXCLUDED.until, recordings = EXCLUDED.recordings
            """;

    private static final String STOP = "DELETE FROM footage_clock WHERE case_id = :case";

    private static final String TO_TELL =
            """
            WITH due AS (
              SELECT f.case_id FROM footage_clock f JOIN referral_case c ON c.id = f.case_id
               WHERE f.warn_on <= :today AND f.told_until IS DISTINCT FROM f.until AND c.state = ANY(:open::text[])
               ORDER BY f.warn_on, f.case_id LIMIT :most FOR NO KEY UPDATE OF f SKIP LOCKED)
            UPDATE footage_clock f SET told_until = f.until FROM due, referral_case c
             WHERE f.case_id = due.case_id AND c.id = f.case_id
            RETURNING f.case_id, c.reference, c.prison, c.force, f.until, f.recordings
            """;

    private static final String OVER =
            """
            SELECT t.subject FROM task t
             WHERE t.kind = 'FOOTAGE' AND t.closed_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM footage_clock f JOIN referral_case c ON c.id = f.case_id
                                WHERE f.case_id = t.case_id AND c.state = ANY(:open::text[])
                                  AND t.subject = 'footage/' || c.reference || '/' || f.until)
             LIMIT :most
            """;

    private final Database database;
    private final Duties duties;
    private final Tasks tasks;
    private final Clock clock;

    FootageClock(Database database, Duties duties, Tasks tasks, Clock clock) {
        this.database = database;
        this.duties = duties;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "footage that runs out";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public void run() {
        duties.inTurn("footage", LEASE, fence -> {
            close();
            open();
            return true;
        });
    }

    /** As the latest package has it, in the transaction that stores it. */
    static void write(Database database, List<FootageKept> effects) {
        // Sorted and each once, so that two writers do not wait for each other in a ring.
        var latest = new TreeMap<Long, FootageKept>();
        effects.forEach(effect -> latest.put(effect.caseId(), effect));
        database.forEach(
                SET,
                latest.values().stream()
                        .filter(effect -> effect.until() != null)
                        .toList(),
                effect -> with("case", effect.caseId())
                        .addValue("warnOn", effect.warnOn())
                        .addValue("until", effect.until())
                        .addValue("recordings", effect.recordings()));
        database.forEach(
                STOP,
                latest.values().stream()
                        .filter(effect -> effect.until() == null)
                        .toList(),
                effect -> with("case", effect.caseId()));
    }

    private void open() {
        LocalDate today = clock.instant().atZone(LONDON).toLocalDate();
        tasks.open(database.sql()
                .query(
                        TO_TELL,
                        with("today", today).addValue("open", CaseWriter.OPEN).addValue("most", MOST),
                        (row, n) -> task(
                                row.getLong("case_id"),
                                row.getString("reference"),
                                row.getString("prison"),
                                row.getString("force"),
                                row.getObject("until", LocalDate.class),
                                row.getInt("recordings"))));
    }

    private static OpenTask task(
            long caseId, String reference, String prison, String force, LocalDate until, int recordings) {
        return new OpenTask(
                TASK,
                subject(reference, until),
                caseId,
                prison,
                force,
                (recordings == 1
                                ? "A recording of the case has not been handed over and is kept until "
                                : recordings
                                        + " recordings of the case have not been handed over; the first is kept until ")
                        + until
                        + ". Have it kept or handed over, and answer the item footage on the readiness of the case.",
                until.plusDays(1).atStartOfDay(LONDON).toInstant());
    }

    private static String subject(String reference, LocalDate until) {
        return "footage/" + reference + "/" + until;
    }

    private void close() {
        Set<String> over =
                database
                        .sql()
                        .queryForList(OVER, with("open", CaseWriter.OPEN).addValue("most", MOST), String.class)
                        .stream()
                        .collect(Collectors.toSet());
        if (!over.isEmpty()) {
            tasks.close(List.of(new CloseTasks(
                    TASK, over, "the footage is handed over, is kept until another day, or the case has ended")));
        }
    }
}
