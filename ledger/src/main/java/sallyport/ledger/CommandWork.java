package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/** Something a person asked for, with the case it is about, if it is about one. */
public record CommandWork(
        long id,
        String kind,
        String target,
        @Nullable String argument,
        String actor,
        String reason,
        @Nullable ReferralCase referralCase,
        @Nullable StoredPackage lastPackage) {

    public static final String APPROVE = "APPROVE";
    public static final String KEEP_INTERNAL = "KEEP_INTERNAL";
    public static final String CONFIRM_WITHDRAWAL = "CONFIRM_WITHDRAWAL";
    /** Clears a review and builds the package again. */
    public static final String CONFIRM_REVIEW = "CONFIRM_REVIEW";
    /** Runs parked work, or a parked lane of a case, again; argument: {@code work/<id>} or {@code lane/<id>}. */
    public static final String RELEASE = "RELEASE";
}
