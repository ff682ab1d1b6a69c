package sallyport.simulators.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.simulators.RequiredFields;
import sallyport.simulators.journal.Json;

class WorldTest {

    private static final long SEED = 3;

    @TempDir
    Path directory;

    private final Prisons prisons = Prisons.read();
    private final List<DomainEvent> heard = new ArrayList<>();
    private World world;
    private PrisonLife life;

    @BeforeEach
    void open() {
        open(0);
        world.connect(heard::addAll);
    }

    private void open(int rate) {
        Population population = new Population(SEED, prisons);
        world = World.open(directory, population, Clock.systemUTC());
        life = new PrisonLife(
                world, new Planner(SEED, prisons, population), prisons, rate, Duration.ofMillis(20), Clock.systemUTC());
        life.resume();
    }

    @AfterEach
    void close() {
        life.close();
        world.close();
    }

    private void reopen() {
        close();
        heard.clear();
        open(0);
    }

    @Test
    void everyScenarioFitsItsContracts() {
        for (Scenario scenario : Scenario.readAll()) {
            IncidentRecord draft = life.order(scenario.name(), Oddity.NONE, "LEI", "DRAFT");
            IncidentRecord submitted = life.order(scenario.name(), Oddity.NONE, "MDI", "AWAITING_REVIEW");
            RequiredFields.checkReport(draft.report());
            RequiredFields.checkReport(submitted.report());
            if (scenario.suspects() > 0) {
                life.writePapers(submitted.id());
            }
            submitted.report().get("prisonersInvolved").forEach(involved -> {
                String number = involved.get("prisonerNumber").asText();
                world.caseNotes(number).forEach(note -> {
                    RequiredFields.check("CaseNote", note);
                    note.get("amendments").forEach(each -> RequiredFields.check("CaseNoteAmendment", each));
                });
                world.charges(number).forEach(RequiredFields::checkCharge);
            });
        }
        assertThat(heard)
                .extracting(DomainEvent::type)
                .contains(
                        "incident.report.created",
                        "incident.report.amended",
                        "person.case-note.created",
                        "adjudication.report.created",
                        "adjudication.outcome.referPolice");
    }

    @Test
    void everyPersonalFieldCarriesACanary() {
        IncidentRecord made = life.order("prisoner-assault-stabbing", Oddity.NONE, "LEI", "AWAITING_REVIEW");
        ObjectNode report = made.report();

        assertThat(report.findValuesAsText("firstName")).isNotEmpty().allMatch(WorldTest::marked);
        assertThat(report.findValuesAsText("lastName")).isNotEmpty().allMatch(WorldTest::marked);
        assertThat(report.findValuesAsText("comment")).isNotEmpty().allMatch(WorldTest::marked);
        assertThat(List.of("title", "description", "reportedBy", "modifiedBy"))
                .allMatch(field -> marked(report.get(field).asText()));
    }

    @Test
    void theSourceHasAlertsAboutSomePrisoners() {
        List<ObjectNode> standing = new Population(SEED, prisons)
                .inside("LEI").stream()
                        .flatMap(prisoner -> world.alerts(prisoner.number()).stream())
                        .toList();

        assertThat(standing).hasSizeGreaterThan(10).allSatisfy(alert -> {
            RequiredFields.checkAlert(alert.deepCopy().put("isActive", true));
            assertThat(alert.get("description").asText()).matches(text -> marked(text));
            assertThat(alert.get("createdByDisplayName").asText()).matches(text -> marked(text));
        });
        assertThat(standing).anyMatch(alert -> alert.has("activeTo")).anyMatch(alert -> !alert.has("activeTo"));
    }

    @Test
    void everyChangeOfAnAlertIsToldAndIsThereAfterARestart() {
        LocalDate today = LocalDate.parse("2026-11-29");
        String kept = life.alert("A0001AA", "XPOI", today, null);
        String gone = life.alert("A0001AA", "ROV", today, null);
        life.moveAlert("A0001AA", kept, today.minusDays(1), today.plusDays(9));
        life.endAlert("A0001AA", kept);
        life.deleteAlert("A0001AA", gone);
        List<ObjectNode> before = world.alerts("A0001AA");

        assertThat(heard)
                .extracting(DomainEvent::type)
                .filteredOn(type -> !type.equals("person.alerts.changed"))
                .containsExactly(
                        "person.alert.created",
                        "person.alert.created",
                        "person.alert.updated",
                        "person.alert.inactive",
                        "person.alert.deleted");
        assertThat(heard)
                .filteredOn(event -> event.type().equals("person.alerts.changed"))
                .hasSize(5);
        assertThat(before).singleElement().satisfies(alert -> {
            assertThat(alert.get("alertUuid").asText()).isEqualTo(kept);
            assertThat(alert.get("activeFrom").asText()).isEqualTo("2026-11-28");
            assertThat(alert.has("madeInactiveAt")).isTrue();
        });

        reopen();

        assertThat(world.alerts("A0001AA")).isEqualTo(before);
    }

