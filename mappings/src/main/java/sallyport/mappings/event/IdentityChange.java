package sallyport.mappings.event;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;

/**
 * A number that changed at the source: of a person, whose two numbers turned out to be one, or of what happened in one booking, which
 * turned out to be another person's.
 *
 * @param at when the source did it; {@link Instant#EPOCH} where it does not say, so that whatever says when is later
 * @param booking the booking that moved; null for a merge
 * @param started when the booking began; null when that could not be read
 */
public record IdentityChange(String from, String to, Instant at, @Nullable String booking, @Nullable Instant started) {

    private static final String NOT_READ = "-";

    static IdentityChange merge(String removed, String kept, Instant at) {
        return new IdentityChange(removed, kept, at, null, null);
    }

    static IdentityChange move(String from, String to, Instant at, String booking, @Nullable Instant started) {
        return new IdentityChange(from, to, at, booking, started);
    }

    /** One text for all of it, the same for the same change. */
    public String key() {
        String key = to + "/" + from + "/" + at;
        return booking == null ? key : key + "/" + booking + "/" + (started == null ? NOT_READ : started);
    }

    /** What {@link #key} wrote, or {@code <number kept>/<number removed>}: {@link Rejected} when it is neither. */
    public static IdentityChange of(String key) {
        String[] parts = key.split("/", -1);
        try {
            return switch (parts.length) {
                case 2 -> merge(parts[1], parts[0], Instant.EPOCH);
                case 3 -> merge(parts[1], parts[0], Instant.parse(parts[2]));
                case 5 ->
                    move(
                            parts[1],
                            parts[0],
                            Instant.parse(parts[2]),
                            parts[3],
                            parts[4].equals(NOT_READ) ? null : Instant.parse(parts[4]));
                default -> throw new Rejected("unreadable-identity-change", "/additionalInformation");
            };
        } catch (DateTimeException e) {
            throw new Rejected("unreadable-identity-change", "/additionalInformation");
        }
    }
}
