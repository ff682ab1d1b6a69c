package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** Somebody in an approved case is released: the force learns of it, and only where a package says something else for it. */
class PersonChangeIT {

    private final TestHub hub = TestHub.shared();
    private final Casebook cases = new Casebook(hub);

    @BeforeEach
    void leaveOpen() {
        cases.leaveOpen();
    }

    @AfterEach
    void letThemBeClosed() {
        cases.letThemBeClosed();
    }

    @Test
    void aReleaseMakesASupplementWhereThePackageSaysSomethingElseAndNoneWhereItDoesNot() {
        IncidentRecord incident =
                cases.order(Oddity.NONE, cases.ownPrison(Force.IHUB).id());
        Case known = cases.awaitDelivered(incident, 1);
        String number =
                incident.report().at("/prisonersInvolved/0/prisonerNumber").asText();

        // Nothing else is said of anybody.
        publish("prisoner-offender-search.prisoner.updated", number);
        awaitLookedAt(number, 1);
        cases.awaitQuiet(known);
        assertThat(cases.count("SELECT count(*) FROM package WHERE case_id = ?", known.id()))
                .isEqualTo(1);

        hub.simulators()
                .life()
                .changePrisoner(
                        number,
                        prisoner -> prisoner.changed(
                                "Renamed-Kanarip2",
                                "OUT",
                                prisoner.releaseDate().minusYears(1)));
        publish("prisoner-offender-search.prisoner.released", number);

        cases.awaitDelivered(incident, 2);
        assertThat(cases.canonical(known, 2).path("persons").toString()).contains("OUT");
    }

    private void awaitLookedAt(String number, long times) {
        await("looked at")
                .until(() -> cases.count(
                                "SELECT count(*) FROM work WHERE step = 'person-change' AND key = ? AND done >= ?",
                                number,
                                times)
                        == 1);
    }

    private void publish(String type, String number) {
        String message =
                """
                {\\"eventType\\":\\"%s\\",\\"version\\":1,\\"occurredAt\\":\\"2026-08-03T11:15:31+01:00\\",\\"additionalInformation\\":\
                {\\"nomsNumber\\":\\"%s\\",\\"prisonId\\":\\"OUT\\",\\"reason\\":\\"RELEASED\\"},\\"personReference\\":\
                {\\"identifiers\\":[{\\"type\\":\\"NOMS\\",\\"value\\":\\"%s\\"}]}}"""
                        .formatted(type, number, number);
        hub.simulators()
                .events()
                .sendRaw("{\"Type\":\"Notification\",\"MessageId\":\"" + UUID.randomUUID() + "\",\"Message\":\""
                        + message + "\"}");
    }
}
