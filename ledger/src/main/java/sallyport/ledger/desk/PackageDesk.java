package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.Evidence;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.lineage.LineageMapping;
import sallyport.mappings.lineage.PackageLineage;
import sallyport.mappings.referral.NamedDocument;

/**
 * The versions of a case's package, as they were numbered, with the documents that they name. What is outside a scope does not exist
 * here, and whoever takes one out leaves a consultation in the evidence log (DPA 2018 s62) in the same transaction, or does not get it.
 * The bytes of documents are read after that transaction, piece by piece.
 */
public final class PackageDesk {

    private static final String PACKAGE =
            """
            SELECT c.id, p.version, p.canonical, p.sha256, p.built_at, p.sources, p.erased_by IS NOT NULL AS erased,
                   e.at AS erased_on, e.policy, before.canonical AS before
              FROM referral_case c
              JOIN package p ON p.case_id = c.id AND p.version = :version
              LEFT JOIN package before ON before.case_id = c.id AND before.version = p.version - 1 AND before.erased_by IS NULL
              LEFT JOIN erasure e ON e.id = p.erased_by
             WHERE c.reference = :reference AND """
                    + " " + Scope.covers("c");

    /** The length of a piece is told without reading it. */
    private static final String DOCUMENTS =
            """
            SELECT d.id, d.state = 'CLEAN' AS clean, d.erased_by IS NOT NULL AS erased, d.media_type, d.size, d.sha256, d.crc32,
                   (SELECT coalesce(sum(length(k.bytes)), 0) FROM document_chunk k WHERE k.document = d.id) AS there
              FROM document d WHERE d.case_id = :case AND d.id IN (:ids)
            """;

