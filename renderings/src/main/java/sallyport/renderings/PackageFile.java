package sallyport.renderings;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file to be handed over. Its length is known before the first byte leaves.
 *
 * @param name letters, digits, dots and hyphens only
 * @param sha256 of the bytes that {@code body} writes; null where that takes reading documents: the manifest has a hash of each part
 * @param tag differs wherever the bytes do
 */
public record PackageFile(String name, String mediaType, long length, byte @Nullable [] sha256, byte[] tag, Body body) {

    /** Writes the same bytes however often it is asked, or fails. */
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
