package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.PrisonLife;

/** Numbers that change at the source: a booking that moves takes along what happened in it, and a merge does not wait for the report. */
class IdentityChangeIT {

    /** It waits for a person to decide, so the case stays open. */
    private static final String WAITING = "staff-assault-no-injury";

    private final TestHub hub = TestHub.shared();
    private final PrisonLife life = hub.simulators().life();
    private final Casebook cases = new Casebook(hub);
    private final String prison = cases.ownPrison(Force.IHUB).id();

    @Test
    void anOldBookingThatMovesTakesTheCaseOfThatTimeAlongAndLeavesTodays() {
        IncidentRecord then = cases.order(WAITING, Oddity.MOVED_BOOKING, prison);
        String from = then.report().at("/prisonersInvolved/0/prisonerNumber").asText();
        String longAgo = LocalDateTime.now(ZoneId.of("Europe/London"))
                .minusDays(40)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        life.amend(then.id(), report -> report.put("incidentDateAndTime", longAgo));
        IncidentRecord today = cases.order(WAITING, Oddity.NONE, prison);
        life.amend(today.id(), report -> {
            ((ObjectNode) report.at("/prisonersInvolved/0")).put("prisonerNumber", from);
            return report;
        });
        Case old = cases.await(
                then, "of long ago", known -> people(known).equals(List.of(from)) && occurred(known, longAgo));
        Case young =
                cases.await(today, "of the same person", known -> people(known).contains(from));

        Instant now = Instant.now();
        String to = life.moveBooking(then.id(), now.minus(Duration.ofDays(60)), now.minus(Duration.ofDays(10)));

        await("re-keyed").untilAsserted(() -> assertThat(people(old)).containsExactly(to));
        assertThat(people(young)).contains(from).doesNotContain(to);
        assertThat(cases.count("SELECT count(*) FROM merged_number WHERE removed = ?", from))
                .as("they are two people")
                .isZero();
        assertThat(cases.count(
                        "SELECT count(*) FROM moved_booking WHERE from_number = ? AND ended_before IS NOT NULL", from))
                .isEqualTo(1);
    }

    @Test
    void aMergeThatIsHeardOfBeforeTheReportIsRewrittenParksNothing() {
        IncidentRecord incident = cases.order(Oddity.MERGED_PRISONER, prison);
        Case known = cases.awaitDelivered(incident, 1);
        String removed =
                cases.canonical(known, 1).at("/persons/0/prisonerNumber").asText();

        String kept = life.mergeBeforeTheReport(incident.id());

        cases.awaitDelivered(incident, 2);
        assertThat(cases.canonical(known, 2).path("persons"))
                .extracting(person -> person.path("prisonerNumber").asText())
                .contains(kept)
                .doesNotContain(removed);
        assertThat(cases.count(
                        "SELECT count(*) FROM work WHERE step = 'assembly' AND key = ? AND parked_kind IS NOT NULL",
                        known.reference()))
                .isZero();
    }

    private boolean occurred(Case known, String text) {
        return cases.count(
                        "SELECT count(*) FROM referral_case WHERE reference = ? AND occurred_text = ?",
                        known.reference(),
                        text)
                == 1;
    }

    private List<String> people(Case known) {
        return hub.jdbc()
                .sql("SELECT DISTINCT p.prisoner_number FROM case_person p JOIN referral_case c ON c.id = p.case_id"
                        + " WHERE c.reference = ? AND NOT p.former ORDER BY 1")
                .param(known.reference())
                .query(String.class)
                .list();
    }
}
