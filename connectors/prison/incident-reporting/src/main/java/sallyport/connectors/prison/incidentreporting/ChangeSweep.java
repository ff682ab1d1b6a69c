package sallyport.connectors.prison.incidentreporting;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.SimplePage;
import sallyport.connectors.wire.Unavailable;

/**
 * Reads the list of reports, newest change first, until it is older than the mark. The list moves while it is read: what is
 * shown twice counts once, what is pushed up past the reader makes the sweep {@link Unavailable}, and a page with nothing
 * new or too many pages end it as not complete. One that had too many goes on a page before where it stopped: what changes
 * meanwhile moves to the front and pushes the others down, which shows them again.
 */
final class ChangeSweep {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final IntFunction<SimplePage> pages;
    private final int maxPages;
    private final Instant after;
    private final ChangesSince.@Nullable Place from;
    private final Set<ChangedReport> found = new LinkedHashSet<>();
    private @Nullable Instant newest;
    private @Nullable Instant oldest;

    ChangeSweep(IntFunction<SimplePage> pages, int maxPages, ChangesSince since) {
        this.pages = pages;
        this.maxPages = maxPages;
        this.after = since.after();
        this.from = since.from();
    }

    Changes run() {
        long total = 0;
        int first = from == null ? SimplePage.FIRST : Math.max(SimplePage.FIRST, from.page() - 1);
        // Where it goes on, at least one page that was not read before.
        int end = first + (from == null ? maxPages : Math.max(2, maxPages));
        for (int number = first; number < end; number++) {
            SimplePage page = pages.apply(number);
            total = page.atLeast(total);
            if (from != null
                    && number == first
                    && first > SimplePage.FIRST
                    && leavesAGap(page.content(), from.reached())) {
                return new Changes(List.of(), false, null, new ChangesSince.Place(SimplePage.FIRST, from.reached()));
            }
            int before = found.size();
            if (collect(page.content()) || page.last()) {
                return changes(true);
            }
            if (found.size() == before) {
                return changes(false);
            }
        }
        return new Changes(
                List.copyOf(found), false, newest, oldest == null ? null : new ChangesSince.Place(end, oldest));
    }

    private Changes changes(boolean complete) {
        return new Changes(List.copyOf(found), complete, newest, null);
    }

    /** Many were deleted since, and the page begins behind what was read: what lies between was pulled up past the reader. */
    private static boolean leavesAGap(JsonNode content, Instant reached) {
        return content.isEmpty()
                || london(text(content.get(0), "modifiedAt"))
                        .map(at -> latest(at).isBefore(reached))
                        .orElse(false);
    }

    /** Takes what is new of a page; true when the page reaches back behind the mark. */
    private boolean collect(JsonNode content) {
        Optional<LocalDateTime> newer = Optional.empty();
        for (JsonNode report : content) {
            String id = text(report, "id");
            String modified = text(report, "modifiedAt");
            Optional<LocalDateTime> at = london(modified);
            if (at.isPresent()) {
                if (newer.isPresent() && at.get().isAfter(newer.get())) {
                    // Without the order the mark means nothing, and stopping at it would lose changes unseen.
                    throw new Unavailable("unexpected-order", "the list is not sorted by its last change", null, null);
                }
                newer = at;
                // The list is sorted, but it moves: a later page may not say something newer than the first one did.
                newest = newest == null ? earliest(at.get()) : newest;
                oldest = earliest(at.get());
                if (latest(at.get()).isBefore(after)) {
                    return true;
                }
            }
            found.add(new ChangedReport(id, modified));
        }
        return false;
    }

    private static String text(JsonNode report, String field) {
        JsonNode value = report.path(field);
        if (!value.isTextual()) {
            throw new Unavailable("unexpected-answer", "a report in the list has no " + field, null, null);
        }
        return value.asText();
    }

    /** The wall clock by which the source sorts; a text that is no time is taken as changed, whatever the mark. */
    private static Optional<LocalDateTime> london(String text) {
        try {
            return Optional.of(
                    text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                            ? OffsetDateTime.parse(text)
                                    .atZoneSameInstant(LONDON)
                                    .toLocalDateTime()
                            : LocalDateTime.parse(text));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Instant earliest(LocalDateTime wallClock) {
        return ZonedDateTime.of(wallClock, LONDON).withEarlierOffsetAtOverlap().toInstant();
    }

    /** In October's repeated hour the second pass: the list may hold both, and stopping too late loses nothing. */
    private static Instant latest(LocalDateTime wallClock) {
        return ZonedDateTime.of(wallClock, LONDON).withLaterOffsetAtOverlap().toInstant();
    }
}
