package sallyport.ledger.desk;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Step;
import sallyport.mappings.referral.GroundsSaid;

/**
 * What people ask for, each with who and why: the command and the work that carries it out are one transaction. Asking twice
 * for the same thing before it is carried out is asking once.
 */
public final class Commands {

    private static final Set<String> ON_CASES = Set.of(
            CommandWork.APPROVE, CommandWork.KEEP_INTERNAL, CommandWork.CONFIRM_WITHDRAWAL, CommandWork.CONFIRM_REVIEW);
    private static final Set<String> ON_PARKED =
            Set.of(CommandWork.RELEASE, CommandWork.CONFIRM_SENT, CommandWork.CANCEL_SEND);
    private static final Pattern WHAT = Pattern.compile("(work|lane)/([1-9][0-9]{0,17})");
    private static final Pattern FORCE = Pattern.compile("[0-9]{2}");
    private static final int MAX_REASON = 1_000;
    static final int MOST_AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final WakeUp wakeUp;

    public Commands(DataSource dataSource, PlatformTransactionManager transactions, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.wakeUp = wakeUp;
    }

    /** What became of the wish. */
    private static final String STAFF_ASKED =
            "The member of staff who was assaulted asks for the referral, which CiPRA Annex C always grants. That the case"
                    + " is kept internal all the same is in the evidence log.";

    public sealed interface Answer permits Asked, AskedForAll, NotThere, NotNow {}

    /**
     * Written down; a flow carries it out.
     *
     * @param note what the person should know of it
     */
    public record Asked(long commandId, @Nullable String note) implements Answer {

        public Asked(long commandId) {
            this(commandId, null);
        }
    }

    /** All of these are being released, or were asked to be before. */
    public record AskedForAll(long count) implements Answer {}

    /** No such thing within the scope. */
    public record NotThere() implements Answer {}

    /** It is not in a state in which this can be asked; {@code why} is for the person who asked. */
    public record NotNow(String why) implements Answer {}

    /**
     * Asks for something to be done with a case, or with something parked.
     *
     * @param kind one of {@link CommandWork}'s kinds
     * @param target a case reference; for what is parked {@code work/<id>} or {@code lane/<id>}, of which only lanes can be
     *     confirmed or cancelled
     * @param argument for APPROVE the code of the force, where the prison alone does not tell it; else null
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when the kind is unknown, the argument is not a force or there is no reason
     */
    public Answer ask(String kind, String target, @Nullable String argument, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        if (!ON_CASES.contains(kind) && !ON_PARKED.contains(kind)) {
            throw new IllegalArgumentException("no such command");
        }
        if (argument != null
                && !(kind.equals(CommandWork.APPROVE) && FORCE.matcher(argument).matches())) {
            throw new IllegalArgumentException("only an approval names a force");
        }
        Answer answer = Objects.requireNonNull(transaction.execute(status -> ON_PARKED.contains(kind)
                ? onParked(kind, target, actor, reason.strip(), scope)
                : onCase(kind, target, argument, actor, reason.strip(), scope)));
        if (answer instanceof Asked) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return answer;
    }

    /**
     * Asks for two cases to become one, because they are one matter: both references are kept, and the one that the force has already
     * survives.
     *
     * @param with the reference of the other case, which must be within the scope, too
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when there is no reason
     */
    public Answer combine(String reference, String with, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        Answer answer = Objects.requireNonNull(
                transaction.execute(status -> combination(reference, with, actor, reason.strip(), scope)));
        if (answer instanceof Asked) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return answer;
    }

    private record Combinable(String reference, String state, boolean withReport, boolean erased) {}

    private Answer combination(String reference, String with, String actor, String reason, Scope scope) {
        var both = scope.bind(jdbc.sql(
                        """
                        SELECT c.reference, c.state, c.incident_reference IS NOT NULL AS with_report, c.erased_at IS NOT NULL AS erased
                          FROM referral_case c
                         WHERE c.reference IN (:one, :other) AND\s"""
                                + Scope.covers("c") + " ORDER BY c.id FOR NO KEY UPDATE"))
                .param("one", reference)
                .param("other", with)
                .query((rs, n) -> new Combinable(
                        rs.getString("reference"),
                        rs.getString("state"),
                        rs.getBoolean("with_report"),
                        rs.getBoolean("erased")))
                .list();
        if (both.stream().noneMatch(one -> one.reference().equals(reference))) {
            return new NotThere();
        }
        if (both.size() != 2) {
            return new NotNow("There is no other case " + with + " within your scope.");
        }
        if (both.stream().anyMatch(one -> one.state().equals("WITHDRAWN"))) {
            return new NotNow("One of the cases is withdrawn.");
        }
        if (both.stream().anyMatch(Combinable::erased)) {
            return new NotNow("The content of one of the cases is erased.");
        }
        return both.stream().allMatch(Combinable::withReport)
                ? new NotNow(
                        "Each of the cases has an incident report of its own: let the prison mark one of the reports as a duplicate.")
                : written(CommandWork.COMBINE, reference, with, actor, reason);
    }

