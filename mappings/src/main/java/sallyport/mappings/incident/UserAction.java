package sallyport.mappings.incident;

/** What a person last asked for or did with a report in its own review. */
public enum UserAction {
    REQUEST_REVIEW,
    REQUEST_DUPLICATE,
    REQUEST_NOT_REPORTABLE,
    REQUEST_CORRECTION,
    RECALL,
    CLOSE,
    MARK_DUPLICATE,
    MARK_NOT_REPORTABLE,
    HOLD
}
