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
import java.util.function.Function;
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
 * Documents that the prisons' service holds: a person asks what there is about somebody in the case, and which of them is to be taken,
 * each time with a reason that the evidence log has before the service is asked. What is outside a scope does not exist here.
 */
public final class PrisonDocumentDesk {

    private static final int MAX_REASON = 1_000;
    private static final int MOST_SEARCHES = 50;
    private static final int MOST_DOCUMENTS = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate consultation;
    private final boolean types;
    private final WakeUp wakeUp;

    /** @param types whether any type of document may be asked for */
    PrisonDocumentDesk(DataSource dataSource, PlatformTransactionManager transactions, boolean types, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.consultation = new TransactionTemplate(transactions);
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.types = types;
        this.wakeUp = wakeUp;
    }

    /** How a document of the service stands in the case. */
    public enum State {
        LISTED,
        ASKED,
        /** It is the document named. */
        TAKEN,
        /** It was not taken, and the code says why. It can be asked for again. */
        REFUSED
    }

    /** @param prisonerNumber null when it is erased, as the reason is */
    public record Search(
            long id,
            @Nullable String prisonerNumber,
            @Nullable String reason,
            String actor,
            Instant at,
            @Nullable Integer found) {}

    public record Held(
            long id,
            String uuid,
            @Nullable String prisonerNumber,
            String type,
            @Nullable String fileName,
            String mediaType,
            long size,
            Instant createdAt,
            State state,
            @Nullable String code,
            @Nullable String actor,
            @Nullable String reason,
            @Nullable Instant askedAt,
            @Nullable Long document) {}

    /**
     * @param open whether anything can be asked for
     * @param people about whom
     * @param searches the latest first
     */
    public record Listed(
            String reference, boolean open, List<String> people, List<Search> searches, List<Held> documents) {}

    /** What became of a wish. */
    public sealed interface Answer permits Asked, NotThere, NotNow, NotInCase {}

    public record Asked(long id) implements Answer {}

    /** Nothing like that within the scope. */
    public record NotThere() implements Answer {}

    /** Not as things stand; {@code why} is for the person. */
    public record NotNow(String why) implements Answer {}

    /** Who is asked about is not in the case. */
    public record NotInCase() implements Answer {}

    /**
     * Asks what there is about somebody in the case.
     *
     * @throws IllegalArgumentException when there is no reason of 1 to 1,000 characters
     */
    public Answer search(String reference, String prisonerNumber, String actor, String reason, Scope scope) {
        return changed(Step.PRISON_DOCUMENT_SEARCH, reference, reason, scope, head -> {
            if (!head.people(jdbc).contains(prisonerNumber)) {
                return new NotInCase();
            }
            List<Search> before = searches(head);
            if (before.stream().anyMatch(one -> one.found() == null && prisonerNumber.equals(one.prisonerNumber()))) {
                return new NotNow("The service is being asked about this person already.");
            }
            if (before.size() >= MOST_SEARCHES) {
                return new NotNow("The case has as many searches as it may have.");
            }
            long id = jdbc.sql(
                            """
                            INSERT INTO prison_document_search (case_id, prisoner_number, reason, actor)
                            VALUES (:case, :number, :reason, :actor) RETURNING id
                            """)
                    .param("case", head.id())
                    .param("number", prisonerNumber)
                    .param("reason", reason)
                    .param("actor", actor)
                    .query(Long.class)
                    .single();
            logged(reference, actor, "asked what documents there are", prisonerNumber + "\n" + reason, "search " + id);
            return asked(Step.PRISON_DOCUMENT_SEARCH, id);
        });
    }