    /**
     * Asks for the release of everything within the scope that is parked for one cause: one command each, so that each case's
     * story tells who and why. What waits behind a parked item follows it in order, because only heads are parked. At most
     * {@value #MOST_AT_ONCE} at a time, the longest parked first.
     *
     * @throws IllegalArgumentException when there is no reason
     */
    public Answer releaseAll(Causes.Key cause, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        if (cause.mayHaveArrived()) {
            return new NotNow("Each of these may have arrived: ask the destination, then settle them one by one.");
        }
        Released released =
                Objects.requireNonNull(transaction.execute(status -> release(cause, actor, reason.strip(), scope)));
        if (released.parked() == 0) {
            return new NotThere();
        }
        if (released.asked() > 0) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return new AskedForAll(released.parked());
    }

    private record Released(long parked, long asked) {}

    private Released release(Causes.Key cause, String actor, String reason, Scope scope) {
        return scope.bind(jdbc.sql(FailureSql.WITH_FAILURES
                        + """
                        , chosen AS (
                          SELECT f.what, coalesce(c.reference, f.what) AS target, f.since
                            FROM failures f LEFT JOIN referral_case c ON c.id = f.case_id
                           WHERE f.parked AND f.of = :of AND f.kind = :kind AND f.code = :code AND %s
                           ORDER BY f.since, f.what LIMIT :most),
                        asked AS (
                          INSERT INTO command (kind, target, argument, actor, reason)
                          SELECT 'RELEASE', target, what, :actor, :reason FROM chosen n
                           WHERE NOT EXISTS (SELECT 1 FROM command k
                                              WHERE k.target = n.target AND k.kind = 'RELEASE' AND k.argument = n.what
                                                AND k.done_at IS NULL)
                           ORDER BY since, what
                          RETURNING id),
                        requested AS (
                          INSERT INTO work (step, key) SELECT :step, id::text FROM asked ORDER BY id RETURNING id)
                        SELECT (SELECT count(*) FROM chosen) AS parked, (SELECT count(*) FROM requested) AS asked
                        """
                                .formatted(FailureSql.IN_SCOPE)))
                .param("of", cause.of())
                .param("kind", cause.kind())
                .param("code", cause.code())
                .param("most", MOST_AT_ONCE)
                .param("actor", actor)
                .param("reason", reason)
                .param("step", Step.COMMAND.path())
                .query((rs, n) -> new Released(rs.getLong("parked"), rs.getLong("asked")))
                .single();
    }

    private Answer onCase(
            String kind, String reference, @Nullable String argument, String actor, String reason, Scope scope) {
        // The row lock makes two who ask at once ask one after the other.
        return scope.bind(jdbc.sql(
                        "SELECT c.state, c.review_code, c.force FROM referral_case c WHERE c.reference = :reference AND "
                                + Scope.covers("c") + " FOR NO KEY UPDATE"))
                .param("reference", reference)
                .query((rs, n) -> refusal(
                        kind, rs.getString("state"), rs.getString("review_code"), rs.getString("force") == null))
                .optional()
                .<Answer>map(refusal -> refusal.isEmpty()
                        ? noted(kind, reference, written(kind, reference, argument, actor, reason))
                        : new NotNow(refusal))
                .orElseGet(NotThere::new);
    }

    /** Whoever keeps a case internal is told if the member of staff wants it otherwise; the evidence log will say so. */
    private Asked noted(String kind, String reference, Asked asked) {
        if (!kind.equals(CommandWork.KEEP_INTERNAL)) {
            return asked;
        }
        boolean staffAsked = jdbc.sql(
                        """
                        SELECT d.explanation FROM decision d JOIN referral_case c ON c.id = d.case_id
                         WHERE c.reference = :reference AND d.kind = 'TRIAGE' ORDER BY d.id DESC LIMIT 1
                        """)
                .param("reference", reference)
                .query(String.class)
                .optional()
                .filter(GroundsSaid::staffAsked)
                .isPresent();
        return staffAsked ? new Asked(asked.commandId(), STAFF_ASKED) : asked;
    }

