package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Something a person asked for, with the case it is about, if it is about one.
 *
 * @param parkedSend for the commands about one, if it is parked still
 * @param otherCase for COMBINE, the case that the argument names
 * @param incidentRecord for FACT, CASE_NOTE and KEEP_INTERNAL, the id of the incident report of the case, if it has one
 * @param lastExplanation for FACT and KEEP_INTERNAL, the latest verdict in the codes it was stored in
 */
public record CommandWork(
        long id,
        String kind,
        String target,
        @Nullable String argument,
        String actor,
        String reason,
        @Nullable ReferralCase referralCase,
        @Nullable StoredPackage lastPackage,
        @Nullable ParkedSend parkedSend,
        @Nullable ReferralCase otherCase,
        @Nullable String incidentRecord,
        @Nullable String lastExplanation) {

    public static final String APPROVE = "APPROVE";
    public static final String KEEP_INTERNAL = "KEEP_INTERNAL";
    public static final String CONFIRM_WITHDRAWAL = "CONFIRM_WITHDRAWAL";
    /** Clears a review and builds the package again. */
    public static final String CONFIRM_REVIEW = "CONFIRM_REVIEW";
    /** Runs parked work, or a parked lane of a case, again; argument: {@code work/<id>} or {@code lane/<id>}. */
    public static final String RELEASE = "RELEASE";
    /** The destination has what is parked, a person says; argument: {@code lane/<id>}. */
    public static final String CONFIRM_SENT = "CONFIRM_SENT";
    /**
     * A force's signed manifest names what is parked; argument: {@code lane/<id>}. The reason begins with the message id and a blank:
     * if another message is parked there by now, nothing is done.
     */
    public static final String CONFIRM_BY_MANIFEST = "CONFIRM_BY_MANIFEST";
    /** What is parked, and provably did not arrive, is not sent at all; argument: {@code lane/<id>}. */
    public static final String CANCEL_SEND = "CANCEL_SEND";

    /**
     * The prisons' own lists of these days are read and compared again; target: {@code days/<prison>}, {@code *} for all, argument:
     * {@code <first day>/<last day>} of incidents.
     */
    public static final String COMPARE_DAYS = "COMPARE_DAYS";
    /** A person has answered a readiness item of a case, or taken an answer back; argument: the item. */
    public static final String FACT = "FACT";
    /** A person has said whether a case note that was asked for is for the package; argument: the number of the request. */
    public static final String CASE_NOTE = "CASE_NOTE";
    /** A report belongs to this incident report; target: as {@link ReportKind} says, argument: the incident report's id. */
    public static final String CONFIRM_MATCH = "CONFIRM_MATCH";
    /** It does not. */
    public static final String REFUSE_MATCH = "REFUSE_MATCH";
    /** It belongs to none; without an argument. */
    public static final String NO_MATCH = "NO_MATCH";

    /** Two cases are one matter, a person says; argument: the reference of the other. */
    public static final String COMBINE = "COMBINE";
    /** A charge belongs to this case; target: {@code charge/<row of its record>}, argument: the case's reference. */
    public static final String CONFIRM_CHARGE = "CONFIRM_CHARGE";
    /** It does not. */
    public static final String REFUSE_CHARGE = "REFUSE_CHARGE";
    /** No incident report is meant: it is a case of its own; without an argument. */
    public static final String CHARGE_ALONE = "CHARGE_ALONE";

    /**
     * The parked head of a lane that a command is about.
     *
     * @param parkedKind why: REJECTED, UNAVAILABLE, UNKNOWN, DEFECT
     * @param sha256 of the bytes for the channel whose turn it was
     * @param mayHaveReached whether the destination may hold it: something left and was not refused
     */
    public record ParkedSend(
            long laneCase,
            long item,
            LaneFamily family,
            String lane,
            String messageId,
            @Nullable Integer packageVersion,
            String parkedKind,
            byte[] sha256,
            boolean mayHaveReached) {}
}
