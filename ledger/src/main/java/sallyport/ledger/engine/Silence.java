package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Chore;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.SourceKey;

/**
 * Learns how long each prison usually pauses, by the time of the week at which the pause began, and says when one is quiet for longer. A
 * feed that is quiet as a whole is one work item, not one for each prison, and when it is back each prison has its usual time anew.
 */
final class Silence implements Chore {

    static final String KIND = "SILENCE";
    static final String WHOLE_FEED = "*";

    private static final Duration LEASE = Duration.ofMinutes(5);
    /** Longer than any transaction that writes versions lasts: numbers handed out before it are committed, or never will be. */
    private static final Duration COMMITTED = Duration.ofMinutes(1);

    /** Versions noted longer ago than this say that this chore stood still, or has more to read than one run takes. */
    private static final Duration CURRENT = Duration.ofMinutes(10);

    private static final int MOST_AT_ONCE = 50_000;
    /** Half of a pause's weight is gone after so long: eight weeks ago it counts for a quarter. */
    private static final Duration HALF = Duration.ofDays(28);

    private static final String ENSURE =
            """
            INSERT INTO feed_reading (system, seen_at, faded_at)
            SELECT :system, :now, :now WHERE NOT EXISTS (SELECT 1 FROM feed_reading WHERE system = :system)
            """;

    /** Each pause counts for the part of the week in which it began. */
    private static final String LEARN =
            """
            WITH upto AS (
              SELECT system, done, least(seen, done + :most) AS last FROM feed_reading
               WHERE system = :system AND seen_at <= :committed),
            fresh AS (
              SELECT r.prison, least(v.fetched_at, :now::timestamptz) AS at
                FROM upto JOIN source_version v ON v.id > upto.done AND v.id <= upto.last
                JOIN source_record r ON r.id = v.record AND r.system = :system
               WHERE r.prison IS NOT NULL AND v.fetched_at > :now::timestamptz - interval '56 days'),
            heard AS (
              SELECT prison, at FROM fresh UNION ALL SELECT '*', at FROM fresh),
            pause AS (
              SELECT h.prison, h.at,
                     coalesce(lag(h.at) OVER (PARTITION BY h.prison ORDER BY h.at), p.last_at) AS since
                FROM heard h LEFT JOIN feed_pulse p ON p.system = :system AND p.prison = h.prison),
            counted AS (
              INSERT INTO feed_pause AS f (system, prison, part, bucket, n)
              SELECT :system, prison, part, bucket, count(*)
                FROM (SELECT prison,
                             extract(hour FROM since AT TIME ZONE 'Europe/London')::int / 4
                             + CASE WHEN extract(isodow FROM since AT TIME ZONE 'Europe/London') >= 6 THEN 6 ELSE 0 END AS part,
                             least(floor(2 * log(2, greatest(extract(epoch FROM at - since) / 60, 1)::numeric)), 40) AS bucket
                        FROM pause WHERE at > since) AS p
               GROUP BY prison, part, bucket
              ON CONFLICT (system, prison, part, bucket) DO UPDATE SET n = f.n + EXCLUDED.n
              RETURNING 1),
            pulse AS (
              INSERT INTO feed_pulse AS f (system, prison, last_at)
              SELECT :system, prison, max(at) FROM heard GROUP BY prison
              ON CONFLICT (system, prison) DO UPDATE SET last_at = greatest(f.last_at, EXCLUDED.last_at)
              RETURNING 1)
            UPDATE feed_reading f SET done = upto.last FROM upto WHERE f.system = upto.system
            """;

    private static final String NOTE =
            """
            UPDATE feed_reading
               SET seen = coalesce((SELECT max(id) FROM source_version), 0), seen_at = :now
             WHERE system = :system AND done = seen
            """;

    private static final String FADE =
            """
            WITH due AS (
              UPDATE feed_reading SET faded_at = :now WHERE system = :system AND faded_at <= :now::timestamptz - interval '1 day'
              RETURNING system)
            UPDATE feed_pause f SET n = f.n * :keep FROM due WHERE f.system = due.system
            """;

    /** How long each has been quiet, and from when on that is too long. */
    private static final String QUIET =
            """
            WITH whole AS (SELECT resumed_at FROM feed_pulse WHERE system = :system AND prison = '*'),
            pulse AS (
              SELECT p.prison, greatest(p.last_at, CASE WHEN p.prison <> '*' THEN (SELECT resumed_at FROM whole) END) AS since
                FROM feed_pulse p WHERE p.system = :system),
            timed AS (
              SELECT prison, since,
                     extract(hour FROM since AT TIME ZONE 'Europe/London')::int / 4
                     + CASE WHEN extract(isodow FROM since AT TIME ZONE 'Europe/London') >= 6 THEN 6 ELSE 0 END AS part
                FROM pulse),
            usual AS (
              SELECT t.prison, min(h.bucket) AS bucket
                FROM timed t
                JOIN LATERAL (SELECT f.bucket, sum(f.n) OVER (ORDER BY f.bucket) AS upto, sum(f.n) OVER () AS total
                                FROM feed_pause f WHERE f.system = :system AND f.prison = t.prison AND f.part = t.part) AS h
                  ON h.total >= :history AND h.upto >= 0.95 * h.total
               GROUP BY t.prison)
            SELECT t.prison, t.since, u.bucket IS NOT NULL AS learnt,
                   CASE WHEN u.bucket IS NULL THEN :unknown
                        ELSE least(greatest(60 * power(2, (u.bucket + 1) / 2.0) * :factor, :least), :longest) END AS limit_seconds
              FROM timed t LEFT JOIN usual u ON u.prison = t.prison
            """;

    private static final String RESUMED =
            "UPDATE feed_pulse SET resumed_at = last_at WHERE system = :system AND prison = '*'";

