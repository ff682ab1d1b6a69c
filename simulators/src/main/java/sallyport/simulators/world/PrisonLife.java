package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Agenda;

/**
 * Makes incidents at a steady rate, each going through its script. After a restart the unfinished ones go on where they were and
 * new ones follow the last.
 */
public final class PrisonLife implements AutoCloseable {

    /** Incidents made at once when the world is new, so that a demonstration starts alive. */
    private static final int BURST = 60;

    /** Where the generator rests, so that a forgotten demonstration does not fill the disk. */
    private static final int ENOUGH = 20_000;

    private static final int FINISHED = Integer.MAX_VALUE;

    private final World world;
    private final Planner planner;
    private final Prisons prisons;
    private final Duration hour;
    private final int perMinute;
    private final Agenda agenda;
    private boolean generating;
    private int next;

    public PrisonLife(World world, Planner planner, Prisons prisons, int perMinute, Duration hour, Clock clock) {
        this.world = world;
        this.planner = planner;
        this.prisons = prisons;
        this.hour = hour;
        this.perMinute = perMinute;
        this.agenda = new Agenda("prison-life", 2, clock);
        this.next = world.lastIndex() + 1;
    }

    /** Takes up unfinished scripts, and makes the first burst if the world is new. */
    public void resume() {
        List<IncidentRecord> known = List.copyOf(world.incidents());
        for (IncidentRecord incident : known) {
            // Planning again also brings back the people that only this plan knows.
            Plan plan = incident.step() == FINISHED ? ordered(incident) : planner.plan(incident.index());
            if (incident.step() != FINISHED) {
                schedule(plan, incident.id(), incident.step());
            }
        }
    }

    private Plan ordered(IncidentRecord incident) {
        return planner.plan(incident.index(), incident.scenario(), incident.oddity(), prisonOf(incident.prison()));
    }

    private Prison prisonOf(String id) {
        return prisons.all().stream()
                .filter(prison -> prison.id().equals(id))
                .findFirst()
                .orElse(prisons.all().get(0));
    }

    public synchronized void startGenerating() {
        if (generating || perMinute <= 0) {
            return;
        }
        generating = true;
        agenda.hurry(false);
        if (next == 1) {
            for (int i = 0; i < BURST; i++) {
                makeNext();
            }
        }
        agenda.after(pause(), this::turn);
    }

    /** No new incidents; those that are there live on. */
    public synchronized void stopGenerating() {
        generating = false;
    }

    /** No new incidents, and everything still to come of the others happens now. */
    public void settle() {
        stopGenerating();
        agenda.hurry(true);
    }

    public int pending() {
        return agenda.pending();
    }

    private Duration pause() {
        return Duration.ofMillis(60_000L / perMinute);
    }

    private synchronized void turn() {
        if (!generating) {
            return;
        }
        if (next <= ENOUGH) {
            makeNext();
        }
        agenda.after(pause(), this::turn);
    }

    private void makeNext() {
        Plan plan = planner.plan(next++);
        IncidentRecord made = world.create(plan);
        schedule(plan, made.id(), 0);
    }

    private void schedule(Plan plan, String id, int done) {
        List<Script.Step> steps = Script.of(plan, hour);
        if (done >= steps.size()) {
            return;
        }
        Script.Step step = steps.get(done);
        agenda.after(step.after(), () -> {
            world.apply(id, done + 1, step.act());
            schedule(plan, id, done + 1);
        });
    }

    // ---- for tests

    /**
     * Makes one incident in a chosen prison and takes it, at once, to the status given: {@code DRAFT} or
     * {@code AWAITING_REVIEW}. It has no life of its own after that. Events go out as the oddity says.
     *
     * @param scenario a name from {@code scenarios.csv}
     */
    public synchronized IncidentRecord order(String scenario, Oddity oddity, String prison, String status) {
        Plan plan = planner.plan(next++, scenario, oddity, prisons.byId(prison));
        IncidentRecord made = world.create(plan);
        if (status.equals("DRAFT")) {
            return world.apply(made.id(), FINISHED, keep());
        }
        world.apply(
                made.id(),
                FINISHED,
                onReport((report, now) -> Change.of(
                        Reports.peopleAndAnswers(report, plan, now),
                        "PRISONERS_INVOLVED",
                        "STAFF_INVOLVED",
                        "QUESTIONS")));
        return changeStatus(made.id(), status);
    }

    /** Fills in an ordered draft and hands it in. */
    public IncidentRecord submit(String id) {
        Plan plan = ordered(world.get(id));
        world.apply(
                id,
                FINISHED,
                onReport((report, now) -> Change.of(
                        Reports.peopleAndAnswers(report, plan, now),
                        "PRISONERS_INVOLVED",
                        "STAFF_INVOLVED",
                        "QUESTIONS")));
        return changeStatus(id, "AWAITING_REVIEW");
    }

    public IncidentRecord changeStatus(String id, String status) {
        return world.apply(
                id,
                FINISHED,
                onReport((report, now) -> Change.of(Reports.status(report, status, null, now), "STATUS")));
    }

