package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.CaseState;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Evidence;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.referral.Checklist;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.Readiness;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.triage.Triage;

/**
 * The checklist of a case, and what people answer to it. Each answer, and each that is taken back, is a version of its own, written
 * in one transaction with its entry in the evidence log and the command that tells a flow about it. What is outside a scope does not
 * exist here, and whoever looks leaves a consultation.
 */
public final class CaseFacts {

    private static final int MAX_REASON = 1_000;
    private static final int MOST = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate consultation;
    private final WakeUp wakeUp;
    private final Triage rules = Triage.rules();

    public CaseFacts(DataSource dataSource, PlatformTransactionManager transactions, WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.consultation = new TransactionTemplate(transactions);
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.wakeUp = wakeUp;
    }

    /**
     * One version of an answer.
     *
     * @param state null where the answer before it was taken back
     * @param source how the person knows; why it was taken back
     * @param erased whether the words went for retention
     */
    public record Said(
            int version,
            Readiness.@Nullable State state,
            List<Map<String, Object>> entries,
            @Nullable String note,
            @Nullable String source,
            String actor,
            Instant at,
            boolean erased) {}

    /**
     * One line of the checklist.
     *
     * @param said the answer that counts; null where there is none, or it was taken back
     * @param version the latest version of the item, 0 for none
     */
    public record Item(
            ReadinessItem item, Readiness.State state, @Nullable String note, @Nullable Said said, int version) {}

    /**
     * The whole checklist of a case.
     *
     * @param open whether an answer can be taken
     * @param packageVersion that it was last worked out for; 0 while there is none
     */
    public record Checked(String reference, CaseState state, boolean open, int packageVersion, List<Item> items) {}

    /** One item of a case with every version of its answer, the latest first. */
    public record History(Checked checked, Item item, List<Said> versions) {}

    /** What became of an answer. */
    public sealed interface Answer permits Kept, NotThere, NotNow {}

    /** @param anew false when the same was said before, and nothing was written */
    public record Kept(int version, boolean anew) implements Answer {}

    /** No such case within the scope. */
    public record NotThere() implements Answer {}

    /** It cannot be taken now; {@code why} is for the person who answers. */
    public record NotNow(String why) implements Answer {}

    /** Empty outside the scope. Seeing it is recorded. */
    public Optional<Checked> checklist(String reference, Scope scope, String actor) {
        return Objects.requireNonNull(consultation.execute(status -> {
            Optional<Head> head = head(reference, scope, "");
            head.ifPresent(seen -> Logged.consultation(jdbc, reference, actor, "viewed the readiness"));
            return head.map(this::checked);
        }));
    }

    /** Empty outside the scope. Seeing it is recorded. */
    public Optional<History> history(String reference, ReadinessItem item, Scope scope, String actor) {
        return Objects.requireNonNull(consultation.execute(status -> {
            Optional<Head> head = head(reference, scope, "");
            head.ifPresent(seen -> Logged.entry(
                    jdbc, Evidence.Kind.CONSULTATION, reference, actor, "viewed the readiness", null, item.code()));
            return head.map(seen -> {
                Checked checked = checked(seen);
                Item shown = checked.items().stream()
                        .filter(one -> one.item() == item)
                        .findFirst()
                        .orElseThrow();
                return new History(checked, shown, versions(seen.id(), item));
            });
        }));
    }

    /**
     * Keeps an answer.
     *
     * @param after the version that the person has seen, 0 for none; null does not care
     */
    public Answer keep(String reference, Fact fact, @Nullable Integer after, String actor, Scope scope) {
        return written(reference, fact.item(), fact.state(), fact.content(), after, actor, scope);
    }

