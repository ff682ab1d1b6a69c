package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.mappings.referral.PackageDiff;
import sallyport.mappings.referral.PackageDiff.Change;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.Prison;
import sallyport.simulators.world.PrisonLife;
import sallyport.simulators.world.Prisons;

/** Case notes that a force was given stay as true as they are in the prison. */
class CaseNoteIT {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final TestHub hub = TestHub.shared();
    private final PrisonLife life = hub.simulators().life();
    private final Casebook cases = new Casebook(hub);
    private String prison = "";

    /** A prison of its own for each test: a person who is in an open case already would spoil it. */
    @BeforeEach
    void choosePrison() {
        List<String> quiet = hub.simulators().forces().all().stream()
                .filter(force -> force.channels().equals(List.of(Force.IHUB)))
                .flatMap(force -> Prisons.read().byForce().get(force.code()).stream())
                .map(Prison::id)
                .toList();
        prison = quiet.get(quiet.size() - 12 - NEXT.incrementAndGet());
    }

    @BeforeEach
    void leaveTheCasesOpen() {
        cases.leaveOpen();
    }

    @AfterEach
    void letThemBeClosed() {
        cases.letThemBeClosed();
    }

    @Test
    void anAmendedNoteComesWithItsAmendmentAndADeletedOrMovedOneIsTakenOut() {
        IncidentRecord incident = watched();
        String suspect = withRole(incident, "ASSAILANT");
        String other = withRole(incident, "VICTIM");
        String amended = life.writeNote(suspect, "OBSERVE", "SECURITY", at(incident), false);
        String deleted = life.writeNote(suspect, "OBSERVE", "THREAT_ST", at(incident), false);
        String moved = life.writeNote(suspect, "NEG", "BEHAVEWARN", at(incident), false);
        String stays = life.writeNote(suspect, "REPORT", "SECURITY", at(incident), false);
        Case known = opened(incident);
        assertThat(notes(known, 1)).contains(amended, deleted, moved, stays);

        life.addToNote(suspect, amended);
        life.deleteNote(suspect, deleted);
        life.moveNote(suspect, moved, other);

        cases.awaitDelivered(incident, 2);
        assertThat(notes(known, 2)).contains(amended, stays).doesNotContain(deleted, moved);
        JsonNode before = cases.canonical(known, 1);
        JsonNode after = cases.canonical(known, 2);
        int place = notes(known, 2).indexOf(amended);
        assertThat(PackageDiff.between(before, after))
                .contains(new Change(
                        "/caseNotes/" + place + "/amendments/0",
                        null,
                        after.at("/caseNotes/" + place + "/amendments/0").asText()))
                .contains(gone(before, deleted), gone(before, moved));
    }

    /** The difference names the id of a note that was there before and is not any more. */
    private static Change gone(JsonNode before, String id) {
        return new Change("/caseNotes/" + ids(before).indexOf(id) + "/id", id, null);
    }

    @Test
    void moreNotesOfOneMomentThanAPageHoldsAreAllThere() {
        IncidentRecord incident = watched();
        String suspect = withRole(incident, "ASSAILANT");
        List<String> written = Stream.generate(() -> life.writeNote(suspect, "NEG", "BEHAVEWARN", at(incident), false))
                .limit(205)
                .toList();

        Case known = opened(incident);

        assertThat(notes(known, 1)).containsAll(written);
    }

    @Test
    void eventsAboutTheNotesOfSomebodyInNoOpenCaseAreCountedAndNotKept() {
        IncidentRecord incident = watched();
        String suspect = withRole(incident, "ASSAILANT");
        long counted = counted();

        String note = life.writeNote(suspect, "OBSERVE", "SECURITY", at(incident), false);
        life.addToNote(suspect, note);
        life.deleteNote(suspect, note);

        await("counted").until(() -> counted() >= counted + 3);
        assertThat(cases.count("SELECT count(*) FROM hint WHERE subject = ?", note))
                .isZero();
        assertThat(cases.count("SELECT count(*) FROM work WHERE step = 'case-note-fetch' AND key = ?", suspect))
                .isZero();
    }

