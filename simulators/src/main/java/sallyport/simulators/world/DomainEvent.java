package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import sallyport.simulators.journal.Json;

/**
 * A domain event that was raised.
 *
 * @param seq counts events from 1
 * @param copies how often it is sent, with the same message id
 * @param delay how long it is held back
 */
public record DomainEvent(long seq, String messageId, ObjectNode message, int copies, Duration delay) {

    static DomainEvent of(long seq, ObjectNode message, int copies, Duration delay) {
        String messageId = UUID.nameUUIDFromBytes(
                        (seq + "/" + message.get("eventType").asText()).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new DomainEvent(seq, messageId, message, copies, delay);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("seq", seq).put("messageId", messageId);
        return json.set("message", message);
    }

    /** Read again from the journal it goes out once and at once. */
    static DomainEvent fromJson(ObjectNode json) {
        return new DomainEvent(
                json.get("seq").asLong(),
                json.get("messageId").asText(),
                (ObjectNode) json.get("message"),
                1,
                Duration.ZERO);
    }

    public String type() {
        return message.get("eventType").asText();
    }

    static ObjectNode incident(String type, IncidentRecord incident, String location, String whatChanged, Instant at) {
        ObjectNode message = Json.object().put("eventType", type);
        message.putObject("additionalInformation")
                .put("id", incident.id())
                .put("reportReference", incident.reference())
                .put("source", "DPS")
                .put("location", location)
                .put("whatChanged", whatChanged);
        return message.put("version", 1)
                .put("occurredAt", Times.offset(at))
                .put("description", incident.id() + " An incident report has been " + type.replaceFirst(".*\\.", ""));
    }

    static ObjectNode caseNote(ObjectNode note, Instant at) {
        return caseNote(new NoteChange(NoteChange.What.CREATED, note, null), at);
    }

    static ObjectNode caseNote(NoteChange change, Instant at) {
        ObjectNode note = change.note();
        ObjectNode message = Json.object()
                .put("eventType", "person.case-note." + change.what().word());
        ObjectNode information = message.putObject("additionalInformation")
                .put("id", note.get("caseNoteId").asText())
                .put("legacyId", note.get("legacyId").asLong())
                .put("type", note.get("type").asText())
                .put("subType", note.get("subType").asText())
                .put("source", "DPS")
                .put("syncToNomis", true)
                .put("systemGenerated", false);
        if (change.from() != null) {
            information.put("previousNomsNumber", change.from());
        }
        person(message, change.number());
        return message.put("version", 1)
                .put("occurredAt", Times.offset(at))
                .put("description", "A case note has been " + change.what().word() + " for a person");
    }

    static ObjectNode alert(AlertChange change, Instant at) {
        String what = change.what().name().toLowerCase(Locale.ROOT);
        ObjectNode message = Json.object().put("eventType", "person.alert." + what);
        message.putObject("additionalInformation")
                .put("alertUuid", change.uuid())
                .put("alertCode", change.alert().at("/alertCode/code").asText())
                .put("source", "DPS");
        person(message, change.number());
        return message.put("version", 1)
                .put("occurredAt", Times.offset(at))
                .put("description", "An alert has become " + what + " in the alerts service");
    }

    /** Follows each of the others. Whether it does so upstream the documents that were read do not say; it may, so here it does. */
    static ObjectNode alertsChanged(String number, Instant at) {
        ObjectNode message = Json.object().put("eventType", "person.alerts.changed");
        message.putObject("additionalInformation");
        person(message, number);
        return message.put("version", 1)
                .put("occurredAt", Times.offset(at))
                .put("description", "The alerts for a given person have been updated in the alerts service");
    }

    /** The version of these is text, unlike that of the others: so it is upstream. */
    static ObjectNode adjudication(ObjectNode charge, Instant at) {
        boolean referred = charge.get("status").asText().equals("REFER_POLICE");
        String number = charge.get("chargeNumber").asText();
        ObjectNode message = Json.object()
                .put("eventType", referred ? "adjudication.outcome.referPolice" : "adjudication.report.created");
        message.putObject("additionalInformation")
                .put("chargeNumber", number)
                .put("prisonerNumber", charge.get("prisonerNumber").asText())
                .put("prisonId", charge.get("originatingAgencyId").asText())
                .put("status", charge.get("status").asText());
        return message.put("version", "1.0")
                .put("occurredAt", Times.offset(at))
                .put(
                        "description",
                        referred
                                ? "Adjudication referred to police:  " + number
                                : "An adjudication has been created:  " + number);
    }

    static ObjectNode merged(Change.Merge merge, Instant at) {
        String kept = merge.kept();
        String removed = merge.removed();
        if (merge.started() != null) {
            return bookingMoved(merge, merge.started(), at);
        }
        ObjectNode message = Json.object().put("eventType", "prison-offender-events.prisoner.merged");
        message.putObject("additionalInformation")
                .put("nomsNumber", kept)
                .put("removedNomsNumber", removed)
                .put("reason", "MERGE")
                .put("bookingId", merge.bookingId());
        person(message, kept);
        return message.put("version", 1)
                .put("occurredAt", Times.offset(at))
                .put("publishedAt", Times.offset(at))
                .put("description", "A prisoner has been merged from " + removed + " to " + kept);
    }

    private static ObjectNode bookingMoved(Change.Merge move, Instant started, Instant at) {
        ObjectNode message = Json.object().put("eventType", "prison-offender-events.prisoner.booking.moved");
        message.putObject("additionalInformation")
                .put("bookingId", move.bookingId())
                .put("movedFromNomsNumber", move.removed())
                .put("movedToNomsNumber", move.kept())
                .put("bookingStartDateTime", Times.offset(started));
        person(message, move.kept());
        return message.put("version", 1)
                .put("occurredAt", Times.offset(at))
                .put("publishedAt", Times.offset(at))
                .put("description", "a NOMIS booking has moved between prisoners");
    }

    private static void person(ObjectNode message, String number) {
        message.putObject("personReference")
                .putArray("identifiers")
                .addObject()
                .put("type", "NOMS")
                .put("value", number);
    }
}
