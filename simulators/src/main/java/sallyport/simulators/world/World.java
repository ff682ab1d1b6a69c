package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Journal;
import sallyport.simulators.journal.Json;

/**
 * What the prison side's systems hold. Every change is on disk before anybody can see it or hear of it, and is there again after
 * a restart, as are the events that nobody had taken yet.
 */
public final class World implements AutoCloseable {

    private final Clock clock;
    private final Population population;
    private final Journal journal;
    private final Map<String, IncidentRecord> incidents = new LinkedHashMap<>();
    private final Map<String, IncidentRecord> byReference = new HashMap<>();
    private final Map<String, List<ObjectNode>> caseNotes = new HashMap<>();
    private final Map<String, List<ObjectNode>> charges = new HashMap<>();
    /** By prisoner number, then by id: the last change of each. What nobody changed stands as it was invented. */
    private final Map<String, Map<String, AlertChange>> alerts = new HashMap<>();

    /** Those of whom something changed since they were invented, by the number they were invented with. */
    private final Map<String, Prisoner> changedPeople = new HashMap<>();

    private final Map<String, String> keptByRemoved = new HashMap<>();
    private final Map<String, String> removedByKept = new HashMap<>();
    private final Map<String, Instant> laterBookings = new HashMap<>();
    private final TreeMap<Long, DomainEvent> untaken = new TreeMap<>();
    private EventSink events = list -> {};
    private Instant last = Instant.EPOCH;
    private long seq;
    private int lastIndex;

    private World(Path directory, Population population, Clock clock) {
        this.clock = clock;
        this.population = population;
        this.journal = Journal.open(directory.resolve("world.ndjson"), this::replay);
    }

    public static World open(Path directory, Population population, Clock clock) {
        return new World(directory, population, clock);
    }

    /** From here on events go to the sink, those that nobody took before the restart first. */
    public synchronized void connect(EventSink sink) {
        events = sink;
        sink.publish(List.copyOf(untaken.values()));
    }

    // ---- changes

    synchronized IncidentRecord create(Plan plan) {
        Instant now = tick();
        String id = plan.dice().uuid7(now).toString();
        ObjectNode report = Reports.draft(plan, id, now);
        IncidentRecord made = IncidentRecord.made(plan, 0, id, now, report);
        commit(made, Change.of(report, "ANYTHING"), plan.oddity(), "incident.report.created", now);
        return made;
    }

    /** Does a step to an incident; without an oddity the events go out plainly. */
    synchronized IncidentRecord apply(String id, int step, Script.Act act) {
        IncidentRecord before = get(id);
        Instant now = tick();
        Change change = act.on(before.report(), now);
        Instant modified = change.whatChanged().isEmpty() && change.merge() == null ? before.modified() : now;
        IncidentRecord after = before.after(step, modified, change.report());
        String type = change.report() == null ? "incident.report.deleted" : "incident.report.amended";
        commit(after, change, before.oddity(), type, now);
        return after;
    }

    private void commit(IncidentRecord incident, Change change, Oddity oddity, String type, Instant now) {
        List<DomainEvent> raised = raise(incident, change, oddity, type, now);
        ObjectNode line = Json.object().put("kind", "step");
        line.set("incident", incident.toJson());
        change.caseNotes().forEach(line.putArray("caseNotes")::add);
        change.charges().forEach(line.putArray("charges")::add);
        change.alerts().forEach(alert -> line.withArray("/alerts").add(alert.toJson()));
        Change.Merge merge = change.merge();
        if (merge != null) {
            line.set("merge", merge.toJson());
        }
        raised.forEach(event -> line.withArray("/events").add(event.toJson()));
        journal.append(line);
        accept(incident);
        change.caseNotes()
                .forEach(note -> add(caseNotes, note.get("offenderIdentifier").asText(), note));
        change.charges()
                .forEach(charge -> add(charges, charge.get("prisonerNumber").asText(), charge));
        change.alerts().forEach(this::keep);
        if (merge != null) {
            merge(merge);
        }
        raised.forEach(event -> untaken.put(event.seq(), event));
        events.publish(raised);
    }

