package sallyport.ledger;

/** What a node holds while it works: a row, and the fence that proves it still holds it. Exchange property {@link #PROPERTY}. */
public sealed interface Claim permits WorkClaim, LaneClaim, PollClaim {

    /** The exchange property that holds the claim. */
    String PROPERTY = "sallyport.claim";

    long id();

    long fence();

    /** 1 for the first try. */
    int attempt();
}
