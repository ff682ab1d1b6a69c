package sallyport.routes.incidentintake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.prison.incidentreporting.ChangedReport;
import sallyport.connectors.prison.incidentreporting.Changes;
import sallyport.connectors.prison.incidentreporting.ChangesSince;
import sallyport.ledger.Effect.AdvancePoll;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.PollClaim;
import sallyport.ledger.Step;
import sallyport.mappings.force.PrisonForces;
import sallyport.routes.DayListings;
import sallyport.routes.InventedProperties;

/** Where the sweep goes on, whatever this node's clock says. */
class SweepMarkTest {

    private static final Instant NOW = Instant.parse("2026-08-01T09:00:00Z");
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    @Test
    void aNodeWhoseClockIsAheadPassesOverNothing() {
        var ahead = intake(NOW.plus(Duration.ofHours(3)));
        Instant newest = NOW.minusSeconds(30);

        String mark = mark(ahead, claim(null), new Changes(List.of(report()), true, newest));

        assertThat(ahead.since(claim(mark)).after()).isEqualTo(newest.minus(OVERLAP));
    }

    @Test
    void aNodeWhoseClockIsBehindReadsAgainAndPassesOverNothing() {
        var behind = intake(NOW.minus(Duration.ofHours(3)));

        String mark = mark(behind, claim(null), new Changes(List.of(report()), true, NOW));

        assertThat(Instant.parse(mark)).isBeforeOrEqualTo(NOW);
    }

    @Test
    void theMarkNeverGoesBack() {
        String before = NOW.toString();

        assertThat(mark(intake(NOW), claim(before), new Changes(List.of(report()), true, NOW.minusSeconds(60))))
                .isEqualTo(before);
    }

    @Test
    void aReportFromTheFutureDoesNotTakeTheMarkAlong() {
        assertThat(mark(intake(NOW), claim(null), new Changes(List.of(report()), true, NOW.plus(Duration.ofDays(400)))))
                .isEqualTo(NOW.toString());
    }

    @Test
    void whatASourceThatRepeatsItselfDidNotShowIsReadFromThePrisonsOwnListsBeforeTheMarkMoves() {
        var intake = intake(NOW);
        Instant before = NOW.minus(Duration.ofDays(30));

        var effects = intake.missed(new Changes(List.of(report()), false, NOW), claim(before.toString()))
                .all();

        assertThat(effects)
                .filteredOn(AdvancePoll.class::isInstance)
                .singleElement()
                .satisfies(effect -> assertThat(((AdvancePoll) effect).cursor()).isEqualTo(NOW.toString()));
        List<String> leeds = effects.stream()
                .filter(RequestWork.class::isInstance)
                .map(RequestWork.class::cast)
                .filter(work -> work.step() == Step.DAY_LISTING
                        && work.key().startsWith("LEI/")
                        && !work.key().endsWith("/reported"))
                .map(RequestWork::key)
                .toList();
        // 90 days before the mark until today, without a day between two stretches.
        assertThat(leeds).hasSize(9).first().isEqualTo("LEI/2026-04-03/2026-04-16");
        assertThat(leeds).last().isEqualTo("LEI/2026-07-24/2026-08-01");
        for (int i = 1; i < leeds.size(); i++) {
            assertThat(DayListings.of(leeds.get(i)).from())
                    .isEqualTo(DayListings.of(leeds.get(i - 1)).until().plusDays(1));
        }
        assertThat(effects)
                .filteredOn(effect -> effect instanceof RequestWork work
                        && work.key().startsWith("LEI/")
                        && DayListings.of(work.key()).reported())
                .extracting(effect -> ((RequestWork) effect).key())
                .as("of incidents of longer ago, those that were reported since")
                .containsExactly(
                        "LEI/2026-07-02/2026-07-15/reported",
                        "LEI/2026-07-16/2026-07-29/reported",
                        "LEI/2026-07-30/2026-08-01/reported");
        assertThat(effects.stream()
                        .filter(RequestWork.class::isInstance)
                        .map(effect ->
                                DayListings.of(((RequestWork) effect).key()).prison())
                        .distinct())
                .contains("NORTH", "SOUTH")
                .hasSameSizeAs(PrisonForces.reporting());
    }

    @Test
    void theMarkStaysUntilTheSweepHasMetIt() {
        var intake = intake(NOW);
        Instant before = NOW.minus(Duration.ofDays(30));
        Instant reached = NOW.minus(Duration.ofDays(3));
        var place = new ChangesSince.Place(100, reached);

        AdvancePoll going = advance(
                intake, claim(before.toString()), new Changes(List.of(report()), false, NOW.minusSeconds(9), place));

        assertThat(going.nextIn()).isEqualTo(Duration.ZERO);
        PollClaim next = claim(going.cursor());
        assertThat(intake.since(next)).isEqualTo(new ChangesSince(before.minus(OVERLAP), place));

        AdvancePoll again =
                advance(intake, next, new Changes(List.of(), false, null, new ChangesSince.Place(0, reached)));
        assertThat(intake.since(claim(again.cursor())).from()).isEqualTo(new ChangesSince.Place(0, reached));

        AdvancePoll end = advance(intake, next, new Changes(List.of(report()), true, reached));
        assertThat(end.cursor())
                .as("where the sweep began")
                .isEqualTo(NOW.minusSeconds(9).toString());
        assertThat(end.nextIn()).isEqualTo(Duration.ofMinutes(5));
    }

    private static AdvancePoll advance(IncidentIntake intake, PollClaim claim, Changes changes) {
        return intake.missed(changes, claim).all().stream()
                .filter(AdvancePoll.class::isInstance)
                .map(AdvancePoll.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEmptySweepLeavesTheMarkWhereItWas() {
        var intake = intake(NOW);
        String before = NOW.minusSeconds(600).toString();

        assertThat(mark(intake, claim(before), new Changes(List.of(), true, null)))
                .isEqualTo(before);
    }

    private static IncidentIntake intake(Instant clock) {
        var properties = InventedProperties.of(Set.of(), OVERLAP);
        return new IncidentIntake(
                (system, stream) -> {}, PrisonForces::reporting, properties, Clock.fixed(clock, ZoneOffset.UTC));
    }

    private static PollClaim claim(@Nullable String cursor) {
        return new PollClaim(1, 1, 1, "incident-reporting", "all", cursor);
    }

    private static ChangedReport report() {
        return new ChangedReport("a", "2026-08-01T10:00:00");
    }

    private static String mark(IncidentIntake intake, PollClaim claim, Changes changes) {
        return intake.missed(changes, claim).all().stream()
                .filter(AdvancePoll.class::isInstance)
                .map(effect -> ((AdvancePoll) effect).cursor())
                .findFirst()
                .orElseThrow();
    }
}
