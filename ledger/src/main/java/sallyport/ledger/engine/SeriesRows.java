package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sallyport.ledger.EarlierCase;
import sallyport.ledger.Effect.FindSeries;

/** Which cases make a series with which. A few statements for a batch, whatever its size. */
final class SeriesRows {

    /** More cases than this are not named: it is a series long before. */
    static final int MOST = 50;

    private static final String PLACES_GO =
            """
            DELETE FROM case_place p
             WHERE p.case_id = ANY(:cases::bigint[])
               AND NOT EXISTS (SELECT 1 FROM unnest(:cases::bigint[], :places::text[]) AS n(case_id, place)
                                WHERE n.case_id = p.case_id AND n.place IS NOT NULL)
            """;

    private static final String PLACES_COME =
            """
            INSERT INTO case_place AS p (case_id, prison, family, place, occurred_at)
            SELECT * FROM unnest(:cases::bigint[], :prisons::text[], :families::text[], :places::text[], :times::timestamptz[])
                     AS n(case_id, prison, family, place, occurred_at)
             WHERE n.place IS NOT NULL ORDER BY n.case_id
            ON CONFLICT (case_id) DO UPDATE SET prison = EXCLUDED.prison, family = EXCLUDED.family, place = EXCLUDED.place,
                   occurred_at = EXCLUDED.occurred_at
             WHERE (p.prison, p.family, p.place, p.occurred_at)
                     IS DISTINCT FROM (EXCLUDED.prison, EXCLUDED.family, EXCLUDED.place, EXCLUDED.occurred_at)
            """;

    private static final String FOUND_BEFORE = "DELETE FROM case_series WHERE case_id = ANY(:cases::bigint[])";

    /** The cases of one person, by whatever number; then those of the kind and the time. */
    static final String SAME_SUSPECT =
            """
            INSERT INTO case_series (case_id, kind, subject, other)
            SELECT f.case_id, 'SAME_SUSPECT', f.subject, f.other
              FROM (SELECT l.case_id, l.subject, l.least, o.id AS other, count(*) OVER (PARTITION BY l.case_id, l.subject) AS n
                      FROM unnest(:cases::bigint[], :subjects::text[], :families::text[], :roles::text[],
                                  :froms::timestamptz[], :tos::timestamptz[], :leasts::integer[])
                             AS l(case_id, subject, family, roles, since, until, least)
                     CROSS JOIN LATERAL (
                       SELECT DISTINCT c.id, c.occurred_at
                         FROM case_person p JOIN referral_case c ON c.id = p.case_id
                        WHERE p.prisoner_number = ANY(ARRAY(
                                SELECT l.subject
                                UNION ALL
                                SELECT m.kept FROM merged_number m WHERE m.removed = l.subject
                                UNION ALL
                                SELECT m.removed FROM merged_number m
                                 WHERE m.kept = coalesce(
                                         (SELECT k.kept FROM merged_number k WHERE k.removed = l.subject), l.subject)))
                          AND NOT p.former AND p.role = ANY(string_to_array(l.roles, ' '))
                          AND c.family = l.family AND c.state <> 'WITHDRAWN' AND c.id <> l.case_id
                          AND c.occurred_at BETWEEN l.since AND l.until
                        ORDER BY c.occurred_at DESC, c.id DESC LIMIT :most) o) f
             WHERE f.n + 1 >= f.least
             ORDER BY f.case_id, f.subject, f.other
            """;

    static final String SAME_PLACE =
            """
            INSERT INTO case_series (case_id, kind, other)
            SELECT f.case_id, 'SAME_PLACE', f.other
              FROM (SELECT l.case_id, l.least, o.case_id AS other, count(*) OVER (PARTITION BY l.case_id) AS n
                      FROM unnest(:cases::bigint[], :prisons::text[], :families::text[], :places::text[],
                                  :froms::timestamptz[], :tos::timestamptz[], :leasts::integer[])
                             AS l(case_id, prison, family, place, since, until, least)
                     CROSS JOIN LATERAL (
                       SELECT q.case_id
                         FROM case_place q JOIN referral_case c ON c.id = q.case_id
                        WHERE q.prison = l.prison AND q.family = l.family AND q.place = l.place
                          AND q.occurred_at BETWEEN l.since AND l.until
                          AND q.case_id <> l.case_id AND c.state <> 'WITHDRAWN'
                        ORDER BY q.occurred_at DESC, q.case_id DESC LIMIT :most) o) f
             WHERE f.n + 1 >= f.least
             ORDER BY f.case_id, f.other
            """;

