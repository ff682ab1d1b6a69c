package sallyport.connectors.prison.incidentreporting;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep found, newest first, each version once.
 *
 * @param complete everything since the asked instant is here; if not, the sweep stopped at its bound or the source repeated
 *     itself, and the mark for the next one must stay where it was, unless the rest is read some other way
 * @param newest when the newest of them was changed, by the source's own clock; null when none says so. In October's repeated hour
 *     the first pass: a mark that is too early only reads again
 * @param next where the sweep goes on that stopped at its bound; null when it is complete, or the source repeated itself. At page 0
 *     when the list has moved so far that what lies between is not known
 */
public record Changes(
        List<ChangedReport> reports, boolean complete, @Nullable Instant newest, ChangesSince.@Nullable Place next) {

    public Changes(List<ChangedReport> reports, boolean complete, @Nullable Instant newest) {
        this(reports, complete, newest, null);
    }
}
