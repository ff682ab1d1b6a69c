package sallyport.ledger;

import java.util.SortedSet;

/** Whose lists of incident reports are read. */
public interface ReportingPrisons {

    /** Every open prison and escort region, and each other prison, closed or new, as long as a case of it is open. */
    SortedSet<String> now();
}
