package sallyport.simulators.rest;

/** One partner's REST interface. What it throws becomes a 500. */
public interface RestPartner {

    /** Short, lower case; requests are counted under it. */
    String name();

    /** Regular expression over the path of what it answers. */
    String paths();

    Answer answer(Asked asked);
}
