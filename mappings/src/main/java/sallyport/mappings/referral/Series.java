package sallyport.mappings.referral;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cases of the same kind that the receiving force has been sent already and that make a series with this one: what it is told is what
 * it would be told if there were no cases but its own.
 *
 * @param kind SAME_SUSPECT or SAME_PLACE
 * @param prisonerNumber of the suspect, as in the report; absent for a place
 * @param within how far back from this case, as an ISO 8601 period
 * @param references of the other cases, the oldest first
 */
public record Series(String kind, @Nullable String prisonerNumber, String within, List<String> references) {

    public Series {
        references = references == null ? List.of() : List.copyOf(references);
    }
}
