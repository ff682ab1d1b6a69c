package sallyport.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Case notes that a person asked for.
 *
 * @param stands false when it may not be asked for, or not any more: nobody said yes, or the case was withdrawn or erased
 * @param prisonerNumber under which the notes stand now; null only where it does not stand
 * @param types codes of types; none means all
 * @param sensitive a second person has agreed to it
 * @param chosen whether a note of it is for the package
 */
public record CaseNoteRequestWork(
        long id,
        long caseId,
        String caseReference,
        boolean approved,
        boolean stands,
        @Nullable String prisonerNumber,
        Instant from,
        Instant until,
        List<String> types,
        boolean sensitive,
        String justification,
        boolean chosen) {

    public CaseNoteRequestWork {
        types = List.copyOf(types);
    }
}
