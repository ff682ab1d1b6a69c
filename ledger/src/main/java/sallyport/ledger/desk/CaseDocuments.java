package sallyport.ledger.desk;

import static sallyport.ledger.desk.Columns.hex;
import static sallyport.ledger.desk.Columns.instant;
import static sallyport.ledger.desk.Columns.maybeInstant;

import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import sallyport.ledger.Evidence;
import sallyport.ledger.Step;
import sallyport.mappings.document.ContactKinds;
import sallyport.mappings.document.DocumentType;
import sallyport.mappings.document.FileName;

/**
 * Documents of cases, as people add and fetch them. A file comes in pieces, each written by itself while the next is on its way, and is
 * there only once it is whole: hashed, of a type that its own first bytes tell, and not there before. It can be fetched once a scanner
 * found it clean. Outside a scope there are no documents, and whoever looks leaves a consultation.
 */
public final class CaseDocuments {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate consultation;
    private final DocumentProperties properties;
    private final DocumentPieces pieces;
    private final PieceReceiver receiver;
    private final WakeUp wakeUp;

    CaseDocuments(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            DocumentProperties properties,
            DocumentPieces pieces,
            WakeUp wakeUp) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.consultation = new TransactionTemplate(transactions);
        this.consultation.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.properties = properties;
        this.pieces = pieces;
        this.receiver = new PieceReceiver(dataSource, properties);
        this.wakeUp = wakeUp;
    }

    /** Whether it may be used, and what is to be done if not. */
    public enum State {
        /** Whole, and waiting for a scanner: it can neither be fetched nor go anywhere. */
        RECEIVED,
        CLEAN,
        /** Its bytes are gone; hash and finding stay. */
        INFECTED
    }

    public record Document(
            long id,
            String kind,
            State state,
            @Nullable String fileName,
            String mediaType,
            long size,
            String sha256,
            String actor,
            Instant at,
            @Nullable Instant scannedAt,
            @Nullable String finding,
            boolean erased) {}

    /** @param open whether a document can be taken */
    public record Listed(String reference, boolean open, List<Document> documents) {}

    /** A document to be read once, from its beginning; it ends in the middle if it is not what was added. */
    public record Download(Document document, InputStream bytes) {}

    /** What became of an upload or a wish to fetch. */
    public sealed interface Answer permits Taken, Fetched, NotThere, NotNow, NotForThem, Refused {}

    public record Taken(long id, String sha256) implements Answer {}

    public record Fetched(Download download) implements Answer {}

    /** Nothing like that within the scope. */
    public record NotThere() implements Answer {}

    /** It holds the contacts of a witness, and is for those who decide about cases. */
    public record NotForThem() implements Answer {}

    /** Not while the case, or the document, stands as it does; {@code why} is for the person. */
    public record NotNow(String why) implements Answer {}

    /**
     * The file itself is not taken, and nothing of it is kept.
     *
     * @param code {@code unknown-kind}, {@code wrong-type}, {@code empty}, {@code too-large} or {@code cut-short}
     */
    public record Refused(String code, String why) implements Answer {}

    public List<String> kinds() {
        return properties.kinds();
    }

    public List<String> mediaTypes() {
        return properties.mediaTypes();
    }

    public long maxBytes() {
        return properties.maxBytes();
    }

    /**
     * Takes a file in.
     *
     * @param declaredType what the sender says that it is; null if nothing
     * @param declaredLength how many bytes are to come; negative where that is not known
     */
    public Answer take(
            String reference,
            @Nullable String kind,
            @Nullable String fileName,
            @Nullable String declaredType,
            long declaredLength,
            InputStream bytes,
            String actor,
            Scope scope) {
        Optional<Head> head = head(reference, scope, "");
        if (head.isEmpty()) {
            return new NotThere();
        }
        if (head.get().closed() != null) {
            return new NotNow(head.get().closed());
        }
        if (kind == null || !properties.kinds().contains(kind)) {
            return new Refused(
                    "unknown-kind", "The kind must be one of " + String.join(", ", properties.kinds()) + ".");
        }
        if (declaredLength > properties.maxBytes()) {
            return tooLarge();
        }
        if (count(head.get()) >= properties.perCase()) {
            return new NotNow("The case has as many documents as it may have.");
        }
        long id = receiver.open(head.get().id(), kind, FileName.of(fileName), actor);
        boolean kept = false;
        try {
            Answer answer = received(id, declaredType, declaredLength, bytes, reference, actor, scope);
            kept = answer instanceof Taken;
            return answer;
        } finally {
            if (!kept) {
                receiver.close(id);
            }
        }
    }

    private Answer received(
            long id,
            @Nullable String declaredType,
            long declaredLength,
            InputStream bytes,
            String reference,
            String actor,
            Scope scope) {
        PieceReceiver.Pieces pieces = receiver.receive(id, declaredType, bytes);
        if (pieces instanceof PieceReceiver.Wrong wrong) {
            return refused(wrong.code());
        }
        PieceReceiver.Whole file = (PieceReceiver.Whole) pieces;
        if (declaredLength >= 0 && file.size() != declaredLength) {
            return cutShort();
        }
        Answer answer = whole(id, file.type(), file.size(), file.sha256(), file.crc32(), reference, actor, scope);
        if (answer instanceof Taken) {
            wakeUp.workAskedFor(Step.DOCUMENT_SCAN);
        }
        return answer;
    }

    private Answer whole(
            long id,
            DocumentType type,
            long size,
            byte[] hash,
            long crc32,
            String reference,
            String actor,
            Scope scope) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                // The row lock: not while the case is erased, and the scope may have changed on the way.
                Optional<Head> head = head(reference, scope, " FOR NO KEY UPDATE");
                if (head.isEmpty()) {
                    return new NotThere();
                }
                if (head.get().closed() != null) {
                    return new NotNow(head.get().closed());
                }
                Optional<Document> same = jdbc.sql(
                                "SELECT * FROM document WHERE case_id = :case AND sha256 = :hash AND state <> 'RECEIVING'")
                        .param("case", head.get().id())
                        .param("hash", hash)
                        .query(CaseDocuments::document)
                        .optional();
                if (same.isPresent()) {
                    return known(same.get());
                }
                int rows = jdbc.sql(
                                """
                                UPDATE document
                                   SET state = 'RECEIVED', media_type = :type, size = :size, sha256 = :hash, crc32 = :crc, at = now()
                                 WHERE id = :id AND state = 'RECEIVING'
                                   AND :size = (SELECT coalesce(sum(length(bytes)), 0) FROM document_chunk WHERE document = :id)
                                """)
                        .param("type", type.mediaType())
                        .param("size", size)
                        .param("hash", hash)
                        .param("crc", crc32)
                        .param("id", id)
                        .update();
                if (rows == 0) {
                    // It took so long that it was cleared away.
                    return cutShort();
                }
                Logged.entry(
                        jdbc, Evidence.Kind.COLLECTION, reference, actor, "added a document", hash, "document " + id);
                jdbc.sql("INSERT INTO work (step, key) VALUES (:step, :key)")
                        .param("step", Step.DOCUMENT_SCAN.path())
                        .param("key", Long.toString(id))
                        .update();
                return new Taken(id, HexFormat.of().formatHex(hash));
            }));
        } catch (DuplicateKeyException atTheSameTime) {
            return new NotNow("The same file was added at the same time.");
        }
    }

    private static Answer known(Document same) {
        return new NotNow(
                same.state() == State.INFECTED
                        ? "This file was found infected before (" + same.finding() + "). Get a clean one."
                        : "This file is document " + same.id() + " of the case already.");
    }

    /** Empty outside the scope. Seeing it is recorded. */
    public Optional<Listed> list(String reference, Scope scope, String actor) {
        return Objects.requireNonNull(consultation.execute(status -> {
            Optional<Head> head = head(reference, scope, "");
            head.ifPresent(seen -> Logged.consultation(jdbc, reference, actor, "viewed the documents"));
            return head.map(seen -> new Listed(reference, seen.closed() == null, documents(seen)));
        }));
    }

    private List<Document> documents(Head head) {
        return jdbc.sql(
                        """
                        SELECT * FROM document WHERE case_id = :case AND state <> 'RECEIVING' ORDER BY id DESC LIMIT 1000
                        """)
                .param("case", head.id())
                .query(CaseDocuments::document)
                .list();
    }

    /**
     * Opens a document that was found clean; its consultation is recorded before the first byte.
     *
     * @param contacts whether whoever asks may know how a witness can be reached
     */
    public Answer fetch(String reference, long id, Scope scope, String actor, boolean contacts) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<Head> head = head(reference, scope, "");
            Optional<Document> document = head.flatMap(seen -> jdbc.sql(
                            "SELECT * FROM document WHERE id = :id AND case_id = :case AND state <> 'RECEIVING'")
                    .param("id", id)
                    .param("case", seen.id())
                    .query(CaseDocuments::document)
                    .optional());
            if (document.isEmpty()) {
                return new NotThere();
            }
            Document found = document.get();
            boolean withContacts = ContactKinds.has(found.kind());
            if (withContacts && !contacts) {
                return new NotForThem();
            }
            if (found.erased()) {
                return new NotNow("It was erased under a retention policy.");
            }
            if (found.state() == State.INFECTED) {
                return new NotNow("It was infected (" + found.finding() + ") and is removed. Get a clean one.");
            }
            if (found.state() != State.CLEAN) {
                return new NotNow("It is not scanned yet. It can be fetched once it is found clean.");
            }
            Logged.entry(
                    jdbc,
                    Evidence.Kind.CONSULTATION,
                    reference,
                    actor,
                    withContacts ? "fetched a document with the contacts of a witness" : "fetched a document",
                    HexFormat.of().parseHex(found.sha256()),
                    "document " + id);
            return new Fetched(new Download(
                    found, pieces.open(id, found.size(), HexFormat.of().parseHex(found.sha256()))));
        }));
    }

    private record Head(long id, @Nullable String closed) {}

    private Optional<Head> head(String reference, Scope scope, String lock) {
        return scope.bind(
                        jdbc.sql("SELECT c.id, c.state, c.erased_at FROM referral_case c WHERE c.reference = :reference"
                                + " AND " + Scope.covers("c") + lock))
                .param("reference", reference)
                .query((rs, n) -> new Head(
                        rs.getLong("id"),
                        rs.getObject("erased_at") != null
                                ? "The content of the case was erased under a retention policy."
                                : rs.getString("state").equals("WITHDRAWN") ? "The case is withdrawn." : null))
                .optional();
    }

    private long count(Head head) {
        return jdbc.sql("SELECT count(*) FROM document WHERE case_id = :case")
                .param("case", head.id())
                .query(Long.class)
                .single();
    }

    private Refused refused(String code) {
        return switch (code) {
            case "too-large" -> tooLarge();
            case "empty" -> new Refused(code, "The file is empty.");
            case "wrong-type" ->
                new Refused(
                        code,
                        "The file must be one of " + String.join(", ", properties.mediaTypes())
                                + ", and begin like one.");
            default -> cutShort();
        };
    }

    private Refused tooLarge() {
        return new Refused("too-large", "The file must be " + properties.maxBytes() + " bytes or less.");
    }

    private static Refused cutShort() {
        return new Refused("cut-short", "The upload ended before the file did. Send it again.");
    }

    private static Document document(ResultSet rs, int n) throws SQLException {
        return new Document(
                rs.getLong("id"),
                rs.getString("kind"),
                State.valueOf(rs.getString("state")),
                rs.getString("file_name"),
                rs.getString("media_type"),
                rs.getLong("size"),
                hex(rs, "sha256"),
                rs.getString("actor"),
                instant(rs, "at"),
                maybeInstant(rs, "scanned_at"),
                rs.getString("finding"),
                rs.getObject("erased_by") != null);
    }
}