    /**
     * Takes an answer back.
     *
     * @param reason 1 to 1,000 characters
     * @throws IllegalArgumentException when there is no reason
     */
    public Answer withdraw(
            String reference, ReadinessItem item, @Nullable Integer after, String actor, String reason, Scope scope) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason is needed");
        }
        byte[] why =
                JSON.createObjectNode().put("source", reason.strip()).toString().getBytes(StandardCharsets.UTF_8);
        return written(reference, item, null, why, after, actor, scope);
    }

    private Answer written(
            String reference,
            ReadinessItem item,
            Readiness.@Nullable State state,
            byte[] content,
            @Nullable Integer after,
            String actor,
            Scope scope) {
        Answer answer = Objects.requireNonNull(transaction.execute(status -> {
            // Two who answer at once answer one after the other, and neither while the case is erased.
            Optional<Head> head = head(reference, scope, " FOR NO KEY UPDATE");
            if (head.isEmpty()) {
                return new NotThere();
            }
            if (!head.get().open()) {
                return new NotNow(
                        head.get().erased()
                                ? "The content of the case was erased under a retention policy."
                                : "The case is withdrawn.");
            }
            return next(head.get(), item, state, content, after, actor);
        }));
        if (answer instanceof Kept kept && kept.anew()) {
            wakeUp.workAskedFor(Step.COMMAND);
        }
        return answer;
    }

    private Answer next(
            Head head,
            ReadinessItem item,
            Readiness.@Nullable State state,
            byte[] content,
            @Nullable Integer after,
            String actor) {
        Optional<Latest> latest = jdbc.sql(
                        """
                        SELECT version, state, sha256 FROM case_fact WHERE case_id = :case AND item = :item
                         ORDER BY version DESC LIMIT 1
                        """)
                .param("case", head.id())
                .param("item", item.code())
                .query((rs, n) -> new Latest(rs.getInt("version"), rs.getString("state"), rs.getBytes("sha256")))
                .optional();
        int before = latest.map(Latest::version).orElse(0);
        if (after != null && after != before) {
            return new NotNow("Somebody has answered this meanwhile: it is at version " + before
                    + ". Read that, then answer again.");
        }
        boolean standing = latest.isPresent() && latest.get().state() != null;
        if (state == null && !standing) {
            return new NotNow("There is no answer to take back.");
        }
        byte[] sha256 = Sha256.of(content);
        if (state != null && standing && Arrays.equals(latest.get().sha256(), sha256)) {
            return new Kept(before, false);
        }
        int version = before + 1;
        jdbc.sql(
                        """
                        INSERT INTO case_fact (case_id, item, version, state, content, sha256, actor)
                        VALUES (:case, :item, :version, :state, :content, :sha256, :actor)
                        """)
                .param("case", head.id())
                .param("item", item.code())
                .param("version", version)
                .param("state", state == null ? null : state.name())
                .param("content", content)
                .param("sha256", sha256)
                .param("actor", actor)
                .update();
        String reference = head.reference();
        Logged.entry(
                jdbc,
                version == 1 ? Evidence.Kind.COLLECTION : Evidence.Kind.ALTERATION,
                reference,
                actor,
                state == null ? "took back an answer" : "answered a readiness item",
                sha256,
                item.code() + " version " + version);
        command(reference, item, version, state, actor);
        return new Kept(version, true);
    }

    /** What was said stays with the answer: a command names the item and the version only. */
    private void command(
            String reference, ReadinessItem item, int version, Readiness.@Nullable State state, String actor) {
        long command = jdbc.sql(
                        """
                        INSERT INTO command (kind, target, argument, actor, reason)
                        VALUES (:kind, :target, :item, :actor, :reason) RETURNING id
                        """)
                .param("kind", CommandWork.FACT)
                .param("target", reference)
                .param("item", item.code())
                .param("actor", actor)
                .param("reason", state == null ? "version " + version + ": taken back" : "version " + version)
                .query(Long.class)
                .single();
        jdbc.sql("INSERT INTO work (step, key) VALUES (:step, :key)")
                .param("step", Step.COMMAND.path())
                .param("key", Long.toString(command))
                .update();
    }

    private record Latest(int version, @Nullable String state, byte[] sha256) {}

    private record Head(long id, String reference, CaseState state, boolean erased, int packageVersion) {

        boolean open() {
            return !erased && state != CaseState.WITHDRAWN;
        }
    }

    private Optional<Head> head(String reference, Scope scope, String lock) {
        return scope.bind(jdbc.sql("SELECT c.id, c.state, c.erased_at IS NOT NULL AS erased, c.package_version"
                        + " FROM referral_case c WHERE c.reference = :reference AND " + Scope.covers("c") + lock))
                .param("reference", reference)
                .query((rs, n) -> new Head(
                        rs.getLong("id"),
                        reference,
                        CaseState.valueOf(rs.getString("state")),
                        rs.getBoolean("erased"),
                        rs.getInt("package_version")))
                .optional();
    }

    private Checked checked(Head head) {
        List<Row> rows = jdbc.sql(
                        """
                        SELECT DISTINCT ON (item) * FROM case_fact WHERE case_id = :case ORDER BY item, version DESC
                        """)
                .param("case", head.id())
                .query(CaseFacts::row)
                .list();
        List<Fact> facts = rows.stream().flatMap(row -> fact(row).stream()).toList();
        List<Item> items = Checklist.answered(found(head), facts, documents(head), tags(head)).stream()
                .map(readiness -> item(readiness, rows))
                .toList();
        return new Checked(head.reference(), head.state(), head.open(), head.packageVersion(), items);
    }

    /** Those that a package may name. */
    private List<ReferralPackage.Document> documents(Head head) {
        return jdbc.sql(
                        """
                        SELECT id, kind, media_type, size, sha256 FROM document
                         WHERE case_id = :case AND state = 'CLEAN' AND erased_by IS NULL ORDER BY id
                        """)
                .param("case", head.id())
                .query((rs, n) -> new ReferralPackage.Document(
                        rs.getLong("id"),
                        rs.getString("kind"),
                        rs.getString("media_type"),
                        rs.getLong("size"),
                        Columns.hex(rs, "sha256")))
                .list();
    }

    /** As the latest package has them; before the first one nobody knows any. */
    private Set<String> tags(Head head) {
        return jdbc.sql(
                        """
                        SELECT canonical FROM package WHERE case_id = :case AND kind <> 'WITHDRAWAL' AND erased_by IS NULL
                         ORDER BY version DESC LIMIT 1
                        """)
                .param("case", head.id())
                .query((rs, n) -> rs.getBytes("canonical"))
                .optional()
                .map(CaseFacts::tagsIn)
                .orElse(Set.of());
    }

    private static Set<String> tagsIn(byte[] canonical) {
        try {
            return Checklist.tags(PackageJson.read(canonical));
        } catch (Rejected unreadable) {
            return Set.of();
        }
    }

    private static Item item(Readiness readiness, List<Row> rows) {
        Optional<Row> row =
                rows.stream().filter(one -> one.item() == readiness.item()).findFirst();
        return new Item(
                readiness.item(),
                readiness.state(),
                readiness.note(),
                row.filter(one -> one.state() != null).map(CaseFacts::said).orElse(null),
                row.map(Row::version).orElse(0));
    }

    private static Optional<Fact> fact(Row row) {
        return row.state() == null || row.content().length == 0 || row.item() == null
                ? Optional.empty()
                : Optional.of(Fact.of(row.item(), row.content()));
    }

    private List<Said> versions(long caseId, ReadinessItem item) {
        return jdbc
                .sql(
                        """
                        SELECT * FROM case_fact WHERE case_id = :case AND item = :item ORDER BY version DESC LIMIT :most
                        """)
                .param("case", caseId)
                .param("item", item.code())
                .param("most", MOST)
                .query(CaseFacts::row)
                .list()
                .stream()
                .map(CaseFacts::said)
                .toList();
    }

    private record Row(
            @Nullable ReadinessItem item,
            int version,
            @Nullable String state,
            byte[] content,
            String actor,
            Instant at) {}

    private static Row row(ResultSet rs, int n) throws SQLException {
        String code = rs.getString("item");
        return new Row(
                Arrays.stream(ReadinessItem.values())
                        .filter(item -> item.code().equals(code))
                        .findFirst()
                        .orElse(null),
                rs.getInt("version"),
                rs.getString("state"),
                rs.getBytes("content"),
                rs.getString("actor"),
                instant(rs, "at"));
    }

    private static Said said(Row row) {
        Optional<Fact> fact = fact(row);
        return new Said(
                row.version(),
                row.state() == null ? null : Readiness.State.valueOf(row.state()),
                fact.map(Fact::entries).orElse(List.of()),
                fact.map(Fact::note).orElse(null),
                fact.map(Fact::source).orElseGet(() -> why(row)),
                row.actor(),
                row.at(),
                row.content().length == 0);
    }

    private static @Nullable String why(Row row) {
        return read(row.content()).path("source").textValue();
    }

    /** What the data showed when the package was last built; before the first one, what the report shows. */
    private List<Readiness> found(Head head) {
        Optional<String> built = jdbc.sql(
                        """
                        SELECT readiness FROM package WHERE case_id = :case AND kind <> 'WITHDRAWAL' AND erased_by IS NULL
                         ORDER BY version DESC LIMIT 1
                        """)
                .param("case", head.id())
                .query(String.class)
                .optional();
        return built.map(CaseFacts::asBuilt).orElseGet(() -> asReported(head));
    }

    private static List<Readiness> asBuilt(String readiness) {
        List<Readiness> found = new ArrayList<>();
        for (JsonNode line : read(readiness.getBytes(StandardCharsets.UTF_8))) {
            boolean answered = line.has("found");
            Arrays.stream(ReadinessItem.values())
                    .filter(item -> item.code().equals(line.path("code").asText())
                            || item.title().equals(line.path("item").asText()))
                    .findFirst()
                    .ifPresent(item -> found.add(new Readiness(
                            item,
                            Readiness.State.valueOf(
                                    line.path(answered ? "found" : "state").asText()),
                            line.path(answered ? "foundNote" : "note").textValue())));
        }
        return found;
    }

    private List<Readiness> asReported(Head head) {
        Optional<byte[]> raw = jdbc.sql(
                        """
                        SELECT v.raw FROM case_record l JOIN source_record s ON s.id = l.record
                          JOIN source_version v ON v.id = s.latest_version
                         WHERE l.case_id = :case AND s.system = 'incident-reporting' ORDER BY s.id LIMIT 1
                        """)
                .param("case", head.id())
                .query((rs, n) -> rs.getBytes("raw"))
                .optional();
        try {
            return raw.map(IncidentReport::read)
                    .map(report -> Checklist.preview(report, rules.decide(report), documents(head)))
                    .orElseGet(Checklist::unknown);
        } catch (Rejected unreadable) {
            return Checklist.unknown();
        }
    }

    private static JsonNode read(byte[] json) {
        try {
            JsonNode tree = JSON.readTree(json);
            return tree == null ? JSON.missingNode() : tree;
        } catch (IOException notJson) {
            return JSON.missingNode();
        }
    }
}
