package sallyport.ledger.engine;

import static java.util.Objects.requireNonNull;
import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.Tally;
import sallyport.ledger.Hints;

/** Hints in PostgreSQL. An event that asks for nothing is counted and not stored: it is about nobody in an open case. */
final class LedgerHints implements Hints {

    private static final String INSERT =
            """
            INSERT INTO hint (message_id, event_type, subject, raw, occurred_at)
            SELECT * FROM unnest(:ids::text[], :types::text[], :subjects::text[], :raws::bytea[], :times::timestamptz[])
            ON CONFLICT (message_id) DO NOTHING
            RETURNING message_id
            """;

    private static final String IN_OPEN_CASES =
            """
            SELECT DISTINCT p.prisoner_number
              FROM case_person p JOIN referral_case c ON c.id = p.case_id
             WHERE p.prisoner_number = ANY(:numbers::text[]) AND NOT p.former AND c.state = ANY(:open::text[])
            """;

    private static final String WITH_OPEN_CHARGES =
            """
            SELECT DISTINCT prisoner_number FROM referred_charge
             WHERE prisoner_number = ANY(:numbers::text[]) AND state IN ('WAITING', 'ASKED')
            """;

    private final Database database;
    private final WorkRequests requests;
    private final PaperWriter paper;
    private final Runnable wake;

    LedgerHints(LedgerNode node) {
        database = node.database();
        requests = node.requests();
        paper = node.paper();
        wake = node.dispatcher()::wake;
    }

    @Override
    public void record(List<Hint> hints) {
        // By id: a batch may hold the same event twice, and sorted rows keep two writers from waiting in a ring.
        Map<String, Hint> toStore = new LinkedHashMap<>();
        var counted = new ArrayList<Tally>();
        for (Hint hint : hints) {
            if (hint.work().isEmpty()) {
                counted.add(new Tally("event-only-counted/" + Parked.writable(hint.eventType()), 1));
            } else {
                toStore.putIfAbsent(hint.messageId(), writable(hint));
            }
        }
        var sorted = toStore.values().stream()
                .sorted(java.util.Comparator.comparing(Hint::messageId))
                .toList();
        boolean asked = database.inTransactionAgain(() -> {
            var tallies = new ArrayList<>(counted);
            Set<String> stored = insert(sorted);
            var work = new ArrayList<RequestWork>();
            for (Hint hint : sorted) {
                boolean isNew = stored.contains(hint.messageId());
                if (isNew) {
                    work.addAll(hint.work());
                }
                tallies.add(new Tally((isNew ? "event/" : "event-seen-before/") + hint.eventType(), 1));
            }
            requests.ask(work);
            paper.tally(tallies);
            return !work.isEmpty();
        });
        if (asked) {
            wake.run();
        }
    }

    /** Returns the ids of those that were not there before. */
    private Set<String> insert(List<Hint> hints) {
        return new HashSet<>(database.sql()
                .queryForList(
                        INSERT,
                        with("ids", texts(hints.stream().map(Hint::messageId).toList()))
                                .addValue(
                                        "types",
                                        texts(hints.stream()
                                                .map(Hint::eventType)
                                                .toList()))
                                .addValue(
                                        "subjects",
                                        hints.stream().map(Hint::subject).toArray(String[]::new))
                                .addValue("raws", hints.stream().map(Hint::raw).toArray(byte[][]::new))
                                .addValue(
                                        "times",
                                        hints.stream()
                                                .map(hint -> hint.occurredAt() == null
                                                        ? null
                                                        : hint.occurredAt().toString())
                                                .toArray(String[]::new)),
                        String.class));
    }

    /** An event with U+0000 in its text must not keep its neighbours from being stored, nor itself: its bytes are kept whole. */
    private static Hint writable(Hint hint) {
        return new Hint(
                requireNonNull(Parked.writable(hint.messageId())),
                requireNonNull(Parked.writable(hint.eventType())),
                Parked.writable(hint.subject()),
                hint.raw(),
                hint.occurredAt(),
                hint.work().stream()
                        .map(asked -> new RequestWork(
                                asked.step(),
                                requireNonNull(Parked.writable(asked.key())),
                                asked.quiet(),
                                asked.atMost()))
                        .toList());
    }

    @Override
    public Set<String> inOpenCases(Collection<String> prisonerNumbers) {
        return prisonerNumbers.isEmpty()
                ? Set.of()
                : new HashSet<>(database.sql()
                        .queryForList(
                                IN_OPEN_CASES,
                                with("numbers", texts(prisonerNumbers)).addValue("open", CaseWriter.OPEN),
                                String.class));
    }

    @Override
    public Set<String> withOpenCharges(Collection<String> prisonerNumbers) {
        return prisonerNumbers.isEmpty()
                ? Set.of()
                : new HashSet<>(database.sql()
                        .queryForList(WITH_OPEN_CHARGES, with("numbers", texts(prisonerNumbers)), String.class));
    }
}
