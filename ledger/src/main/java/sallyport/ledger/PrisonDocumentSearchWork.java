package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A person asked what documents the prisons hold about somebody in a case.
 *
 * @param stands false when it was answered or erased meanwhile, or its case was withdrawn
 * @param prisonerNumber null only where it does not stand
 */
public record PrisonDocumentSearchWork(
        long id, String caseReference, boolean stands, @Nullable String prisonerNumber) {}
