package sallyport.routes.assembly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import sallyport.mappings.referral.Readiness;
import sallyport.mappings.referral.ReferralPackage;

/** The checklist of a package as people read it: item, state and what to do about it, in the package's order. */
final class ReadinessJson {

    private ReadinessJson() {}

    static String of(ReferralPackage pkg) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Readiness readiness : pkg.readiness()) {
            items.addObject()
                    .put("item", readiness.item().title())
                    .put("state", readiness.state().name())
                    .put("note", readiness.note());
        }
        return items.toString();
    }
}
