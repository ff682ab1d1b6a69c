package sallyport.ledger;

import java.util.Arrays;
import java.util.List;

/** Where a case stands. Parked is not a state: it is said of work and lanes, beside the state. */
public enum CaseState {
    AWAITING_DECISION,
    KEPT_INTERNAL,
    IN_PROGRESS,
    DELIVERED,
    CLOSED,
    WITHDRAWN;

    /** Whether a case in this state still wants to hear of new facts. */
    public boolean open() {
        return this == AWAITING_DECISION || this == IN_PROGRESS || this == DELIVERED;
    }

    /** The states in which a case is open. */
    public static List<CaseState> allOpen() {
        return Arrays.stream(values()).filter(CaseState::open).toList();
    }
}
