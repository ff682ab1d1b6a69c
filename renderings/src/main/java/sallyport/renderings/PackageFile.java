package sallyport.renderings;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One file to be handed over. Its length and its hash are known before the first byte leaves.
 *
 * @param name letters, digits, dots and hyphens only
 * @param sha256 of the bytes that {@code body} writes
 */
public record PackageFile(String name, String mediaType, long length, byte[] sha256, Body body) {

    /** Writes the same bytes however often it is asked. */
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
