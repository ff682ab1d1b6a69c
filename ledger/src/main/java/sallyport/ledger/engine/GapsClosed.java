package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import sallyport.ledger.Chore;
import sallyport.ledger.SourceKey;

/** Closes the work items of gaps that were mended, without asking the source again. */
final class GapsClosed implements Chore {

    private static final Duration LEASE = Duration.ofMinutes(5);

    /** Items looked at in one run; the rest has its turn in the next. */
    private static final String OPEN =
            """
            SELECT split_part(subject, '/', 2) AS prison, split_part(subject, '/', 3)::date AS day
              FROM task
             WHERE kind = 'GAP' AND closed_at IS NULL AND subject ~ ('^' || :system || '/[^/]+/[0-9]{4}-[0-9]{2}-[0-9]{2}$')
             ORDER BY random() LIMIT 200
            """;

    private final Database database;
    private final Duties duties;
    private final SourceDays days;

    GapsClosed(Database database, Duties duties, Tasks tasks) {
        this.database = database;
        this.duties = duties;
        this.days = new SourceDays(database, tasks);
    }

    @Override
    public String name() {
        return "gaps";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        duties.inTurn("gaps", LEASE, fence -> {
            List<SourceDays.Day> open = database.sql()
                    .query(
                            OPEN,
                            with("system", SourceKey.INCIDENTS),
                            (row, n) ->
                                    new SourceDays.Day(row.getString("prison"), row.getObject("day", LocalDate.class)));
            days.lookAgain(SourceKey.INCIDENTS, open);
            return open.size();
        });
    }
}
