package sallyport.ledger.engine;

import static java.util.stream.Collectors.toSet;
import static sallyport.ledger.engine.Database.longs;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.ChangeCase;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.MoveState;
import sallyport.ledger.Effect.OpenCase;
import sallyport.ledger.Effect.SetPeople;
import sallyport.ledger.ReferralCase;
import sallyport.ledger.engine.IdentityRows.Named;

/** Cases, their records and their people. */
final class CaseWriter {

    /** States in which a case still wants to hear of new facts. */
    static final String[] OPEN =
            CaseState.allOpen().stream().map(CaseState::name).toArray(String[]::new);

    private static final String LOCK =
            """
            SELECT id, row_version, state FROM referral_case WHERE id = ANY(:ids::bigint[]) ORDER BY id FOR NO KEY UPDATE
            """;

    private static final String OPEN_CASE =
            """
            INSERT INTO referral_case (id, reference, state, verdict, class, prison, force, family, incident_reference,
                   occurred_at, occurred_text, opened_at, decide_by, approved_at, approved_by, approval_reason, review_code,
                   review_detail, package_version, crime_reference, officer, outcome_type, outcome_at)
            VALUES (:id, :reference, :state, :verdict, :class, :prison, :force, :family, :incidentReference,
                   :occurredAt, :occurredText, :openedAt, :decideBy, :approvedAt, :approvedBy, :approvalReason, :reviewCode,
                   :reviewDetail, :packageVersion, :crimeReference, :officer, :outcomeType, :outcomeAt)
            """;

    private static final String CHANGE_CASE =
            """
            UPDATE referral_case
               SET row_version = row_version + 1, changed_at = now(), state = :state, verdict = :verdict, class = :class,
                   prison = :prison, force = :force, family = :family, incident_reference = :incidentReference,
                   occurred_at = :occurredAt, occurred_text = :occurredText, decide_by = :decideBy, approved_at = :approvedAt,
                   approved_by = :approvedBy, approval_reason = :approvalReason, review_code = :reviewCode,
                   review_detail = :reviewDetail, package_version = :packageVersion, crime_reference = :crimeReference,
                   officer = :officer, outcome_type = :outcomeType, outcome_at = :outcomeAt
             WHERE id = :id
            """;

    private static final String MOVE_STATES =
            """
            UPDATE referral_case c SET state = m.state_after, row_version = c.row_version + 1, changed_at = now()
              FROM unnest(:ids::bigint[], :froms::text[], :tos::text[]) AS m(id, state_before, state_after)
             WHERE c.id = m.id AND c.state = m.state_before
            """;

    /** Names the key it may meet: a record that belongs to another case already is an error, not nothing. */
    private static final String LINK =
            """
            INSERT INTO case_record (case_id, record)
            SELECT l.case_id, s.id
              FROM unnest(:cases::bigint[], :systems::text[], :records::text[]) AS l(case_id, system, record_id)
              JOIN source_record s ON s.system = l.system AND s.record_id = l.record_id
             ORDER BY l.case_id, s.id
            ON CONFLICT (case_id, record) DO NOTHING
            """;

    private static final String PERSON_LEFT =
            """
            UPDATE case_person SET former = true
             WHERE case_id = :case AND NOT former AND prisoner_number <> ALL(:numbers::text[])
            """;

    private static final String ROLE_LEFT =
            """
            DELETE FROM case_person p
             WHERE p.case_id = :case AND p.prisoner_number = ANY(:numbers::text[])
               AND NOT EXISTS (SELECT 1 FROM unnest(:numbers::text[], :roles::text[]) AS n(number, role)
                                WHERE n.number = p.prisoner_number AND n.role = p.role)
            """;

    private static final String PEOPLE_CAME =
            """
            INSERT INTO case_person (case_id, prisoner_number, role, former)
            SELECT n.case_id, n.number, n.role, n.former
              FROM unnest(:cases::bigint[], :numbers::text[], :roles::text[], :former::boolean[])
                     AS n(case_id, number, role, former)
             ORDER BY n.case_id, n.number, n.role
            ON CONFLICT (case_id, prisoner_number, role) DO UPDATE SET former = EXCLUDED.former
            """;

    private final Database database;
    private final IdentityRows identity;

    CaseWriter(Database database, IdentityRows identity) {
        this.database = database;
        this.identity = identity;
    }

    /** A case as it is, and as it will be when the effects so far are written. */
    static final class Standing {

        private long rowVersion;
        private String state;

        Standing(long rowVersion, String state) {
            this.rowVersion = rowVersion;
            this.state = state;
        }

        boolean isStale(ReferralCase read) {
            return read.rowVersion() != rowVersion;
        }

        void combined() {
            rowVersion++;
        }

        void changed(ChangeCase change) {
            rowVersion++;
            state = change.referralCase().state().name();
        }

        void moved(MoveState move) {
            if (state.equals(move.from().name())) {
                rowVersion++;
                state = move.to().name();
            }
        }
    }

    /** Locks, in id order, the cases that these effects change. */
    Map<Long, Standing> lock(Collection<Long> caseIds) {
        Map<Long, Standing> standings = new HashMap<>();
        if (!caseIds.isEmpty()) {
            database.sql().query(LOCK, with("ids", longs(caseIds)), row -> {
                standings.put(row.getLong("id"), new Standing(row.getLong("row_version"), row.getString("state")));
            });
        }
        return standings;
    }

