package sallyport.routes.eventintake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.domainevents.DomainEventMessage;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.FaultPoint;
import sallyport.ledger.Hints;
import sallyport.ledger.Hints.Hint;
import sallyport.ledger.Inbox;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.event.DomainEvent;
import sallyport.mappings.event.EventWork;
import sallyport.routes.HubProperties;

/** Writes a batch of events down as hints, in one transaction; an event that cannot be read goes to the desk as it came. */
@Component
final class EventIntake {

    private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);
    private static final String CHANNEL = "domain-events";

    private final Hints hints;
    private final Inbox inbox;
    private final HubProperties properties;

    EventIntake(Hints hints, Inbox inbox, HubProperties properties) {
        this.hints = hints;
        this.inbox = inbox;
        this.properties = properties;
    }

    /** Returns after the commit: only then are the messages deleted at their queue. */
    void keep(List<DomainEventMessage> messages) {
        List<Received> events = new ArrayList<>(messages.size());
        for (DomainEventMessage message : messages) {
            try {
                events.add(new Received(whole(DomainEvent.read(message.body())), message.body()));
            } catch (Rejected rejected) {
                toTheDesk(message, rejected);
            }
        }
        Known known = knownPeople(events);
        hints.record(events.stream().map(received -> hint(received, known)).toList());
        FaultPoint.HINTS_COMMITTED.reached();
    }

    private record Received(DomainEvent event, byte[] raw) {}

    private void toTheDesk(DomainEventMessage message, Rejected rejected) {
        var stored = inbox.store(CHANNEL, CHANNEL, message.body());
        inbox.reject(stored.id(), rejected.code(), rejected.where());
        LOG.warn("event-intake-receive: unreadable event kept on the desk, {}", rejected.getMessage());
    }

    /** @param charged who has a charge with the police that belongs to no case yet: only what is about charges is asked for */
    private record Known(Set<String> inCases, Set<String> charged) {}

    /** At most two queries for the batch: events about nobody in an open case ask for nothing, but for those about charges. */
    private Known knownPeople(List<Received> events) {
        Set<String> numbers = new HashSet<>();
        Set<String> ofCharges = new HashSet<>();
        for (Received received : events) {
            numbers.addAll(received.event().prisonerNumbers());
            if (received.event().chargeNumber().isPresent()) {
                ofCharges.addAll(received.event().prisonerNumbers());
            }
        }
        Set<String> inCases = numbers.isEmpty() ? Set.of() : hints.inOpenCases(numbers);
        ofCharges.removeAll(inCases);
        return new Known(inCases, ofCharges.isEmpty() ? Set.of() : hints.withOpenCharges(ofCharges));
    }

    private Hint hint(Received received, Known known) {
        DomainEvent event = received.event();
        return new Hint(
                event.messageId(),
                event.eventType(),
                event.incidentId()
                        .or(event::chargeNumber)
                        .or(event::caseNoteId)
                        .or(event::alertUuid)
                        .orElse(null),
                received.raw(),
                event.occurredAt(),
                work(event, known));
    }

    private List<RequestWork> work(DomainEvent event, Known known) {
        return switch (EventWork.of(event)) {
            case INCIDENT ->
                List.of(RequestWork.now(Step.INCIDENT_FETCH, event.incidentId().orElseThrow()));
            case PERSON_NUMBER ->
                List.of(RequestWork.now(
                        Step.IDENTITY_CHANGE,
                        event.identityChange().orElseThrow().key()));
            case CASE_NOTE -> aboutPeople(Step.CASE_NOTE_FETCH, event, known.inCases());
            // Whoever it is about: it may be the first that is heard of them.
            case REFERRED -> aboutPeople(Step.ADJUDICATION_FETCH, event, Set.copyOf(event.prisonerNumbers()));
            case CHARGE ->
                Stream.of(known.inCases(), known.charged())
                        .flatMap(people -> aboutPeople(Step.ADJUDICATION_FETCH, event, people).stream())
                        .toList();
            case ALERT -> aboutPeople(Step.PRISONER_ALERT_FETCH, event, known.inCases());
            case PERSON -> aboutPeople(Step.PERSON_CHANGE, event, known.inCases());
            case COUNTED -> List.of();
        };
    }

    /** What an event must say for its work to be asked for; one that does not say it is not taken for one that asks for nothing. */
    private static DomainEvent whole(DomainEvent event) {
        boolean whole =
                switch (EventWork.of(event)) {
                    case INCIDENT -> event.incidentId().isPresent();
                    case PERSON_NUMBER -> event.identityChange().isPresent();
                    case REFERRED -> !event.prisonerNumbers().isEmpty();
                    default -> true;
                };
        if (!whole) {
            throw new Rejected("schema-invalid", "/Message/additionalInformation");
        }
        return event;
    }

    private List<RequestWork> aboutPeople(Step step, DomainEvent event, Set<String> known) {
        return event.prisonerNumbers().stream()
                .filter(known::contains)
                .map(number -> new RequestWork(step, number, properties.eventQuiet(), properties.eventAtMost()))
                .toList();
    }
}
