package sallyport.mappings.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.identity.CaseReference;

/** A case event as a CloudEvents 1.0 document in structured JSON, its data cut to the team's profile. Equal events are equal bytes; never fails. */
public final class CaseEventMapping {

    /** Of the message that carries the document. */
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final URI SOURCE = URI.create("/sallyport");

    private static final JsonFormat FORMAT = new JsonFormat();

    private CaseEventMapping() {}

    /**
     * @param profile of the team
     */
    public static byte[] render(CaseEvent event, DisclosureProfile profile) {
        CloudEvent document = CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(SOURCE)
                .withType(event.type().text())
                .withSubject(event.caseReference().value())
                .withTime(event.at().atOffset(ZoneOffset.UTC))
                .withData("application/json", JsonCloudEventData.wrap(profile.cut(CanonicalJson.tree(event))))
                .build();
        return FORMAT.serialize(document);
    }

    /**
     * The event that was rendered: what the profile cut out is absent.
     *
     * @throws Rejected {@code not-json} or {@code schema-invalid}, with the pointer
     */
    public static CaseEvent read(byte[] document) {
        JsonNode event = CanonicalJson.read(document, JsonNode.class);
        CaseEvent.Type type = Arrays.stream(CaseEvent.Type.values())
                .filter(known -> known.text().equals(event.path("type").asText()))
                .findFirst()
                .orElseThrow(() -> new Rejected("schema-invalid", "/type"));
        CaseEvent data = CanonicalJson.read(CanonicalJson.write(event.path("data")), CaseEvent.class);
        try {
            return new CaseEvent(
                    event.path("id").asText(),
                    type,
                    new CaseReference(event.path("subject").asText()),
                    data.prison(),
                    data.force(),
                    data.family(),
                    data.verdict(),
                    data.caseClass(),
                    data.packageVersion(),
                    data.crimeReference(),
                    data.outcomeType(),
                    OffsetDateTime.parse(event.path("time").asText()).toInstant());
        } catch (DateTimeException e) {
            throw new Rejected("schema-invalid", "/time");
        }
    }
}