    /** Any change to a report; the time of change moves and an event says {@code BASIC_REPORT}. */
    public IncidentRecord amend(String id, UnaryOperator<ObjectNode> edit) {
        return world.apply(id, FINISHED, onReport((report, now) -> {
            ObjectNode edited = edit.apply(report.deepCopy());
            return Change.of(edited.put("modifiedAt", Times.local(now)), "BASIC_REPORT");
        }));
    }

    public IncidentRecord delete(String id) {
        return world.apply(id, FINISHED, (report, now) -> Change.deletion());
    }

    /** Case notes and, where the scenario has one, a charge, for the suspects of an ordered incident; with their events. */
    public IncidentRecord writePapers(String id) {
        IncidentRecord incident = world.get(id);
        Plan plan = ordered(incident);
        return world.apply(id, FINISHED, onReport((report, now) -> Script.papersOf(plan, report, now)));
    }

    /** Merges the first prisoner of a report away; gives the number that remains. */
    public String merge(String id) {
        IncidentRecord incident = world.get(id);
        String kept = Population.keptNumber(incident.index());
        world.apply(id, FINISHED, onReport((report, now) -> {
            String removed = report.at("/prisonersInvolved/0/prisonerNumber").asText();
            return Change.merge(
                    Reports.renumbered(report, removed, kept, now), new Change.Merge(kept, removed, "1000000"));
        }));
        return kept;
    }

    /** As {@link #merge}, but the report names the number removed still: the service has not come to it yet. */
    public String mergeBeforeTheReport(String id) {
        String kept = Population.keptNumber(world.get(id).index());
        world.apply(
                id,
                FINISHED,
                onReport((report, now) -> Change.merge(
                        report,
                        new Change.Merge(
                                kept,
                                report.at("/prisonersInvolved/0/prisonerNumber").asText(),
                                "1000000"))));
        return kept;
    }

    /**
     * One booking of the first prisoner of a report turns out to be somebody else's, and the report with it; gives the number of that
     * person. The first number lives on.
     *
     * @param started when the booking began
     * @param next when the next booking under the first number began; null when there is none
     */
    public String moveBooking(String id, Instant started, @Nullable Instant next) {
        IncidentRecord incident = world.get(id);
        String to = Population.keptNumber(incident.index());
        world.apply(id, FINISHED, onReport((report, now) -> {
            String from = report.at("/prisonersInvolved/0/prisonerNumber").asText();
            String booking = world.prisoner(from).map(Prisoner::bookingId).orElse("1000000");
            return Change.merge(
                    Reports.renumbered(report, from, to, now), new Change.Merge(to, from, booking, started, next));
        }));
        return to;
    }

    /** Marks a prisoner, with the events; gives the alert's id. */
    public String alert(String number, String code, LocalDate from, @Nullable LocalDate to) {
        return world.alert(number, code, from, to);
    }

    /** The alert holds from and to other days. */
    public void moveAlert(String number, String uuid, LocalDate from, @Nullable LocalDate to) {
        world.changeAlert(number, uuid, (alert, now) -> PrisonerAlerts.moved(alert, from, to, now));
    }

    /** The alert is over today. */
    public void endAlert(String number, String uuid) {
        world.changeAlert(number, uuid, PrisonerAlerts::ended);
    }

    /** The alert was set in error, and is no more. */
    public void deleteAlert(String number, String uuid) {
        world.changeAlert(number, uuid, (alert, now) -> PrisonerAlerts.deleted(alert));
    }

    /** A note about a prisoner that nobody but a test asked for; gives its id. */
    public String writeNote(String number, String type, String subType, Instant occurred, boolean sensitive) {
        return world.writeNote(number, now -> CaseNoteTexts.ordered(number, type, subType, occurred, sensitive, now));
    }

    /** A word more, as everybody may add to a note. */
    public void addToNote(String number, String id) {
        world.changeNote(
                number,
                id,
                (note, now) -> new NoteChange(NoteChange.What.UPDATED, CaseNoteTexts.amended(note, now), null));
    }

    /** The note is no more. */
    public void deleteNote(String number, String id) {
        world.changeNote(number, id, (note, now) -> new NoteChange(NoteChange.What.DELETED, note, null));
    }

    /** The note was about somebody else, as after a booking was moved. */
    public void moveNote(String number, String id, String to) {
        world.changeNote(
                number,
                id,
                (note, now) -> new NoteChange(NoteChange.What.MOVED, note.put("offenderIdentifier", to), number));
    }

    /** Of a prisoner who moved, whose name was corrected or whose release was set anew; no event tells of it. */
    public void changePrisoner(String number, UnaryOperator<Prisoner> change) {
        world.changePrisoner(number, change);
    }

    private interface Edit {
        Change on(ObjectNode report, Instant now);
    }

    private static Script.Act keep() {
        return onReport((report, now) -> Change.papers(report, List.of(), List.of(), List.of()));
    }

    private static Script.Act onReport(Edit edit) {
        return (report, now) -> report == null ? Change.deletion() : edit.on(report, now);
    }

    @Override
    public void close() {
        agenda.close();
    }
}
