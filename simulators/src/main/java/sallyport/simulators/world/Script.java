package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps an incident goes through after its draft was made, by its oddity. The same plan gives the same steps. */
final class Script {

    /** Long enough, in real time, for a delivery to have happened. */
    private static final Duration LATE = Duration.ofSeconds(40);

    /** How long before it turned out to be another person's the booking had begun. */
    private static final Duration BOOKED = Duration.ofDays(90);

    interface Act {
        Change on(@Nullable ObjectNode report, Instant now);
    }

    private interface Edit {
        Change on(ObjectNode report, Instant now);
    }

    /**
     * @param after counted from the step before
     */
    record Step(Duration after, Act act) {}

    private final Plan plan;
    private final Duration hour;
    private final List<Step> steps = new ArrayList<>();

    private Script(Plan plan, Duration hour) {
        this.plan = plan;
        this.hour = hour;
    }

    static List<Step> of(Plan plan, Duration hour) {
        Script script = new Script(plan, hour);
        script.write(Dice.of(plan.index(), "script"));
        return List.copyOf(script.steps);
    }

    private void write(Dice dice) {
        if (plan.oddity() == Oddity.LEFT_IN_DRAFT) {
            return;
        }
        if (plan.oddity().referred()) {
            step(dice.hours(0.1, 0.3, hour), (report, now) -> papersOf(plan, report, now));
            if (plan.oddity() == Oddity.REFERRED_ONLY) {
                return;
            }
            // Longer than the hub of a demonstration waits for a report.
            step(LATE.plus(LATE), (report, now) -> Change.papers(report, List.of(), List.of(), List.of()));
        }
        if (plan.oddity() == Oddity.DELETED) {
            step(dice.hours(0.5, 1, hour), (report, now) -> Change.deletion());
            return;
        }
        step(
                dice.hours(0.1, 0.3, hour),
                (report, now) -> Change.of(
                        Reports.peopleAndAnswers(report, plan, now),
                        "PRISONERS_INVOLVED",
                        "STAFF_INVOLVED",
                        "QUESTIONS"));
        if (plan.oddity() == Oddity.NOT_REPORTABLE) {
            step(
                    dice.hours(0.1, 0.3, hour),
                    (report, now) ->
                            Change.of(Reports.status(report, "NOT_REPORTABLE", "MARK_NOT_REPORTABLE", now), "STATUS"));
            return;
        }
        step(
                dice.hours(0.1, 0.5, hour),
                (report, now) -> Change.of(Reports.status(report, "AWAITING_REVIEW", "REQUEST_REVIEW", now), "STATUS"));
        if (!plan.oddity().referred()) {
            papers(dice);
        }
        odd(dice);
        if (dice.chance(0.4)) {
            step(
                    dice.hours(20, 40, hour),
                    (report, now) -> Change.of(Reports.status(report, "CLOSED", "CLOSE", now), "STATUS"));
        }
    }

    private void papers(Dice dice) {
        if (plan.suspects().isEmpty() || plan.oddity() == Oddity.MISSING_LOCATION) {
            return;
        }
        step(dice.hours(0.3, 1, hour), (report, now) -> papersOf(plan, report, now));
    }

    static Change papersOf(Plan plan, ObjectNode report, Instant now) {
        boolean charged =
                plan.oddity().referred() || plan.scenario().placedOnReport() && plan.oddity() != Oddity.ON_ESCORT;
        Dice chance = Dice.of(plan.index(), "papers");
        List<ObjectNode> notes = new ArrayList<>();
        int count = 1 + chance.below(3);
        for (int i = 0; i < count; i++) {
            String number = chance.pick(plan.suspects()).number();
            notes.add(CaseNoteTexts.note(plan, i, number, chance, now));
        }
        List<ObjectNode> charges =
                charged ? List.of(Charges.charge(plan, report, plan.suspects().get(0), chance, now)) : List.of();
        return Change.papers(report, notes, charges, alertsOf(plan, now));
    }

