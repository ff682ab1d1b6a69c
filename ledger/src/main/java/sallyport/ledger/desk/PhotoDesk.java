package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.Evidence;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

/**
 * Photographs out of prison records, where a person asks for one with a reason. The evidence log has it before the records are asked;
 * what comes is a document of the case. What is outside a scope does not exist here.
 */
public final class PhotoDesk {

    private static final int MAX_REASON = 1_000;
    private static final int MOST_REQUESTS = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate consultation;
    private final WakeUp wakeUp;

    public PhotoDesk(DataSource dataSource, PlatformTransactionManager transactions, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.consultation = new TransactionTemplate(transactions);
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.wakeUp = wakeUp;
    }

    /** How a request stands. */
    public enum State {
        ASKED,
        /** It is the document named. */
        STORED,
        /** Prison records have no photograph of this person. */
        NONE
    }

    /** @param prisonerNumber null when it is erased, as the reason is */
    public record Request(
            long id,
            @Nullable String prisonerNumber,
            @Nullable String reason,
            String actor,
            Instant at,
            State state,
            @Nullable Long document,
            @Nullable Instant answeredAt) {}

    /**
     * @param open whether one can be asked for
     * @param people of whom
     * @param requests the latest first
     */
    public record Listed(String reference, boolean open, List<String> people, List<Request> requests) {}

    /** What became of a wish. */
    public sealed interface Answer permits Asked, NotThere, NotNow, NotInCase {}

    public record Asked(long id) implements Answer {}

    /** No such case within the scope. */
    public record NotThere() implements Answer {}

    /** Not as things stand; {@code why} is for the person. */
    public record NotNow(String why) implements Answer {}

    /** Whose photograph is asked for is not in the case. */
    public record NotInCase() implements Answer {}

    /** @throws IllegalArgumentException when there is no reason of 1 to 1,000 characters */
    public Answer ask(String reference, String prisonerNumber, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        Answer answer = Objects.requireNonNull(transaction.execute(status -> {
            Optional<AskedCase> head = AskedCase.locked(jdbc, reference, scope);
            if (head.isEmpty()) {
                return new NotThere();
            }
            if (head.get().closed() != null) {
                return new NotNow(head.get().closed());
            }
            if (!head.get().people(jdbc).contains(prisonerNumber)) {
                return new NotInCase();
            }
            List<Request> before = requests(head.get());
            if (before.stream()
                    .anyMatch(one -> one.state() == State.ASKED && prisonerNumber.equals(one.prisonerNumber()))) {
                return new NotNow("This photograph is being asked for already.");
            }
            if (before.size() >= MOST_REQUESTS) {
                return new NotNow("The case has as many requests as it may have.");
            }
            return new Asked(written(head.get(), reference, prisonerNumber, actor, reason));
        }));
        if (answer instanceof Asked) {
            wakeUp.workAskedFor(Step.PHOTO_REQUEST);
        }
        return answer;
    }

    private long written(AskedCase head, String reference, String prisonerNumber, String actor, String reason) {
        long id = jdbc.sql(
                        """
                        INSERT INTO photo_request (case_id, prisoner_number, reason, actor)
                        VALUES (:case, :number, :reason, :actor) RETURNING id
                        """)
                .param("case", head.id())
                .param("number", prisonerNumber)
                .param("reason", reason)
                .param("actor", actor)
                .query(Long.class)
                .single();
        Logged.entry(
                jdbc,
                Evidence.Kind.COLLECTION,
                reference,
                actor,
                "asked for a photograph",
                Sha256.of((prisonerNumber + "\n" + reason).getBytes(StandardCharsets.UTF_8)),
                "photograph request " + id);
        jdbc.sql("INSERT INTO work (step, key) VALUES (:step, :key)")
                .param("step", Step.PHOTO_REQUEST.path())
                .param("key", Long.toString(id))
                .update();
        return id;
    }

    /** Empty outside the scope. Seeing it is recorded. */
    public Optional<Listed> list(String reference, Scope scope, String actor) {
        return Objects.requireNonNull(consultation.execute(status -> {
            Optional<AskedCase> head = AskedCase.seen(jdbc, reference, scope);
            head.ifPresent(seen -> Logged.consultation(jdbc, reference, actor, "viewed the requests for photographs"));
            return head.map(seen -> new Listed(reference, seen.closed() == null, seen.people(jdbc), requests(seen)));
        }));
    }

    private List<Request> requests(AskedCase head) {
        return jdbc.sql("SELECT * FROM photo_request WHERE case_id = :case ORDER BY id DESC LIMIT :most")
                .param("case", head.id())
                .param("most", MOST_REQUESTS)
                .query((rs, n) -> request(rs))
                .list();
    }

    private static Request request(ResultSet rs) throws SQLException {
        return new Request(
                rs.getLong("id"),
                rs.getString("prisoner_number"),
                rs.getString("reason"),
                rs.getString("actor"),
                instant(rs, "at"),
                State.valueOf(rs.getString("state")),
                (Long) rs.getObject("document"),
                maybeInstant(rs, "answered_at"));
    }
}
