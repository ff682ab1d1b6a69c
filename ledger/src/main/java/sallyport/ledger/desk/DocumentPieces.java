package sallyport.ledger.desk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.DocumentBytes;

/** Reads documents piece by piece, each in a statement of its own: a slow reader holds no connection. */
final class DocumentPieces implements DocumentBytes {

    private final JdbcClient jdbc;

    DocumentPieces(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public InputStream open(long documentId) {
        return new Pieces(documentId);
    }

    private final class Pieces extends InputStream {

        private final long document;
        private @Nullable ByteArrayInputStream piece;
        private int next;
        private boolean over;

        Pieces(long document) {
            this.document = document;
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
                var bytes = jdbc.sql("SELECT bytes FROM document_chunk WHERE document = :document AND no = :no")
                        .param("document", document)
                        .param("no", next)
                        .query((rs, n) -> rs.getBytes("bytes"))
                        .optional();
                over = bytes.isEmpty();
                piece = bytes.map(ByteArrayInputStream::new).orElse(null);
                next++;
            } catch (DataAccessException away) {
                throw new IOException("the ledger is away", away);
            }
        }
    }
}
