package sallyport.ledger;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files on their way into a case, piece by piece while they come. What has arrived whole is nobody's yet: only an effect makes it a
 * document, and without one it is cleared away.
 */
public interface IncomingFiles {

    /**
     * Writes a file down as it is read. Where reading fails with an exception, nothing of it stays, and the exception goes on.
     */
    Arrival receive(Announced announced, InputStream bytes);

    /**
     * What is to come.
     *
     * @param size in bytes
     * @param sha256 what the bytes must hash to
     */
    record Announced(
            long caseId,
            String kind,
            @Nullable String fileName,
            String mediaType,
            long size,
            byte[] sha256,
            String actor) {}

    /** What became of it. */
    sealed interface Arrival permits Arrived, NotTaken {}

    /** @param document where its pieces lie */
    record Arrived(long document, String mediaType, long size, byte[] sha256, long crc32) implements Arrival {}

    /**
     * Nothing of it was kept.
     *
     * @param code {@code too-large}, {@code wrong-type}, {@code empty}, {@code wrong-size}, {@code wrong-hash} or {@code case-full}
     */
    record NotTaken(String code) implements Arrival {}
}
