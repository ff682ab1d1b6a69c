package sallyport.console.words;

/** It was there, and its content was erased when its time was over. */
public final class GoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why for the person: what is gone, and what can still be had */
    public GoneException(String why) {
        this.why = why;
    }

    public String why() {
        return why;
    }
}
