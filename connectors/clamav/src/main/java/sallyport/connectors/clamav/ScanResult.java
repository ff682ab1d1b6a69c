package sallyport.connectors.clamav;

import org.jspecify.annotations.Nullable;

/**
 * What the scanner said of the bytes.
 *
 * @param found the name of what was found; null when they are clean
 * @param bytes how many were scanned
 */
public record ScanResult(@Nullable String found, long bytes) {

    public boolean clean() {
        return found == null;
    }
}
