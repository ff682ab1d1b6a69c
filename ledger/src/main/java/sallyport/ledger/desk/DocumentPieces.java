package sallyport.ledger.desk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.DamagedDocument;
import sallyport.ledger.DocumentBytes;

/** Reads documents piece by piece, each in a statement of its own: a slow reader holds no connection. */
final class DocumentPieces implements DocumentBytes {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentPieces.class);

    private static final String TASK =
            """
            INSERT INTO task (kind, subject, case_id, detail)
            SELECT 'DOCUMENT', 'damaged-document/' || id, case_id,
                   'Document ' || id || ' is damaged: its bytes are not those that were added. Nobody gets it. '
                   || 'Tell an operator to look for the cause, and add the file again'
              FROM document WHERE id = :document
            ON CONFLICT (kind, subject) WHERE closed_at IS NULL DO NOTHING
            """;

    private final JdbcClient jdbc;

    DocumentPieces(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public InputStream open(long documentId) {
        return new Pieces(documentId, null);
    }

    /**
     * The bytes that were added, or an end in the middle: they are hashed as they are read, and the last piece is given only if all were
     * right. Otherwise it is a {@link DamagedDocument}, and a work item is open for it; an {@link IOException} of another kind where the
     * document was erased meanwhile or the ledger is away.
     */
    InputStream open(long documentId, long size, byte[] sha256) {
        return new Pieces(documentId, new Added(size, sha256.clone()));
    }

    /** Tells people of a document whose bytes are not those that were added; in no transaction, so that it stays. */
    DamagedDocument damaged(long documentId) {
        LOG.error("document {} is damaged: its bytes are not those that were added", documentId);
        try {
            jdbc.sql(TASK).param("document", documentId).update();
        } catch (DataAccessException away) {
            LOG.error("no work item for it: {}", away.getClass().getName());
        }
        return new DamagedDocument(documentId);
    }

    private boolean erased(long document) {
        return jdbc.sql("SELECT erased_by IS NOT NULL FROM document WHERE id = :document")
                .param("document", document)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** What the pieces must be, and what they were so far. */
    private static final class Added {

        private final long size;
        private final byte[] sha256;
        private final MessageDigest digest = sha256();
        private long read;

        Added(long size, byte[] sha256) {
            this.size = size;
            this.sha256 = sha256;
        }

        /** @return whether it may be given on */
        boolean isRight(byte[] piece) {
            read += piece.length;
            digest.update(piece);
            return read < size || read == size && MessageDigest.isEqual(digest.digest(), sha256);
        }

        boolean isComplete() {
            return read == size;
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private final class Pieces extends InputStream {

        private final long document;
        private final @Nullable Added added;
        private @Nullable ByteArrayInputStream piece;
        private int next;
        private boolean over;

        Pieces(long document, @Nullable Added added) {
            this.document = document;
            this.added = added;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, into.length);
            if (length == 0) {
                return 0;
            }
            while (!over) {
                int read = piece == null ? -1 : piece.read(into, from, length);
                if (read > 0) {
                    return read;
                }
                fetch();
            }
            return -1;
        }

        private void fetch() throws IOException {
            try {
                // The one before it is not kept while the next comes.
                piece = null;
                byte[] bytes = jdbc.sql("SELECT bytes FROM document_chunk WHERE document = :document AND no = :no")
                        .param("document", document)
                        .param("no", next)
                        .query((rs, n) -> rs.getBytes("bytes"))
                        .optional()
                        .orElse(null);
                if (added != null) {
                    check(bytes);
                }
                over = bytes == null;
                piece = bytes == null ? null : new ByteArrayInputStream(bytes);
                next++;
            } catch (DataAccessException away) {
                throw new IOException("the ledger is away", away);
            }
        }

        private void check(byte @Nullable [] bytes) throws IOException {
            Added all = Objects.requireNonNull(added);
            if (bytes == null ? all.isComplete() : all.isRight(bytes)) {
                return;
            }
            if (bytes == null && erased(document)) {
                throw new IOException("document " + document + " was erased while it was read");
            }
            throw damaged(document);
        }
    }
}
