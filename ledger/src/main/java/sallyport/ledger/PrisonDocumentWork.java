package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A document of the prisons that a person wants in a case.
 *
 * @param stands false when it was taken, refused or erased meanwhile, or its case was withdrawn
 * @param prisonerNumber whom it must be about; null only where it does not stand
 * @param actor who asked for it
 */
public record PrisonDocumentWork(
        long id,
        long caseId,
        String caseReference,
        boolean stands,
        String uuid,
        @Nullable String prisonerNumber,
        String actor) {}
