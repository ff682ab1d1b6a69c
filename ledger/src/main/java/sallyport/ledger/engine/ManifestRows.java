package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.ForceListed;
import sallyport.ledger.Effect.ForceListed.Message;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Step;

/**
 * A force's manifests against what the ledger promised it. What is parked and named is settled by a command, as a person's word would
 * be; every other difference is a work item of its message. Nothing is ever sent because of a manifest.
 */
final class ManifestRows {

    /** Beyond so many a day's differences share one work item: somebody has to look at the force, not at each message. */
    private static final int MOST_ITEMS = 50;

    private static final String KEEP =
            """
            INSERT INTO force_manifest AS f (force, day, as_of, items, sha256)
            VALUES (:force, :day::date, :asOf, :items, :sha256)
            ON CONFLICT (force, day) DO UPDATE
              SET as_of = EXCLUDED.as_of, items = EXCLUDED.items, sha256 = EXCLUDED.sha256, compared_at = now()
            WHERE f.as_of < EXCLUDED.as_of
            """;

    private static final String KEEP_ITEMS =
            """
            INSERT INTO force_manifest_item (force, message_id, day, sha256s, times)
            SELECT :force, m.message_id, :day::date, array_agg(DISTINCT m.sha256), count(*)
              FROM unnest(:messages::text[], :sha256s::text[]) AS m(message_id, sha256)
             GROUP BY m.message_id
            """;

    private static final String NAMED =
            """
            WITH named AS (
            SELECT m.message_id, lc.case_id, c.reference, lc.id AS lane_case, i.id AS item, i.package_version,
                   m.sha256s <@ ours.sha256s AS same_bytes,
                   i.state = 'PARKED' AND lc.head_item = i.id AND lc.parked_reason IS NOT NULL AS parked,
                   CASE WHEN lc.id IS NULL THEN 'NEVER_PROMISED'
                        WHEN NOT (m.sha256s <@ ours.sha256s) THEN 'OTHER_BYTES'
                        WHEN m.times > 1 OR EXISTS (SELECT 1 FROM force_manifest_item o
                                                     WHERE o.force = m.force AND o.message_id = m.message_id AND o.day <> m.day)
                          THEN 'TWICE'
                        WHEN i.state = 'CANCELLED' OR i.state = 'PROMISED' AND i.attempts = 0 THEN 'NEVER_SENT' END AS what
              FROM force_manifest_item m
              LEFT JOIN lane_item i ON i.message_id = m.message_id
              LEFT JOIN lane_case lc ON lc.id = i.lane_case AND lc.lane = 'force:' || m.force
              LEFT JOIN referral_case c ON c.id = lc.case_id
              LEFT JOIN LATERAL (SELECT array_agg(encode(r.sha256, 'hex')) AS sha256s
                                   FROM rendering r WHERE r.lane_item = i.id) AS ours ON true
             WHERE m.force = :force AND m.day = :day::date)
            """;

    /**
     * Accepted on that day by the hub's clock and in no manifest at all. What was accepted in the last minutes before midnight may stand in
     * the next day's, so it is looked for with that; what was sent before the first manifest of the force is in none.
     */
    private static final String LOST =
            """
            SELECT i.message_id, lc.case_id
              FROM lane_case lc JOIN lane_item i ON i.lane_case = lc.id
             WHERE lc.lane = 'force:' || :force AND i.state = 'DONE'
               AND i.done_at >= (:day::date)::timestamp AT TIME ZONE 'Europe/London'
                                - make_interval(mins => CASE WHEN EXISTS (SELECT 1 FROM force_manifest f
                                                                           WHERE f.force = :force AND f.day = :day::date - 1)
                                                             THEN 10 ELSE -10 END)
               AND i.done_at < (:day::date + 1)::timestamp AT TIME ZONE 'Europe/London' - interval '10 minutes'
               AND coalesce(i.first_sent_at, i.done_at)
                   >= (SELECT min(f.day) FROM force_manifest f WHERE f.force = :force)::timestamp AT TIME ZONE 'Europe/London'
               AND NOT EXISTS (SELECT 1 FROM force_manifest_item m WHERE m.force = :force AND m.message_id = i.message_id)
             ORDER BY i.message_id LIMIT 10000
            """;

    private static final String PROVEN =
            """
            INSERT INTO receipt (case_id, lane, package_version, rung, at, owner, evidence_sha256, detail)
            SELECT DISTINCT ON (case_id, package_version)
                   case_id, 'force:' || :force, package_version, 'DELIVERED', now(), 'force:' || :force, :sha256::bytea,
                   'in the force''s manifest of ' || :day::date
              FROM named WHERE same_bytes AND lane_case IS NOT NULL AND package_version IS NOT NULL
            ON CONFLICT (case_id, lane, package_version, rung) DO NOTHING
            """;

