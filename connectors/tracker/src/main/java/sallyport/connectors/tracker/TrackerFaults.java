package sallyport.connectors.tracker;

import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

/**
 * What the tracker's answers mean. Reading changes nothing, so an unanswered read is {@code Unavailable}; an unanswered
 * write is {@code Unknown}, which may be sent again, for a {@code PUT} with {@code If-Match} cannot be carried out twice.
 */
final class TrackerFaults {

    static final int CONFLICT = 412;
    private static final int NOT_FOUND = 404;

    private TrackerFaults() {}

    /** A row, or none: 404 and 410 are answers. */
    static boolean found(Answer read) {
        if (read.status() == NOT_FOUND) {
            return false;
        }
        HttpFaults.ofRead(read);
        return true;
    }

    static Accepted written(Answer answer) {
        HttpFaults.ofWrite(answer);
        return new Accepted(Integer.toString(answer.status()), answer.body(), true);
    }

    /** Somebody changed the row between reading and writing, twice running: the conflict desk decides. */
    static Rejected conflict() {
        return new Rejected("tracker-conflict", "/");
    }

    static Unavailable unreadable() {
        return new Unavailable("unexpected-answer", "the row is no JSON object or has no ETag", null, null);
    }
}
