package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.Prison;
import sallyport.simulators.world.Prisons;

/** The register of establishments, which needs no token. */
public final class PrisonRegister implements RestPartner {

    private final List<ObjectNode> original;
    private volatile List<ObjectNode> register;

    public PrisonRegister(Prisons prisons) {
        List<ObjectNode> entries = new ArrayList<>();
        for (Prison prison : prisons.all()) {
            entries.add(entry(prison, entries.size() + 1));
        }
        entries.add(closed(entries.size() + 1));
        this.original = List.copyOf(entries);
        this.register = original;
    }

    /** A prison opens that nobody has heard of. */
    public void opens(String id, String name) {
        ObjectNode prison = basics(id, name, true)
                .put("male", true)
                .put("female", false)
                .put("contracted", false)
                .put("lthse", false);
        List<ObjectNode> more = new ArrayList<>(register);
        more.add(prison);
        register = List.copyOf(more);
    }

    public void closes(String id) {
        change(id, prison -> prison.put("active", false));
    }

    /** It stands under another postcode now. */
    public void moves(String id, String postcode) {
        change(id, prison -> ((ObjectNode) prison.at("/addresses/0")).put("postcode", postcode));
    }

    public void asItWas() {
        register = original;
    }

    private void change(String id, Consumer<ObjectNode> change) {
        register = register.stream()
                .map(prison -> {
                    ObjectNode copy = prison.deepCopy();
                    if (copy.get("prisonId").asText().equals(id)) {
                        change.accept(copy);
                    }
                    return copy;
                })
                .toList();
    }

    @Override
    public String name() {
        return "prison-register";
    }

    @Override
    public String paths() {
        return "/prisons(/id/.*)?";
    }

    @Override
    public Answer answer(Asked asked) {
        if (asked.segments() == 1) {
            ArrayNode all = Json.array();
            register.forEach(all::add);
            return Answer.json(200, all);
        }
        return register.stream()
                .filter(prison -> prison.get("prisonId").asText().equals(asked.segment(2)))
                .findFirst()
                .map(prison -> Answer.json(200, prison))
                .orElseGet(() -> Answer.hmppsError(404, 404, "Prison not found"));
    }

    private static ObjectNode entry(Prison prison, int number) {
        ObjectNode json = basics(prison.id(), prison.name(), true)
                .put("male", !prison.gender().equals("F"))
                .put("female", prison.gender().contains("F"))
                .put("contracted", prison.contracted())
                .put("lthse", prison.category().contains("A"));
        for (String type : prison.type().split("/")) {
            if (!type.isBlank() && !type.equals("-")) {
                json.withArray("/types").addObject().put("code", type).put("description", type);
            }
        }
        for (char category : prison.category().toCharArray()) {
            json.withArray("/categories").add(String.valueOf(category));
        }
        json.withArray("/addresses")
                .addObject()
                .put("id", number)
                .put("town", prison.town())
                .put("postcode", prison.postcode())
                .put("country", "England");
        json.withArray("/operators").addObject().put("name", prison.contracted() ? "Contractor" : "PSP");
        return json;
    }

    private static ObjectNode closed(int number) {
        ObjectNode json = basics(Prisons.CLOSED, "Wolds (HMP)", false)
                .put("male", true)
                .put("female", false)
                .put("contracted", false)
                .put("lthse", false);
        json.withArray("/addresses")
                .addObject()
                .put("id", number)
                .put("town", "Brough")
                .put("postcode", "HU15 2JZ")
                .put("country", "England");
        return json;
    }

    private static ObjectNode basics(String id, String name, boolean active) {
        ObjectNode json =
                Json.object().put("prisonId", id).put("prisonName", name).put("active", active);
        json.putArray("types");
        json.putArray("categories");
        json.putArray("addresses");
        json.putArray("operators");
        return json;
    }
}
