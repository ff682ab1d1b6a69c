package sallyport.connectors.filedrop;

/** Which node looks after a feed, and who is told when it cannot. */
public interface DropTurns {

    /** Whether this node does, until long after the next look. */
    boolean mine(String feed);

    /**
     * Said when it begins, and when it is something else, not at each look.
     *
     * @param what one line for a person, nothing personal
     */
    void trouble(String feed, String what);

    /** Said at the first good look, and when trouble is over. */
    void well(String feed);
}
