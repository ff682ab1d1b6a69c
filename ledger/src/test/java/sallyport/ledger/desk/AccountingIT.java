package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseState;
import sallyport.ledger.desk.Accounting.Account;
import sallyport.ledger.desk.Accounting.Place;

/** I4: wherever reports go, each is in exactly one place, and against the source's own list nothing is left over. */
class AccountingIT {

    private static final LocalDate DAY = LocalDate.parse("2026-02-27");
    private static final Instant LISTED = Instant.parse("2026-03-01T05:00:00Z");
    private static final Scope ALL = Scope.everything();

    /** Moorland is Humberside's or South Yorkshire's, whatever the table says; an escort has no force. */
    private static final List<String> PRISONS = List.of("MDI", "LEI", "NORTH");

    private DeskFixture ledger;
    private Accounting accounting;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        accounting = new Accounting(ledger.dataSource());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** All that can be with a report at one time. */
    private enum Kind {
        NOWHERE(null),
        FETCH_PARKED(Place.PARKED),
        UNJUDGED(Place.IN_PROGRESS),
        TRIAGE_PARKED(Place.PARKED),
        WATCHED(Place.WATCHED),
        WITHDRAWN(Place.WITHDRAWN),
        NOT_REFERABLE(Place.NOT_REFERABLE),
        AWAITING_DECISION(Place.AWAITING_DECISION),
        KEPT_INTERNAL(Place.KEPT_INTERNAL),
        IN_PROGRESS(Place.IN_PROGRESS),
        DELIVERY_PARKED(Place.PARKED),
        ASSEMBLY_PARKED(Place.PARKED),
        FEED_PARKED(Place.IN_PROGRESS),
        DELIVERED(Place.DELIVERED),
        SUPPLEMENT_PARKED(Place.DELIVERED),
        CLOSED(Place.CLOSED),
        CASE_WITHDRAWN(Place.WITHDRAWN),
        DELETED(null);

        private final @Nullable Place place;

        Kind(@Nullable Place place) {
            this.place = place;
        }

        boolean stored() {
            return this != NOWHERE && this != FETCH_PARKED;
        }

        @Nullable
        CaseState caseState() {
            return switch (this) {
                case AWAITING_DECISION -> CaseState.AWAITING_DECISION;
                case KEPT_INTERNAL -> CaseState.KEPT_INTERNAL;
                case IN_PROGRESS, DELIVERY_PARKED, ASSEMBLY_PARKED, FEED_PARKED -> CaseState.IN_PROGRESS;
                case DELIVERED, SUPPLEMENT_PARKED -> CaseState.DELIVERED;
                case CLOSED -> CaseState.CLOSED;
                case CASE_WITHDRAWN -> CaseState.WITHDRAWN;
                default -> null;
            };
        }
    }

    private record Report(String id, String prison, boolean listed, Kind kind, boolean touchedAfterTheList) {}

    @Test
    void everyReportIsInOnePlaceOnWhateverWay() {
        // Emptied with the cases; there is nothing in it.
        ledger.jdbc
                .sql("ALTER TABLE case_fact DISABLE TRIGGER case_fact_is_not_truncated")
                .update();
        for (long seed = 1; seed <= 3; seed++) {
            ledger.jdbc
                    .sql("TRUNCATE source_record, referral_case, work, source_day CASCADE")
                    .update();
            Random random = new Random(seed);
            var reports = new ArrayList<Report>();
            for (int n = 0; n < 40; n++) {
                reports.add(new Report(
                        "r-" + seed + "-" + n,
                        PRISONS.get(random.nextInt(PRISONS.size())),
                        random.nextInt(4) > 0,
                        Kind.NOWHERE,
                        false));
            }
            for (String prison : PRISONS) {
                list(
                        prison,
                        reports.stream()
                                .filter(r -> r.listed() && r.prison().equals(prison))
                                .map(Report::id)
                                .toList());
            }
            for (int step = 0; step < 25; step++) {
                for (int moved = 0; moved < 8; moved++) {
                    int n = random.nextInt(reports.size());
                    Report was = reports.get(n);
                    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
                    reports.set(n, new Report(was.id(), was.prison(), was.listed(), kind, random.nextBoolean()));
                    forget(was);
                    put(reports.get(n));
                }
                compare("seed " + seed + ", step " + step, reports);
            }
        }
    }

