package sallyport.console.words;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseState;
import sallyport.mappings.referral.FactField;
import sallyport.mappings.referral.FactForm;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.triage.TriageWords;

/** Codes and times in plain words, in London time. A code without words of its own is shown as itself, readable. */
public final class Words {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.UK);

    static final Map<String, String> SAID = Map.ofEntries(
            Map.entry("AWAITING_DECISION", "Waiting for a decision"),
            Map.entry("KEPT_INTERNAL", "Kept internal"),
            Map.entry("IN_PROGRESS", "In progress"),
            Map.entry("MANDATORY", "Must be referred"),
            Map.entry("DISCRETIONARY", "May be referred"),
            Map.entry("NOT_REFERABLE", "Not referable"),
            Map.entry("NEEDS_REVIEW", "Needs a person to look"),
            Map.entry("IMMEDIATE", "Immediate (24 hours)"),
            Map.entry("SAME_SUSPECT", "Same suspect"),
            Map.entry("SAME_PLACE", "Same place"),
            Map.entry("CI", "Indictable only"),
            Map.entry("CE", "Either way"),
            Map.entry("CS", "Summary only"),
            Map.entry("YES", "Yes"),
            Map.entry("NO", "No"),
            Map.entry("UNSURE", "Not established"),
            Map.entry("REJECTED", "Refused"),
            Map.entry("UNAVAILABLE", "Could not be reached"),
            Map.entry("UNKNOWN", "Sent, but no answer"),
            Map.entry("DEFECT", "Fault in the hub"),
            Map.entry("CONFLICT", "Conflict"),
            Map.entry("WAITING", "Waited for"),
            Map.entry("WARNED", "Soon due"),
            Map.entry("MET", "Came"),
            Map.entry("STOPPED", "Not waited for"),
            Map.entry("withdrawal-proposed", "A withdrawal is proposed"),
            Map.entry("verdict-changed", "The verdict changed after approval"),
            Map.entry("suspects-lost", "The package would lose its suspects"),
            Map.entry("incident-reporting", "Incident report"),
            Map.entry("adjudications", "Adjudication"),
            Map.entry("case-notes", "Case note"),
            Map.entry("prisoner-alerts", "Prisoner alerts"),
            Map.entry("PERSON_OF_INTEREST", "Person of interest"),
            Map.entry("HIGH_HARM", "High harm"),
            Map.entry("ANCILLARY_ORDER", "Ancillary order"),
            Map.entry("prisoner-search", "Prisoner record"),
            Map.entry("MISSING_HERE", "Missing here"),
            Map.entry("MISSING_THERE", "Missing at the source"),
            Map.entry("GAP", "Gap in a reconciliation"),
            Map.entry("SILENCE", "Quiet for too long"),
            Map.entry("RECEIPT", "Receipt overdue"),
            Map.entry("TELEPHONE", "Telephone the force"),
            Map.entry("TELEPHONE_REPORT", "Telephone report"),
            Map.entry("telephone-reports", "Telephone report"),
            Map.entry("REPORTS_TELEPHONE", "Telephone reports"),
            Map.entry(
                    "ABOUT_REPORTS_TELEPHONE",
                    "What prisons said on the telephone about immediate incidents, and the incident report that each announced."),
            Map.entry("TELEPHONE_WAITING", "Waiting for an incident report"),
            Map.entry("TELEPHONE_ASKED", "Somebody must say which"),
            Map.entry("TELEPHONE_LINKED", "Linked"),
            Map.entry("TELEPHONE_ALONE", "No incident report will come"),
            Map.entry("USE_OF_FORCE", "Use of force report"),
            Map.entry("IDENTITY", "Changed prisoner number"),
            Map.entry("use-of-force", "Use of force report"),
            Map.entry("REPORTS_USE_OF_FORCE", "Use of force reports"),
            Map.entry(
                    "ABOUT_REPORTS_USE_OF_FORCE",
                    "What prisons reported about the use of force, and the incident report that each belongs to."),
            Map.entry("USE_OF_FORCE_WAITING", "No case fits so far"),
            Map.entry("USE_OF_FORCE_ASKED", "Somebody must say which"),
            Map.entry("USE_OF_FORCE_LINKED", "Linked"),
            Map.entry("USE_OF_FORCE_ALONE", "Belongs to no incident report"),
            Map.entry("REPORT_IN_PROGRESS", "being written"),
            Map.entry("REPORT_SUBMITTED", "submitted, statements awaited"),
            Map.entry("REPORT_COMPLETE", "complete"),
            Map.entry("ADJUDICATION", "Referred charge"),
            Map.entry("adjudication-charges", "Referred charge"),
            Map.entry("CHARGE_WAITING", "Waiting for an incident"),
            Map.entry("CHARGE_ASKED", "Somebody must say which"),
            Map.entry("CHARGE_LINKED", "Belongs to an incident"),
            Map.entry("CHARGE_OWN", "Has a case of its own"),
            Map.entry("CHARGE_DROPPED", "Not referred any more"),
            Map.entry("COMBINE", "Combination of two cases"),
            Map.entry("COMBINATION", "Combination"),
            Map.entry("may-be-the-same", "May be the same matter as another case"),
            Map.entry("CONFIRM_CHARGE", "Charge confirmed as part of a case"),
            Map.entry("CHARGE_ALONE", "Charge is a case of its own"),
            Map.entry("REFUSE_CHARGE", "Charge refused as part of a case"),
            Map.entry("MATCH_PROPOSED", "May be"),
            Map.entry("MATCH_LINKED", "Is"),
            Map.entry("MATCH_REFUSED", "Is not"),
            Map.entry("EVIDENCE", "Evidence log"),
            Map.entry("RETENTION", "Retention refused"),
            Map.entry("PLACE_HOLD", "Legal hold"),
            Map.entry("RELEASE_HOLD", "Release of a legal hold"),
            Map.entry("DOCUMENT", "Document that cannot be used"),
            Map.entry("DROPPED_FILE", "Dropped file"),
            Map.entry("REGISTER", "Prison register"),
            Map.entry("INTELLIGENCE", "Notice of intelligence"),
            Map.entry("statement-front", "Statement, front"),
            Map.entry("statement-back", "Statement, back (contacts of the witness)"),
            Map.entry("statement", "Statement, both sides in one"),
            Map.entry("FOOTAGE", "Footage that runs out"),
            Map.entry("intelligence-notices", "Notice of intelligence"),
            Map.entry("DOCUMENT_RECEIVED", "Not scanned yet"),
            Map.entry("DOCUMENT_CLEAN", "Clean"),
            Map.entry("DOCUMENT_INFECTED", "Infected"),
            Map.entry("DOCUMENT_ERASED", "Erased"),
            Map.entry("FACT", "Answer to a readiness item"),
            Map.entry("CASE_NOTE", "Case note for the package"),
            Map.entry("PHOTO_ASKED", "Being asked for"),
            Map.entry("PHOTO_STORED", "Here"),
            Map.entry("PHOTO_NONE", "There is no photograph"),
            Map.entry("DROP_TAKEN", "Taken in"),
            Map.entry("DROP_PARTLY", "Taken in, but not all"),
            Map.entry("DROP_REFUSED", "Refused"),
            Map.entry("HELD_LISTED", "With the prison"),
            Map.entry("HELD_ASKED", "Being fetched"),
            Map.entry("HELD_TAKEN", "Here"),
            Map.entry("HELD_REFUSED", "Not taken"),
            Map.entry("prison-document", "Document from the prison"),
            Map.entry("prisoner-photograph", "Photograph from prison records"),
            Map.entry("NOTES_WAITING", "Waits for a second person"),
            Map.entry("NOTES_ASKED", "The prison is being asked"),
            Map.entry("NOTES_ANSWERED", "Answered"),
            Map.entry("NOTES_REFUSED", "Refused"),
            Map.entry("NOTE_OPEN", "Nobody has chosen"),
            Map.entry("NOTE_USED", "For the package"),
            Map.entry("NOTE_LEFT_OUT", "Left out"),
            Map.entry("NOTE_GONE", "Gone from the prison"),
            Map.entry("NOTE_ERASED", "Erased"),
            Map.entry("CLOSE_TASK", "Closing of a work item"),
            Map.entry("CASE_EVENT", "Case event"),
            Map.entry("TRACKER_ROW", "Tracker row"),
            Map.entry("RELEASE", "Release"),
            Map.entry("REPLAY_NEVER_ARRIVED", "never arrived: go for the first time"),
            Map.entry("REPLAY_DEDUPES", "be known again: have the effect of once"),
            Map.entry("REPLAY_CAN_BE_ASKED", "be asked about first, and sent only if it is not there"),
            Map.entry("REPLAY_WOULD_DOUBLE", "be there twice"),
            Map.entry("REPLAY_OTHER_BYTES", "not say what today's mapping says"),
            Map.entry("REPLAY_SUPERSEDED", "undo what came later"),
            Map.entry("REPLAY_NO_BYTES", "be empty: no longer kept"),
            Map.entry("REPLAY_PLANNED", "To be sent"),
            Map.entry("REPLAY_LEFT_OUT", "Left out"),
            Map.entry("REPLAY_RELEASED", "In its lane"),
            Map.entry("REPLAY_SENT", "Sent"),
            Map.entry("REPLAY_FAILED", "Failed"),
            Map.entry("REPLAY_SKIPPED", "Skipped"),
            Map.entry("REPLAY_PARKED", "What is parked"),
            Map.entry("REPLAY_DELIVERED", "What was delivered"),
            Map.entry("REPLAY_ANY", "What is parked or was delivered"),
            Map.entry("REPLAY_ASK", "Asked for"),
            Map.entry("REPLAY_START", "Started"),
            Map.entry("REPLAY_REHEARSE", "Sent to the shadow"),
            Map.entry("REPLAY_PAUSE", "Paused"),
            Map.entry("REPLAY_RESUME", "Resumed"),
            Map.entry("REPLAY_CANCEL", "Cancelled"),
            Map.entry("REPLAY_CONFIRM", "Let an item go"),
            Map.entry("PLANNING", "Being planned"),
            Map.entry("PLANNED", "Waits to be started"),
            Map.entry("ihub", "iHub"),
            Map.entry("cjse", "CJSE"));

    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("AWAITING_DECISION", "govuk-tag--yellow"),
            Map.entry("KEPT_INTERNAL", "govuk-tag--grey"),
            Map.entry("IN_PROGRESS", "govuk-tag--blue"),
            Map.entry("DELIVERED", "govuk-tag--turquoise"),
            Map.entry("CLOSED", "govuk-tag--green"),
            Map.entry("WITHDRAWN", "govuk-tag--grey"),
            Map.entry("REJECTED", "govuk-tag--red"),
            Map.entry("CONFLICT", "govuk-tag--orange"),
            Map.entry("UNAVAILABLE", "govuk-tag--orange"),
            Map.entry("UNKNOWN", "govuk-tag--purple"),
            Map.entry("DEFECT", "govuk-tag--pink"),
            Map.entry("RUNNING", "govuk-tag--green"),
            Map.entry("SUSPENDED", "govuk-tag--yellow"),
            Map.entry("STOPPED", "govuk-tag--red"),
            Map.entry("WARNED", "govuk-tag--yellow"),
            Map.entry("OVERDUE", "govuk-tag--red"),
            Map.entry("MET", "govuk-tag--green"),
            Map.entry("WAITING", "govuk-tag--blue"),
            Map.entry("PRESENT", "govuk-tag--green"),
            Map.entry("MISSING", "govuk-tag--red"),
            Map.entry("NOT_APPLICABLE", "govuk-tag--grey"),
            Map.entry("DOCUMENT_RECEIVED", "govuk-tag--yellow"),
            Map.entry("PHOTO_ASKED", "govuk-tag--blue"),
            Map.entry("PHOTO_STORED", "govuk-tag--green"),
            Map.entry("PHOTO_NONE", "govuk-tag--grey"),
            Map.entry("DROP_TAKEN", "govuk-tag--green"),
            Map.entry("DROP_PARTLY", "govuk-tag--yellow"),
            Map.entry("DROP_REFUSED", "govuk-tag--red"),
            Map.entry("HELD_LISTED", "govuk-tag--grey"),
            Map.entry("HELD_ASKED", "govuk-tag--blue"),
            Map.entry("HELD_TAKEN", "govuk-tag--green"),
            Map.entry("HELD_REFUSED", "govuk-tag--red"),
            Map.entry("NOTES_WAITING", "govuk-tag--yellow"),
            Map.entry("NOTES_ASKED", "govuk-tag--blue"),
            Map.entry("NOTES_ANSWERED", "govuk-tag--green"),
            Map.entry("NOTES_REFUSED", "govuk-tag--grey"),
            Map.entry("NOTE_OPEN", "govuk-tag--yellow"),
            Map.entry("NOTE_USED", "govuk-tag--green"),
            Map.entry("NOTE_LEFT_OUT", "govuk-tag--grey"),
            Map.entry("NOTE_GONE", "govuk-tag--red"),
            Map.entry("NOTE_ERASED", "govuk-tag--grey"),
            Map.entry("DOCUMENT_CLEAN", "govuk-tag--green"),
            Map.entry("DOCUMENT_INFECTED", "govuk-tag--red"),
            Map.entry("PARKED", "govuk-tag--red"),
            Map.entry("PERSON_OF_INTEREST", "govuk-tag--purple"),
            Map.entry("HIGH_HARM", "govuk-tag--red"),
            Map.entry("ANCILLARY_ORDER", "govuk-tag--blue"),
            Map.entry("DONE", "govuk-tag--green"));

    private static final TriageWords TRIAGE = TriageWords.ofTables();

    private final Clock clock;

    public Words(Clock clock) {
        this.clock = clock;
    }

    /** A code as people say it. */
    public String say(@Nullable Object code) {
        if (code == null) {
            return "–";
        }
        return SAID.getOrDefault(code.toString(), readable(code.toString()));
    }

    /** A criterion of Annex A or a factor of Annex D in the words of the agreement. */
    public String criterion(String code) {
        return TRIAGE.criterion(code).orElseGet(() -> readable(code));
    }

    /** The colour of a code's tag; none for most. */
    public String colour(@Nullable Object code) {
        return code == null ? "" : COLOURS.getOrDefault(code.toString(), "govuk-tag--grey");
    }

    /** A lane: {@code force:46} is "Force 46". */
    public static String lane(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return readable(name);
        }
        return readable(name.substring(0, colon)) + " " + name.substring(colon + 1);
    }

    /** A step or a lane. */
    public String place(String name) {
        return lane(name);
    }

    public String time(@Nullable Instant at) {
        return at == null ? "–" : TIME.format(at.atZone(LONDON));
    }

    public String day(@Nullable LocalDate day) {
        return day == null ? "–" : DAY.format(day);
    }

    public String second(@Nullable Instant at) {
        return at == null ? "–" : SECONDS.format(at.atZone(LONDON));
    }

    /** How long something takes. */
    public String takes(Duration span) {
        return span(span);
    }

    /** How long ago. */
    public String ago(@Nullable Instant at) {
        return at == null ? "never" : span(Duration.between(at, clock.instant())) + " ago";
    }

    public boolean overdue(@Nullable Instant deadline, CaseState state) {
        return state == CaseState.AWAITING_DECISION && deadline != null && deadline.isBefore(clock.instant());
    }

    /** What is left of the time to decide. */
    public String left(@Nullable Instant deadline) {
        if (deadline == null) {
            return "No deadline";
        }
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? "Overdue by " + span(left.negated()) : span(left) + " left";
    }

    /** The first characters of a hash. */
    public String shortHash(String hex) {
        return hex.substring(0, Math.min(12, hex.length()));
    }

    public String number(@Nullable Long number) {
        return number == null ? "–" : String.format(Locale.UK, "%,d", number);
    }

    /** A length that people can judge: decimal, as files are told of. */
    public String length(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.UK, "%,d kB", Math.max(1, Math.round(bytes / 1e3)))
                : String.format(Locale.UK, "%,d MB", Math.round(bytes / 1e6));
    }

    /** What a field of an answer is called. */
    public String field(ReadinessItem item, String name) {
        return FactForm.exists(item)
                ? FactForm.of(item).fields().stream()
                        .filter(field -> field.name().equals(name))
                        .map(FactField::title)
                        .findFirst()
                        .orElse(name)
                : name;
    }

    /** A value of an answer. */
    public String value(Object value) {
        return value instanceof Boolean yes ? (yes ? "yes" : "no") : value.toString();
    }

    private static String span(Duration span) {
        if (span.toMinutes() < 1) {
            return Math.max(0, span.toSeconds()) + " s";
        }
        if (span.toHours() < 1) {
            return span.toMinutes() + " min";
        }
        if (span.toHours() < 48) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toDays() + " days";
    }

    static String readable(String code) {
        String words = code.replace('_', ' ').replace('-', ' ').strip();
        if (words.isEmpty()) {
            return code;
        }
        String lower = words.equals(words.toUpperCase(Locale.ROOT)) ? words.toLowerCase(Locale.ROOT) : words;
        return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }
}
