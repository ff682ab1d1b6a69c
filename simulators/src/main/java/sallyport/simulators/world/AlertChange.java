package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import sallyport.simulators.journal.Json;

/**
 * What happened to one alert, and the alert as it is then; of a deleted one, as it was.
 *
 * @param alert without {@code isActive}, which is made of the days whenever somebody asks
 */
record AlertChange(What what, ObjectNode alert) {

    /** As the events say it. */
    enum What {
        CREATED,
        UPDATED,
        INACTIVE,
        DELETED
    }

    String uuid() {
        return alert.get("alertUuid").asText();
    }

    String number() {
        return alert.get("prisonNumber").asText();
    }

    AlertChange numbered(String otherNumber) {
        return new AlertChange(what, alert.deepCopy().put("prisonNumber", otherNumber));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("what", what.name());
        return json.set("alert", alert);
    }

    static AlertChange fromJson(ObjectNode json) {
        return new AlertChange(What.valueOf(json.get("what").asText()), (ObjectNode) json.get("alert"));
    }
}
