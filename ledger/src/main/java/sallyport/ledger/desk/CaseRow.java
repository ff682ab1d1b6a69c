package sallyport.ledger.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseState;

/**
 * One case in a list.
 *
 * @param decideBy until when a person should have decided
 * @param reviewCode why a person must look, if one must
 * @param parked how many things of this case wait for a person
 * @param series what it has in common with the earlier cases that it makes a series with: SAME_SUSPECT, SAME_PLACE; mostly empty
 */
public record CaseRow(
        String reference,
        CaseState state,
        String verdict,
        CaseClass caseClass,
        String prison,
        @Nullable String force,
        String family,
        @Nullable String incidentReference,
        @Nullable Instant occurredAt,
        Instant openedAt,
        Instant changedAt,
        @Nullable Instant decideBy,
        @Nullable Instant approvedAt,
        int packageVersion,
        @Nullable String crimeReference,
        @Nullable String officer,
        @Nullable String outcomeType,
        @Nullable Instant outcomeAt,
        @Nullable String reviewCode,
        int parked,
        List<String> series) {

    public CaseRow {
        series = List.copyOf(series);
    }

    /** The review code while a person's confirmation waits for the package it was given for: nobody need look. */
    public static final String CONFIRMED = "confirmed";
}
