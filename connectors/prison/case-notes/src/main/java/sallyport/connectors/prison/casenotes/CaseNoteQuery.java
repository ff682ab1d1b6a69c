package sallyport.connectors.prison.casenotes;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which notes of one prisoner.
 *
 * @param from when the noted thing happened, at the earliest; the time of writing cannot be asked for
 * @param to at the latest, inclusive
 * @param types codes of types with the codes of their subtypes; no subtypes mean all of the type, no types mean all
 * @param includeSensitive the source leaves this to the asker: whoever sets it has a recorded decision to do so
 */
public record CaseNoteQuery(
        String prisonerNumber, Instant from, Instant to, Map<String, List<String>> types, boolean includeSensitive) {

    public CaseNoteQuery {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("the window ends before it begins");
        }
        types = Map.copyOf(types);
    }
}