    private final Database database;
    private final Duties duties;
    private final Tasks tasks;
    private final SilenceProperties properties;
    private final Clock clock;

    Silence(Database database, Duties duties, Tasks tasks, SilenceProperties properties, Clock clock) {
        this.database = database;
        this.duties = duties;
        this.tasks = tasks;
        this.properties = properties;
        this.clock = clock;
    }

    private record Pulse(String prison, Instant since, boolean learnt, Duration limit) {

        Duration quietAt(Instant now) {
            return Duration.between(since, now);
        }

        boolean tooLongAt(Instant now) {
            return quietAt(now).compareTo(limit) > 0;
        }
    }

    @Override
    public String name() {
        return "silence";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        duties.inTurn("silence", LEASE, fence -> {
            Instant now = clock.instant();
            if (learn(now)) {
                tell(now);
            }
            return fence;
        });
    }

    /** False when the versions were not read for a while: what came meanwhile is not known yet, and nobody is silent for that. */
    private boolean learn(Instant now) {
        MapSqlParameterSource parameters = with("system", SourceKey.INCIDENTS)
                .addValue("now", time(now))
                .addValue("committed", time(now.minus(COMMITTED)))
                .addValue("most", MOST_AT_ONCE)
                .addValue("keep", Math.pow(0.5, 1.0 / HALF.toDays()));
        database.sql().update(ENSURE, parameters);
        database.sql().update(LEARN, parameters);
        Instant noted = database.sql()
                .queryForObject(
                        "SELECT seen_at FROM feed_reading WHERE system = :system",
                        parameters,
                        (row, n) -> CaseRows.instant(row, "seen_at"));
        database.sql().update(NOTE, parameters);
        database.sql().update(FADE, parameters);
        return noted != null && noted.isAfter(now.minus(CURRENT)) && !noted.isAfter(now);
    }

    private void tell(Instant now) {
        List<Pulse> pulses = pulses();
        var open = new ArrayList<OpenTask>();
        var loud = new HashSet<String>();
        Pulse whole = pulses.stream()
                .filter(pulse -> pulse.prison().equals(WHOLE_FEED))
                .findFirst()
                .orElse(null);
        if (whole == null) {
            return;
        }
        List<Pulse> prisons = pulses.stream()
                .filter(pulse -> !pulse.prison().equals(WHOLE_FEED))
                .toList();
        boolean allQuiet =
                whole.tooLongAt(now) || prisons.size() > 1 && prisons.stream().allMatch(pulse -> pulse.tooLongAt(now));
        boolean wasQuiet = isOpen(subject(WHOLE_FEED));
        if (allQuiet) {
            open.add(task(whole, null, "No prison's incident reports have come for ", now));
            prisons.forEach(pulse -> loud.add(subject(pulse.prison())));
        } else {
            loud.add(subject(WHOLE_FEED));
            if (wasQuiet) {
                database.sql().update(RESUMED, with("system", SourceKey.INCIDENTS));
            }
            // Those that are quiet still have their usual time anew from the moment the feed came back.
            for (Pulse pulse : wasQuiet ? pulses() : prisons) {
                if (pulse.prison().equals(WHOLE_FEED)) {
                    continue;
                }
                if (pulse.tooLongAt(now)) {
                    open.add(task(pulse, pulse.prison(), "No incident report of this prison has come for ", now));
                } else {
                    loud.add(subject(pulse.prison()));
                }
            }
        }
        tasks.open(open);
        close(loud, allQuiet ? "the whole feed is quiet, which is one work item" : "reports come again");
    }

    private void close(Set<String> loud, String why) {
        List<String> closing = database
                .sql()
                .queryForList(
                        "SELECT subject FROM task WHERE kind = :kind AND closed_at IS NULL",
                        with("kind", KIND),
                        String.class)
                .stream()
                .filter(loud::contains)
                .toList();
        if (!closing.isEmpty()) {
            tasks.close(List.of(new CloseTasks(KIND, Set.copyOf(closing), why)));
        }
    }

    private boolean isOpen(String subject) {
        return Boolean.TRUE.equals(database.sql()
                .queryForObject(
                        "SELECT EXISTS (SELECT 1 FROM task WHERE kind = :kind AND subject = :subject AND closed_at IS NULL)",
                        with("kind", KIND).addValue("subject", subject),
                        Boolean.class));
    }

    private List<Pulse> pulses() {
        return database.sql()
                .query(
                        QUIET,
                        with("system", SourceKey.INCIDENTS)
                                .addValue("history", properties.history())
                                .addValue("factor", properties.factor())
                                .addValue("least", seconds(properties.least()))
                                .addValue("longest", seconds(properties.most()))
                                .addValue("unknown", seconds(properties.unknown())),
                        (row, n) -> new Pulse(
                                row.getString("prison"),
                                Objects.requireNonNull(CaseRows.instant(row, "since")),
                                row.getBoolean("learnt"),
                                Duration.ofSeconds((long) row.getDouble("limit_seconds"))));
    }

    private static OpenTask task(Pulse pulse, @Nullable String prison, String words, Instant now) {
        return new OpenTask(
                KIND,
                subject(pulse.prison()),
                null,
                prison,
                null,
                words + hours(pulse.quietAt(now))
                        + (pulse.learnt()
                                ? "; at this time of the week nearly all pauses are far shorter than "
                                : "; there is too little history, so the limit is ")
                        + hours(pulse.limit())
                        + ". Ask whether anything happened there, and look at the source's health.",
                null);
    }

    private static String hours(Duration span) {
        return span.toHours() + " h";
    }

    private static String subject(String prison) {
        return SourceKey.INCIDENTS + "/" + prison;
    }
}
