package sallyport.simulators.police;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/**
 * One message that a force will send to the hub.
 *
 * @param messageId the same on every repetition
 * @param type {@code ACCEPTED}, {@code REFERRED_BACK}, {@code CRIME_REFERENCE}, {@code OFFICER_ALLOCATED}, {@code OUTCOME}, or
 *     {@code RouteDataResp} for the exchange's word that a package is delivered
 * @param after counted from the delivery
 * @param copies how often it is sent though it was acknowledged
 * @param odd what is wrong with it, in a word, if anything
 */
record PoliceMessage(
        String messageId,
        String force,
        String caseReference,
        String type,
        @Nullable String code,
        @Nullable String crimeReference,
        @Nullable String officer,
        @Nullable String reason,
        Duration after,
        int copies,
        @Nullable String odd) {

    static final String DELIVERED = "RouteDataResp";

    boolean delivered() {
        return type.equals(DELIVERED);
    }

    /** The {@code outcome-v1} document. */
    ObjectNode outcome(String at) {
        ObjectNode json = Json.object()
                .put("messageId", messageId)
                .put("caseReference", caseReference)
                .put("force", force)
                .put("type", type);
        if (code != null) {
            json.put("code", code);
        }
        json.put("at", at);
        if (crimeReference != null) {
            json.put("crimeReference", crimeReference);
        }
        if (officer != null) {
            json.put("officer", officer);
        }
        if (reason != null) {
            json.put("reason", reason);
        }
        return json;
    }
}
