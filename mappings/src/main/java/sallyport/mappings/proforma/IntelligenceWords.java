package sallyport.mappings.proforma;

import static sallyport.mappings.proforma.PlainWords.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the form says of intelligence: whether there is any, and whom to ask. */
final class IntelligenceWords {

    private IntelligenceWords() {}

    /** Null when nobody has said anything. */
    static @Nullable String sentence(JsonNode intelligence) {
        JsonNode available = intelligence.path("available");
        if (!available.isBoolean()) {
            return null;
        }
        if (!available.booleanValue()) {
            return "The prison's intelligence unit has nothing to add.";
        }
        List<String> units = new ArrayList<>();
        intelligence.path("contacts").forEach(contact -> units.add(contact(contact)));
        return "The prison's intelligence unit has something to say. None of it is in this document; ask "
                + (units.isEmpty() ? "by the ways for intelligence." : String.join("; ", units) + ".");
    }

    /** As much of it as a profile has left. */
    static String contact(JsonNode contact) {
        StringBuilder words = new StringBuilder();
        String unit = text(contact, "/unitName");
        words.append(unit == null ? "a unit" : unit);
        String prison = text(contact, "/prison");
        if (prison != null) {
            words.append(", ").append(prison);
        }
        String handling = text(contact, "/handling");
        if (handling != null) {
            words.append(" (handling code ").append(handling).append(")");
        }
        return words.toString();
    }
}