    private List<DomainEvent> raise(IncidentRecord incident, Change change, Oddity oddity, String type, Instant now) {
        List<DomainEvent> raised = new ArrayList<>();
        if (oddity != Oddity.LOST_EVENTS) {
            int copies = oddity == Oddity.DUPLICATED_EVENTS ? 3 : 1;
            List<String> changed = change.whatChanged();
            for (int i = 0; i < changed.size(); i++) {
                // The first is held back longest, so they arrive the wrong way round.
                Duration delay =
                        oddity == Oddity.REORDERED_EVENTS ? Duration.ofMillis(2500L - 700L * i) : Duration.ZERO;
                ObjectNode message = DomainEvent.incident(type, incident, incident.prison(), changed.get(i), now);
                raised.add(DomainEvent.of(++seq, message, copies, delay));
            }
        }
        change.caseNotes().forEach(note -> raised.add(plain(DomainEvent.caseNote(note, now))));
        change.charges().forEach(charge -> raised.add(plain(DomainEvent.adjudication(charge, now))));
        change.alerts().forEach(alert -> raised.addAll(told(alert, now)));
        Change.Merge merge = change.merge();
        if (merge != null) {
            raised.add(plain(DomainEvent.merged(merge, now)));
        }
        return raised;
    }

    private List<DomainEvent> told(AlertChange alert, Instant now) {
        return List.of(plain(DomainEvent.alert(alert, now)), plain(DomainEvent.alertsChanged(alert.number(), now)));
    }

    /** Marks a prisoner; gives the alert's id. */
    synchronized String alert(String number, String code, LocalDate from, @Nullable LocalDate to) {
        Instant now = tick();
        AlertChange made = PrisonerAlerts.ordered(number, code, from, to, seq, now);
        commit(made, now);
        return made.uuid();
    }

    /** @throws IllegalArgumentException when the prisoner has no such alert */
    synchronized void changeAlert(String number, String uuid, BiFunction<ObjectNode, Instant, AlertChange> change) {
        ObjectNode alert = alerts(number).stream()
                .filter(known -> known.get("alertUuid").asText().equals(uuid))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no alert " + uuid));
        Instant now = tick();
        commit(change.apply(alert, now), now);
    }

    private void commit(AlertChange change, Instant now) {
        List<DomainEvent> raised = told(change, now);
        ObjectNode line = Json.object().put("kind", "alert");
        line.putArray("alerts").add(change.toJson());
        raised.forEach(event -> line.withArray("/events").add(event.toJson()));
        journal.append(line);
        keep(change);
        raised.forEach(event -> untaken.put(event.seq(), event));
        events.publish(raised);
    }

    private void keep(AlertChange change) {
        alerts.computeIfAbsent(change.number(), unused -> new LinkedHashMap<>()).put(change.uuid(), change);
    }

    /** Writes a note about a prisoner; gives its id. */
    synchronized String writeNote(String number, Function<Instant, ObjectNode> text) {
        Instant now = tick();
        NoteChange made = new NoteChange(NoteChange.What.CREATED, text.apply(now), null);
        commit(made, now);
        return made.id();
    }

