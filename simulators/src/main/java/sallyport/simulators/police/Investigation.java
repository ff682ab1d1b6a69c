package sallyport.simulators.police;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.world.Canary;
import sallyport.simulators.world.Dice;

/**
 * What a force will say about a case, and when: drawn from the seed, the force and the case, so that it is the same after a
 * restart. Most say it well; some say it twice, the wrong way round, late, with a code that is none or about a case that is none.
 */
final class Investigation {

    /** Home Office outcome types, each as often as it is in the list. */
    private static final List<String> OUTCOMES = List.of(
            "1", "1", "1", "1", "1A", "15", "15", "15", "15", "16", "16", "16", "16", "8", "8", "8", "3", "9", "10",
            "14", "18", "20", "21", "22");

    private static final List<String> NO_OUTCOMES = List.of("19", "99", "42");
    private static final String NO_CASE = "SP-1999-999999";

    private final Dice dice;
    private final Duration hour;
    private final String force;
    private final String caseReference;
    private final List<PoliceMessage> messages = new ArrayList<>();

    private Investigation(Dice dice, Duration hour, String force, String caseReference) {
        this.dice = dice;
        this.hour = hour;
        this.force = force;
        this.caseReference = caseReference;
    }

    static List<PoliceMessage> of(long seed, Duration hour, String force, String caseReference) {
        Investigation investigation =
                new Investigation(Dice.of(seed, "investigation", force, caseReference), hour, force, caseReference);
        investigation.draw();
        return List.copyOf(investigation.messages);
    }

    private void draw() {
        if (dice.chance(0.05)) {
            say("REFERRED_BACK", null, "More evidence wanted " + canary(), hours(1, 4), null);
            return;
        }
        boolean reversed = dice.chance(0.1);
        Duration early = hours(0.5, 3);
        Duration later = hours(4, 8);
        messages.add(message(1, "CRIME_REFERENCE", null, crimeReference(), null, null, reversed ? later : early, null));
        messages.add(message(2, "OFFICER_ALLOCATED", null, null, officer(), null, reversed ? early : later, null));
        if (dice.chance(0.04)) {
            say("OUTCOME", "0", null, hours(8, 10), "not-yet-assigned");
        }
        if (dice.chance(0.02)) {
            say("OUTCOME", dice.pick(NO_OUTCOMES), null, hours(9, 11), "unknown-code");
        }
        if (dice.chance(0.01)) {
            PoliceMessage stray = message(9, "OUTCOME", "15", null, null, null, hours(9, 11), "unknown-case");
            messages.add(new PoliceMessage(
                    stray.messageId(),
                    force,
                    NO_CASE,
                    "OUTCOME",
                    "15",
                    null,
                    null,
                    null,
                    stray.after(),
                    1,
                    "unknown-case"));
        }
        boolean late = dice.chance(0.05);
        say("OUTCOME", dice.pick(OUTCOMES), null, late ? hours(100, 150) : hours(12, 40), late ? "late" : null);
    }

    private void say(
            String type, @Nullable String code, @Nullable String reason, Duration after, @Nullable String odd) {
        messages.add(message(3 + messages.size(), type, code, null, null, reason, after, odd));
    }

    private PoliceMessage message(
            int number,
            String type,
            @Nullable String code,
            @Nullable String crimeReference,
            @Nullable String officer,
            @Nullable String reason,
            Duration after,
            @Nullable String odd) {
        return new PoliceMessage(
                "OUT-" + force + "-" + caseReference + "-" + number,
                force,
                caseReference,
                type,
                code,
                crimeReference,
                officer,
                reason,
                after,
                dice.chance(0.08) ? 2 : 1,
                odd);
    }

    private Duration hours(double least, double most) {
        return dice.hours(least, most, hour);
    }

    private String crimeReference() {
        return String.format(Locale.ROOT, "%s/%05d/26", force, 1 + dice.below(99_999));
    }

    private String officer() {
        return "PC " + (1000 + dice.below(9000)) + " " + canary();
    }

    private String canary() {
        return Canary.of('o', Integer.toUnsignedLong(caseReference.hashCode()));
    }
}
