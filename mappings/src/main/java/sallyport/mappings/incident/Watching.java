package sallyport.mappings.incident;

/** What the state of a report means here: only a report in the hands of the reviewers is acted on. */
public enum Watching {
    /** Not submitted yet, or being changed: kept and followed, nothing is decided on it. */
    WATCHED,
    /** The prison says that there is nothing to report, or that another report tells it. */
    WITHDRAWN,
    /** Submitted: triage may decide. */
    ACTED_ON;

    public static Watching of(Status status) {
        return switch (status) {
            case DRAFT, REOPENED, WAS_CLOSED -> WATCHED;
            case DUPLICATE, NOT_REPORTABLE -> WITHDRAWN;
            case AWAITING_REVIEW, ON_HOLD, NEEDS_UPDATING, UPDATED, CLOSED -> ACTED_ON;
        };
    }
}