    /** @throws IllegalArgumentException when the prisoner has no such note */
    synchronized void changeNote(String number, String id, BiFunction<ObjectNode, Instant, NoteChange> change) {
        ObjectNode note = caseNotes(number).stream()
                .filter(known -> known.get("caseNoteId").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no note " + id));
        Instant now = tick();
        commit(change.apply(note.deepCopy(), now), now);
    }

    private void commit(NoteChange change, Instant now) {
        List<DomainEvent> raised = List.of(plain(DomainEvent.caseNote(change, now)));
        ObjectNode line = Json.object().put("kind", "note");
        line.set("note", change.toJson());
        raised.forEach(event -> line.withArray("/events").add(event.toJson()));
        journal.append(line);
        keep(change);
        raised.forEach(event -> untaken.put(event.seq(), event));
        events.publish(raised);
    }

    private void keep(NoteChange change) {
        String before = change.from() == null ? change.number() : change.from();
        caseNotes
                .getOrDefault(before, new ArrayList<>())
                .removeIf(note -> note.get("caseNoteId").asText().equals(change.id()));
        if (change.what() != NoteChange.What.DELETED) {
            add(caseNotes, change.number(), change.note());
        }
    }

    /** Of a prisoner who moved, whose name was corrected or whose release was set anew: nobody is told by an event. */
    synchronized void changePrisoner(String number, UnaryOperator<Prisoner> change) {
        Prisoner changed = change.apply(prisoner(number).orElseThrow());
        String invented = removedByKept.getOrDefault(number, number);
        ObjectNode line = Json.object().put("kind", "prisoner").put("number", invented);
        line.set("prisoner", changed.toJson());
        journal.append(line);
        changedPeople.put(invented, changed);
    }

    private DomainEvent plain(ObjectNode message) {
        return DomainEvent.of(++seq, message, 1, Duration.ZERO);
    }

    /** All events up to this one are known to have been taken from the queue. */
    public synchronized void taken(long upTo) {
        if (untaken.headMap(upTo, true).isEmpty()) {
            return;
        }
        untaken.headMap(upTo, true).clear();
        journal.append(Json.object().put("kind", "taken").put("upTo", upTo));
    }

    public synchronized long lastEvent() {
        return seq;
    }

    private Instant tick() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    // ---- restart

    private void replay(ObjectNode line) {
        if (line.get("kind").asText().equals("taken")) {
            untaken.headMap(line.get("upTo").asLong(), true).clear();
            return;
        }
        if (line.has("incident")) {
            IncidentRecord incident = IncidentRecord.fromJson((ObjectNode) line.get("incident"));
            accept(incident);
            last = incident.modified().isAfter(last) ? incident.modified() : last;
        }
        line.path("caseNotes")
                .forEach(note -> add(caseNotes, note.get("offenderIdentifier").asText(), (ObjectNode) note));
        line.path("charges")
                .forEach(charge -> add(charges, charge.get("prisonerNumber").asText(), (ObjectNode) charge));
        line.path("alerts").forEach(json -> keep(AlertChange.fromJson((ObjectNode) json)));
        if (line.has("note")) {
            keep(NoteChange.fromJson((ObjectNode) line.get("note")));
        }
        if (line.has("prisoner")) {
            changedPeople.put(line.get("number").asText(), Prisoner.fromJson((ObjectNode) line.get("prisoner")));
        }
        if (line.has("merge")) {
            merge(Change.Merge.fromJson(line.get("merge")));
        }
        line.path("events").forEach(json -> {
            DomainEvent event = DomainEvent.fromJson((ObjectNode) json);
            seq = Math.max(seq, event.seq());
            untaken.put(event.seq(), event);
        });
    }

    private void accept(IncidentRecord incident) {
        incidents.put(incident.id(), incident);
        byReference.put(incident.reference(), incident);
        lastIndex = Math.max(lastIndex, incident.index());
    }

    private static void add(Map<String, List<ObjectNode>> map, String key, ObjectNode value) {
        map.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
    }

    /** Notes, charges and alerts follow the number that remains. */
    private void merge(Change.Merge merge) {
        String kept = merge.kept();
        String removed = merge.removed();
        removedByKept.put(kept, removed);
        if (merge.started() != null) {
            moveBooking(merge);
            return;
        }
        keptByRemoved.put(removed, kept);
        move(caseNotes, kept, removed, "offenderIdentifier");
        move(charges, kept, removed, "prisonerNumber");
        Map<String, AlertChange> moved = alerts.remove(removed);
        if (moved != null) {
            moved.values().forEach(change -> keep(change.numbered(kept)));
        }
    }

    /** What happened in the booking follows it; the number lives on, with its next booking if there is one. */
    private void moveBooking(Change.Merge merge) {
        Instant next = merge.next();
        if (next != null) {
            laterBookings.put(merge.removed(), next);
        }
        move(charges, merge, "prisonerNumber", "/incidentDetails/dateTimeOfIncident");
        move(caseNotes, merge, "offenderIdentifier", "/occurrenceDateTime");
    }

    private static void move(Map<String, List<ObjectNode>> map, Change.Merge booking, String field, String time) {
        List<ObjectNode> all = map.remove(booking.removed());
        if (all == null) {
            return;
        }
        for (ObjectNode each : all) {
            boolean within = booking.holds(Times.instant(each.at(time).asText()));
            String number = within ? booking.kept() : booking.removed();
            add(map, number, each.deepCopy().put(field, number));
        }
    }

    /** When the booking began in which the prisoner is, where an earlier one moved to somebody else. */
    public synchronized Optional<Instant> laterBooking(String number) {
        return Optional.ofNullable(laterBookings.get(number));
    }

    private static void move(Map<String, List<ObjectNode>> map, String kept, String removed, String field) {
        List<ObjectNode> moved = map.remove(removed);
        if (moved != null) {
            moved.forEach(each -> add(map, kept, each.deepCopy().put(field, kept)));
        }
    }

    // ---- what the interfaces read

    /** The number of incidents ever made. */
    public synchronized int lastIndex() {
        return lastIndex;
    }

    /** Every incident ever made, in the order of making. */
    public synchronized Collection<IncidentRecord> incidents() {
        return List.copyOf(incidents.values());
    }

    public synchronized IncidentRecord get(String id) {
        IncidentRecord incident = incidents.get(id);
        if (incident == null) {
            throw new IllegalArgumentException("no incident " + id);
        }
        return incident;
    }

    public synchronized Optional<IncidentRecord> find(String id) {
        return Optional.ofNullable(incidents.get(id));
    }

    public synchronized Optional<IncidentRecord> byReference(String reference) {
        return Optional.ofNullable(byReference.get(reference));
    }

    public synchronized List<ObjectNode> caseNotes(String prisonerNumber) {
        return List.copyOf(caseNotes.getOrDefault(prisonerNumber, List.of()));
    }

    /** Everybody's. */
    public synchronized List<ObjectNode> allCharges() {
        return charges.values().stream().flatMap(List::stream).toList();
    }

    public synchronized List<ObjectNode> charges(String prisonerNumber) {
        return List.copyOf(charges.getOrDefault(prisonerNumber, List.of()));
    }

    /** Every alert about the prisoner, over or not, without {@code isActive}; none under a number that was merged away. */
    public synchronized List<ObjectNode> alerts(String prisonerNumber) {
        Map<String, ObjectNode> byUuid = new LinkedHashMap<>();
        prisoner(prisonerNumber)
                .map(PrisonerAlerts::standing)
                .orElse(List.of())
                .forEach(alert -> byUuid.put(alert.get("alertUuid").asText(), alert));
        alerts.getOrDefault(prisonerNumber, Map.of()).forEach((uuid, change) -> {
            if (change.what() == AlertChange.What.DELETED) {
                byUuid.remove(uuid);
            } else {
                byUuid.put(uuid, change.alert());
            }
        });
        return List.copyOf(byUuid.values());
    }

    /** The prisoner who now has this number; nobody has a number that was merged away. */
    public synchronized Optional<Prisoner> prisoner(String number) {
        if (keptByRemoved.containsKey(number)) {
            return Optional.empty();
        }
        String invented = removedByKept.getOrDefault(number, number);
        Optional<Prisoner> known = Optional.ofNullable(changedPeople.get(invented));
        return (known.isPresent() ? known : population.find(invented)).map(prisoner -> prisoner.numbered(number));
    }

    /** Prisoner numbers in reports, notes and charges so far; merged ones too. */
    public synchronized ArrayNode numbersInUse() {
        ArrayNode numbers = Json.array();
        incidents.values().forEach(incident -> {
            ObjectNode report = incident.report();
            if (report != null) {
                report.path("prisonersInvolved")
                        .forEach(involved ->
                                numbers.add(involved.path("prisonerNumber").asText()));
            }
        });
        keptByRemoved.keySet().forEach(numbers::add);
        return numbers;
    }

    @Override
    public void close() {
        journal.close();
    }
}
