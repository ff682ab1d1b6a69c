package sallyport.routes.droppedfileintake;

import java.time.Instant;
import java.util.HexFormat;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Evidence;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;

/**
 * Where records came from that were read from a dropped file.
 *
 * @param sha256 of the file
 * @param readAt when it was read
 */
public record DropSource(String feed, byte[] sha256, Instant readAt) {

    /** A name for the file that it has wherever it lies, and a key for its record: its hash. */
    public String id() {
        return HexFormat.of().formatHex(sha256);
    }

    /** As {@code source_version.fetched_from}. */
    public String from() {
        return "dropped-files/" + feed + "/" + id();
    }

    /** The whole file as one source record of this system, with its work; {@link #collected} goes with it. */
    public Effect whole(String system, byte[] raw, Step then) {
        return new StoreSource(new SourceKey(system, id()), raw, null, null, false, readAt, from(), null, null, then);
    }

    /** The entry of the evidence log for what was read. */
    public Effect collected(String reason) {
        return new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION, null, null, "sallyport", reason, null, sha256, null, null, from()));
    }
}
