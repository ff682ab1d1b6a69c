package sallyport.mappings.useofforce;

/** What a form says to a question that somebody may not be able to answer. */
public enum Answer {
    YES,
    NO,
    NOT_KNOWN
}