    private void compare(String when, List<Report> reports) {
        var found = accounting.day(DAY, null, null, ALL);
        Map<String, Map<Place, Long>> counts = new TreeMap<>();
        Map<String, long[]> differences = new TreeMap<>();
        for (Report report : reports) {
            boolean here = report.kind().stored() && report.kind() != Kind.DELETED;
            boolean parkedFetch = report.kind() == Kind.FETCH_PARKED && report.listed();
            if (!here && !report.listed()) {
                continue;
            }
            var places = counts.computeIfAbsent(report.prison(), prison -> new EnumMap<>(Place.class));
            long[] difference = differences.computeIfAbsent(report.prison(), prison -> new long[5]);
            if (here || parkedFetch) {
                places.merge(Objects.requireNonNull(report.kind().place), 1L, Long::sum);
            }
            difference[0] += report.listed() ? 1 : 0;
            if (here && !report.listed()) {
                difference[report.touchedAfterTheList() ? 1 : 4]++;
            } else if (!here && !parkedFetch) {
                difference[report.kind() == Kind.DELETED && report.touchedAfterTheList() ? 2 : 3]++;
            }
        }
        for (String prison : counts.keySet()) {
            var its = found.accounts().stream()
                    .filter(a -> a.prison().equals(prison))
                    .toList();
            assertThat(its).as(when + " " + prison).hasSize(1);
            Account account = its.get(0);
            long[] expected = Objects.requireNonNull(differences.get(prison));
            for (Place place : Place.values()) {
                assertThat(account.counts().get(place))
                        .as(when + " " + prison + " " + place)
                        .isEqualTo(Objects.requireNonNull(counts.get(prison)).getOrDefault(place, 0L));
            }
            assertThat(account.counts().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(account.total());
            assertThat(account.source()).as(when + " " + prison).isEqualTo(expected[0]);
            assertThat(account.cameSince()).isEqualTo(expected[1]);
            assertThat(account.leftSince()).isEqualTo(expected[2]);
            assertThat(account.missingHere()).as(when + " " + prison).isEqualTo(expected[3]);
            assertThat(account.missingThere()).isEqualTo(expected[4]);
            assertThat(account.difference()).isEqualTo(expected[4] - expected[3]);
        }
        assertThat(found.accounts()).hasSameSizeAs(counts.keySet());
        long missing = differences.values().stream().mapToLong(d -> d[3] + d[4]).sum();
        assertThat(found.missing()).as(when).hasSize((int) missing);
        assertThat(found.standing() == Accounting.Standing.UNEVEN).isEqualTo(missing > 0);
    }

    @Test
    void aReportThatWasMovedToAnotherDayIsMissingOnNone() {
        list("MDI", List.of("moved", "stays"));
        put(new Report("stays", "MDI", true, Kind.WATCHED, false));
        put(new Report("moved", "MDI", true, Kind.NOT_REFERABLE, true));
        ledger.jdbc
                .sql("UPDATE source_record SET occurred_at = occurred_at - interval '1 day' WHERE record_id = 'moved'")
                .update();

        Account account = accounting.day(DAY, null, null, ALL).accounts().get(0);

        assertThat(account.leftSince()).isEqualTo(1);
        assertThat(account.difference()).isZero();
        // Before the list was read, that would have been a difference.
        ledger.jdbc
                .sql("UPDATE source_version SET fetched_at = '2026-02-28T00:00:00Z'")
                .update();
        assertThat(accounting.day(DAY, null, null, ALL).accounts().get(0).missingHere())
                .isEqualTo(1);
    }

    @Test
    void oneThatCannotBeReadCountsWhereItIsListed() {
        list("MDI", List.of("garbled"));
        put(new Report("garbled", "MDI", true, Kind.TRIAGE_PARKED, false));
        ledger.jdbc
                .sql("UPDATE source_record SET prison = NULL, occurred_at = NULL")
                .update();

        Account account = accounting.day(DAY, "MDI", null, ALL).accounts().get(0);

        assertThat(account.counts()).containsEntry(Place.PARKED, 1L);
        assertThat(account.standing()).isEqualTo(Accounting.Standing.EVEN);
    }

    @Test
    void whatWasNeverComparedIsNotSaidToBeComplete() {
        assertThat(accounting.day(DAY, null, null, ALL).standing()).isEqualTo(Accounting.Standing.UNKNOWN);

        list("MDI", List.of());
        assertThat(accounting.day(DAY, null, null, ALL).lists()).isEqualTo(1);
        assertThat(accounting.day(DAY, null, null, ALL).standing()).isEqualTo(Accounting.Standing.EVEN);
        assertThat(accounting.day(DAY, null, null, Scope.nothing()).standing()).isEqualTo(Accounting.Standing.UNKNOWN);

        put(new Report("unlisted", "LEI", false, Kind.DELIVERED, false));
        assertThat(accounting.day(DAY, null, null, ALL).standing()).isEqualTo(Accounting.Standing.UNKNOWN);
    }

    @Test
    void isCutToTheScopeAndToWhatIsAskedFor() {
        put(new Report("a", "MDI", false, Kind.DELIVERED, false));
        put(new Report("b", "LEI", false, Kind.WATCHED, false));
        ledger.jdbc.sql("UPDATE referral_case SET force = '62'").update();

        assertThat(accounting.day(DAY, null, null, Scope.nothing()).accounts()).isEmpty();
        assertThat(accounting
                        .day(DAY, null, null, new Scope(Set.of("LEI"), Set.of()))
                        .accounts())
                .extracting(Account::prison)
                .containsExactly("LEI");
        // A person named another force than the table does: the case is that force's.
        assertThat(accounting
                        .day(DAY, null, null, new Scope(Set.of(), Set.of("62")))
                        .accounts())
                .extracting(Account::prison)
                .containsExactly("MDI");
        assertThat(accounting.day(DAY, null, "62", ALL).accounts()).hasSize(1);
        assertThat(accounting.day(DAY, "LEI", null, ALL).accounts())
                .extracting(Account::source, Account::difference, Account::standing)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(null, null, Accounting.Standing.UNKNOWN));
        assertThat(accounting.day(DAY.plusDays(1), null, null, ALL).accounts()).isEmpty();
    }

