package sallyport.simulators.police;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/**
 * Something that arrived at a force, before any dedupe.
 *
 * @param messageId iHub's submission id, the exchange's RequestID
 * @param externalReference what the sender calls its message, where the channel has a place for it
 * @param incident reference of the incident it is about, if it names one that was made here
 * @param sha256 of the HTTP body as it arrived
 * @param contentSha256 of the package inside, where the channel wraps one
 * @param sender the exchange's name for who sent it, to answer to
 * @param correlationId the exchange's, to answer to
 * @param code what was answered: HTTP status or response code
 */
public record Delivery(
        Instant at,
        String force,
        String channel,
        @Nullable String messageId,
        @Nullable String externalReference,
        @Nullable String caseReference,
        @Nullable Integer packageVersion,
        @Nullable String incident,
        String sha256,
        @Nullable String contentSha256,
        @Nullable String sender,
        @Nullable String correlationId,
        Result result,
        int code) {

    /** How it was received. */
    public enum Result {
        ACCEPTED,
        DUPLICATE,
        REFUSED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean accepted() {
        return result == Result.ACCEPTED;
    }

    public ObjectNode toJson() {
        return Json.object()
                .put("at", at.toString())
                .put("force", force)
                .put("channel", channel)
                .put("messageId", messageId)
                .put("externalReference", externalReference)
                .put("caseReference", caseReference)
                .put("packageVersion", packageVersion)
                .put("incident", incident)
                .put("sha256", sha256)
                .put("contentSha256", contentSha256)
                .put("sender", sender)
                .put("correlationId", correlationId)
                .put("result", result.text())
                .put("code", code);
    }

    static Delivery fromJson(ObjectNode json) {
        return new Delivery(
                Instant.parse(json.get("at").asText()),
                json.get("force").asText(),
                json.get("channel").asText(),
                json.get("messageId").textValue(),
                json.path("externalReference").textValue(),
                json.get("caseReference").textValue(),
                json.get("packageVersion").isInt() ? json.get("packageVersion").asInt() : null,
                json.get("incident").textValue(),
                json.get("sha256").asText(),
                json.get("contentSha256").textValue(),
                json.get("sender").textValue(),
                json.get("correlationId").textValue(),
                Result.valueOf(json.get("result").asText().toUpperCase(Locale.ROOT)),
                json.get("code").asInt());
    }
}
