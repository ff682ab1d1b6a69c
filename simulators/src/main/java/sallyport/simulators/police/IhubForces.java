package sallyport.simulators.police;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import sallyport.simulators.journal.Json;
import sallyport.simulators.police.Delivery.Result;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.Dice;

/**
 * The forces' iHub side: {@code POST /{force}/incidents}, JSON:API, 201 only after the arrival is in the log. None of them knows
 * a submission it has had before: the same one again is accepted again, and so shows in the log.
 */
public final class IhubForces implements RestPartner {

    private static final Duration SLOW = Duration.ofSeconds(8);
    private static final double BUSY = 0.02;

    private final Forces forces;
    private final Secrets secrets;
    private final Deliveries deliveries;
    private final Predicate<String> knownIncident;
    private final Clock clock;
    private final boolean troubles;
    private final Set<String> turnedAway = ConcurrentHashMap.newKeySet();

    /**
     * @param troubles whether the slow force is slow and all are busy now and then
     */
    public IhubForces(
            Forces forces,
            Secrets secrets,
            Deliveries deliveries,
            Predicate<String> knownIncident,
            Clock clock,
            boolean troubles) {
        this.forces = forces;
        this.secrets = secrets;
        this.deliveries = deliveries;
        this.knownIncident = knownIncident;
        this.clock = clock;
        this.troubles = troubles;
    }

    @Override
    public String name() {
        return "ihub";
    }

    @Override
    public String paths() {
        return "/[0-9]{2}/incidents";
    }

    @Override
    public Answer answer(Asked asked) {
        Optional<Force> force = forces.all().stream()
                .filter(each -> each.code().equals(asked.segment(0)) && each.hasIhub())
                .findFirst();
        if (force.isEmpty()) {
            return error(404, "no such force");
        }
        if (!asked.method().equals("POST")) {
            return error(405, "only POST");
        }
        Answer answer = receive(force.get(), asked);
        return troubles && force.get().equals(forces.slow()) ? answer.after(SLOW) : answer;
    }

    private Answer receive(Force force, Asked asked) {
        byte[] body = asked.body();
        JsonNode json;
        try {
            json = Json.read(body);
        } catch (UncheckedIOException e) {
            return refuse(force, body, Json.object(), 400, "not JSON");
        }
        if (!secrets.ihubKey(force.code()).equals(asked.header("x-client-id"))
                || !secrets.ihubSecret(force.code()).equals(asked.header("x-client-secret"))) {
            return refuse(force, body, json, 401, "unknown client id or secret");
        }
        Optional<String> wrong = wrong(force, json);
        if (wrong.isPresent()) {
            return refuse(force, body, json, 422, wrong.get());
        }
        String submission = submissionId(json);
        // Once only, so that the first repetition gets through.
        if (troubles && Dice.of(0, "busy", submission).chance(BUSY) && turnedAway.add(force.code() + submission)) {
            return refuse(force, body, json, 503, "try later").with("Retry-After", "3");
        }
        log(force, body, json, Result.ACCEPTED, 201);
        ObjectNode answer = Json.object();
        answer.putObject("data")
                .put("type", "incident")
                .put("id", json.at("/data/id").asText())
                .putObject("meta")
                .put("receivedBy", force.code());
        return Answer.json(201, answer).with("Content-Type", "application/vnd.api+json");
    }

    private Answer refuse(Force force, byte[] body, JsonNode json, int status, String detail) {
        log(force, body, json, Result.REFUSED, status);
        return error(status, detail);
    }

    private void log(Force force, byte[] body, JsonNode json, Result result, int status) {
        byte[] content = attachedPackage(json);
        Contents contents = content.length == 0
                ? Contents.of(body, json, knownIncident)
                : Contents.of(content, tree(content), knownIncident);
        deliveries.add(new Delivery(
                clock.instant(),
                force.code(),
                Force.IHUB,
                submissionId(json),
                submission(json).at("/attributes/externalReferenceId").textValue(),
                contents.caseReference(),
                contents.version(),
                contents.incident(),
                Contents.sha256(body),
                content.length == 0 ? null : Contents.sha256(content),
                null,
                null,
                result,
                status));
    }

    /** The package as a machine reads it, where the report carries one; the skeleton around it is for people. */
    private static byte[] attachedPackage(JsonNode json) {
        for (JsonNode included : json.path("included")) {
            JsonNode content = included.at("/attributes/content");
            if (included.path("type").asText().equals("attachment") && content.isTextual()) {
                try {
                    return Base64.getDecoder().decode(content.asText());
                } catch (IllegalArgumentException e) {
                    return new byte[0];
                }
            }
        }
        return new byte[0];
    }

    private static JsonNode tree(byte[] content) {
        try {
            return Json.read(content);
        } catch (UncheckedIOException e) {
            return Json.object();
        }
    }

    private static Optional<String> wrong(Force force, JsonNode json) {
        if (!json.at("/data/type").asText().equals("incident")) {
            return Optional.of("/data/type is not incident");
        }
        if (json.at("/data/id").asText().isBlank()) {
            return Optional.of("/data/id is missing");
        }
        JsonNode submission = submission(json);
        if (submission.isMissingNode()) {
            return Optional.of("/included has no submission");
        }
        String identifier = submission.at("/attributes/forceIdentifier").asText();
        if (!identifier.isEmpty() && Integer.parseInt("0" + identifier) != Integer.parseInt(force.code())) {
            return Optional.of("forceIdentifier is that of another force");
        }
        return Optional.empty();
    }

    private static JsonNode submission(JsonNode json) {
        for (JsonNode included : json.path("included")) {
            if (included.path("type").asText().equals("submission")) {
                return included;
            }
        }
        return Json.object().path("none");
    }

    private static String submissionId(JsonNode json) {
        JsonNode submission = submission(json);
        String id = submission
                .at("/attributes/submissionId")
                .asText(submission.path("id").asText());
        return id.isEmpty() ? json.at("/data/id").asText() : id;
    }

    private static Answer error(int status, String detail) {
        ObjectNode body = Json.object();
        body.putArray("errors")
                .addObject()
                .put("status", String.valueOf(status))
                .put("title", status == 503 ? "system" : "business")
                .put("detail", detail);
        return Answer.json(status, body).with("Content-Type", "application/vnd.api+json");
    }
}
