package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Bytes for one channel, rendered once before the first send; retries repeat them.
 *
 * @param profile the disclosure profile that it was cut to
 * @param heldBack that profile's version, and what it held back and why: places and counts, never a value. Each entry of the evidence log
 *     about these bytes repeats it.
 */
public record Rendered(
        String channel,
        String contentType,
        byte[] bytes,
        String mappingVersion,
        String profile,
        @Nullable String heldBack) {}
