package sallyport.connectors.prison.casenotes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * A window of instants as the source's wall clock without offset. Where that is ambiguous it is widened, never narrowed: in
 * October's repeated hour one time on the clock stands for two instants.
 */
record LondonWindow(LocalDateTime from, LocalDateTime to) {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    static LondonWindow of(Instant from, Instant to) {
        return new LondonWindow(earliest(from), latest(to));
    }

    private static LocalDateTime earliest(Instant instant) {
        LocalDateTime clock = LocalDateTime.ofInstant(instant, LONDON);
        ZoneOffsetTransition overlap = overlapAt(clock);
        return overlap != null && instant.isBefore(overlap.getInstant()) ? overlap.getDateTimeAfter() : clock;
    }

    private static LocalDateTime latest(Instant instant) {
        LocalDateTime clock = LocalDateTime.ofInstant(instant, LONDON);
        ZoneOffsetTransition overlap = overlapAt(clock);
        return overlap != null && !instant.isBefore(overlap.getInstant()) ? overlap.getDateTimeBefore() : clock;
    }

    private static @Nullable ZoneOffsetTransition overlapAt(LocalDateTime clock) {
        ZoneOffsetTransition transition = LONDON.getRules().getTransition(clock);
        return transition != null && transition.isOverlap() ? transition : null;
    }
}
