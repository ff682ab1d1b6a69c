package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
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
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.disclosure.HeldBack;
import sallyport.mappings.lineage.LineageMapping;
import sallyport.mappings.lineage.PackageLineage;
import sallyport.mappings.lineage.SourceRecord;

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
    private final PackageSources sources;

    public LineageDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        this.sources = new PackageSources(jdbc);
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
            return head.map(one -> new Row(
                    one,
                    one.erased() == null ? sources.of(one.built(), one.canonical()) : List.of(),
                    sent(one, version)));
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
                row.head().built().sources() != null,
                DisclosureProfiles.of(FORCE).heldBack(pkg),
                row.sent());
    }

    private record Row(Head head, List<SourceRecord> records, List<Sent> sent) {}

    private record Head(PackageSources.Built built, byte[] canonical, byte[] sha256, @Nullable Erased erased) {}

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
                PackageSources.built(rs),
                canonical,
                sha256,
                erased ? new Erased(instant(rs, "erased_on"), rs.getString("policy")) : null);
    }

    private List<Sent> sent(Head head, int version) {
        return jdbc.sql(SENT)
                .param("case", head.built().caseId())
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
