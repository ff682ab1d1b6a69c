package sallyport.ledger.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A year and a quarter, day by day, with arrivals, closings, late facts, tasks, holds and strikes in the middle of a purge, beside a
 * model that knows the policies in plain Java: after each day's run exactly that is gone which the model says, no more and no less.
 */
class SimulatedYearIT {

    private static final int DAYS = 460;

    /** What the model holds of a case. */
    private static final class Case {
        final long id;
        final Instant made;
        Instant changed;
        Instant touched;
        String state = "IN_PROGRESS";
        boolean held;

        @Nullable
        Long openTask;

        final Set<Kept> gone = EnumSet.noneOf(Kept.class);

        Case(long id, Instant made) {
            this.id = id;
            this.made = made;
            changed = made;
            touched = made;
        }

        boolean finished() {
            return !state.equals("IN_PROGRESS") && !held && openTask == null;
        }
    }

    /** A record without a case. */
    private static final class Loose {
        final long record;
        final Kept kept;
        Instant heard;
        int versions = 1;
        int gone;

        Loose(long record, Kept kept, Instant heard) {
            this.record = record;
            this.kept = kept;
            this.heard = heard;
        }
    }

    private static final class Struck extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final RetentionProperties terms = RetentionStage.small();
    private final List<Case> cases = new ArrayList<>();
    private final List<Loose> records = new ArrayList<>();
    private final List<Instant> hints = new ArrayList<>();
    private final List<Instant> works = new ArrayList<>();
    private final Map<Kept, Long> certified = new EnumMap<>(Kept.class);

    @ParameterizedTest
    @ValueSource(longs = 20261129)
    void onEveryDayExactlyThatIsGoneWhichIsPastItsPolicy(long seed) {
        var random = new Random(seed);
        try (var stage = new RetentionStage()) {
            Purger purger = stage.purger("one", terms);
            int struck = 0;
            for (int day = 0; day < DAYS; day++) {
                stage.now =
                        RetentionStage.BEGINNING.plus(day, ChronoUnit.DAYS).plus(random.nextInt(20), ChronoUnit.HOURS);
                arrive(stage, random);
                happen(stage, random);
                if (random.nextInt(20) == 0) {
                    disturb(stage, purger, random, "seed " + seed + ", day " + day);
                }
                struck += run(stage, purger, random);
                expect(stage.now);
                compare(stage, "seed " + seed + ", day " + day);
            }
            assertThat(struck).as("strikes in the middle of a batch").isGreaterThan(20);
            assertThat(certified.keySet()).contains(Kept.CLOSED_CASES, Kept.DELIVERED_CASES, Kept.INTERNAL_CASES);
            certificatesAddUp(stage);
        }
    }

    private void arrive(RetentionStage stage, Random random) {
        if (random.nextInt(3) == 0) {
            cases.add(new Case(stage.wholeCase("IN_PROGRESS"), stage.now));
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            records.add(
                    new Loose(stage.record("incident-reporting", "NOT_REFERABLE"), Kept.UNREFERRED_REPORTS, stage.now));
        }
        if (random.nextInt(3) == 0) {
            records.add(new Loose(stage.record("incident-reporting", "WATCHED"), Kept.WATCHED_REPORTS, stage.now));
            records.add(new Loose(stage.record("case-notes", "UNJUDGED"), Kept.LOOSE_RECORDS, stage.now));
        }
        stage.hint();
        hints.add(stage.now);
        stage.work("triage", "key-" + stage.now, true);
        works.add(stage.now);
        stage.tally();
    }