    private static final String SETTLE =
            """
            INSERT INTO command (kind, target, argument, actor, reason)
            SELECT :kind, n.reference, 'lane/' || n.lane_case, 'manifest of force ' || :force,
                   n.message_id || ' is in the force''s signed manifest of ' || :day::date || ', SHA-256 ' || encode(:sha256::bytea, 'hex')
              FROM named n
             WHERE n.parked AND n.same_bytes
               AND NOT EXISTS (SELECT 1 FROM command k WHERE k.target = n.reference AND k.argument = 'lane/' || n.lane_case
                                  AND k.kind = :kind AND k.done_at IS NULL)
            RETURNING id
            """;

    private final Database database;
    private final Tasks tasks;

    ManifestRows(Database database, Tasks tasks) {
        this.database = database;
        this.tasks = tasks;
    }

    private record Difference(String messageId, @Nullable Long caseId, String what) {}

    /** Compares; returns the commands that settle what is parked, as work. */
    List<RequestWork> write(List<ForceListed> lists) {
        var settling = new ArrayList<RequestWork>();
        lists.forEach(list -> settling.addAll(write(list)));
        return settling;
    }

    private List<RequestWork> write(ForceListed list) {
        MapSqlParameterSource parameters = with("force", list.force())
                .addValue("day", java.sql.Date.valueOf(list.day()))
                .addValue("asOf", time(list.asOf()))
                .addValue("items", list.messages().size())
                .addValue("sha256", list.sha256())
                .addValue("kind", CommandWork.CONFIRM_BY_MANIFEST)
                .addValue(
                        "messages",
                        texts(list.messages().stream().map(Message::messageId).toList()))
                .addValue(
                        "sha256s",
                        texts(list.messages().stream().map(Message::sha256).toList()));
        if (database.sql().update(KEEP, parameters) == 0) {
            return List.of();
        }
        database.sql().update("DELETE FROM force_manifest_item WHERE force = :force AND day = :day::date", parameters);
        database.sql().update(KEEP_ITEMS, parameters);
        List<Difference> differences = new ArrayList<>(database.sql()
                .query(
                        NAMED
                                + "SELECT message_id, case_id, what FROM named WHERE what IS NOT NULL ORDER BY message_id",
                        parameters,
                        (row, n) -> new Difference(
                                row.getString("message_id"),
                                row.getObject("case_id", Long.class),
                                row.getString("what"))));
        differences.addAll(database.sql()
                .query(
                        LOST,
                        parameters,
                        (row, n) -> new Difference(row.getString("message_id"), row.getLong("case_id"), "LOST")));
        tell(list, differences);
        database.sql().update(NAMED + PROVEN, parameters);
        return database.sql().queryForList(NAMED + SETTLE, parameters, Long.class).stream()
                .map(id -> RequestWork.now(Step.COMMAND, id.toString()))
                .toList();
    }

    private void tell(ForceListed list, List<Difference> differences) {
        String prefix = "manifest/" + list.force() + "/";
        var open = differences.stream()
                .limit(MOST_ITEMS)
                .map(each -> new OpenTask(
                        SourceDays.GAP,
                        prefix + each.messageId(),
                        each.caseId(),
                        null,
                        list.force(),
                        words(each.what()) + " (the force's manifest of " + list.day() + ")",
                        null))
                .collect(Collectors.toCollection(ArrayList::new));
        if (differences.size() > MOST_ITEMS) {
            open.add(new OpenTask(
                    SourceDays.GAP,
                    prefix + "more/" + list.day(),
                    null,
                    null,
                    list.force(),
                    differences.size() + " messages differ from the force's manifest of " + list.day() + "; the first "
                            + MOST_ITEMS + " have items of their own. Speak to the force.",
                    null));
        }
        tasks.open(open);
        Set<String> wrong =
                differences.stream().map(each -> prefix + each.messageId()).collect(Collectors.toSet());
        Set<String> right = new HashSet<>();
        list.messages().forEach(message -> right.add(prefix + message.messageId()));
        right.add(prefix + "refused");
        right.removeAll(wrong);
        Set<String> closing = database
                .sql()
                .queryForList(
                        "SELECT subject FROM task WHERE kind = 'GAP' AND closed_at IS NULL AND starts_with(subject, :prefix)",
                        with("prefix", prefix),
                        String.class)
                .stream()
                .filter(right::contains)
                .collect(Collectors.toSet());
        if (!closing.isEmpty()) {
            tasks.close(List.of(new CloseTasks(SourceDays.GAP, closing, "the force's manifest and the ledger agree")));
        }
    }

    private static String words(String what) {
        return switch (what) {
            case "LOST" ->
                "The hub has this message as delivered and the force does not have it. It is not sent again by itself:"
                        + " find out with the force";
            case "NEVER_PROMISED" -> "The force has a message that the hub never promised it: find out who sent it";
            case "NEVER_SENT" -> "The force has a message that the hub has not sent: find out how it got there";
            case "OTHER_BYTES" -> "The force has this message with other bytes than the hub sent";
            default -> "The force has this message more than once: ask it to count it once";
        };
    }
}