    private static final String TAKEN =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, payload_sha256, detail)
            SELECT 'CONSULTATION', :reference, :actor, 'took out a document with a package', sha256, 'document ' || id || ' ' || :how
              FROM document WHERE case_id = :case AND id IN (:ids) ORDER BY id
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final TransactionTemplate consultation;
    private final DocumentPieces pieces;
    private final PackageSources sources;

    public PackageDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.consultation = new TransactionTemplate(transactions);
        this.pieces = new DocumentPieces(dataSource);
        this.sources = new PackageSources(jdbc);
    }

    /**
     * What somebody asks for.
     *
     * @param form of the file, for the evidence log: a word of ours
     * @param profile the disclosure profile that the file will be cut to; null: whole
     * @param documents whether the file carries the documents that the package names
     * @param leaves false where only its length and its name are asked for
     * @param contacts whether whoever asks may know how a witness can be reached
     */
    public record Asked(
            String reference,
            int version,
            String form,
            @Nullable String profile,
            boolean documents,
            boolean leaves,
            boolean contacts) {

        private String how() {
            return "version=" + version + " as=" + form + (profile == null ? "" : " for=" + profile);
        }
    }

    /** What is there under a number. */
    public sealed interface Kept permits Held, NotForThem, Erased, DocumentErased, DocumentDamaged {}

    /**
     * @param canonical the bytes that were numbered, checked against their hash
     * @param before the version before it; absent for the first, and where it is erased
     * @param documents that the file carries, in the order in which they are named; each is there, clean, and as long as it was
     */
    public record Held(byte[] canonical, byte @Nullable [] before, List<Carried> documents, Built built)
            implements Kept {}

    /** How it was built, for {@link #lineage}. */
    public static final class Built {

        private final PackageSources.Built known;

        private Built(PackageSources.Built known) {
            this.known = known;
        }
    }

    /** One of its documents holds the contacts of a witness, and whoever asks may not know them. Nothing was recorded. */
    public record NotForThem() implements Kept {}

    /** Its content is gone. */
    public record Erased(Instant at, String policy) implements Kept {}

    /** The package is there, but not the bytes of a document that it names. Nothing was recorded, and nothing may leave. */
    public record DocumentErased(long number) implements Kept {}

    /** As {@link DocumentErased}, and it is our fault; a work item is open. */
    public record DocumentDamaged(long number) implements Kept {}

    /** A document to be handed over. */
    public record Carried(NamedDocument named, @Nullable Long crc32) {}

    /**
     * One version; empty outside the scope. That it was taken out is recorded with the hash of the package and of each document.
     *
     * @throws IllegalStateException where the bytes are not those that were numbered: nobody gets them
     */
    public Optional<Kept> take(Asked asked, Scope scope, String actor) {
        Optional<Kept> kept = consultation.execute(status -> {
            Optional<Row> found = scope.bind(jdbc.sql(PACKAGE))
                    .param("reference", asked.reference())
                    .param("version", asked.version())
                    .query(PackageDesk::row)
                    .optional();
            return found.map(row -> row.kept() instanceof Held held
                    ? with(documents(row, held, asked), row, asked, actor)
                    : row.kept());
        });
        if (kept != null && kept.orElse(null) instanceof DocumentDamaged damaged) {
            pieces.damaged(damaged.number());
        }
        return kept;
    }

    private Kept with(Kept whole, Row row, Asked asked, String actor) {
        if (!(whole instanceof Held held)) {
            return whole;
        }
        Logged.entry(
                jdbc,
                Evidence.Kind.CONSULTATION,
                asked.reference(),
                actor,
                asked.leaves() ? "took out a package" : "asked how long a package is",
                row.sha256(),
                asked.how());
        if (asked.leaves() && !held.documents().isEmpty()) {
            jdbc.sql(TAKEN)
                    .param("reference", asked.reference())
                    .param("actor", actor)
                    .param("how", asked.how())
                    .param("case", row.caseId())
                    .param(
                            "ids",
                            numbers(held.documents().stream()
                                    .map(Carried::named)
                                    .toList()))
                    .update();
        }
        return held;
    }

    /** Where each of its values came from, as far as the records are kept: whoever took out the package whole may know. */
    public PackageLineage lineage(Held held) {
        return LineageMapping.of(tree(held.canonical()), sources.of(held.built().known, held.canonical()));
    }

    private Kept documents(Row row, Held held, Asked asked) {
        List<NamedDocument> named = asked.documents() ? named(held.canonical(), asked.profile()) : List.of();
        if (named.isEmpty()) {
            return held;
        }
        if (!asked.contacts() && NamedDocument.anyWithContacts(tree(held.canonical()))) {
            return new NotForThem();
        }
        Map<Long, Stored> stored = jdbc
                .sql(DOCUMENTS)
                .param("case", row.caseId())
                .param("ids", numbers(named))
                .query(PackageDesk::stored)
                .list()
                .stream()
                .collect(Collectors.toMap(Stored::id, Function.identity()));
        List<Carried> carried = new ArrayList<>();
        for (NamedDocument document : named) {
            Stored there = stored.get(document.number());
            if (there != null && there.erased()) {
                return new DocumentErased(document.number());
            }
            if (there == null || !there.is(document)) {
                return new DocumentDamaged(document.number());
            }
            carried.add(new Carried(document, there.crc32()));
        }
        return new Held(held.canonical(), held.before(), carried, held.built());
    }

    private static List<NamedDocument> named(byte[] canonical, @Nullable String profile) {
        JsonNode whole = tree(canonical);
        return NamedDocument.in(
                profile == null ? whole : DisclosureProfiles.of(profile).cut(whole));
    }

    private static JsonNode tree(byte[] canonical) {
        try {
            return JSON.readTree(canonical);
        } catch (IOException e) {
            // Not the cause: a parser's message quotes what it read.
            throw new IllegalStateException("a stored package is no JSON");
        }
    }

    private static List<Long> numbers(List<NamedDocument> named) {
        return named.stream().map(NamedDocument::number).toList();
    }

    /** The bytes of a document, to be read once; they end in the middle if they are not those that the package names. */
    public InputStream open(Carried document) {
        NamedDocument named = document.named();
        return pieces.open(named.number(), named.size(), HexFormat.of().parseHex(named.sha256()));
    }

    /** As it was reckoned when the document came, or else from its bytes, once for all. */
    public long crc32(Carried document) throws IOException {
        if (document.crc32() != null) {
            return document.crc32();
        }
        CRC32 crc = new CRC32();
        try (InputStream bytes = open(document)) {
            byte[] some = new byte[64 * 1024];
            for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
                crc.update(some, 0, read);
            }
        }
        jdbc.sql("UPDATE document SET crc32 = :crc WHERE id = :id AND crc32 IS NULL")
                .param("crc", crc.getValue())
                .param("id", document.named().number())
                .update();
        return crc.getValue();
    }

    private record Stored(
            long id,
            boolean clean,
            boolean erased,
            String mediaType,
            long size,
            String sha256,
            @Nullable Long crc32,
            long there) {

        boolean is(NamedDocument named) {
            return clean
                    && there == size
                    && size == named.size()
                    && sha256.equals(named.sha256())
                    && mediaType.equals(named.mediaType());
        }
    }

    private static Stored stored(ResultSet rs, int n) throws SQLException {
        return new Stored(
                rs.getLong("id"),
                rs.getBoolean("clean"),
                rs.getBoolean("erased"),
                rs.getString("media_type"),
                rs.getLong("size"),
                Columns.hex(rs, "sha256"),
                rs.getObject("crc32", Long.class),
                rs.getLong("there"));
    }

    private record Row(long caseId, Kept kept, byte[] sha256) {}

    private static Row row(ResultSet rs, int n) throws SQLException {
        long caseId = rs.getLong("id");
        byte[] sha256 = rs.getBytes("sha256");
        if (rs.getBoolean("erased")) {
            return new Row(caseId, new Erased(instant(rs, "erased_on"), rs.getString("policy")), sha256);
        }
        byte[] canonical = rs.getBytes("canonical");
        if (!MessageDigest.isEqual(Sha256.of(canonical), sha256)) {
            throw new IllegalStateException("a stored package is not what was numbered");
        }
        return new Row(
                caseId,
                new Held(canonical, rs.getBytes("before"), List.of(), new Built(PackageSources.built(rs))),
                sha256);
    }
}
