package sallyport.mappings.proforma;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Codes, dates and times of a package as an officer reads them. A code without words of its own is shown as itself, readable; never fails. */
final class PlainWords {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    // Written out: what a formatter calls a month differs between Java versions.
    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private static final Map<String, String> SAID = Map.ofEntries(
            Map.entry("INITIAL", "First referral"),
            Map.entry("OFFICIAL_SENSITIVE", "OFFICIAL-SENSITIVE"),
            Map.entry("OFFICIAL", "OFFICIAL"),
            Map.entry("MANDATORY", "Must be referred: a criterion of CiPRA Annex A is met"),
            Map.entry("DISCRETIONARY", "May be referred, case by case (CiPRA Annexes C and D)"),
            Map.entry("NEEDS_REVIEW", "The report alone does not settle it; a person decided to refer it"),
            Map.entry("NOT_REFERABLE", "The report alone meets no criterion; a person decided to refer it"),
            Map.entry("IMMEDIATE", "Immediate: the police are told at once, and within 24 hours (CiPRA section 3)"),
            Map.entry("REFER_POLICE", "Referred to the police"),
            Map.entry("CI", "Indictable only"),
            Map.entry("CE", "Either way"),
            Map.entry("CS", "Summary only"),
            Map.entry("UNSURE", "Not established"),
            Map.entry("TO_BE_EVIDENCED", "Exists; not handed over yet"),
            Map.entry("DELIVERED", "Handed over"),
            Map.entry("CCTV", "CCTV"),
            Map.entry("PNC", "PNC"),
            Map.entry("CRO", "CRO"),
            Map.entry("MISSING", "Missing"),
            Map.entry("PRESENT", "Complete"),
            Map.entry("NOT_APPLICABLE", "Does not apply"),
            Map.entry("THIS_INCIDENT", "This incident"),
            Map.entry("MAY_BE_THIS_INCIDENT", "May be this incident: nobody has said"),
            Map.entry("HISTORY", "History"),
            Map.entry("POLICY", "The hub's own reckoning: nobody has said"),
            Map.entry("GOV", "Governor"),
            Map.entry("GOV_ADULT", "Governor"),
            Map.entry("GOV_YOI", "Governor"),
            Map.entry("INAD_ADULT", "Independent adjudicator"),
            Map.entry("INAD_YOI", "Independent adjudicator"),
            Map.entry("REFER_INAD", "Referred to the independent adjudicator"),
            Map.entry("REFER_GOV", "Referred to the governor"),
            Map.entry("ADJOURN", "Adjourned"),
            Map.entry("COMPLETE", "Completed"),
            Map.entry("DUPLICATE", "It was reported twice"),
            Map.entry("NOT_REPORTABLE", "It was not reportable"),
            Map.entry("DELETED", "The report was deleted"),
            Map.entry("RECLASSIFIED", "It was reclassified"),
            Map.entry("ACTIVE IN", "In custody"),
            Map.entry("ACTIVE OUT", "In custody, out of the prison at the time"),
            Map.entry("INACTIVE OUT", "Not in custody"),
            Map.entry("INACTIVE TRN", "Being transferred"),
            Map.entry("YES", "Yes"),
            Map.entry("NO", "No"),
            Map.entry("true", "Yes"),
            Map.entry("false", "No"));

    private PlainWords() {}

    /** {@code PLACED_ON_REPORT} as {@code Placed on report}. */
    static String say(String code) {
        String said = SAID.get(code);
        if (said != null) {
            return said;
        }
        if (!isCode(code)) {
            return code;
        }
        String lower = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
    }

    private static boolean isCode(String text) {
        return text.length() > 2 && text.matches("[A-Z][A-Z0-9]*(?:[_ ][A-Z0-9]+)*") && !text.matches(".*[0-9].*");
    }

    /** {@code dateOfBirth} as {@code date of birth}. */
    static String name(String field) {
        return switch (field) {
            case "pncId" -> "PNC ID";
            case "pncIdAsReceived" -> "PNC ID as received, which fails its check";
            case "croNumber" -> "CRO number";
            case "croNumberAsReceived" -> "CRO number as received, which fails its check";
            case "prisonerNumberAsReceived" -> "prisoner number as received, which is none";
            case "sha256" -> "SHA-256";
            case "keptUntilBy" -> "who says how long it is kept";
            case "askedToKeepOn" -> "asked to keep it on";
            case "copy" -> "original or copy";
            case "pncRecordable" -> "recordable on the PNC";
            default ->
                field.replaceAll("([a-z])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
        };
    }

    static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** {@code 1990-01-02} as {@code 2 January 1990}; what is no date stays. */
    static String date(String text) {
        try {
            return date(LocalDate.parse(text));
        } catch (DateTimeException noDate) {
            return text;
        }
    }

    private static String date(LocalDate date) {
        return date.getDayOfMonth() + " " + MONTHS[date.getMonthValue() - 1] + " " + date.getYear();
    }

    /** {@code 2026-11-30T14:05}, a wall clock in London; what is none stays. */
    static String clock(String text) {
        try {
            LocalDateTime local = LocalDateTime.parse(text);
            return date(local.toLocalDate()) + ", " + CLOCK.format(local);
        } catch (DateTimeException noTime) {
            return text;
        }
    }

    /** In London; what is no instant stays. */
    static String time(String text) {
        try {
            return time(Instant.parse(text));
        } catch (DateTimeException noInstant) {
            return text;
        }
    }

    static String time(Instant instant) {
        var london = instant.atZone(LONDON);
        return date(london.toLocalDate()) + ", " + CLOCK.format(london);
    }

    /** A time of the package: an object of text, instant and whether October makes it ambiguous. */
    static @Nullable String when(JsonNode when) {
        String instant = text(when, "/instant");
        String text = text(when, "/text");
        if (instant == null) {
            return text;
        }
        return when.path("ambiguous").asBoolean()
                ? time(instant) + ", in the hour that the clocks repeat (the earlier one is taken)"
                : time(instant);
    }

    static @Nullable String text(JsonNode node, String pointer) {
        JsonNode value = node.at(pointer);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }
}
