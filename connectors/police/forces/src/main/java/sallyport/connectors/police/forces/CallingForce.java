package sallyport.connectors.police.forces;

/** Names under which the force that a client certificate belongs to travels; nothing in a body or header can set them. */
public final class CallingForce {

    /** Attribute of the servlet request, set by the partner port. */
    public static final String REQUEST_ATTRIBUTE = "sallyport.calling-force";

    /** Property of the exchange: the force code, as text. */
    public static final String PROPERTY = "partner";

    private CallingForce() {}
}
