package sallyport.connectors.wire;

import java.net.URI;
import java.time.Instant;

/**
 * What a source answered: the bytes as they came, or that the record is gone (404, 410).
 *
 * @param raw the body, byte for byte; empty when gone
 * @param from the address asked, without credentials
 * @param at when the answer was complete, by the hub's clock
 * @param gone the source knows no such record (any more)
 */
public record Fetched(byte[] raw, URI from, Instant at, boolean gone) {

    public static Fetched found(byte[] raw, URI from, Instant at) {
        return new Fetched(raw, from, at, false);
    }

    public static Fetched gone(URI from, Instant at) {
        return new Fetched(new byte[0], from, at, true);
    }
}
