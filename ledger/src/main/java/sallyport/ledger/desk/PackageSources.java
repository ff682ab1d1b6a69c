package sallyport.ledger.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.SourceKey;
import sallyport.mappings.lineage.SourceRecord;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;

/** The versions that a package was built from, as far as they are kept: in four queries, whatever their number. */
final class PackageSources {

    private static final JsonMapper JSON = new JsonMapper();

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
            SELECT w.record_id, w.version, w.sha256, CASE WHEN f.erased_by IS NULL THEN f.content END AS raw
              FROM unnest(:records::text[], :versions::int[], :hashes::text[]) WITH ORDINALITY AS w(record_id, version, sha256, n)
              LEFT JOIN case_fact f ON f.case_id = :case AND f.item = w.record_id AND f.version = w.version
             ORDER BY w.n
            """;

    /** Asked for twice they may be there twice; the bytes are the same. */
    private static final String NOTES =
            """
            SELECT w.record_id, w.version, w.sha256, f.raw
              FROM unnest(:records::text[], :versions::int[], :hashes::text[]) WITH ORDINALITY AS w(record_id, version, sha256, n)
              LEFT JOIN LATERAL
                   (SELECT f.content AS raw
                      FROM case_note_request r JOIN case_note_found f ON f.request = r.id
                     WHERE r.case_id = :case AND f.note = w.record_id AND f.sha256 = decode(w.sha256, 'hex') AND f.erased_by IS NULL
                     LIMIT 1) f ON true
             ORDER BY w.n
            """;

    private static final String BEFORE =
            """
            SELECT version, encode(sha256, 'hex') AS sha256, CASE WHEN erased_by IS NULL THEN canonical END AS canonical
              FROM package WHERE case_id = :case AND version = :version
            """;

    private final JdbcClient jdbc;

    PackageSources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is to be known of a package besides its bytes.
     *
     * @param sources what it was read from and does not name itself; null where the node that built it did not say
     */
    record Built(long caseId, Instant at, @Nullable String sources) {}

    /** Of a row with {@code id} of the case, {@code built_at} and {@code sources} of the package. */
    static Built built(ResultSet rs) throws SQLException {
        return new Built(rs.getLong("id"), Columns.instant(rs, "built_at"), rs.getString("sources"));
    }

    private record Named(String system, String recordId, int version, String sha256) {

        boolean isAnswer() {
            return system.equals(SourceRecord.PERSON);
        }

        /** What the rules fetch comes in pages; a note by itself is one that a person asked for. */
        boolean isNote() {
            return system.equals(SourceKey.CASE_NOTES);
        }
    }

    /** @param canonical the package, checked against its hash */
    List<SourceRecord> of(Built built, byte[] canonical) {
        ReferralPackage pkg = PackageJson.read(canonical);
        List<Named> named = pkg.lineage().sources().stream()
                .map(source -> new Named(source.system(), source.recordId(), source.version(), source.sha256()))
                .toList();
        List<SourceRecord> records = new ArrayList<>();
        records.addAll(ofCase(ANSWERS, built, SourceRecord.PERSON, those(named, Named::isAnswer)));
        List<Named> stored = new ArrayList<>(those(named, one -> !one.isAnswer() && !one.isNote()));
        stored.addAll(read(built.sources()));
        records.addAll(stored(built, stored));
        records.addAll(ofCase(NOTES, built, SourceKey.CASE_NOTES, those(named, Named::isNote)));
        if (pkg.kind() == ReferralPackage.Kind.WITHDRAWAL) {
            records.addAll(before(built, pkg));
        }
        return records;
    }

    private static List<Named> those(List<Named> named, Predicate<Named> which) {
        return named.stream().filter(which).toList();
    }

    private static List<Named> read(@Nullable String sources) {
        List<Named> named = new ArrayList<>();
        if (sources != null) {
            try {
                for (JsonNode source : JSON.readTree(sources)) {
                    named.add(new Named(
                            source.path("system").asText(),
                            source.path("recordId").asText(),
                            0,
                            source.path("sha256").asText()));
                }
            } catch (IOException broken) {
                throw new IllegalStateException("the sources of a package are no JSON");
            }
        }
        return named;
    }

    private List<SourceRecord> stored(Built built, List<Named> named) {
        return named(SOURCES, named)
                .param("systems", named.stream().map(Named::system).toArray(String[]::new))
                .param("builtAt", OffsetDateTime.ofInstant(built.at(), ZoneOffset.UTC))
                .query((rs, n) -> new SourceRecord(
                        rs.getString("system"),
                        rs.getString("record_id"),
                        rs.getInt("version_no"),
                        rs.getString("sha256"),
                        rs.getBytes("raw")))
                .list();
    }

    private List<SourceRecord> ofCase(String sql, Built built, String system, List<Named> named) {
        return named(sql, named)
                .param("versions", named.stream().map(Named::version).toArray(Integer[]::new))
                .param("case", built.caseId())
                .query((rs, n) -> new SourceRecord(
                        system,
                        rs.getString("record_id"),
                        rs.getInt("version"),
                        rs.getString("sha256"),
                        rs.getBytes("raw")))
                .list();
    }

    private JdbcClient.StatementSpec named(String sql, List<Named> named) {
        return jdbc.sql(sql)
                .param("records", named.stream().map(Named::recordId).toArray(String[]::new))
                .param("hashes", named.stream().map(Named::sha256).toArray(String[]::new));
    }

    /** What a withdrawal takes back. */
    private List<SourceRecord> before(Built built, ReferralPackage pkg) {
        return jdbc.sql(BEFORE)
                .param("case", built.caseId())
                .param("version", pkg.version() - 1)
                .query((rs, n) -> new SourceRecord(
                        SourceRecord.PACKAGE,
                        pkg.caseReference().value(),
                        rs.getInt("version"),
                        rs.getString("sha256"),
                        rs.getBytes("canonical")))
                .list();
    }
}
