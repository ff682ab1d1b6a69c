package sallyport.mappings.event;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * A hint that something changed, out of its envelope; a body that is no such event is {@code Rejected} with the JSON pointer of the
 * field, where {@code /Message/…} is inside the enclosed text.
 *
 * @param messageId the topic's message id, or the SHA-256 of the body where the envelope has none: the same event twice has the same id
 * @param version as text: some publishers write {@code 1}, some {@code "1.0"}
 * @param additionalInformation its texts, numbers and truth values as text; lists and objects in it are left out
 * @param prisonerNumbers everybody the event is about, old numbers included, each once
 */
public record DomainEvent(
        String messageId,
        String eventType,
        String version,
        @Nullable Instant occurredAt,
        Map<String, String> additionalInformation,
        List<String> prisonerNumbers) {

    /** The envelope's {@code Type} of an event; queues also carry other messages. */
    private static final String NOTIFICATION = "Notification";

    private static final List<String> NUMBER_FIELDS = List.of(
            "prisonerNumber",
            "nomsNumber",
            "removedNomsNumber",
            "movedToNomsNumber",
            "movedFromNomsNumber",
            "previousNomsNumber",
            "nsPrisonerNumber1",
            "nsPrisonerNumber2");

    /** Reads the body of a queue message, with the topic's envelope or without. */
    public static DomainEvent read(byte[] sqsBody) {
        JsonFields body = JsonFields.read(sqsBody);
        if (!body.has("Message") && body.has("eventType")) {
            return event(Sha256.hex(sqsBody), body.text("eventType"), body);
        }
        String type = body.optionalText("Type");
        if (type != null && !type.equals(NOTIFICATION)) {
            throw new Rejected("unknown-message-type", body.pointer("Type"));
        }
        JsonFields message = JsonFields.readWithin(body.text("Message"), body.pointer("Message"));
        String messageId = body.optionalText("MessageId");
        String eventType = message.optionalText("eventType");
        return event(
                messageId == null || messageId.isBlank() ? Sha256.hex(sqsBody) : messageId,
                eventType == null ? eventTypeOfEnvelope(body, message) : eventType,
                message);
    }

    private static String eventTypeOfEnvelope(JsonFields body, JsonFields message) {
        JsonFields attributes = body.optionalObject("MessageAttributes");
        JsonFields attribute = attributes == null ? null : attributes.optionalObject("eventType");
        if (attribute == null) {
            throw message.invalid("eventType");
        }
        return attribute.text("Value");
    }

    private static DomainEvent event(String messageId, String eventType, JsonFields message) {
        if (eventType.isBlank()) {
            throw message.invalid("eventType");
        }
        JsonFields information = message.optionalObject("additionalInformation");
        Map<String, String> scalars = information == null ? Map.of() : information.scalars();
        String version = message.optionalScalar("version");
        LondonTime occurredAt = message.optionalTime("occurredAt");
        return new DomainEvent(
                messageId,
                eventType,
                version == null ? "" : version,
                occurredAt == null ? null : occurredAt.instant(),
                Map.copyOf(scalars),
                prisonerNumbers(message, scalars));
    }

    private static List<String> prisonerNumbers(JsonFields message, Map<String, String> information) {
        Set<String> numbers = new LinkedHashSet<>();
        JsonFields person = message.optionalObject("personReference");
        if (person != null) {
            person.optionalList("identifiers", DomainEvent::nomsNumber)
                    .forEach(number -> number.ifPresent(numbers::add));
        }
        for (String field : NUMBER_FIELDS) {
            String number = information.get(field);
            if (number != null) {
                numbers.add(number);
            }
        }
        return List.copyOf(numbers);
    }

    private static Optional<String> nomsNumber(JsonFields identifier) {
        return identifier.text("type").equals("NOMS") ? Optional.of(identifier.text("value")) : Optional.empty();
    }

    /** The report that an {@code incident.report.*} event is about. */
    public Optional<String> incidentId() {
        return eventType.startsWith("incident.report.") ? information("id") : Optional.empty();
    }

    /** The charge that an {@code adjudication.*} event is about. */
    public Optional<String> chargeNumber() {
        return eventType.startsWith("adjudication.") ? information("chargeNumber") : Optional.empty();
    }

    /** Whether a prison has just referred a charge to the police, without a hearing or at one. */
    public boolean referredToPolice() {
        return eventType.equals("adjudication.outcome.referPolice")
                || eventType.equals("adjudication.hearingReferral.created")
                        && information("status").filter("REFER_POLICE"::equals).isPresent();
    }

    /** The note that a case note event is about, newer and older events alike. */
    public Optional<String> caseNoteId() {
        if (eventType.startsWith("person.case-note.")) {
            return information("id");
        }
        return eventType.equals("prison.case-note.published") ? information("caseNoteId") : Optional.empty();
    }

    /**
     * Whether a prisoner's alerts changed. Which alert it was ({@link #alertUuid}) the last of these events does not say, and nothing
     * hangs on it: all alerts of the prisoner are read again.
     */
    public boolean aboutAlerts() {
        return eventType.startsWith("person.alert.") || eventType.equals("person.alerts.changed");
    }

    /** The alert that a {@code person.alert.*} event is about. */
    public Optional<String> alertUuid() {
        return aboutAlerts() ? information("alertUuid") : Optional.empty();
    }

    /** The person whom the event is about, under the number that holds now. */
    public Optional<String> prisonerNumber() {
        Optional<String> now = identityChange().map(IdentityChange::to);
        return now.isPresent() ? now : prisonerNumbers.stream().findFirst();
    }

    /** From which number to which a person's records, or those of one booking, moved, if the event says so. */
    public Optional<IdentityChange> identityChange() {
        Instant at = occurredAt == null ? Instant.EPOCH : occurredAt;
        if (eventType.equals("prison-offender-events.prisoner.merged")) {
            return both("removedNomsNumber", "nomsNumber").map(two -> IdentityChange.merge(two.get(0), two.get(1), at));
        }
        if (eventType.equals("prison-offender-events.prisoner.booking.moved")) {
            return both("movedFromNomsNumber", "movedToNomsNumber")
                    .map(two -> IdentityChange.move(
                            two.get(0),
                            two.get(1),
                            at,
                            information("bookingId").orElse("unknown"),
                            bookingStart().orElse(null)));
        }
        return Optional.empty();
    }

    private Optional<List<String>> both(String from, String to) {
        return information(from).flatMap(one -> information(to).map(other -> List.of(one, other)));
    }

    /** A start that cannot be read is none: a person is asked then. */
    private Optional<Instant> bookingStart() {
        return information("bookingStartDateTime").flatMap(text -> {
            try {
                return Optional.of(LondonTime.parse(text, "/additionalInformation/bookingStartDateTime")
                        .instant());
            } catch (Rejected unreadable) {
                return Optional.empty();
            }
        });
    }

    private Optional<String> information(String field) {
        return Optional.ofNullable(additionalInformation.get(field)).filter(value -> !value.isBlank());
    }
}
