package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.disclosure.HeldBack;
import sallyport.mappings.lineage.LineageMapping;
import sallyport.mappings.lineage.PackageLineage;
import sallyport.mappings.lineage.SourceRecord;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;

/**
 * Where the values of a package came from, and what of them its force did not get. It is worked out from the stored versions when somebody
 * asks. What is outside a scope does not exist here, and whoever looks leaves a consultation in the evidence log in the same transaction.
 */
public final class LineageDesk {

    private static final String FORCE = "force";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PACKAGE =
            """
            SELECT c.id, p.canonical, p.sha256, p.sources, p.built_at, p.erased_by IS NOT NULL AS erased, e.at AS erased_on, e.policy
              FROM referral_case c
              JOIN package p ON p.case_id = c.id AND p.version = :version
              LEFT JOIN erasure e ON e.id = p.erased_by
             WHERE c.reference = :reference AND """
                    + " " + Scope.covers("c");

    /** The bytes say which version it was; of several with the same bytes it was one that was there when the package was built. */
    private static final String SOURCES =
            """
            SELECT w.system, w.record_id, v.version_no, w.sha256, v.raw
              FROM unnest(:systems::text[], :records::text[], :hashes::text[]) WITH ORDINALITY AS w(system, record_id, sha256, n)
              LEFT JOIN LATERAL
                   (SELECT v.version_no, CASE WHEN v.erased_by IS NULL THEN v.raw END AS raw
                      FROM source_record s JOIN source_version v ON v.record = s.id
                     WHERE s.system = w.system AND s.record_id = w.record_id AND v.sha256 = decode(w.sha256, 'hex')
                     ORDER BY v.fetched_at <= :builtAt DESC, v.version_no DESC LIMIT 1) v ON true
             ORDER BY w.n
            """;

    private static final String ANSWERS =
            """
            SELECT w.item, w.version, w.sha256, CASE WHEN f.erased_by IS NULL THEN f.content END AS content
              FROM unnest(:items::text[], :versions::int[], :hashes::text[]) WITH ORDINALITY AS w(item, version, sha256, n)
              LEFT JOIN case_fact f ON f.case_id = :case AND f.item = w.item AND f.version = w.version
             ORDER BY w.n
            """;

    private static final String BEFORE =
            """
            SELECT version, encode(sha256, 'hex') AS sha256, CASE WHEN erased_by IS NULL THEN canonical END AS canonical
              FROM package WHERE case_id = :case AND version = :version
            """;

