package sallyport.ledger.desk;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.mappings.document.DocumentType;

/**
 * What people may add to a case.
 *
 * @param maxBytes the largest file, at most 50 MB
 * @param kinds what a document can be, lower-case words with hyphens
 * @param mediaTypes what is taken; each must be one whose beginning tells it
 * @param perCase so many documents at most in one case
 * @param abandonedAfter an upload from which nothing came for so long is cleared away
 */
@ConfigurationProperties("sallyport.documents")
public record DocumentProperties(
        @DefaultValue("50000000") long maxBytes,
        @DefaultValue({
                    "statement-front",
                    "statement-back",
                    "statement",
                    "photograph",
                    "footage",
                    "exhibit-list",
                    "medical-consent",
                    "use-of-force",
                    "impact-statement",
                    "charge-service",
                    "other"
                })
                List<String> kinds,
        @DefaultValue({"application/pdf", "image/jpeg", "image/png", "image/tiff", "video/mp4"})
                List<String> mediaTypes,
        @DefaultValue("100") int perCase,
        @DefaultValue("10m") Duration abandonedAfter) {

    private static final long LARGEST = 50_000_000;

    public DocumentProperties {
        kinds = List.copyOf(kinds);
        mediaTypes = List.copyOf(mediaTypes);
        require(maxBytes >= 1_000 && maxBytes <= LARGEST, "max-bytes must be between 1000 and 50000000");
        require(!kinds.isEmpty(), "kinds must not be empty");
        require(
                kinds.stream().allMatch(kind -> kind.matches("[a-z]+(-[a-z]+)*") && kind.length() <= 40),
                "kinds must be lower-case words with hyphens");
        Set<String> unknown = new TreeSet<>(mediaTypes);
        unknown.removeIf(DocumentType::isKnown);
        require(unknown.isEmpty() && !mediaTypes.isEmpty(), "media-types cannot be told from the bytes: " + unknown);
        require(perCase >= 1 && perCase <= 1_000, "per-case must be between 1 and 1000");
        require(
                abandonedAfter.compareTo(Duration.ofMinutes(1)) >= 0
                        && abandonedAfter.compareTo(Duration.ofDays(1)) <= 0,
                "abandoned-after must be between 1m and 1d");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.documents." + otherwise);
        }
    }
}
