package sallyport.mappings.proforma;

import static sallyport.mappings.proforma.PlainWords.say;
import static sallyport.mappings.proforma.PlainWords.text;
import static sallyport.mappings.proforma.ProformaMapping.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of the proforma for each proposed offence. */
final class OffenceWords {

    static final List<String> COLUMNS = List.of(
            "Offence",
            "Code",
            "How it may be tried",
            "Home Office class",
            "Notifiable",
            "Recordable on the PNC",
            "Rule");

    private OffenceWords() {}

    static List<String> row(JsonNode offence) {
        return List.of(
                cell(text(offence, "/title")),
                cell(text(offence, "/code")),
                cell(tried(offence)),
                cell(text(offence, "/homeOfficeClass")),
                cell(said(offence, "/notifiable")),
                cell(said(offence, "/pncRecordable")),
                cell(text(offence, "/ruleId")));
    }

    private static @Nullable String tried(JsonNode offence) {
        String category = said(offence, "/category");
        String chargeBy = text(offence, "/chargeBy");
        if (chargeBy == null) {
            return category;
        }
        String limit = "to be charged by " + PlainWords.date(chargeBy);
        return category == null ? PlainWords.capital(limit) : category + "; " + limit;
    }

    private static @Nullable String said(JsonNode offence, String pointer) {
        String code = text(offence, pointer);
        return code == null ? null : say(code);
    }
}
