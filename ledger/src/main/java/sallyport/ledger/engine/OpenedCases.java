package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.seconds;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.OpenedKnowing;
import sallyport.ledger.Effects;

/**
 * That a charge and an incident report do not each open a case of one matter at the same time: whoever writes second sees the first, and
 * runs again. A lock for each prison, held until the commit, makes the two write one after the other.
 */
final class OpenedCases {

    /** In the order of the names. Incident reports open cases beside each other, a charge only alone. */
    private static final String LOCK =
            """
            SELECT CASE WHEN alone THEN pg_advisory_xact_lock(key)::text ELSE pg_advisory_xact_lock_shared(key)::text END
              FROM (SELECT hashtextextended('opened/' || prison, 0) AS key, bool_or(alone) AS alone
                      FROM unnest(:prisons::text[], :alone::boolean[]) AS o(prison, alone) GROUP BY prison ORDER BY prison OFFSET 0) AS locks
            """;

    private static final String OF_CHARGES =
            """
            SELECT DISTINCT prison FROM referral_case
             WHERE family = 'ADJUDICATION_CHARGE' AND prison = ANY(:prisons::text[]) AND state <> 'WITHDRAWN'
            """;

    private static final String ANOTHER =
            """
            SELECT EXISTS (
              SELECT 1 FROM case_person p JOIN referral_case c ON c.id = p.case_id
               WHERE p.prisoner_number = ANY(:prisoners::text[]) AND NOT p.former AND c.prison = :prison AND c.state <> 'WITHDRAWN'
                 AND c.occurred_text IS NOT NULL AND abs(extract(epoch FROM c.occurred_at - :at)) <= :apart
                 AND c.id <> ALL(:known::bigint[]) AND (NOT :ofCharges OR c.family = 'ADJUDICATION_CHARGE'))
            """;

    private final Database database;

    OpenedCases(Database database) {
        this.database = database;
    }

    /** What this batch has opened so far. */
    final class Openings {

        private final List<OpenedKnowing> before = new ArrayList<>();
        private final Set<String> withCharges;

        private Openings(Set<String> withCharges) {
            this.withCharges = withCharges;
        }

        boolean isStale(Effects effects) {
            return effects.all().stream()
                    .filter(OpenedKnowing.class::isInstance)
                    .map(OpenedKnowing.class::cast)
                    .anyMatch(opened -> before.stream().anyMatch(other -> meet(opened, other))
                            || (!opened.ofCharges() || withCharges.contains(opened.prison())) && another(opened));
        }

        void progress(Effects effects) {
            for (Effect effect : effects.all()) {
                if (effect instanceof OpenedKnowing opened) {
                    before.add(opened);
                }
            }
        }
    }

    /** Locks the prisons until the commit; what others have opened there is seen from now on. */
    Openings lock(Collection<OpenedKnowing> opened) {
        if (opened.isEmpty()) {
            return new Openings(Set.of());
        }
        var prisons =
                Unnested.of(opened).texts("prisons", OpenedKnowing::prison).flags("alone", one -> !one.ofCharges());
        database.sql().query(LOCK, prisons.values(), row -> {});
        return new Openings(new HashSet<>(database.sql().queryForList(OF_CHARGES, prisons.values(), String.class)));
    }

    /** Two incident reports are two matters; what a charge opens is, or is not, that of another. */
    private static boolean meet(OpenedKnowing one, OpenedKnowing other) {
        return !(one.ofCharges() && other.ofCharges())
                && one.prison().equals(other.prison())
                && !Collections.disjoint(one.prisoners(), other.prisoners())
                && Duration.between(one.occurredAt(), other.occurredAt()).abs().compareTo(one.apart()) <= 0;
    }

    private boolean another(OpenedKnowing opened) {
        return Boolean.TRUE.equals(database.sql()
                .queryForObject(
                        ANOTHER,
                        with("prisoners", texts(opened.prisoners()))
                                .addValue("prison", opened.prison())
                                .addValue("at", time(opened.occurredAt()))
                                .addValue("apart", seconds(opened.apart()))
                                .addValue("known", longs(opened.known()))
                                .addValue("ofCharges", opened.ofCharges()),
                        Boolean.class));
    }
}
