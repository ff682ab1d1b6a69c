package sallyport.mappings.referral;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people might say, about nobody. */
public final class InventedAnswers {

    private InventedAnswers() {}

    static Fact victimStatement() {
        return fact(
                ReadinessItem.VICTIM_STATEMENT,
                """
                {"state":"PRESENT","note":"By hand.","source":"The file in the office","entries":[
                 {"givenBy":"Fio Ficta","takenOn":"2026-08-03","pages":3,"signed":true,"declaration":true,"backComplete":false}]}""");
    }

    static Fact fact(ReadinessItem item, String json) {
        return FactForm.of(item).read(json.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer to everything that can be there, with every field filled in. */
    public static List<Fact> everything() {
        List<Fact> facts = new ArrayList<>();
        for (FactForm form : FactForm.all()) {
            if (!form.heldBySystem()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                form.fields().forEach(field -> entry.put(field.name(), value(field)));
                facts.add(new Fact(form.item(), Readiness.State.PRESENT, List.of(entry), "A note.", "Invented"));
            }
        }
        return facts;
    }

    static Object value(FactField field) {
        return switch (field.type()) {
            case TEXT, WORDS -> "Invented " + field.name();
            case YES_NO -> true;
            case NUMBER -> 3;
            case DOCUMENT -> 12;
            case DAY -> "2026-08-03";
            case TIME -> "2026-08-03T14:05";
            case CHOICE -> field.choices().get(0);
        };
    }

    /** As a package carries them. */
    static Map<String, List<Map<String, Object>>> answered() {
        Map<String, List<Map<String, Object>>> answers = new LinkedHashMap<>();
        Set<ReadinessItem> own = Set.of(
                ReadinessItem.VICTIM_WISHES,
                ReadinessItem.VICTIM_VULNERABILITY,
                ReadinessItem.MEDICAL_CONSENT,
                ReadinessItem.INJURY_PHOTOGRAPHS,
                ReadinessItem.WITNESS_AVAILABILITY,
                ReadinessItem.CONTINUITY,
                ReadinessItem.USE_OF_FORCE,
                ReadinessItem.ANCILLARY_ORDERS,
                ReadinessItem.CHARGE_SERVICE);
        everything().stream()
                .filter(fact -> own.contains(fact.item()))
                .forEach(fact -> answers.put(fact.item().code(), fact.entries()));
        return answers;
    }
}
