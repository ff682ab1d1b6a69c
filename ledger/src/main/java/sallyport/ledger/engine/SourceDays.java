package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.ListedRecord;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SourceListed;

/**
 * The source's own lists, day by day and prison by prison, and what differs from them. A difference is a record that is missing
 * here, one that is older here, or one that is missing there; what was fetched after the list was read is no difference.
 */
final class SourceDays {

    static final String GAP = "GAP";

    /** A list that was read before the one that is there, by a clock that jumped back or a node that froze, changes nothing. */
    private static final String KEEP =
            """
            INSERT INTO source_day AS d (system, prison, day, listed_at, ids, modified, modified_at, statuses)
            VALUES (:system, :prison, :day, :listedAt, :ids, :modified, :modifiedAt::timestamptz[], :statuses)
            ON CONFLICT (system, day, prison) DO UPDATE
              SET listed_at = EXCLUDED.listed_at, ids = EXCLUDED.ids, modified = EXCLUDED.modified,
                  modified_at = EXCLUDED.modified_at, statuses = EXCLUDED.statuses
            WHERE d.listed_at < EXCLUDED.listed_at
            """;

    // NOT IN is hashed once whatever the planner expects; an array or a join would be gone through for each record of
    // the day.
    private static final String GAPS =
            """
            WITH wanted AS (
              SELECT d.* FROM unnest(:prisons::text[], :days::date[]) AS w(prison, day)
                JOIN source_day d ON d.system = :system AND d.prison = w.prison AND d.day = w.day),
            listed AS MATERIALIZED (
              SELECT w.prison, w.day, w.listed_at, l.*
                FROM wanted w
               CROSS JOIN LATERAL unnest(w.ids, w.modified, w.modified_at, w.statuses)
                       AS l(record_id, modified, modified_at, status))
            SELECT l.prison, l.day, l.record_id, l.modified_at, l.listed_at,
                   CASE WHEN v.id IS NULL OR r.gone_at IS NOT NULL THEN 'MISSING_HERE' ELSE 'OLDER_HERE' END AS what
              FROM listed l
              LEFT JOIN source_record r ON r.system = :system AND r.record_id = l.record_id
              LEFT JOIN source_version v ON v.id = r.latest_version
             WHERE CASE WHEN v.id IS NULL THEN true
                        WHEN r.gone_at IS NOT NULL THEN r.gone_at <= l.listed_at
                        ELSE v.fetched_at <= l.listed_at
                             AND (v.modified_text <> l.modified OR v.status <> l.status) END
            UNION ALL
            SELECT w.prison, w.day, r.record_id, NULL, w.listed_at, 'MISSING_THERE'
              FROM wanted w
              JOIN source_record r ON r.system = :system AND r.prison = w.prison AND r.occurred_on = w.day
                                  AND r.gone_at IS NULL
              JOIN source_version v ON v.id = r.latest_version
             WHERE v.fetched_at <= w.listed_at
               AND (w.prison, w.day, r.record_id) NOT IN (SELECT prison, day, record_id FROM listed)
             ORDER BY 1, 2, 3
            """;

    private final Database database;
    private final Tasks tasks;

    SourceDays(Database database, Tasks tasks) {
        this.database = database;
        this.tasks = tasks;
    }

    /** One prison and day. */
    record Day(String prison, LocalDate day) {

        String subject(String system) {
            return system + "/" + prison + "/" + day;
        }
    }

    /** What is different, in the words of the work item. */
    private record Gap(Day day, String recordId, String what, @Nullable Instant modifiedAt, Instant listedAt) {

        boolean isSettled(Duration settled) {
            return modifiedAt == null || !modifiedAt.isAfter(listedAt.minus(settled));
        }
    }

    /** Keeps the lists, opens and closes work items, and returns the fetches that mend what differs. */
    List<RequestWork> write(List<SourceListed> lists) {
        var mending = new ArrayList<RequestWork>();
        for (SourceListed list : lists) {
            List<Day> days = keep(list);
            List<Gap> gaps = gaps(list.system(), days);
            gaps.forEach(gap -> mending.add(RequestWork.now(list.then(), gap.recordId())));
            tell(
                    list.system(),
                    days,
                    gaps.stream().filter(gap -> gap.isSettled(list.settled())).toList());
        }
        return mending;
    }