    void open(EffectBatch batch) {
        database.forEach(OPEN_CASE, batch.of(OpenCase.class), effect -> CaseRows.parameters(effect.referralCase()));
    }

    /** Changes and moves, in the order they were asked for; then records and people. */
    void write(EffectBatch batch) {
        var run = new ArrayList<Effect>();
        for (Effect effect : batch.inOrder()) {
            if (effect instanceof ChangeCase || effect instanceof MoveState) {
                if (!run.isEmpty() && run.get(0).getClass() != effect.getClass()) {
                    changeOrMove(run);
                    run.clear();
                }
                run.add(effect);
            }
        }
        changeOrMove(run);
        link(batch.of(LinkRecord.class));
        Set<Long> opened = batch.of(OpenCase.class).stream()
                .map(effect -> effect.referralCase().id())
                .collect(toSet());
        setPeople(batch.of(SetPeople.class), opened);
    }

    private void changeOrMove(List<Effect> sameKind) {
        if (sameKind.isEmpty()) {
            return;
        }
        if (sameKind.get(0) instanceof ChangeCase) {
            int[] counts = database.forEach(
                    CHANGE_CASE, sameKind, effect -> CaseRows.parameters(((ChangeCase) effect).referralCase()));
            for (int count : counts) {
                if (count == 0) {
                    throw new IllegalStateException("a step changed a case that does not exist");
                }
            }
        } else {
            move(sameKind.stream().map(MoveState.class::cast).toList());
        }
    }

    /** One statement cannot move a case twice: the second move of a case begins the next one. */
    private void move(List<MoveState> moves) {
        var together = new LinkedHashMap<Long, MoveState>();
        for (MoveState move : moves) {
            if (together.containsKey(move.caseId())) {
                moveAll(together.values());
                together.clear();
            }
            together.put(move.caseId(), move);
        }
        moveAll(together.values());
    }

    private void moveAll(Collection<MoveState> moves) {
        database.forAll(
                MOVE_STATES,
                Unnested.of(moves)
                        .longs("ids", MoveState::caseId)
                        .texts("froms", move -> move.from().name())
                        .texts("tos", move -> move.to().name()));
    }

    private void link(List<LinkRecord> links) {
        database.forAll(
                LINK,
                Unnested.of(links)
                        .longs("cases", LinkRecord::caseId)
                        .texts("systems", link -> link.key().system())
                        .texts("records", link -> link.key().recordId()));
    }

    private void setPeople(List<SetPeople> sets, Set<Long> opened) {
        Map<Long, SetPeople> last = new LinkedHashMap<>();
        sets.forEach(set -> last.put(set.caseId(), set));
        byNumbersOfNow(last);
        // Nobody can have left a case that begins with this batch.
        var before = last.values().stream()
                .filter(set -> !opened.contains(set.caseId()))
                .toList();
        database.forEach(PERSON_LEFT, before, CaseWriter::people);
        database.forEach(ROLE_LEFT, before, CaseWriter::people);
        database.forAll(
                PEOPLE_CAME,
                Unnested.of(last.values().stream().flatMap(Came::of).toList())
                        .longs("cases", Came::caseId)
                        .texts("numbers", came -> came.person.prisonerNumber())
                        .texts("roles", came -> came.person.role())
                        .flags("former", came -> came.person.former()));
    }

    /** A record that was read before the source rewrote its numbers must not undo that they were; who was named stays searchable. */
    private void byNumbersOfNow(Map<Long, SetPeople> sets) {
        var named = new ArrayList<Named>();
        sets.values().forEach(set -> set.people().stream()
                .filter(person -> !person.former())
                .forEach(person -> named.add(new Named(set.caseId(), person.prisonerNumber()))));
        Map<Named, String> now = identity.now(named);
        if (now.isEmpty()) {
            return;
        }
        sets.replaceAll((id, set) -> {
            var people = new HashMap<String, CasePerson>();
            for (CasePerson person : set.people()) {
                String number = now.get(new Named(id, person.prisonerNumber()));
                var former = person.former() || number != null;
                people.merge(
                        person.prisonerNumber() + ' ' + person.role(),
                        new CasePerson(person.prisonerNumber(), person.role(), former),
                        CaseWriter::present);
                if (number != null) {
                    people.merge(
                            number + ' ' + person.role(),
                            new CasePerson(number, person.role(), false),
                            CaseWriter::present);
                }
            }
            return new SetPeople(id, Set.copyOf(people.values()));
        });
    }

    private static CasePerson present(CasePerson one, CasePerson other) {
        return one.former() ? other : one;
    }

    private record Came(long caseId, CasePerson person) {

        static Stream<Came> of(SetPeople set) {
            return set.people().stream().map(person -> new Came(set.caseId(), person));
        }
    }

    private static MapSqlParameterSource people(SetPeople set) {
        var people = List.copyOf(set.people());
        return with("case", set.caseId())
                .addValue(
                        "numbers",
                        texts(people.stream().map(CasePerson::prisonerNumber).toList()))
                .addValue("roles", texts(people.stream().map(CasePerson::role).toList()));
    }
}
