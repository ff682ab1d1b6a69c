package sallyport.mappings.feed;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.ZoneOffset;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.disclosure.DisclosureProfile;

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
}