    private List<Day> keep(SourceListed list) {
        var byDay = new TreeMap<LocalDate, List<ListedRecord>>();
        for (LocalDate day = list.from(); !day.isAfter(list.until()); day = day.plusDays(1)) {
            byDay.put(day, new ArrayList<>());
        }
        list.records().forEach(record -> {
            List<ListedRecord> its = byDay.get(record.day());
            if (its != null) {
                its.add(record);
            }
        });
        database.forEach(KEEP, List.copyOf(byDay.entrySet()), entry -> with("system", list.system())
                .addValue("prison", list.prison())
                .addValue("day", entry.getKey())
                .addValue("listedAt", time(list.listedAt()))
                .addValue(
                        "ids",
                        texts(entry.getValue().stream()
                                .map(ListedRecord::recordId)
                                .toList()))
                .addValue(
                        "modified",
                        texts(entry.getValue().stream()
                                .map(ListedRecord::modifiedText)
                                .toList()))
                .addValue(
                        "modifiedAt",
                        entry.getValue().stream()
                                .map(record -> Objects.toString(record.modifiedAt(), null))
                                .toArray(String[]::new))
                .addValue(
                        "statuses",
                        entry.getValue().stream().map(ListedRecord::status).toArray(String[]::new)));
        // A list that was refused is no reason not to look again at the one that is there.
        return byDay.keySet().stream().map(day -> new Day(list.prison(), day)).toList();
    }

    private List<Gap> gaps(String system, Collection<Day> days) {
        if (days.isEmpty()) {
            return List.of();
        }
        return database.sql()
                .query(
                        GAPS,
                        with("system", system)
                                .addValue(
                                        "prisons",
                                        texts(days.stream().map(Day::prison).toList()))
                                .addValue(
                                        "days",
                                        texts(days.stream()
                                                .map(day -> day.day().toString())
                                                .toList())),
                        (row, n) -> new Gap(
                                new Day(row.getString("prison"), row.getObject("day", LocalDate.class)),
                                row.getString("record_id"),
                                row.getString("what"),
                                CaseRows.instant(row, "modified_at"),
                                Objects.requireNonNull(CaseRows.instant(row, "listed_at"))));
    }

    private void tell(String system, Collection<Day> days, List<Gap> gaps) {
        Map<Day, List<Gap>> byDay =
                gaps.stream().collect(Collectors.groupingBy(Gap::day, LinkedHashMap::new, Collectors.toList()));
        tasks.open(byDay.entrySet().stream()
                .map(entry -> new OpenTask(
                        GAP,
                        entry.getKey().subject(system),
                        null,
                        entry.getKey().prison(),
                        null,
                        words(entry.getValue()),
                        null))
                .toList());
        var even = new LinkedHashSet<Day>(days);
        even.removeAll(byDay.keySet());
        close(system, even);
    }

    private void close(String system, Set<Day> even) {
        if (!even.isEmpty()) {
            tasks.close(List.of(new CloseTasks(
                    GAP,
                    even.stream().map(day -> day.subject(system)).collect(Collectors.toSet()),
                    "the source's list and the ledger agree")));
        }
    }

    private static String words(List<Gap> gaps) {
        return "Of this prison's incident reports of the day "
                + counted(gaps, "MISSING_HERE", "missing here")
                + ", " + counted(gaps, "OLDER_HERE", "older here")
                + ", " + counted(gaps, "MISSING_THERE", "missing at the source")
                + ". They are fetched again by themselves; if this stays open, look what became of the fetches.";
    }

    private static String counted(List<Gap> gaps, String what, String words) {
        return gaps.stream().filter(gap -> gap.what().equals(what)).count() + " " + words;
    }

    /** Looks again at those days whose work item is open; what was mended since closes its item. */
    void lookAgain(String system, Collection<Day> open) {
        var even = new LinkedHashSet<Day>(open);
        gaps(system, open).forEach(gap -> even.remove(gap.day()));
        close(system, even);
    }
}
