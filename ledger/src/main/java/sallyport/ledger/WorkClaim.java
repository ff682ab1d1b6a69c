package sallyport.ledger;

/** One claimed row of work inside the hub. */
public record WorkClaim(long id, long fence, int attempt, Step step, String key, long requested) implements Claim {}
