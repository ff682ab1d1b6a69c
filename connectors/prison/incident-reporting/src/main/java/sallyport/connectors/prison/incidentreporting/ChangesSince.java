package sallyport.connectors.prison.incidentreporting;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which reports changed at or after this instant. Whoever asks goes back a little behind the newest change already known:
 * a report that is written while the list is being read may appear only the next time.
 *
 * @param from where a sweep that was not complete goes on; null: at the newest
 */
public record ChangesSince(Instant after, @Nullable Place from) {

    public ChangesSince(Instant after) {
        this(after, null);
    }

    /**
     * A place in the list, which moves.
     *
     * @param page the next that was not read
     * @param reached the oldest change that was read: what comes before the page must not be older
     */
    public record Place(int page, Instant reached) {}
}