    private static final String EARLIER =
            """
            SELECT s.case_id, s.kind, s.subject, o.reference,
                   ARRAY(SELECT DISTINCT h.lane
                           FROM lane_case h JOIN lane l ON l.name = h.lane JOIN lane_item i ON i.lane_case = h.id
                          WHERE h.case_id = o.id AND l.family = 'FORCE' AND i.package_version IS NOT NULL AND i.state = 'DONE'
                          ORDER BY h.lane) AS lanes
              FROM case_series s JOIN referral_case o ON o.id = s.other
             WHERE s.case_id = ANY(:cases::bigint[]) AND o.state <> 'WITHDRAWN'
             ORDER BY s.case_id, s.kind, s.subject, o.occurred_at, o.id
            """;

    private final Database database;

    SeriesRows(Database database) {
        this.database = database;
    }

    /** After the people of the batch are written. */
    void find(List<FindSeries> effects) {
        if (effects.isEmpty()) {
            return;
        }
        Map<Long, FindSeries> last = new LinkedHashMap<>();
        effects.forEach(effect -> last.put(effect.caseId(), effect));
        var cases = Unnested.of(last.values())
                .longs("cases", FindSeries::caseId)
                .texts("prisons", FindSeries::prison)
                .texts("families", FindSeries::family)
                .texts("places", FindSeries::place)
                .times("times", FindSeries::occurredAt)
                .values();
        database.sql().update(PLACES_GO, cases);
        database.sql().update(PLACES_COME, cases);
        database.sql().update(FOUND_BEFORE, cases);
        var suspects = new ArrayList<Look>();
        var places = new ArrayList<Look>();
        for (FindSeries effect : last.values()) {
            FindSeries.OfSuspects ofSuspects = effect.ofSuspects();
            if (ofSuspects != null) {
                ofSuspects.numbers().forEach(number -> effect.families().stream()
                        .sorted()
                        .forEach(family -> suspects.add(
                                new Look(effect, family, number, ofSuspects.since(), ofSuspects.least()))));
            }
            FindSeries.OfPlace ofPlace = effect.ofPlace();
            if (ofPlace != null && effect.place() != null) {
                places.add(new Look(effect, effect.family(), "", ofPlace.since(), ofPlace.least()));
            }
        }
        database.forAll(
                SAME_SUSPECT, looks(suspects).texts("subjects", Look::subject).texts("roles", Look::roles));
        database.forAll(
                SAME_PLACE,
                looks(places).texts("prisons", look -> look.effect().prison()).texts("places", look -> look.effect()
                        .place()));
    }

    private static Unnested<Look> looks(List<Look> looks) {
        return Unnested.of(looks)
                .longs("cases", look -> look.effect().caseId())
                .texts("families", Look::family)
                .times("froms", Look::since)
                .times("tos", look -> look.effect().occurredAt())
                .ints("leasts", Look::least)
                .all("most", MOST);
    }

    private record Look(FindSeries effect, String family, String subject, Instant since, int least) {

        String roles() {
            FindSeries.OfSuspects ofSuspects = effect.ofSuspects();
            return ofSuspects == null ? "" : String.join(" ", ofSuspects.roles());
        }
    }

    /** By case id; a withdrawn case makes no series any more. */
    Map<Long, List<EarlierCase>> earlier(Collection<Long> caseIds) {
        var found = new HashMap<Long, List<EarlierCase>>();
        database.sql().query(EARLIER, with("cases", longs(caseIds)), row -> {
            found.computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                    .add(new EarlierCase(
                            row.getString("kind"), row.getString("subject"), row.getString("reference"), List.of((String
                                            [])
                                    row.getArray("lanes").getArray())));
        });
        return found;
    }
}
