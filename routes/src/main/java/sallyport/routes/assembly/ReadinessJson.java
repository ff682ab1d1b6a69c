package sallyport.routes.assembly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sallyport.mappings.referral.Readiness;
import sallyport.mappings.referral.ReferralPackage;

/** The checklist of a package as people read it: item, state and what to do about it, in the package's order. */
final class ReadinessJson {

    private ReadinessJson() {}

    /** @param found what the data shows without people's answers: that stands when an answer is taken back */
    static String of(ReferralPackage pkg, List<Readiness> found) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Readiness readiness : pkg.readiness()) {
            ObjectNode line = items.addObject()
                    .put("item", readiness.item().title())
                    .put("state", readiness.state().name())
                    .put("note", readiness.note())
                    .put("code", readiness.item().code());
            found.stream()
                    .filter(shown -> shown.item() == readiness.item() && !shown.equals(readiness))
                    .forEach(shown -> line.put("found", shown.state().name()).put("foundNote", shown.note()));
        }
        return items.toString();
    }
}
