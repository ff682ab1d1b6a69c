package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Evidence;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.Justification;
import sallyport.mappings.casenote.SingleNote;

/**
 * Case notes that no rule fetches. A person asks for those of somebody in the case, and the evidence log has it before the prison is
 * asked; sensitive ones are asked for only once a second person has agreed. Of each note that comes a person says whether it is for the
 * package; what nobody chooses is let go. What is outside a scope does not exist here, and whoever reads a note leaves a consultation.
 */
public final class CaseNoteDesk {

    /** The window of one request, at most: two years, the last day whole. */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(733);

    private static final int MAX_REASON = 1_000;
    private static final int MOST_TYPES = 20;
    private static final int MOST_REQUESTS = 100;
    private static final int MOST_NOTES = 2_000;
    private static final Pattern TYPE = Pattern.compile("[A-Z0-9][A-Z0-9_&/ -]{0,11}");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate consultation;
    private final WakeUp wakeUp;

    public CaseNoteDesk(DataSource dataSource, PlatformTransactionManager transactions, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.consultation = new TransactionTemplate(transactions);
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.wakeUp = wakeUp;
    }

    /**
     * What is asked for.
     *
     * @param from when the noted thing happened, at the earliest
     * @param until at the latest, at most {@link #LONGEST_WINDOW} later
     * @param types codes of types; none means all
     * @param sensitive whether those too that the prison marks as sensitive
     */
    public record Wanted(
            String prisonerNumber,
            Instant from,
            Instant until,
            List<String> types,
            boolean sensitive,
            Justification justification,
            String reason) {

        /** @throws IllegalArgumentException when it cannot be asked for; the message says of what and why */
        public Wanted {
            types = types.stream().distinct().sorted().toList();
            require(!reason.isBlank() && reason.length() <= MAX_REASON, "the reason must say why");
            require(!from.isAfter(until), "the window must not end before it begins");
            require(
                    Duration.between(from, until).compareTo(LONGEST_WINDOW) <= 0,
                    "the window must be two years or less");
            require(types.size() <= MOST_TYPES, "the types must be 20 or fewer");
            require(
                    types.stream().allMatch(type -> TYPE.matcher(type).matches()),
                    "a type must be a code such as OBSERVE");
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }

        /** What stands for it in the evidence log. */
        private byte[] bytes() {
            return String.join(
                            "\n",
                            prisonerNumber,
                            from.toString(),
                            until.toString(),
                            String.join(" ", types),
                            Boolean.toString(sensitive),
                            justification.name(),
                            reason)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** How a request stands. */
    public enum State {
        /** For a second person's word. */
        WAITING,
        ASKED,
        ANSWERED,
        REFUSED
    }

    /**
     * One request with the notes that came.
     *
     * @param prisonerNumber null when it is erased, as the reasons are
     * @param known whether the prison knew the person; null before it has answered
     */
    public record Request(
            long id,
            @Nullable String prisonerNumber,
            Instant from,
            Instant until,
            List<String> types,
            boolean sensitive,
            String justification,
            @Nullable String reason,
            String actor,
            Instant at,
            State state,
            @Nullable String decidedBy,
            @Nullable String decidedWhy,
            @Nullable Instant decidedAt,
            @Nullable Instant answeredAt,
            @Nullable Boolean known,
            List<Note> notes) {}

    /**
     * One note.
     *
     * @param note the source's own id
     * @param written null where the reader may not see it, and when it is erased
     * @param gone the prison has it no more, or not about this person
     * @param chosen whether it is for the package; null while nobody has said
     */
    public record Note(
            long id,
            String note,
            String sha256,
            boolean sensitive,
            Instant foundAt,
            @Nullable Written written,
            boolean gone,
            @Nullable Boolean chosen,
            @Nullable String chosenBy,
            @Nullable String chosenWhy,
            @Nullable Instant chosenAt,
            boolean erased) {}

    /** What a note says. */
    public record Written(String type, String subType, String occurred, String text, List<String> amendments) {}

    /** Somebody in a case, under the number that holds now. */
    public record Person(String prisonerNumber, String role) {}

    /**
     * @param open whether a request can be taken
     * @param people for whom notes can be asked
     * @param requests the latest first
     */
    public record Listed(String reference, boolean open, List<Person> people, List<Request> requests) {}

    /** What became of a wish. */
    public sealed interface Answer permits Done, NotThere, NotNow, NotInCase {}

    /** @param id of the request */
    public record Done(long id) implements Answer {}

    /** Nothing like that within the scope. */
    public record NotThere() implements Answer {}

    /** Not as things stand; {@code why} is for the person. */
    public record NotNow(String why) implements Answer {}

    /** The person whose notes are asked for is not in the case. */
    public record NotInCase() implements Answer {}

    /** Asks; without sensitive notes the prison is asked at once. */
    public Answer ask(String reference, Wanted wanted, String actor, Scope scope) {
        Answer answer = Objects.requireNonNull(transaction.execute(status -> {
            Optional<AskedCase> head = AskedCase.locked(jdbc, reference, scope);
            if (head.isEmpty()) {
                return new NotThere();
            }
            if (head.get().closed() != null) {
                return new NotNow(head.get().closed());
            }
            if (people(head.get()).stream()
                    .noneMatch(person -> person.prisonerNumber().equals(wanted.prisonerNumber()))) {
                return new NotInCase();
            }
            if (count(head.get()) >= MOST_REQUESTS) {
                return new NotNow("The case has as many requests as it may have.");
            }
            long id = jdbc.sql(
                            """
                            INSERT INTO case_note_request
                              (case_id, prisoner_number, from_at, until_at, types, sensitive, justification, reason, actor, state)
                            VALUES (:case, :number, :from::timestamptz, :until::timestamptz, string_to_array(:types, ','), :sensitive,
                                    :justification, :reason, :actor, :state) RETURNING id
                            """)
                    .param("case", head.get().id())
                    .param("number", wanted.prisonerNumber())
                    .param("from", wanted.from().toString())
                    .param("until", wanted.until().toString())
                    .param("types", String.join(",", wanted.types()))
                    .param("sensitive", wanted.sensitive())
                    .param("justification", wanted.justification().name())
                    .param("reason", wanted.reason())
                    .param("actor", actor)
                    .param("state", (wanted.sensitive() ? State.WAITING : State.ASKED).name())
                    .query(Long.class)
                    .single();
            Logged.entry(
                    jdbc,
                    Evidence.Kind.COLLECTION,
                    reference,
                    actor,
                    "asked for case notes: " + wanted.justification().name(),
                    Sha256.of(wanted.bytes()),
                    "case note request " + id
                            + (wanted.sensitive() ? ", sensitive ones too: waits for a second person" : ""));
            if (!wanted.sensitive()) {
                work(id);
            }
            return new Done(id);
        }));
        if (answer instanceof Done && !wanted.sensitive()) {
            wakeUp.workAskedFor(Step.CASE_NOTE_REQUEST);
        }
        return answer;
    }

    /**
     * A second person's word on a request for sensitive notes.
     *
     * @param agreed whether they are asked for
     */
    public Answer decide(String reference, long id, boolean agreed, String actor, String reason, Scope scope) {
        Answer answer = Objects.requireNonNull(transaction.execute(status -> {
            Optional<AskedCase> head = AskedCase.locked(jdbc, reference, scope);
            Optional<Waiting> waiting = head.flatMap(seen -> jdbc.sql(
                            "SELECT state, actor, justification FROM case_note_request WHERE id = :id AND case_id = :case FOR UPDATE")
                    .param("id", id)
                    .param("case", seen.id())
                    .query((rs, n) -> new Waiting(
                            State.valueOf(rs.getString("state")), rs.getString("actor"), rs.getString("justification")))
                    .optional());
            if (waiting.isEmpty()) {
                return new NotThere();
            }
            if (head.get().closed() != null) {
                return new NotNow(head.get().closed());
            }
            if (waiting.get().state() != State.WAITING) {
                return new NotNow(
                        "Nobody's word is waited for: it is " + waiting.get().state() + " already.");
            }
            if (waiting.get().actor().equals(actor)) {
                return new NotNow("You asked for it: a second person has to agree to sensitive notes.");
            }
            jdbc.sql(
                            """
                            UPDATE case_note_request SET state = :state, decided_by = :actor, decided_why = :why, decided_at = now()
                             WHERE id = :id
                            """)
                    .param("state", (agreed ? State.ASKED : State.REFUSED).name())
                    .param("actor", actor)
                    .param("why", reason)
                    .param("id", id)
                    .update();
            Logged.entry(
                    jdbc,
                    agreed ? Evidence.Kind.COLLECTION : Evidence.Kind.ALTERATION,
                    reference,
                    actor,
                    (agreed ? "agreed to ask for sensitive case notes: " : "refused to ask for sensitive case notes: ")
                            + waiting.get().justification(),
                    Sha256.of(reason.getBytes(StandardCharsets.UTF_8)),
                    "case note request " + id);
            if (agreed) {
                work(id);
            }
            return new Done(id);
        }));
        if (answer instanceof Done && agreed) {
            wakeUp.workAskedFor(Step.CASE_NOTE_REQUEST);
        }
        return answer;
    }

    /**
     * Says whether a note is for the package; the next version has it, or has it no more.
     *
     * @param note the row, as it is listed
     */
    public Answer choose(
            String reference, long id, long note, boolean forPackage, String actor, String reason, Scope scope) {
        Answer answer = Objects.requireNonNull(transaction.execute(status -> {
            Optional<AskedCase> head = AskedCase.locked(jdbc, reference, scope);
            Optional<Found> found = head.flatMap(seen -> jdbc.sql(
                            """
                            SELECT f.sha256, f.chosen, f.gone_at IS NOT NULL AS gone, f.erased_by IS NOT NULL AS erased
                              FROM case_note_found f JOIN case_note_request r ON r.id = f.request
                             WHERE f.id = :note AND r.id = :id AND r.case_id = :case FOR UPDATE OF f
                            """)
                    .param("note", note)
                    .param("id", id)
                    .param("case", seen.id())
                    .query((rs, n) -> new Found(
                            rs.getBytes("sha256"),
                            (Boolean) rs.getObject("chosen"),
                            rs.getBoolean("gone"),
                            rs.getBoolean("erased")))
                    .optional());
            if (found.isEmpty()) {
                return new NotThere();
            }
            if (head.get().closed() != null) {
                return new NotNow(head.get().closed());
            }
            if (found.get().erased()) {
                return new NotNow("The note was not chosen in time and is erased. Ask for it anew.");
            }
            if (forPackage && found.get().gone()) {
                return new NotNow("The prison has this note no more.");
            }
            if (Boolean.valueOf(forPackage).equals(found.get().chosen())) {
                return new Done(id);
            }
            jdbc.sql(
                            """
                            UPDATE case_note_found SET chosen = :chosen, chosen_by = :actor, chosen_why = :why, chosen_at = now()
                             WHERE id = :note
                            """)
                    .param("chosen", forPackage)
                    .param("actor", actor)
                    .param("why", reason)
                    .param("note", note)
                    .update();
            Logged.entry(
                    jdbc,
                    Evidence.Kind.ALTERATION,
                    reference,
                    actor,
                    forPackage ? "chose a case note for the package" : "left a case note out of the package",
                    found.get().sha256(),
                    "note " + note + " of case note request " + id);
            command(reference, id, forPackage, note, actor);
            return new Done(id);
        }));
        if (answer instanceof Done) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return answer;
    }

    /**
     * Empty outside the scope. Seeing it is recorded.
     *
     * @param reads whether this person may read what the notes say
     */
    public Optional<Listed> list(String reference, boolean reads, Scope scope, String actor) {
        return Objects.requireNonNull(consultation.execute(status -> {
            Optional<AskedCase> head = AskedCase.seen(jdbc, reference, scope);
            return head.map(seen -> {
                Map<Long, List<Note>> notes = notes(seen, reads);
                List<Request> requests = requests(seen, notes);
                long read = notes.values().stream()
                        .flatMap(List::stream)
                        .filter(note -> note.written() != null)
                        .count();
                Logged.entry(
                        jdbc,
                        Evidence.Kind.CONSULTATION,
                        reference,
                        actor,
                        "viewed the case notes that were asked for",
                        null,
                        read + " read");
                return new Listed(reference, seen.closed() == null, people(seen), requests);
            });
        }));
    }

    private record Waiting(State state, String actor, String justification) {}

    private record Found(byte[] sha256, @Nullable Boolean chosen, boolean gone, boolean erased) {}

    private List<Person> people(AskedCase head) {
        return jdbc.sql(
                        """
                        SELECT prisoner_number, min(role) AS role FROM case_person WHERE case_id = :case AND NOT former
                         GROUP BY prisoner_number ORDER BY prisoner_number
                        """)
                .param("case", head.id())
                .query((rs, n) -> new Person(rs.getString("prisoner_number"), rs.getString("role")))
                .list();
    }

    private long count(AskedCase head) {
        return jdbc.sql("SELECT count(*) FROM case_note_request WHERE case_id = :case")
                .param("case", head.id())
                .query(Long.class)
                .single();
    }

    private void work(long request) {
        jdbc.sql("INSERT INTO work (step, key) VALUES (:step, :key)")
                .param("step", Step.CASE_NOTE_REQUEST.path())
                .param("key", Long.toString(request))
                .update();
    }

    /** Why stays with the note, where it can be erased: a command names it only. */
    private void command(String reference, long request, boolean forPackage, long note, String actor) {
        long command = jdbc.sql(
                        """
                        INSERT INTO command (kind, target, argument, actor, reason)
                        VALUES (:kind, :target, :request, :actor, :reason) RETURNING id
                        """)
                .param("kind", CommandWork.CASE_NOTE)
                .param("target", reference)
                .param("request", Long.toString(request))
                .param("actor", actor)
                .param("reason", "note " + note + (forPackage ? " for the package" : " left out"))
                .query(Long.class)
                .single();
        jdbc.sql("INSERT INTO work (step, key) VALUES (:step, :key)")
                .param("step", Step.COMMAND.path())
                .param("key", Long.toString(command))
                .update();
    }

    private List<Request> requests(AskedCase head, Map<Long, List<Note>> notes) {
        return jdbc.sql("SELECT * FROM case_note_request WHERE case_id = :case ORDER BY id DESC LIMIT :most")
                .param("case", head.id())
                .param("most", MOST_REQUESTS)
                .query((rs, n) -> request(rs, notes))
                .list();
    }

    private static Request request(ResultSet rs, Map<Long, List<Note>> notes) throws SQLException {
        long id = rs.getLong("id");
        return new Request(
                id,
                rs.getString("prisoner_number"),
                instant(rs, "from_at"),
                instant(rs, "until_at"),
                List.of((String[]) rs.getArray("types").getArray()),
                rs.getBoolean("sensitive"),
                rs.getString("justification"),
                rs.getString("reason"),
                rs.getString("actor"),
                instant(rs, "at"),
                State.valueOf(rs.getString("state")),
                rs.getString("decided_by"),
                rs.getString("decided_why"),
                maybeInstant(rs, "decided_at"),
                maybeInstant(rs, "answered_at"),
                (Boolean) rs.getObject("known"),
                notes.getOrDefault(id, List.of()));
    }

    private Map<Long, List<Note>> notes(AskedCase head, boolean reads) {
        return jdbc
                .sql(
                        """
                        SELECT f.* FROM case_note_found f JOIN case_note_request r ON r.id = f.request
                         WHERE r.case_id = :case ORDER BY f.request DESC, f.id LIMIT :most
                        """)
                .param("case", head.id())
                .param("most", MOST_NOTES)
                .query((rs, n) -> Map.entry(rs.getLong("request"), note(rs, reads)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static Note note(ResultSet rs, boolean reads) throws SQLException {
        byte[] content = rs.getBytes("content");
        return new Note(
                rs.getLong("id"),
                rs.getString("note"),
                HexFormat.of().formatHex(rs.getBytes("sha256")),
                rs.getBoolean("sensitive"),
                instant(rs, "found_at"),
                reads && content.length > 0 ? written(content) : null,
                rs.getObject("gone_at") != null,
                (Boolean) rs.getObject("chosen"),
                rs.getString("chosen_by"),
                rs.getString("chosen_why"),
                maybeInstant(rs, "chosen_at"),
                rs.getObject("erased_by") != null);
    }

    private static @Nullable Written written(byte[] content) {
        try {
            CaseNote note = SingleNote.read(content).note();
            return new Written(
                    note.type(),
                    note.subType(),
                    note.occurrenceDateTime().text(),
                    note.text(),
                    note.amendments().stream()
                            .map(CaseNote.Amendment::additionalNoteText)
                            .toList());
        } catch (Rejected notReadAnyMore) {
            return null;
        }
    }
}