    /** Some suspects are marked because of what they did; by dice of their own, so that everything else stays as it was. */
    private static List<AlertChange> alertsOf(Plan plan, Instant now) {
        Dice chance = Dice.of(plan.index(), "alerts");
        return plan.suspects().stream()
                .filter(suspect -> chance.chance(0.3))
                .map(suspect -> PrisonerAlerts.made(plan, suspect.number(), chance, now))
                .toList();
    }

    private void odd(Dice dice) {
        switch (plan.oddity()) {
            case AMENDED -> {
                step(
                        dice.hours(0.5, 2, hour),
                        (report, now) -> describe(report, " It was later added that " + mark(91), now));
                step(
                        LATE,
                        (report, now) -> Change.of(Reports.status(report, "UPDATED", "REQUEST_REVIEW", now), "STATUS"));
            }
            case ADDENDUM ->
                step(LATE, (report, now) -> Change.of(Reports.addendum(report, plan, now), "DESCRIPTION_ADDENDUMS"));
            case TEXT_GOES_BACK -> {
                step(dice.hours(1, 2, hour), (report, now) -> describe(report, " Correction: " + mark(92), now));
                step(dice.hours(1, 2, hour), (report, now) -> {
                    String text = report.get("description").asText();
                    String earlier = text.substring(0, text.indexOf(" Correction: "));
                    return Change.of(Reports.describedAs(report, earlier, now), "BASIC_REPORT");
                });
            }
            case LATE_DUPLICATE ->
                step(
                        LATE,
                        (report, now) -> Change.of(
                                Reports.duplicateOf(
                                        report,
                                        Dice.of(plan.index(), "original")
                                                .uuid7(now)
                                                .toString(),
                                        now),
                                "STATUS"));
            case TYPE_CHANGED ->
                step(LATE, (report, now) -> Change.of(Reports.retyped(report, "MISCELLANEOUS_1", now), "TYPE"));
            case MERGED_PRISONER -> step(LATE, (report, now) -> merge(report, now));
            case MOVED_BOOKING -> step(LATE, (report, now) -> moveBooking(report, now));
            case REOPENED -> {
                step(LATE, (report, now) -> Change.of(Reports.status(report, "CLOSED", "CLOSE", now), "STATUS"));
                step(
                        dice.hours(0.5, 1, hour),
                        (report, now) -> Change.of(Reports.status(report, "REOPENED", "RECALL", now), "STATUS"));
                step(
                        dice.hours(0.5, 1, hour),
                        (report, now) ->
                                Change.of(Reports.status(report, "WAS_CLOSED", "REQUEST_REVIEW", now), "STATUS"));
            }
            default -> {
                // The oddity is in the report or in its events.
            }
        }
    }

    private Change describe(ObjectNode report, String more, Instant now) {
        return Change.of(Reports.describedAs(report, report.get("description").asText() + more, now), "BASIC_REPORT");
    }

    private Change merge(ObjectNode report, Instant now) {
        Prisoner suspect = plan.suspects().get(0);
        String kept = Population.keptNumber(plan.index());
        return Change.merge(
                Reports.renumbered(report, suspect.number(), kept, now),
                new Change.Merge(kept, suspect.number(), suspect.bookingId()));
    }

    private Change moveBooking(ObjectNode report, Instant now) {
        Prisoner suspect = plan.suspects().get(0);
        String to = Population.keptNumber(plan.index());
        return Change.merge(
                Reports.renumbered(report, suspect.number(), to, now),
                new Change.Merge(to, suspect.number(), suspect.bookingId(), now.minus(BOOKED), null));
    }

    private String mark(int position) {
        return Reports.text(plan, position) + ".";
    }

    private void step(Duration after, Edit edit) {
        steps.add(new Step(after, (report, now) -> report == null ? Change.deletion() : edit.on(report, now)));
    }
}
