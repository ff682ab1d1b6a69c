package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import sallyport.ledger.AlertWork;
import sallyport.ledger.Step;

/** What somebody is to be told of an alert, as it stands now. */
final class AlertBodies {

    private static final String LOAD =
            """
            SELECT asked.key, split_part(asked.key, '/', 2) AS transition, split_part(asked.key, '/', 3) AS channel,
                   a.id, a.kind, a.subject, a.what, a.todo, a.count, a.opened_at, a.cleared_at,
                   EXISTS (SELECT 1 FROM work w
                            WHERE w.step = :step AND w.key = a.id || '/OPENED/' || split_part(asked.key, '/', 3)
                              AND w.key <> asked.key AND w.requested > w.done AND w.parked_kind IS NULL) AS untold
              FROM unnest(:keys::text[]) AS asked(key)
              JOIN alert a ON a.id::text = split_part(asked.key, '/', 1)
             WHERE a.opened_at IS NOT NULL
            """;

    private final Database database;

    AlertBodies(Database database) {
        this.database = database;
    }

    /** By key. */
    Map<String, AlertWork> load(Collection<String> keys) {
        Map<String, AlertWork> found = new HashMap<>();
        database.sql().query(LOAD, with("keys", texts(keys)).addValue("step", Step.ALERT.path()), row -> {
            found.put(
                    row.getString("key"),
                    new AlertWork(
                            row.getLong("id"),
                            row.getString("transition"),
                            row.getString("channel"),
                            row.getString("kind"),
                            row.getString("subject"),
                            row.getString("what"),
                            row.getString("todo"),
                            row.getLong("count"),
                            CaseRows.known(row, "opened_at"),
                            CaseRows.instant(row, "cleared_at"),
                            row.getBoolean("untold")));
        });
        return found;
    }
}
