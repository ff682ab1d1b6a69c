package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.maybeInstant;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Step;

/**
 * Days whose incident reports somebody wants held against the prisons' own lists again, beyond those of each night: after an outage, or
 * for a question about an old day. What is missing here is fetched and judged like any other report.
 */
public final class DayComparisons {

    /** The longest stretch that is asked for at once. */
    public static final int MOST_DAYS = 366;

    private static final int SHOWN = 10;
    private static final int MAX_REASON = 1_000;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final String DAYS = "days/";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final WakeUp wakeUp;
    private final OpenCasePrisons reporting;

    public DayComparisons(DataSource dataSource, PlatformTransactionManager transactions, Clock clock, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.reporting = new OpenCasePrisons(dataSource);
    }

    /**
     * What was asked for.
     *
     * @param prison null for all
     * @param doneAt when the lists were asked for one by one; they may be on their way still
     */
    public record Asked(
            long command,
            @Nullable String prison,
            LocalDate from,
            LocalDate until,
            String actor,
            String reason,
            Instant at,
            @Nullable Instant doneAt) {}

    /**
     * How far it is.
     *
     * @param waiting lists that are still to be read
     * @param parked lists that could not be read; they are under what is parked
     * @param latest what was asked for last within the scope, the latest first
     */
    public record Progress(long waiting, long parked, List<Asked> latest) {

        public Progress {
            latest = List.copyOf(latest);
        }
    }

    /**
     * Asks for a comparison.
     *
     * @param prison null for all, which only who sees everything may ask for
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when there is no reason
     */
    public Commands.Answer ask(
            LocalDate from, LocalDate until, @Nullable String prison, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        if (until.isBefore(from)) {
            return new Commands.NotNow("The last day is before the first.");
        }
        if (until.isAfter(LocalDate.ofInstant(clock.instant(), LONDON))) {
            return new Commands.NotNow("The last day is still to come.");
        }
        if (ChronoUnit.DAYS.between(from, until) >= MOST_DAYS) {
            return new Commands.NotNow(
                    "At most " + MOST_DAYS + " days are compared at once: ask for them one after another.");
        }
        if (!scope.seesEverything() && (prison == null || !scope.prisons().contains(prison))) {
            return prison == null
                    ? new Commands.NotNow("Name one of your prisons: you do not see all of them.")
                    : new Commands.NotThere();
        }
        if (prison != null && !reporting.now().contains(prison)) {
            return new Commands.NotNow(
                    "No open prison, escort region or prison with an open case has the id " + prison + ".");
        }
        String target = DAYS + (prison == null ? Scope.ALL : prison);
        Commands.Asked asked = Objects.requireNonNull(transaction.execute(status ->
                Commands.write(jdbc, CommandWork.COMPARE_DAYS, target, from + "/" + until, actor, reason.strip())));
        wakeUp.workAskedFor(Step.COMMAND);
        return asked;
    }

    public Progress progress(Scope scope) {
        return new Progress(lists(false, scope), lists(true, scope), latest(scope));
    }

    private long lists(boolean parked, Scope scope) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT count(*) FROM (SELECT split_part(w.key, '/', 1) AS prison, NULL::text AS force FROM work w
                                               WHERE w.step = :step AND w.requested > w.done
                                                 AND (w.parked_kind IS NOT NULL) = :parked) w
                         WHERE %s
                        """
                                .formatted(Scope.covers("w"))))
                .param("step", Step.DAY_LISTING.path())
                .param("parked", parked)
                .query(Long.class)
                .single();
    }

    private List<Asked> latest(Scope scope) {
        return scope.bind(jdbc.sql(
                        """
                        SELECT c.* FROM (SELECT k.*, nullif(substr(k.target, 6), '*') AS prison, NULL::text AS force
                                           FROM command k WHERE k.kind = :kind) c
                         WHERE %s ORDER BY c.id DESC LIMIT :most
                        """
                                .formatted(Scope.covers("c"))))
                .param("kind", CommandWork.COMPARE_DAYS)
                .param("most", SHOWN)
                .query((rs, n) -> {
                    String[] days = rs.getString("argument").split("/");
                    return new Asked(
                            rs.getLong("id"),
                            rs.getString("prison"),
                            LocalDate.parse(days[0]),
                            LocalDate.parse(days[1]),
                            rs.getString("actor"),
                            rs.getString("reason"),
                            Objects.requireNonNull(maybeInstant(rs, "asked_at")),
                            maybeInstant(rs, "done_at"));
                })
                .list();
    }
}
