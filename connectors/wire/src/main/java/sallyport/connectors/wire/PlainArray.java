package sallyport.connectors.wire;

import com.fasterxml.jackson.core.JsonToken;

/** Everything at once, as a JSON array. Another shape is {@link Unavailable}. */
public final class PlainArray {

    private PlainArray() {}

    /** The same bytes, known to be an array. */
    public static byte[] checked(byte[] raw) {
        return Json.wellFormed(raw, JsonToken.START_ARRAY);
    }
}