    private void list(String prison, List<String> ids) {
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO source_day (system, prison, day, listed_at, ids, modified, modified_at, statuses)
                        VALUES ('incident-reporting', :prison, :day, :at, string_to_array(:ids, ','), '{}', '{}', '{}')
                        """)
                .param("prison", prison)
                .param("day", DAY)
                .param("at", LISTED.atOffset(ZoneOffset.UTC))
                .param("ids", String.join(",", ids))
                .update();
    }

    private void forget(Report report) {
        for (String sql : List.of(
                "DELETE FROM work WHERE key IN (:id, (SELECT c.reference FROM referral_case c WHERE c.incident_reference = :id))",
                "UPDATE lane_case SET head_item = NULL WHERE case_id IN (SELECT id FROM referral_case WHERE incident_reference = :id)",
                "DELETE FROM lane_item WHERE lane_case IN (SELECT lc.id FROM lane_case lc JOIN referral_case c ON c.id = lc.case_id WHERE c.incident_reference = :id)",
                "DELETE FROM lane_case WHERE case_id IN (SELECT id FROM referral_case WHERE incident_reference = :id)",
                "DELETE FROM case_record WHERE case_id IN (SELECT id FROM referral_case WHERE incident_reference = :id)",
                "DELETE FROM referral_case WHERE incident_reference = :id",
                "UPDATE source_record SET latest_version = NULL WHERE record_id = :id",
                "DELETE FROM source_version WHERE record IN (SELECT id FROM source_record WHERE record_id = :id)",
                "DELETE FROM source_record WHERE record_id = :id")) {
            ledger.jdbc.sql(sql).param("id", report.id()).update();
        }
    }

    private void put(Report report) {
        Kind kind = report.kind();
        if (kind == Kind.FETCH_PARKED) {
            parked("incident-fetch", report.id());
        }
        if (!kind.stored()) {
            return;
        }
        Instant at = LISTED.plus(report.touchedAfterTheList() ? Duration.ofHours(1) : Duration.ofHours(-1));
        CaseState state = kind.caseState();
        String disposition =
                switch (kind) {
                    case WATCHED, WITHDRAWN, NOT_REFERABLE -> kind.name();
                    default -> state == null ? "UNJUDGED" : "CASE";
                };
        ledger.jdbc
                .sql(
                        """
                        WITH r AS (
                          INSERT INTO source_record (system, record_id, disposition, prison, occurred_at, gone_at)
                          VALUES ('incident-reporting', :id, :disposition, :prison, :day::date + interval '12 hours', :gone) RETURNING id),
                        v AS (
                          INSERT INTO source_version (record, version_no, raw, sha256, fetched_at, fetched_from)
                          SELECT id, 1, '\\x7b7d', sha256('\\x7b7d'), :at, 'x' FROM r RETURNING id, record)
                        SELECT id FROM v
                        """)
                .param("id", report.id())
                .param("disposition", disposition)
                .param("prison", report.prison())
                .param("day", DAY)
                .param(
                        "gone",
                        kind == Kind.DELETED ? at.atOffset(ZoneOffset.UTC) : null,
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        ledger.jdbc
                .sql(
                        "UPDATE source_record r SET latest_version = v.id FROM source_version v WHERE v.record = r.id AND r.record_id = :id")
                .param("id", report.id())
                .update();
        if (kind == Kind.TRIAGE_PARKED) {
            parked("triage", report.id());
        }
        if (state != null) {
            inCase(report, kind, state);
        }
    }

    private void inCase(Report report, Kind kind, CaseState state) {
        long id = ledger.jdbc
                .sql(
                        """
                        INSERT INTO referral_case (reference, state, verdict, class, prison, force, family, incident_reference)
                        VALUES ('SP-' || :id, :state, 'MANDATORY', 'ROUTINE', :prison, NULL, 'ASSAULT', :id) RETURNING id
                        """)
                .param("id", report.id())
                .param("state", state.name())
                .param("prison", report.prison())
                .query(Long.class)
                .single();
        ledger.jdbc
                .sql(
                        "INSERT INTO case_record (case_id, record) SELECT :case, id FROM source_record WHERE record_id = :id")
                .param("case", id)
                .param("id", report.id())
                .update();
        switch (kind) {
            case DELIVERY_PARKED, SUPPLEMENT_PARKED -> ledger.parkedLane("force:46", id, "UNAVAILABLE", "http-503");
            case FEED_PARKED -> ledger.parkedLane("feed:regional-north", id, "UNAVAILABLE", "down");
            case ASSEMBLY_PARKED -> parked("assembly", "SP-" + report.id());
            default -> {
                // Nothing stands still.
            }
        }
    }

    private void parked(String step, String key) {
        ledger.parkedWork(step, key, "REJECTED", "schema-invalid");
    }
}
