package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.Evidence;
import sallyport.mappings.canonical.Sha256;

/**
 * The versions of a case's package, as they were numbered. What is outside a scope does not exist here, and whoever takes one out leaves
 * a consultation in the evidence log (DPA 2018 s62) in the same transaction, or does not get it.
 */
public final class PackageDesk {

    private static final String PACKAGE =
            """
            SELECT p.version, p.canonical, p.sha256, p.erased_by IS NOT NULL AS erased, e.at AS erased_on, e.policy,
                   before.canonical AS before
              FROM referral_case c
              JOIN package p ON p.case_id = c.id AND p.version = :version
              LEFT JOIN package before ON before.case_id = c.id AND before.version = p.version - 1 AND before.erased_by IS NULL
              LEFT JOIN erasure e ON e.id = p.erased_by
             WHERE c.reference = :reference AND """
                    + " " + Scope.covers("c");

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;

    public PackageDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
    }

    /** What is there under a number. */
    public sealed interface Kept {}

    /**
     * @param canonical the bytes that were numbered, checked against their hash
     * @param before the version before it; absent for the first, and where it is erased
     */
    public record Held(byte[] canonical, byte @Nullable [] before) implements Kept {}

    /** Its content is gone. */
    public record Erased(Instant at, String policy) implements Kept {}

    /**
     * One version; empty outside the scope. That it was taken out is recorded with the hash of the package.
     *
     * @param as in which form and for whom, for the evidence log: a few words of ours
     * @throws IllegalStateException where the bytes are not those that were numbered: nobody gets them
     */
    public Optional<Kept> take(String reference, int version, String as, Scope scope, String actor) {
        Optional<Kept> kept = consultation.execute(status -> {
            Optional<Row> found = scope.bind(jdbc.sql(PACKAGE))
                    .param("reference", reference)
                    .param("version", version)
                    .query(PackageDesk::row)
                    .optional();
            found.filter(row -> row.kept() instanceof Held)
                    .ifPresent(row -> Logged.entry(
                            jdbc,
                            Evidence.Kind.CONSULTATION,
                            reference,
                            actor,
                            "took out a package",
                            row.sha256(),
                            "version=" + version + " as=" + as));
            return found.map(Row::kept);
        });
        return kept;
    }

    private record Row(Kept kept, byte[] sha256) {}

    private static Row row(ResultSet rs, int n) throws SQLException {
        byte[] sha256 = rs.getBytes("sha256");
        if (rs.getBoolean("erased")) {
            return new Row(new Erased(instant(rs, "erased_on"), rs.getString("policy")), sha256);
        }
        byte[] canonical = rs.getBytes("canonical");
        if (!MessageDigest.isEqual(Sha256.of(canonical), sha256)) {
            throw new IllegalStateException("a stored package is not what was numbered");
        }
        return new Row(new Held(canonical, rs.getBytes("before")), sha256);
    }
}
