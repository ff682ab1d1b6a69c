package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A photograph that a person asked for.
 *
 * @param stands false when it was answered or erased meanwhile, or its case was withdrawn
 * @param prisonerNumber null only where it does not stand
 */
public record PhotoRequestWork(
        long id, long caseId, String caseReference, boolean stands, @Nullable String prisonerNumber) {}
