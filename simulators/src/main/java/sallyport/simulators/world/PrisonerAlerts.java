package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/** Alerts as the Alerts API serialises them: nulls left out, times to the second. */
final class PrisonerAlerts {

    private record Kind(String type, String typeText, String code, String text) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("X", "Security", "XPOI", "Prisoner of Interest"),
            new Kind("X", "Security", "XP", "Prominent"),
            new Kind("R", "Risk", "ROV", "OASys Serious Harm-Very High"),
            new Kind("R", "Risk", "ROH", "OASys Serious Harm-High"),
            new Kind("X", "Security", "XSC", "Serious Crime Prevention Order"),
            new Kind("X", "Security", "XFO", "Financial Order"),
            new Kind("X", "Security", "XA", "Arsonist"),
            new Kind("H", "Self Harm", "HA", "ACCT Open (HMPS)"),
            new Kind("M", "Medical", "PEEP", "Personal Emergency Evacuation Plan"));

    private PrisonerAlerts() {}

    /** What somebody has been marked with since before the world began; most people with nothing. */
    static List<ObjectNode> standing(Prisoner prisoner) {
        Dice dice = Dice.of(0, "standing alerts", prisoner.bookingId());
        List<ObjectNode> alerts = new ArrayList<>();
        int count = dice.chance(0.4) ? 1 + dice.below(3) : 0;
        List<Kind> kinds = new ArrayList<>(KINDS);
        for (int i = 0; i < count; i++) {
            // A person has each code once only at any time.
            Kind kind = kinds.remove(dice.below(kinds.size()));
            LocalDate from = LocalDate.of(2025, 1, 1).plusDays(dice.below(500));
            LocalDate to = dice.chance(0.3)
                    ? from.plusDays(30L + dice.below(60))
                    : dice.chance(0.3) ? LocalDate.of(2030, 1, 1).plusDays(dice.below(300)) : null;
            alerts.add(alert(dice, kind, prisoner.number(), prisoner.prison(), from, to, from + "T09:30:00"));
        }
        return alerts;
    }

    /** One that somebody was given because of an incident. */
    static AlertChange made(Plan plan, String number, Dice dice, Instant now) {
        LocalDate today = LocalDate.parse(Times.date(now));
        ObjectNode alert = alert(dice, dice.pick(KINDS), number, plan.location(), today, null, second(now));
        return new AlertChange(AlertChange.What.CREATED, alert);
    }

    /** @throws IllegalArgumentException when the simulated service has no such code */
    static AlertChange ordered(
            String number, String code, LocalDate from, @Nullable LocalDate to, long nth, Instant now) {
        Kind kind = KINDS.stream()
                .filter(known -> known.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no alert code " + code));
        ObjectNode alert = alert(Dice.of(nth, "ordered alert"), kind, number, "LEI", from, to, second(now));
        return new AlertChange(AlertChange.What.CREATED, alert);
    }

    static AlertChange moved(ObjectNode alert, LocalDate from, @Nullable LocalDate to, Instant now) {
        ObjectNode changed = alert.deepCopy().put("activeFrom", from.toString());
        changed.remove("activeTo");
        if (to != null) {
            changed.put("activeTo", to.toString());
        }
        return new AlertChange(AlertChange.What.UPDATED, by(changed, "lastModified", now));
    }

    static AlertChange ended(ObjectNode alert, Instant now) {
        ObjectNode changed = alert.deepCopy().put("activeTo", Times.date(now));
        by(changed, "lastModified", now);
        by(changed, "activeToLastSet", now);
        return new AlertChange(AlertChange.What.INACTIVE, by(changed, "madeInactive", now));
    }

    static AlertChange deleted(ObjectNode alert) {
        return new AlertChange(AlertChange.What.DELETED, alert);
    }

    private static ObjectNode alert(
            Dice dice,
            Kind kind,
            String number,
            String prison,
            LocalDate from,
            @Nullable LocalDate to,
            String createdAt) {
        long mark = dice.below(Integer.MAX_VALUE);
        ObjectNode alert =
                Json.object().put("alertUuid", dice.uuid().toString()).put("prisonNumber", number);
        alert.putObject("alertCode")
                .put("alertTypeCode", kind.type())
                .put("alertTypeDescription", kind.typeText())
                .put("code", kind.code())
                .put("description", kind.text())
                .put("canBeAdministered", false);
        alert.put("description", "Invented reason " + Canary.of('t', mark))
                .put("authorisedBy", "Authority " + Canary.of('n', mark))
                .put("activeFrom", from.toString());
        if (to != null) {
            alert.put("activeTo", to.toString());
        }
        return alert.put("createdAt", createdAt)
                .put("createdBy", username(mark))
                .put("createdByDisplayName", "Setter " + Canary.of('n', mark))
                .put("prisonCodeWhenCreated", prison);
    }

    private static ObjectNode by(ObjectNode alert, String what, Instant now) {
        long mark = now.toEpochMilli();
        return alert.put(what + "At", second(now))
                .put(what + "By", username(mark))
                .put(what + "ByDisplayName", "Changer " + Canary.of('n', mark));
    }

    private static String username(long mark) {
        return Canary.of('n', mark).toUpperCase(Locale.ROOT) + "_GEN";
    }

    private static String second(Instant now) {
        return Times.local(Instant.ofEpochSecond(now.getEpochSecond()));
    }
}