    @Test
    void alertsFollowTheNumberThatRemains() {
        IncidentRecord made = life.order("hostage", Oddity.NONE, "LEI", "AWAITING_REVIEW");
        String removed = made.report().at("/prisonersInvolved/0/prisonerNumber").asText();
        String alert = life.alert(removed, "XPOI", LocalDate.parse("2026-11-29"), null);
        int all = world.alerts(removed).size();

        String kept = life.merge(made.id());

        assertThat(world.alerts(removed)).isEmpty();
        assertThat(world.alerts(kept))
                .hasSize(all)
                .allMatch(each -> each.get("prisonNumber").asText().equals(kept))
                .anyMatch(each -> each.get("alertUuid").asText().equals(alert));
    }

    private static boolean marked(String text) {
        return text.matches("(?s).*" + Canary.REGEX + ".*");
    }

    @Test
    void isTheSameAfterARestart() {
        IncidentRecord made = life.order("hostage", Oddity.NONE, "LEI", "AWAITING_REVIEW");
        life.writePapers(made.id());
        String removed = made.report().at("/prisonersInvolved/0/prisonerNumber").asText();
        String kept = life.merge(made.id());
        IncidentRecord before = world.get(made.id());
        int notes = world.caseNotes(kept).size();

        reopen();

        assertThat(world.get(made.id())).isEqualTo(before);
        assertThat(world.prisoner(removed)).isEmpty();
        assertThat(world.prisoner(kept)).isPresent();
        assertThat(world.caseNotes(kept)).hasSize(notes).isNotEmpty();
        assertThat(world.lastIndex()).isEqualTo(1);
    }

    @Test
    void sendsAgainAfterARestartTheEventsThatNobodyHadTaken() {
        life.order("hostage", Oddity.NONE, "LEI", "DRAFT");
        world.taken(world.lastEvent());
        life.order("hostage", Oddity.NONE, "LEI", "DRAFT");
        String untaken = heard.get(heard.size() - 1).messageId();

        reopen();
        world.connect(heard::addAll);

        assertThat(heard).extracting(DomainEvent::messageId).containsExactly(untaken);
    }

    @Test
    void unfinishedScriptsGoOnAfterARestart() {
        close();
        open(6000);
        life.startGenerating();
        await().until(() -> world.lastIndex() > 60);
        reopen();
        life.settle();

        await().atMost(Duration.ofSeconds(20)).until(() -> life.pending() == 0);
        assertThat(world.incidents())
                .filteredOn(incident -> incident.report() != null)
                .filteredOn(incident -> incident.oddity() == Oddity.NONE)
                .noneMatch(incident -> incident.report().get("status").asText().equals("DRAFT"));
    }

    @Test
    void aTextThatGoesBackIsTheEarlierTextAgain() {
        IncidentRecord made = life.order("phone-find", Oddity.NONE, "LEI", "AWAITING_REVIEW");
        String text = made.report().get("description").asText();

        life.amend(made.id(), report -> report.put("description", "Something else."));
        IncidentRecord back = life.amend(made.id(), report -> report.put("description", text));

        assertThat(back.report().get("description").asText()).isEqualTo(text);
        assertThat(back.modified()).isAfter(made.modified());
    }

    @Test
    void aNulIsInTheReportAsItIsStored() {
        IncidentRecord made = life.order("phone-find", Oddity.NUL_IN_TEXT, "LEI", "AWAITING_REVIEW");

        assertThat(made.report().get("description").asText()).contains("\u0000");
        assertThat(new String(Json.bytes(made.report()), StandardCharsets.UTF_8))
                .contains("\\u0000");
    }

    @Test
    void lostEventsAreNeverRaisedAndDuplicatedOnesKeepTheirMessageId() {
        life.order("phone-find", Oddity.LOST_EVENTS, "LEI", "AWAITING_REVIEW");
        assertThat(heard).isEmpty();

        life.order("phone-find", Oddity.DUPLICATED_EVENTS, "LEI", "AWAITING_REVIEW");
        assertThat(heard).isNotEmpty().allMatch(event -> event.copies() == 3);
    }

    @Test
    void badReportsAreBadInTheWayTheyShould() {
        assertThat(life.order("hostage", Oddity.MISSING_LOCATION, "LEI", "AWAITING_REVIEW")
                        .report()
                        .has("location"))
                .isFalse();
        assertThat(life.order("hostage", Oddity.WRONG_SHAPE, "LEI", "AWAITING_REVIEW")
                        .report()
                        .get("questions")
                        .isTextual())
                .isTrue();
        assertThat(life.order("hostage", Oddity.UNKNOWN_TYPE, "LEI", "AWAITING_REVIEW")
                        .report()
                        .get("type")
                        .asText())
                .isEqualTo("TELEPORT_1");
        assertThat(life.order("hostage", Oddity.ON_ESCORT, "LEI", "AWAITING_REVIEW")
                        .report()
                        .get("location")
                        .asText())
                .isEqualTo("NORTH");
    }
}
