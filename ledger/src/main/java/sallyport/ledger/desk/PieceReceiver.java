package sallyport.ledger.desk;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.mappings.document.DocumentType;

/** Writes a file in pieces, each in a statement of its own while the next is on its way: one piece is in memory, no more. */
final class PieceReceiver {

    /** So much is in memory at a time. */
    static final int PIECE = 512 * 1024;

    private final JdbcClient jdbc;
    private final DocumentProperties properties;

    PieceReceiver(DataSource dataSource, DocumentProperties properties) {
        this.jdbc = JdbcClient.create(dataSource);
        this.properties = properties;
    }

    /** What the pieces made. */
    sealed interface Pieces permits Whole, Wrong {}

    record Whole(DocumentType type, long size, byte[] sha256, long crc32) implements Pieces {}

    /** @param code {@code too-large}, {@code wrong-type}, {@code empty} or {@code cut-short} */
    record Wrong(String code) implements Pieces {}

    /** A place for pieces, shown to nobody. Whoever opens it closes it, unless it became a document. */
    long open(long caseId, String kind, @Nullable String fileName, String actor) {
        return jdbc.sql(
                        """
                        INSERT INTO document (case_id, kind, state, file_name, actor)
                        VALUES (:case, :kind, 'RECEIVING', :name, :actor) RETURNING id
                        """)
                .param("case", caseId)
                .param("kind", kind)
                .param("name", fileName)
                .param("actor", actor)
                .query(Long.class)
                .single();
    }

    void close(long id) {
        jdbc.sql("DELETE FROM document WHERE id = :id AND state = 'RECEIVING'")
                .param("id", id)
                .update();
    }

    /** @param declaredType what the sender says that it is; null if nothing */
    Pieces receive(long id, @Nullable String declaredType, InputStream bytes) {
        MessageDigest digest = sha256();
        CRC32 crc = new CRC32();
        long size = 0;
        DocumentType type = null;
        for (int no = 0; ; no++) {
            byte[] piece;
            try {
                piece = bytes.readNBytes(PIECE);
            } catch (IOException broken) {
                return new Wrong("cut-short");
            }
            if (piece.length == 0) {
                break;
            }
            size += piece.length;
            if (size > properties.maxBytes()) {
                return new Wrong("too-large");
            }
            if (type == null) {
                Optional<DocumentType> told = DocumentType.of(Arrays.copyOf(piece, DocumentType.HEAD));
                if (told.isEmpty()
                        || !properties.mediaTypes().contains(told.get().mediaType())
                        || declaredType != null
                                && !declaredType.equals(told.get().mediaType())) {
                    return new Wrong("wrong-type");
                }
                type = told.get();
            }
            digest.update(piece);
            crc.update(piece);
            write(id, no, piece);
        }
        return type == null ? new Wrong("empty") : new Whole(type, size, digest.digest(), crc.getValue());
    }

    private void write(long id, int no, byte[] piece) {
        jdbc.sql(
                        """
                        WITH touched AS (UPDATE document SET touched_at = now() WHERE id = :id RETURNING id)
                        INSERT INTO document_chunk (document, no, bytes) SELECT id, :no, :bytes FROM touched
                        """)
                .param("id", id)
                .param("no", no)
                .param("bytes", piece)
                .update();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