    /** Empty when it may be asked for. The flow that carries it out looks again. */
    private static String refusal(String kind, String state, @Nullable String reviewCode, boolean withoutForce) {
        return switch (kind) {
            case CommandWork.APPROVE ->
                // Approved by policy, and parked because the table cannot tell the force: a person names it.
                state.equals("AWAITING_DECISION")
                                || state.equals("KEPT_INTERNAL")
                                || state.equals("IN_PROGRESS") && withoutForce
                        ? ""
                        : "The case is not waiting for a decision.";
            case CommandWork.KEEP_INTERNAL ->
                state.equals("AWAITING_DECISION") ? "" : "The case is not waiting for a decision.";
            case CommandWork.CONFIRM_WITHDRAWAL ->
                "withdrawal-proposed".equals(reviewCode) ? "" : "No withdrawal is proposed for the case.";
            default ->
                reviewCode != null && !reviewCode.equals(CaseRow.CONFIRMED) ? "" : "The case is not under review.";
        };
    }

    private Answer onParked(String kind, String what, String actor, String reason, Scope scope) {
        var name = WHAT.matcher(what);
        if (!name.matches()) {
            return new NotThere();
        }
        boolean lane = name.group(1).equals("lane");
        if (!lane && !kind.equals(CommandWork.RELEASE)) {
            return new NotNow("Only what is sent to somebody can be confirmed or cancelled.");
        }
        long id = Long.parseLong(name.group(2));
        jdbc.sql(
                        lane
                                ? "SELECT id FROM lane_case WHERE id = :id FOR NO KEY UPDATE"
                                : "SELECT id FROM work WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(Long.class)
                .optional();
        Optional<Optional<String>> parked = scope.bind(jdbc.sql(ParkedSql.WITH_PARKED
                        + """
                        SELECT c.reference FROM parked p LEFT JOIN referral_case c ON c.id = p.case_id
                         WHERE p.what = :what AND %s
                        """
                                .formatted(ParkedSql.IN_SCOPE)))
                .param("what", what)
                .query((rs, n) -> Optional.ofNullable(rs.getString("reference")))
                .optional();
        if (parked.isEmpty()) {
            return new NotThere();
        }
        if (kind.equals(CommandWork.CANCEL_SEND) && mayBeHeld(id)) {
            return new NotNow("It may have arrived: confirm that it has, or have it sent again.");
        }
        return written(kind, parked.get().orElse(what), what, actor, reason);
    }

    private boolean mayBeHeld(long laneCase) {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT 1 FROM lane_case c JOIN attempt a ON a.lane_item = c.head_item
                                        WHERE c.id = :id AND a.may_have_reached AND a.outcome <> 'REJECTED')
                        """)
                .param("id", laneCase)
                .query(Boolean.class)
                .single();
    }

    private Asked written(String kind, String target, @Nullable String argument, String actor, String reason) {
        return write(jdbc, kind, target, argument, actor, reason);
    }

    /** In the transaction of whoever calls: the command and its work, or the same wish that is still to be carried out. */
    static Asked write(
            JdbcClient jdbc, String kind, String target, @Nullable String argument, String actor, String reason) {
        Optional<Long> pending = jdbc.sql(
                        """
                        SELECT id FROM command WHERE kind = :kind AND target = :target
                           AND argument IS NOT DISTINCT FROM :argument::text AND done_at IS NULL ORDER BY id LIMIT 1
                        """)
                .param("kind", kind)
                .param("target", target)
                .param("argument", argument)
                .query(Long.class)
                .optional();
        return new Asked(pending.orElseGet(() -> jdbc.sql(
                        """
                        WITH asked AS (
                          INSERT INTO command (kind, target, argument, actor, reason)
                          VALUES (:kind, :target, :argument, :actor, :reason) RETURNING id),
                        requested AS (INSERT INTO work (step, key) SELECT :step, id::text FROM asked)
                        SELECT id FROM asked
                        """)
                .param("kind", kind)
                .param("target", target)
                .param("argument", argument)
                .param("actor", actor)
                .param("reason", reason)
                .param("step", Step.COMMAND.path())
                .query(Long.class)
                .single()));
    }
}
