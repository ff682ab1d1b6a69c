package sallyport.ledger.desk;

import java.io.InputStream;
import java.security.MessageDigest;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.IncomingFiles;

/** Takes files in as {@link CaseDocuments} does, where a prison system and not a person sends them. */
final class IncomingDocuments implements IncomingFiles {

    private final JdbcClient jdbc;
    private final DocumentProperties properties;
    private final PieceReceiver receiver;

    IncomingDocuments(DataSource dataSource, DocumentProperties properties) {
        this.jdbc = JdbcClient.create(dataSource);
        this.properties = properties;
        this.receiver = new PieceReceiver(dataSource, properties);
    }

    @Override
    public Arrival receive(Announced announced, InputStream bytes) {
        if (announced.size() > properties.maxBytes()) {
            return new NotTaken("too-large");
        }
        if (documents(announced.caseId()) >= properties.perCase()) {
            return new NotTaken("case-full");
        }
        long id = receiver.open(announced.caseId(), announced.kind(), announced.fileName(), announced.actor());
        boolean kept = false;
        try {
            Arrival arrival = arrived(id, announced, receiver.receive(id, announced.mediaType(), bytes));
            kept = arrival instanceof Arrived;
            return arrival;
        } finally {
            if (!kept) {
                receiver.close(id);
            }
        }
    }

    private static Arrival arrived(long id, Announced announced, PieceReceiver.Pieces pieces) {
        if (pieces instanceof PieceReceiver.Wrong wrong) {
            return new NotTaken(wrong.code());
        }
        PieceReceiver.Whole file = (PieceReceiver.Whole) pieces;
        if (file.size() != announced.size()) {
            return new NotTaken("wrong-size");
        }
        if (!MessageDigest.isEqual(file.sha256(), announced.sha256())) {
            return new NotTaken("wrong-hash");
        }
        return new Arrived(id, file.type().mediaType(), file.size(), file.sha256(), file.crc32());
    }

    private long documents(long caseId) {
        return jdbc.sql("SELECT count(*) FROM document WHERE case_id = :case")
                .param("case", caseId)
                .query(Long.class)
                .single();
    }
}