    /**
     * Asks for one of them.
     *
     * @throws IllegalArgumentException when there is no reason of 1 to 1,000 characters
     */
    public Answer take(String reference, long id, String actor, String reason, Scope scope) {
        return changed(Step.PRISON_DOCUMENT_TAKE, reference, reason, scope, head -> {
            Optional<Held> held =
                    documents(head).stream().filter(one -> one.id() == id).findFirst();
            if (held.isEmpty()) {
                return new NotThere();
            }
            if (held.get().state() == State.TAKEN) {
                return new NotNow("It is document " + held.get().document() + " of the case already.");
            }
            int rows = jdbc.sql(
                            """
                            UPDATE prison_document
                               SET state = 'ASKED', actor = :actor, reason = :reason, asked_at = now(), code = NULL, answered_at = NULL
                             WHERE id = :id AND state IN ('LISTED', 'REFUSED') AND erased_by IS NULL
                            """)
                    .param("actor", actor)
                    .param("reason", reason)
                    .param("id", id)
                    .update();
            if (rows == 0) {
                return new NotNow("It is being fetched already.");
            }
            logged(reference, actor, "asked for a document of the prison", reason, "prison document " + id);
            return asked(Step.PRISON_DOCUMENT_TAKE, id);
        });
    }

    private Answer changed(
            Step step, String reference, String reason, Scope scope, Function<AskedCase, Answer> change) {
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
            return types
                    ? change.apply(head.get())
                    : new NotNow("No types of documents are set (sallyport.hmpps-documents.types).");
        }));
        if (answer instanceof Asked) {
            wakeUp.workAskedFor(step);
        }
        return answer;
    }

    private Asked asked(Step step, long id) {
        // A document that was refused may be asked for again: then there is a row for it.
        jdbc.sql(
                        """
                        INSERT INTO work (step, key) VALUES (:step, :key)
                        ON CONFLICT (step, key) DO UPDATE
                           SET requested = work.requested + 1, first_asked_at = now(), latest_at = now(), attempt = 0,
                               next_at = CASE WHEN work.claimed IS NULL THEN now() ELSE work.next_at END
                        """)
                .param("step", step.path())
                .param("key", Long.toString(id))
                .update();
        return new Asked(id);
    }

    private void logged(String reference, String actor, String what, String words, String detail) {
        Logged.entry(
                jdbc,
                Evidence.Kind.COLLECTION,
                reference,
                actor,
                what,
                Sha256.of(words.getBytes(StandardCharsets.UTF_8)),
                detail);
    }

    /** Empty outside the scope. Seeing it is recorded. */
    public Optional<Listed> list(String reference, Scope scope, String actor) {
        return Objects.requireNonNull(consultation.execute(status -> {
            Optional<AskedCase> head = AskedCase.seen(jdbc, reference, scope);
            head.ifPresent(
                    seen -> Logged.consultation(jdbc, reference, actor, "viewed the documents that the prison holds"));
            return head.map(seen -> new Listed(
                    reference, types && seen.closed() == null, seen.people(jdbc), searches(seen), documents(seen)));
        }));
    }

    private List<Search> searches(AskedCase head) {
        return jdbc.sql("SELECT * FROM prison_document_search WHERE case_id = :case ORDER BY id DESC LIMIT :most")
                .param("case", head.id())
                .param("most", MOST_SEARCHES)
                .query((rs, n) -> new Search(
                        rs.getLong("id"),
                        rs.getString("prisoner_number"),
                        rs.getString("reason"),
                        rs.getString("actor"),
                        instant(rs, "at"),
                        (Integer) rs.getObject("found")))
                .list();
    }

    private List<Held> documents(AskedCase head) {
        return jdbc.sql(
                        """
                        SELECT * FROM prison_document WHERE case_id = :case ORDER BY created_at DESC, id DESC LIMIT :most
                        """)
                .param("case", head.id())
                .param("most", MOST_DOCUMENTS)
                .query((rs, n) -> held(rs))
                .list();
    }

    private static Held held(ResultSet rs) throws SQLException {
        return new Held(
                rs.getLong("id"),
                rs.getString("uuid"),
                rs.getString("prisoner_number"),
                rs.getString("type"),
                rs.getString("file_name"),
                rs.getString("media_type"),
                rs.getLong("size"),
                instant(rs, "created_at"),
                State.valueOf(rs.getString("state")),
                rs.getString("code"),
                rs.getString("actor"),
                rs.getString("reason"),
                maybeInstant(rs, "asked_at"),
                (Long) rs.getObject("document"));
    }
}
