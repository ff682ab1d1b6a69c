package sallyport.ledger;

/** Where a charge stands that a prison has referred to the police. */
public enum ChargeState {
    /** For an incident that fits. */
    WAITING,
    /** A person is asked which incident it is about. */
    ASKED,
    /** It belongs to the case of an incident. */
    LINKED,
    /** No incident fitted in time: it opened a case itself. */
    OWN,
    /** The prison took the referral back before it belonged to a case. */
    DROPPED;

    /** Whether it belongs to no case yet. */
    public boolean isOpen() {
        return this == WAITING || this == ASKED;
    }
}
