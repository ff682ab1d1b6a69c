package sallyport.mappings.incident;

/** Where a report stands in its own review; {@link Watching} says what that means here. */
public enum Status {
    DRAFT,
    AWAITING_REVIEW,
    ON_HOLD,
    NEEDS_UPDATING,
    UPDATED,
    CLOSED,
    DUPLICATE,
    NOT_REPORTABLE,
    REOPENED,
    WAS_CLOSED
}
