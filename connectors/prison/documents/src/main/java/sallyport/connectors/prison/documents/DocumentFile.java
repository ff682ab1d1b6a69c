package sallyport.connectors.prison.documents;

import java.io.InputStream;
import java.util.function.Function;

/**
 * The file of one document, and who reads it while it comes.
 *
 * @param uuid the document's
 * @param reader what it makes of the bytes is the answer. Reading ends as {@code Unavailable} where the file breaks off, is larger than
 *     the setting allows or takes too long; then nothing may be kept of it
 */
public record DocumentFile(String uuid, Function<InputStream, Object> reader) {}