    private void happen(RetentionStage stage, Random random) {
        for (int n = 0; n < 3 && !cases.isEmpty(); n++) {
            Case one = cases.get(random.nextInt(cases.size()));
            boolean erased = one.gone.contains(Kept.CLOSED_CASES);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    if (one.state.equals("IN_PROGRESS")) {
                        one.state =
                                List.of("CLOSED", "DELIVERED", "KEPT_INTERNAL").get(random.nextInt(3));
                        one.changed = stage.now;
                        one.touched = stage.now;
                        stage.jdbc.update(
                                "UPDATE referral_case SET state = ?, changed_at = ?, row_version = row_version + 1 WHERE id = ?",
                                one.state,
                                stage.at(),
                                one.id);
                    }
                }
                case 3 -> {
                    if (!erased) {
                        one.touched = stage.now;
                        stage.jdbc.update(
                                "UPDATE receipt SET at = ?, detail = 'detail' WHERE case_id = ?", stage.at(), one.id);
                    }
                }
                case 4 -> {
                    if (!one.held) {
                        one.held = true;
                        stage.hold(one.id);
                    }
                }
                case 5, 6 -> {
                    if (one.held) {
                        one.held = false;
                        stage.release(one.id);
                    } else if (one.openTask != null) {
                        one.openTask = null;
                        one.touched = stage.now;
                        stage.jdbc.update(
                                "UPDATE task SET closed_at = ? WHERE case_id = ? AND closed_at IS NULL",
                                stage.at(),
                                one.id);
                    }
                }
                default -> {
                    if (one.openTask == null && !one.gone.contains(Kept.TASKS) && !erased) {
                        // The task that every case has is opened again.
                        one.openTask = one.id;
                        stage.jdbc.update("UPDATE task SET closed_at = NULL WHERE case_id = ?", one.id);
                    }
                }
            }
        }
        if (!records.isEmpty() && random.nextInt(2) == 0) {
            Loose one = records.get(random.nextInt(records.size()));
            one.heard = stage.now;
            one.versions++;
            stage.version(one.record);
        }
    }

    /** Clocks that disagree erase nothing; both back together erase what is past its policy by the earlier time, and nothing else. */
    private void disturb(RetentionStage stage, Purger purger, Random random, String when) {
        Instant right = stage.now;
        if (random.nextBoolean()) {
            long before = stage.count("SELECT count(*) FROM erasure");
            stage.nodeIsAhead = Duration.ofDays(random.nextInt(2000) - 1000).plusHours(1);
            purger.run();
            assertThat(stage.count("SELECT count(*) FROM erasure"))
                    .as("%s, clocks apart by %s", when, stage.nodeIsAhead)
                    .isEqualTo(before);
        } else {
            stage.now = stage.now.minus(1 + random.nextInt(300), ChronoUnit.DAYS);
            purger.run();
            expect(stage.now);
            compare(stage, when + ", clock back to " + stage.now);
        }
        stage.now = right;
        stage.nodeIsAhead = Duration.ZERO;
    }

    private static int run(RetentionStage stage, Purger purger, Random random) {
        stage.midPurge = () -> {
            if (random.nextInt(6) == 0) {
                throw new Struck();
            }
        };
        int struck = 0;
        while (true) {
            try {
                purger.run();
                return struck;
            } catch (Struck again) {
                struck++;
            }
        }
    }

    private boolean past(Instant at, Kept kept, Instant now) {
        return at.isBefore(now.truncatedTo(ChronoUnit.DAYS).minus(terms.term(kept)));
    }

    /** The policies, once more and in other words. */
    private void expect(Instant now) {
        for (Loose one : records) {
            if (past(one.heard, one.kept, now)) {
                certified.merge(one.kept, (long) one.versions - one.gone, Long::sum);
                one.gone = one.versions;
            }
        }
        for (Case one : cases) {
            if (!one.finished()) {
                continue;
            }
            Instant last = one.touched.isAfter(one.changed) ? one.touched : one.changed;
            goes(one, Kept.RENDERINGS, past(one.changed, Kept.RENDERINGS, now));
            goes(one, Kept.PACKAGES, !one.state.equals("DELIVERED") && past(last, Kept.PACKAGES, now));
            Kept whole =
                    switch (one.state) {
                        case "CLOSED" -> Kept.CLOSED_CASES;
                        case "DELIVERED" -> Kept.DELIVERED_CASES;
                        default -> Kept.INTERNAL_CASES;
                    };
            if (!one.gone.contains(Kept.CLOSED_CASES) && past(last, whole, now)) {
                certified.merge(whole, 1L, Long::sum);
                one.gone.addAll(EnumSet.of(
                        Kept.CLOSED_CASES,
                        Kept.RENDERINGS,
                        Kept.PACKAGES,
                        Kept.OUTCOMES,
                        Kept.INBOUND,
                        Kept.ATTEMPTS,
                        Kept.COMMANDS,
                        Kept.TASKS));
            }
            for (Kept kept : List.of(Kept.OUTCOMES, Kept.INBOUND, Kept.ATTEMPTS, Kept.COMMANDS)) {
                goes(one, kept, past(one.made, kept, now));
            }
        }
        expire(hints, Kept.HINTS, now);
        expire(works, Kept.WORK, now);
    }

    private void goes(Case one, Kept kept, boolean due) {
        if (due && one.gone.add(kept)) {
            certified.merge(kept, 1L, Long::sum);
        }
    }

    private void expire(List<Instant> each, Kept kept, Instant now) {
        int before = each.size();
        each.removeIf(at -> past(at, kept, now));
        if (before > each.size()) {
            certified.merge(kept, (long) before - each.size(), Long::sum);
        }
    }

    private void compare(RetentionStage stage, String when) {
        assertThat(stage.pastPolicy()).as(when).isEmpty();
        assertGone(stage, when, Kept.CLOSED_CASES, "SELECT id FROM referral_case WHERE erased_at IS NOT NULL");
        assertGone(
                stage,
                when,
                Kept.RENDERINGS,
                """
                SELECT h.case_id FROM rendering r JOIN lane_item i ON i.id = r.lane_item JOIN lane_case h ON h.id = i.lane_case
                 WHERE r.erased_by IS NOT NULL AND length(r.bytes) = 0
                """);
        assertGone(stage, when, Kept.PACKAGES, "SELECT case_id FROM package WHERE length(canonical) = 0");
        assertGone(stage, when, Kept.OUTCOMES, "SELECT case_id FROM outcome WHERE officer IS NULL AND reason IS NULL");
        assertGone(
                stage,
                when,
                Kept.INBOUND,
                "SELECT c.id FROM inbound n JOIN referral_case c ON c.reference = n.case_reference WHERE length(n.raw) = 0");
        assertGone(
                stage,
                when,
                Kept.ATTEMPTS,
                """
                SELECT h.case_id FROM lane_item i JOIN lane_case h ON h.id = i.lane_case
                 WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.lane_item = i.id)
                """);
        assertGone(
                stage,
                when,
                Kept.COMMANDS,
                "SELECT id FROM referral_case c WHERE NOT EXISTS (SELECT 1 FROM command m WHERE m.target = c.reference)");
        assertGone(
                stage,
                when,
                Kept.TASKS,
                "SELECT id FROM referral_case c WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id)");
        for (Kept kept : List.of(Kept.UNREFERRED_REPORTS, Kept.WATCHED_REPORTS, Kept.LOOSE_RECORDS)) {
            long gone = records.stream()
                    .filter(one -> one.kept == kept)
                    .mapToLong(one -> one.gone)
                    .sum();
            assertThat(stage.count("SELECT coalesce(sum(rows), 0) FROM erasure WHERE kind = ?", kept.label()))
                    .as("%s, %s", when, kept)
                    .isEqualTo(gone);
        }
        Set<Long> whole = new HashSet<>();
        records.stream().filter(one -> one.gone < one.versions).forEach(one -> whole.add(one.record));
        assertThat(new HashSet<>(stage.jdbc.queryForList(
                        """
                        SELECT v.record FROM source_version v
                         WHERE length(v.raw) > 0 AND NOT EXISTS (SELECT 1 FROM case_record l WHERE l.record = v.record)
                        """,
                        Long.class)))
                .as(when)
                .isEqualTo(whole);
        assertThat(stage.count("SELECT count(*) FROM hint")).as(when).isEqualTo(hints.size());
        assertThat(stage.count("SELECT count(*) FROM work")).as(when).isEqualTo(works.size());
    }

    private void assertGone(RetentionStage stage, String when, Kept kept, String actual) {
        Set<Long> expected = new HashSet<>();
        cases.stream().filter(one -> one.gone.contains(kept)).forEach(one -> expected.add(one.id));
        assertThat(new HashSet<>(stage.jdbc.queryForList(actual, Long.class)))
                .as("%s, %s", when, kept)
                .isEqualTo(expected);
    }

    private void certificatesAddUp(RetentionStage stage) {
        certified.forEach((kept, n) -> assertThat(
                        stage.count("SELECT coalesce(sum(rows), 0) FROM erasure WHERE kind = ?", kept.label()))
                .as(kept.label())
                .isEqualTo(n));
        assertThat(
                        stage.count(
                                """
                        SELECT count(*) FROM erasure c
                         WHERE NOT EXISTS (SELECT 1 FROM evidence e
                                            WHERE e.kind = 'ERASURE' AND e.detail LIKE 'erasure/' || c.id || ' %'
                                              AND e.payload_sha256 = c.ids_sha256)
                        """))
                .isZero();
        assertThat(stage.count("SELECT count(*) FROM evidence WHERE kind = 'ERASURE' AND case_reference IS NULL"))
                .isEqualTo(stage.count("SELECT count(*) FROM erasure"));
    }
}