    @Test
    void whatAPackageSaidOfAPersonStaysAndTheNextOneNamesWhatChanged() {
        IncidentRecord incident = watched();
        String suspect = withRole(incident, "ASSAILANT");
        Case known = opened(incident);
        byte[] asBuilt = canonical(known, 1);

        life.changePrisoner(
                suspect,
                prisoner -> prisoner.changed(
                        "Renamed-Kanarip1", "Z-9-099", prisoner.releaseDate().plusYears(1)));
        life.amend(incident.id(), report -> report.put("description", "More was learnt."));

        cases.awaitDelivered(incident, 2);
        assertThat(canonical(known, 1)).isEqualTo(asBuilt);
        assertThat(PackageDiff.between(cases.canonical(known, 1), cases.canonical(known, 2)))
                .filteredOn(change -> change.pointer().startsWith("/persons/"))
                .extracting(change -> change.pointer().replaceFirst("/persons/[0-9]+/", ""))
                .contains("lastName", "location")
                .doesNotContain("firstName", "dateOfBirth", "pncId");
        assertThat(new String(asBuilt, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("Z-9-099");
    }

    @Test
    void notesOfAVictimReachTheForceOnlyWhenAPersonAskedForThemAndChoseThem() {
        IncidentRecord incident = watched();
        String victim = withRole(incident, "VICTIM");
        String wanted = life.writeNote(victim, "OBSERVE", "SECURITY", at(incident), false);
        String unwanted = life.writeNote(victim, "NEG", "BEHAVEWARN", at(incident), false);
        String sensitive = life.writeNote(victim, "OBSERVE", "SAFER CUST", at(incident), true);
        Case known = opened(incident);
        assertThat(notes(known, 1)).doesNotContain(wanted, unwanted, sensitive);
        String requests = "/api/v1/cases/" + known.reference() + "/case-note-requests";
        LocalDate day = LocalDate.ofInstant(at(incident), LONDON);
        String asked =
                """
                {"prisonerNumber":"%s","from":"%s","until":"%s","sensitive":%s,"justification":"VICTIM_ACCOUNT",
                 "reason":"what was said on the day"}""";

        assertThat(hub.post(requests, asked.formatted(victim, day, day, true)).statusCode())
                .isEqualTo(202);
        assertThat(hub.post(requests, asked.formatted(victim, day, day, false)).statusCode())
                .isEqualTo(202);
        await("answered")
                .until(() -> list(requests).at("/requests/0/state").asText().equals("ANSWERED"));

        JsonNode answered = list(requests).at("/requests/0");
        assertThat(answered.path("notes").findValuesAsText("caseNoteId")).containsExactlyInAnyOrder(wanted, unwanted);
        assertThat(list(requests).at("/requests/1/state").asText()).isEqualTo("WAITING");
        assertThat(list(requests).at("/requests/1/notes")).isEmpty();
        assertThat(hub.jdbc()
                        .sql(
                                "SELECT actor FROM evidence WHERE case_reference = ? AND kind = 'COLLECTION'"
                                        + " AND (reason LIKE 'asked for case notes%' OR reason LIKE 'a person asked%') ORDER BY id")
                        .param(known.reference())
                        .query(String.class)
                        .list())
                .containsExactly("admin", "admin", "sallyport");
        choose(requests, answered, wanted, "use");
        choose(requests, answered, unwanted, "leave-out");

        cases.awaitDelivered(incident, 2);
        assertThat(notes(known, 2)).contains(wanted).doesNotContain(unwanted, sensitive);
        assertThat(extract(known, 2, wanted).path("requested").asText()).isEqualTo("VICTIM_ACCOUNT");
        assertThat(Traces.records(Traces.whole(hub, known, 2), "/caseNotes")).contains("case-notes " + wanted);

        life.addToNote(victim, wanted);
        cases.awaitDelivered(incident, 3);
        assertThat(extract(known, 3, wanted).path("amendments")).hasSize(1);

        life.deleteNote(victim, wanted);
        cases.awaitDelivered(incident, 4);
        assertThat(notes(known, 4)).doesNotContain(wanted);
        assertThat(PackageDiff.between(cases.canonical(known, 3), cases.canonical(known, 4)))
                .contains(gone(cases.canonical(known, 3), wanted));
    }

    private JsonNode list(String requests) {
        return Casebook.tree(hub.get(requests).body());
    }

    private void choose(String requests, JsonNode request, String noteId, String word) {
        for (JsonNode note : request.path("notes")) {
            if (note.path("caseNoteId").asText().equals(noteId)) {
                String path = requests + "/" + request.path("id").asText() + "/notes/"
                        + note.path("id").asText() + "/" + word;
                assertThat(hub.post(path, "{\"reason\":\"it says who was there\"}")
                                .statusCode())
                        .isEqualTo(202);
                return;
            }
        }
        throw new AssertionError("the note did not come");
    }

    private JsonNode extract(Case known, int version, String id) {
        for (JsonNode note : cases.canonical(known, version).path("caseNotes")) {
            if (note.path("id").asText().equals(id)) {
                return note;
            }
        }
        throw new AssertionError("no such note in version " + version);
    }

    /** Everything is in the report, and it is no case yet: the prison has taken it back to finish it. */
    private IncidentRecord watched() {
        IncidentRecord incident = life.order(Casebook.MANDATORY, Oddity.NONE, prison, "REOPENED");
        cases.awaitDisposition(incident, "WATCHED");
        return incident;
    }

    private Case opened(IncidentRecord incident) {
        life.changeStatus(incident.id(), "AWAITING_REVIEW");
        return cases.awaitDelivered(incident, 1);
    }

    private static String withRole(IncidentRecord incident, String role) {
        for (JsonNode involved : incident.report().path("prisonersInvolved")) {
            if (involved.path("prisonerRole").asText().equals(role)) {
                return involved.path("prisonerNumber").asText();
            }
        }
        throw new AssertionError("the scenario names no " + role);
    }

    private static Instant at(IncidentRecord incident) {
        return LocalDateTime.parse(incident.report().path("incidentDateAndTime").asText())
                .atZone(LONDON)
                .toInstant();
    }

    private List<String> notes(Case known, int version) {
        return ids(cases.canonical(known, version));
    }

    private static List<String> ids(JsonNode pkg) {
        return pkg.path("caseNotes").findValuesAsText("id");
    }

    private byte[] canonical(Case known, int version) {
        return hub.jdbc()
                .sql("SELECT canonical FROM package WHERE case_id = ? AND version = ?")
                .params(known.id(), version)
                .query((row, n) -> row.getBytes(1))
                .single();
    }

    private long counted() {
        return cases.count(
                "SELECT coalesce(sum(n), 0) FROM tally WHERE what LIKE 'event-only-counted/person.case-note%'");
    }
}
