package sallyport.ledger;

/** Makes sure that poll sources exist; their state is the ledger's. */
public interface PollSources {

    /** Adds the source, due at once, unless it is there. */
    void ensure(String system, String stream);
}
