package sallyport.ledger.engine;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.SetAlerts;

/** What prisoners are marked with. Rows that stay as they are are not written. */
final class PrisonerAlertRows {

    private static final String GONE =
            """
            DELETE FROM prisoner_alert a
             WHERE a.prisoner_number = ANY(:people::text[])
               AND NOT EXISTS (SELECT 1 FROM unnest(:numbers::text[], :alerts::text[]) AS n(number, alert)
                                WHERE n.number = a.prisoner_number AND n.alert = a.alert)
            """;

    private static final String STAND =
            """
            INSERT INTO prisoner_alert AS a (prisoner_number, alert, code, active_from, active_to)
            SELECT n.number, n.alert, n.code, n.active_from, n.active_to
              FROM unnest(:numbers::text[], :alerts::text[], :codes::text[], :froms::date[], :tos::date[])
                     AS n(number, alert, code, active_from, active_to)
             ORDER BY n.number, n.alert
            ON CONFLICT (prisoner_number, alert) DO UPDATE
               SET code = EXCLUDED.code, active_from = EXCLUDED.active_from, active_to = EXCLUDED.active_to
             WHERE (a.code, a.active_from, a.active_to)
                     IS DISTINCT FROM (EXCLUDED.code, EXCLUDED.active_from, EXCLUDED.active_to)
            """;

    private final Database database;

    PrisonerAlertRows(Database database) {
        this.database = database;
    }

    private record Row(String number, String id, String code, LocalDate from, @Nullable LocalDate to) {

        static Row of(String number, SetAlerts.PrisonerAlert alert) {
            return new Row(number, alert.id(), alert.code(), alert.activeFrom(), alert.activeTo());
        }
    }

    void set(List<SetAlerts> sets) {
        if (sets.isEmpty()) {
            return;
        }
        // The last word about each person, and each alert once: one statement cannot write a row twice.
        Map<String, Map<String, Row>> last = new TreeMap<>();
        for (SetAlerts set : sets) {
            Map<String, Row> theirs = new LinkedHashMap<>();
            set.alerts().forEach(alert -> theirs.put(alert.id(), Row.of(set.prisonerNumber(), alert)));
            last.put(set.prisonerNumber(), theirs);
        }
        var rows = Columns.of(last.values().stream()
                        .flatMap(theirs -> theirs.values().stream())
                        .toList())
                .texts("numbers", Row::number)
                .texts("alerts", Row::id)
                .texts("codes", Row::code)
                .dates("froms", Row::from)
                .dates("tos", Row::to)
                .all("people", last.keySet().toArray(String[]::new));
        database.sql().update(GONE, rows.values());
        if (!rows.isEmpty()) {
            database.sql().update(STAND, rows.values());
        }
    }
}
