package sallyport.ledger;

import java.time.Instant;

/** Hands out case numbers. Gaps are allowed; a number is never given twice. */
public interface CaseNumbers {

    /** A new number for a case opened at this time. */
    CaseNumber next(Instant openedAt);

    /**
     * @param id of the row
     * @param reference {@code SP-yyyy-} and six or more digits, the year in Europe/London
     */
    record CaseNumber(long id, String reference) {}
}