    private static final String SENT =
            """
            SELECT c.lane, r.channel, i.done_at, r.held_back
              FROM lane_case c JOIN lane_item i ON i.lane_case = c.id JOIN rendering r ON r.lane_item = i.id
             WHERE c.case_id = :case AND i.package_version = :version AND r.profile = 'force'
               AND EXISTS (SELECT 1 FROM attempt a WHERE a.lane_item = i.id AND a.channel = r.channel AND NOT a.asked)
             ORDER BY i.id, r.channel LIMIT 50
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;

    public LineageDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** What is there under a number. */
    public sealed interface Found {}

    /**
     * @param pkg the package itself, for whoever shows the values
     * @param recorded whether the node that built it wrote down all that it read
     * @param heldBack what a force does not get of it by today's profile
     * @param sent how it was cut for each channel that it was sent by
     */
    public record Traced(PackageLineage lineage, JsonNode pkg, boolean recorded, HeldBack heldBack, List<Sent> sent)
            implements Found {}

    /** Its content is gone. */
    public record Erased(Instant at, String policy) implements Found {}

    /**
     * @param doneAt when the force had accepted it; null while it has not
     * @param heldBack profile, version, counts and places, as the evidence log has them; null where nobody said
     */
    public record Sent(String lane, String channel, @Nullable Instant doneAt, @Nullable String heldBack) {}

    /** The rules of a disclosure profile that was in use. */
    public record Profile(String destination, String version, List<String> rules, Instant firstUsedAt) {}

    /**
     * One version; empty outside the scope.
     *
     * @param withValues whether the values are shown beside it, for the evidence log
     */
    public Optional<Found> trace(String reference, int version, boolean withValues, Scope scope, String actor) {
        Optional<Row> row = Objects.requireNonNull(consultation.execute(status -> {
            Optional<Head> head = head(reference, version, scope);
            head.filter(one -> one.erased() == null)
                    .ifPresent(one -> Logged.entry(
                            jdbc,
                            Evidence.Kind.CONSULTATION,
                            reference,
                            actor,
                            "viewed where a package came from",
                            one.sha256(),
                            "version=" + version + (withValues ? " with values" : "")));
            return head.map(one -> new Row(one, one.erased() == null ? records(one) : List.of(), sent(one, version)));
        }));
        return row.map(LineageDesk::found);
    }

    /** Every version of the rules, the newest first. */
    public List<Profile> profiles(String destination) {
        return jdbc.sql(
                        """
                        SELECT destination, version, rules, first_used_at FROM disclosure_profile
                         WHERE destination = :destination ORDER BY first_used_at DESC, version LIMIT 200
                        """)
                .param("destination", destination)
                .query((rs, n) -> new Profile(
                        rs.getString("destination"),
                        rs.getString("version"),
                        rs.getString("rules").lines().toList(),
                        instant(rs, "first_used_at")))
                .list();
    }

    private static Found found(Row row) {
        if (row.head().erased() != null) {
            return row.head().erased();
        }
        JsonNode pkg = read(row.head().canonical());
        return new Traced(
                LineageMapping.of(pkg, row.records()),
                pkg,
                row.head().sources() != null,
                DisclosureProfiles.of(FORCE).heldBack(pkg),
                row.sent());
    }

    private record Row(Head head, List<SourceRecord> records, List<Sent> sent) {}

    /** @param sources null where the node that built it did not say */
    private record Head(
            long id,
            byte[] canonical,
            byte[] sha256,
            @Nullable String sources,
            Instant builtAt,
            @Nullable Erased erased) {}

    private Optional<Head> head(String reference, int version, Scope scope) {
        return scope.bind(jdbc.sql(PACKAGE))
                .param("reference", reference)
                .param("version", version)
                .query(LineageDesk::head)
                .optional();
    }

    private static Head head(ResultSet rs, int n) throws SQLException {
        byte[] canonical = rs.getBytes("canonical");
        byte[] sha256 = rs.getBytes("sha256");
        boolean erased = rs.getBoolean("erased");
        if (!erased && !MessageDigest.isEqual(Sha256.of(canonical), sha256)) {
            throw new IllegalStateException("a stored package is not what was numbered");
        }
        return new Head(
                rs.getLong("id"),
                canonical,
                sha256,
                rs.getString("sources"),
                instant(rs, "built_at"),
                erased ? new Erased(instant(rs, "erased_on"), rs.getString("policy")) : null);
    }

    private record Named(String system, String recordId, int version, String sha256) {}

    private List<SourceRecord> records(Head head) {
        ReferralPackage pkg = PackageJson.read(head.canonical());
        List<Named> named = new ArrayList<>();
        pkg.lineage()
                .sources()
                .forEach(source ->
                        named.add(new Named(source.system(), source.recordId(), source.version(), source.sha256())));
        if (head.sources() != null) {
            read(head.sources().getBytes(StandardCharsets.UTF_8))
                    .forEach(source -> named.add(new Named(
                            source.path("system").asText(),
                            source.path("recordId").asText(),
                            0,
                            source.path("sha256").asText())));
        }
        List<SourceRecord> records = new ArrayList<>();
        records.addAll(
                answers(head, named.stream().filter(LineageDesk::isAnswer).toList()));
        records.addAll(stored(head, named.stream().filter(one -> !isAnswer(one)).toList()));
        if (pkg.kind() == ReferralPackage.Kind.WITHDRAWAL) {
            records.addAll(before(head, pkg));
        }
        return records;
    }

    private static boolean isAnswer(Named named) {
        return named.system().equals(SourceRecord.PERSON);
    }

    private List<SourceRecord> stored(Head head, List<Named> named) {
        return jdbc.sql(SOURCES)
                .param("systems", named.stream().map(Named::system).toArray(String[]::new))
                .param("records", named.stream().map(Named::recordId).toArray(String[]::new))
                .param("hashes", named.stream().map(Named::sha256).toArray(String[]::new))
                .param("builtAt", OffsetDateTime.ofInstant(head.builtAt(), ZoneOffset.UTC))
                .query((rs, n) -> new SourceRecord(
                        rs.getString("system"),
                        rs.getString("record_id"),
                        rs.getInt("version_no"),
                        rs.getString("sha256"),
                        rs.getBytes("raw")))
                .list();
    }

    private List<SourceRecord> answers(Head head, List<Named> named) {
        return jdbc.sql(ANSWERS)
                .param("items", named.stream().map(Named::recordId).toArray(String[]::new))
                .param("versions", named.stream().map(Named::version).toArray(Integer[]::new))
                .param("hashes", named.stream().map(Named::sha256).toArray(String[]::new))
                .param("case", head.id())
                .query((rs, n) -> new SourceRecord(
                        SourceRecord.PERSON,
                        rs.getString("item"),
                        rs.getInt("version"),
                        rs.getString("sha256"),
                        rs.getBytes("content")))
                .list();
    }

    /** What a withdrawal takes back. */
    private List<SourceRecord> before(Head head, ReferralPackage pkg) {
        return jdbc.sql(BEFORE)
                .param("case", head.id())
                .param("version", pkg.version() - 1)
                .query((rs, n) -> new SourceRecord(
                        SourceRecord.PACKAGE,
                        pkg.caseReference().value(),
                        rs.getInt("version"),
                        rs.getString("sha256"),
                        rs.getBytes("canonical")))
                .list();
    }

    private List<Sent> sent(Head head, int version) {
        return jdbc.sql(SENT)
                .param("case", head.id())
                .param("version", version)
                .query((rs, n) -> new Sent(
                        rs.getString("lane"),
                        rs.getString("channel"),
                        Columns.maybeInstant(rs, "done_at"),
                        rs.getString("held_back")))
                .list();
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException broken) {
            throw new IllegalStateException("a stored package is no JSON");
        }
    }
}
