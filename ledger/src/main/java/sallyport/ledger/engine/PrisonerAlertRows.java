package sallyport.ledger.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.AskForAlerts;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SetAlerts;
import sallyport.ledger.Step;

/** What prisoners are marked with, and whose alerts are to be read again. Rows that stay as they are are not written. */
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

    private static final String READ =
            """
            INSERT INTO prisoner_alert_reading AS r (prisoner_number, read_at)
            SELECT n.number, n.read_at FROM unnest(:people::text[], :readAts::timestamptz[]) AS n(number, read_at) ORDER BY n.number
            ON CONFLICT (prisoner_number) DO UPDATE SET read_at = greatest(r.read_at, EXCLUDED.read_at)
            """;

    private static final String DUE =
            """
            SELECT p.prisoner_number
              FROM referral_case c
              JOIN case_person p ON p.case_id = c.id AND NOT p.former
              JOIN unnest(:roles::text[], :families::text[]) AS n(role, family) ON n.role = p.role AND n.family = c.family
             WHERE c.state = ANY(:open::text[])
               AND NOT EXISTS (SELECT 1 FROM prisoner_alert_reading r
                                WHERE r.prisoner_number = p.prisoner_number AND r.read_at >= :since::timestamptz)
               AND NOT EXISTS (SELECT 1 FROM work w
                                WHERE w.step = 'prisoner-alert-fetch' AND w.key = p.prisoner_number AND w.requested > w.done)
             GROUP BY p.prisoner_number ORDER BY min(c.id), p.prisoner_number LIMIT :most
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
        Map<String, Instant> read = new TreeMap<>();
        for (SetAlerts set : sets) {
            Map<String, Row> theirs = new LinkedHashMap<>();
            set.alerts().forEach(alert -> theirs.put(alert.id(), Row.of(set.prisonerNumber(), alert)));
            last.put(set.prisonerNumber(), theirs);
            read.put(set.prisonerNumber(), set.readAt());
        }
        var rows = Unnested.of(last.values().stream()
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
        database.forAll(
                READ,
                Unnested.of(read.entrySet()).texts("people", Map.Entry::getKey).times("readAts", Map.Entry::getValue));
    }

    /** Seen after this batch's own readings are written. */
    List<RequestWork> due(List<AskForAlerts> asked) {
        var follows = new ArrayList<RequestWork>();
        for (AskForAlerts effect : asked) {
            var parts = Unnested.of(effect.parts())
                    .texts("roles", AskForAlerts.PartInCase::role)
                    .texts("families", AskForAlerts.PartInCase::family)
                    .all("open", CaseWriter.OPEN)
                    .all("since", effect.notReadSince().toString())
                    .all("most", effect.most());
            database.sql()
                    .queryForList(DUE, parts.values(), String.class)
                    .forEach(number -> follows.add(RequestWork.now(Step.PRISONER_ALERT_FETCH, number)));
        }
        return follows;
    }
}
