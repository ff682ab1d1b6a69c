package sallyport.mappings.lineage;

import static java.util.Comparator.naturalOrder;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.Adjudication.WitnessCode;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.SingleNote;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.CroNumber;
import sallyport.mappings.identity.PncId;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.StaffRole;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.offence.ChargeLimit;
import sallyport.mappings.referral.ReportAnswers;
import sallyport.mappings.text.CleanText;
import sallyport.mappings.time.LondonTime;
import sallyport.mappings.triage.Matter;
import sallyport.mappings.triage.Signal;
import sallyport.mappings.triage.Signals;

/** What is done to a value of a source on its way into a package: the value as text, or null where nothing comes of it. */
final class Ways {

    /** A value is written that stands in the table. */
    private static final String IS = "is:";
    /** The same, where somebody answered yes. */
    private static final String YES = "yes:";

    private static final Set<String> RULES = Set.of("", "this", "criterion", "all");

    private interface Way {
        @Nullable
        String of(Found found);
    }

    private static final Map<String, Way> WAYS = Map.ofEntries(
            entry("same", found -> found.text(0)),
            entry("not-blank", found -> found.words(0)),
            entry("stripped", found -> of(found.words(0), String::strip)),
            entry("lower-case", found -> of(found.text(0), text -> text.toLowerCase(Locale.ROOT))),
            entry("where-true", found -> "true".equals(found.text(1)) ? found.text(0) : null),
            entry(
                    "instant",
                    found -> of(
                            found.text(0),
                            text -> LondonTime.parse(text, "/").instant().toString())),
            entry(
                    "ambiguous",
                    found -> of(
                            found.text(0),
                            text -> String.valueOf(LondonTime.parse(text, "/").ambiguous()))),
            entry("prisoner-number", found -> of(found.words(0), Ways::prisonerNumber)),
            entry("no-prisoner-number", found -> unlessFits(found.words(0), Ways::prisonerNumber)),
            entry("pnc", found -> of(found.words(0), text -> pnc(text, found.year()))),
            entry("no-pnc", found -> unlessFits(found.words(0), text -> pnc(text, found.year()))),
            entry("cro", found -> of(found.words(0), Ways::cro)),
            entry("no-cro", found -> unlessFits(found.words(0), Ways::cro)),
            entry("family", found -> of(found.text(0), IncidentFamilies::of)),
            entry(
                    "role",
                    found -> of(found.text(0), role -> Suspects.part(
                                    PrisonerRole.valueOf(role), IncidentFamilies.of(String.valueOf(found.text(1))))
                            .name())),
            entry(
                    "staff-role",
                    found -> of(found.text(0), role -> Suspects.part(StaffRole.valueOf(role))
                            .name())),
            entry(
                    "force",
                    found -> of(found.text(0), prison -> PrisonForces.forPrison(prison)
                            .value())),
            entry(
                    "prison-name",
                    found -> of(found.text(0), prison -> PrisonForces.suggestion(prison)
                            .map(PrisonForce::prisonName)
                            .orElse(null))),
            entry("words", found -> words(found.text(0), found.text(1))),
            entry(
                    "question-words",
                    found -> words(of(found.text(1), answer -> found.text(0) + ": " + answer), found.text(2))),
            entry("evidence-words", found -> words(found.text(0), words(found.text(1), found.text(2)))),
            entry(
                    "place",
                    found -> answer(found, 3, 2, 4, "PLACE") == null ? null : words(found.text(0), found.text(1))),
            entry("injury", found -> answer(found, 0, 1, 2, "INJURY") == null ? null : found.text(0)),
            entry("media-kind", found -> answer(found, 0, 1, 2, "MEDIA")),
            entry("exhibit-kind", found -> answer(found, 0, 1, 2, "EXHIBIT")),
            entry("charge-signal", Ways::chargeSignal),
            entry("charge-title", found -> ChargeAlone.title(charge(found))),
            entry("charge-referred", found -> ChargeAlone.referred(charge(found))),
            entry("charge-added", found -> added(charge(found), true)),
            entry("charge-told", found -> added(charge(found), false)),
            entry("associated", found -> of(found.words(0), number -> ChargeAlone.ASSOCIATED)),
            entry(
                    "hate-crime",
                    found -> found.value(0) == null || found.value(0).isEmpty() ? null : "HATE_CRIME"),
            entry("staff-witness", found -> of(found.text(0), Ways::staffWitness)),
            entry("plain", found -> of(found.text(0), Adjudication::plain)),
            entry("note-signal", Ways::noteSignal),
            entry("answer", found -> of(found.words(0), Ways::answer)),
            entry("complete", found -> of(found.text(0), status -> String.valueOf(status.equals("COMPLETE")))),
            entry("name", found -> first(of(found.words(0), String::strip), of(found.words(1), name -> "not named"))),
            entry(
                    "author",
                    found -> "REMOVAL_REQUESTED".equals(found.text(1)) ? null : of(found.words(0), String::strip)),
            entry("statement-state", Ways::statementState),
            entry("added", Ways::added),
            entry(
                    "described",
                    found -> first(of(found.words(0), String::strip), of(found.words(1), tag -> "Not described"))),
            entry("camera", found -> of(found.words(0), number -> "Camera " + number.strip())),
            entry("charge-by", found -> of(found.text(0), Ways::chargeBy)),
            entry("earliest", Ways::earliest),
            entry("handed-over", found -> found.text(0) == null ? "TO_BE_EVIDENCED" : "DELIVERED"),
            entry(
                    "pounds",
                    found -> of(found.text(0), amount -> new BigDecimal(amount)
                            .stripTrailingZeros()
                            .toPlainString())),
            entry("police-number", Ways::policeNumber),
            entry("record", Found::recordId),
            entry("numbered", found -> found.recordId() + "-" + (found.place() + 1)));

    /** What a row finds in a record. */
    interface Found {

        /** The value at the row's path of this number; null where there is none. */
        @Nullable
        JsonNode value(int path);

        /** How many paths the row has. */
        int paths();

        String recordId();

        /** The place of the entry in the innermost list, from 0. */
        int place();

        /** In London when the package was built. */
        LocalDate day();

        /** A number of the PNC may leave out the century. */
        default int year() {
            return day().getYear();
        }

        /** What the report says of where, when and who; null where it is not kept. */
        @Nullable
        Matter matter();

        /** As it would be read, with the characters replaced that nobody can store. */
        default @Nullable String text(int path) {
            JsonNode value = value(path);
            if (value == null || !value.isValueNode() || value.isNull()) {
                return null;
            }
            return CleanText.clean(value.asText()).text();
        }

        default @Nullable String words(int path) {
            String text = text(path);
            return text == null || text.isBlank() ? null : text;
        }
    }

    private Ways() {}

    static boolean knows(Row row) {
        boolean way = row.traces()
                ? WAYS.containsKey(row.way())
                        || row.way().startsWith(IS)
                        || row.way().startsWith(YES)
                : row.way().isEmpty() || row.way().startsWith(IS);
        return way && RULES.contains(row.rules());
    }

    /** Whether a row that no record stands behind can speak of this value. */
    static boolean fits(Row row, String value) {
        return row.way().isEmpty() || row.way().equals(IS + value);
    }

    /** What comes of what was found; null where nothing does, or where it is not what the way takes. */
    static @Nullable String apply(Row row, Found found) {
        if (row.way().startsWith(IS)) {
            return row.way().substring(IS.length());
        }
        if (row.way().startsWith(YES)) {
            return "true".equals(of(found.words(0), Ways::answer)) ? row.way().substring(YES.length()) : null;
        }
        try {
            return Objects.requireNonNull(WAYS.get(row.way())).of(found);
        } catch (Rejected | IllegalArgumentException | DateTimeException notOfThatKind) {
            return null;
        }
    }

    private static @Nullable String of(@Nullable String text, Function<String, @Nullable String> way) {
        return text == null ? null : way.apply(text);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static @Nullable String unlessFits(@Nullable String text, Function<String, String> way) {
        try {
            return text == null || !way.apply(text).isEmpty() ? null : text;
        } catch (Rejected wrong) {
            return text;
        }
    }

    private static String prisonerNumber(String text) {
        return PrisonerNumber.of(text, "/").value();
    }

    private static String pnc(String text, int year) {
        return PncId.of(text, "/", year).value();
    }

    private static String cro(String text) {
        return CroNumber.of(text, "/").value();
    }

    private static String chargeBy(String committed) {
        return ChargeLimit.ofSummaryOnly(LondonTime.parse(committed, "/").instant())
                .toString();
    }

    /** Of a charge as a whole, the triage reason that it is. */
    private static @Nullable String chargeSignal(Found found) {
        Matter matter = found.matter();
        return matter == null
                ? null
                : reason(Signals.of(
                        matter, Adjudication.readAll(bytes("[" + found.value(0) + "]")), List.of(), List.of()));
    }

    private static Adjudication charge(Found found) {
        return Adjudication.readOne(bytes(String.valueOf(found.value(0))));
    }

    /** What a report has no place for, of a charge without one. */
    private static @Nullable String added(Adjudication charge, boolean first) {
        String added = ChargeAlone.added(charge, first);
        return added.isEmpty() ? null : added;
    }

    private static @Nullable String staffWitness(String code) {
        return ChargeAlone.isStaff(WitnessCode.valueOf(code)) ? "WITNESS" : null;
    }

    /** The same of a case note. Sensitive ones are not weighed. */
    private static @Nullable String noteSignal(Found found) {
        Matter matter = found.matter();
        if (matter == null) {
            return null;
        }
        CaseNote note = SingleNote.read(bytes(String.valueOf(found.value(0)))).note();
        return note.sensitive() ? null : reason(Signals.of(matter, List.of(), List.of(note), List.of()));
    }

    private static @Nullable String reason(List<Signal> signals) {
        return signals.isEmpty() ? null : signals.get(0).id();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Whoever does not know says nothing. */
    private static @Nullable String answer(String said) {
        return switch (said.strip().toUpperCase(Locale.ROOT)) {
            case "YES", "TRUE" -> "true";
            case "NO", "FALSE" -> "false";
            default -> null;
        };
    }

    /** One that was deleted is none. */
    private static @Nullable String statementState(Found found) {
        String state = found.text(0);
        String deleted = found.text(1);
        return deleted != null && !deleted.equals("false") ? null : state;
    }

    /** How often something was added to a statement. */
    private static String added(Found found) {
        JsonNode all = found.value(1);
        int count = 0;
        if (all != null) {
            for (JsonNode one : all) {
                count += one.path("additional_comment").asText("").isBlank() ? 0 : 1;
            }
        }
        return String.valueOf(count);
    }

    private static @Nullable String words(@Nullable String text, @Nullable String more) {
        return text == null || more == null || more.isBlank() ? text : text + " (" + more.strip() + ")";
    }

    /** The kind of an answer, if it is of this part of a package. */
    private static @Nullable String answer(Found found, int question, int type, int answer, String part) {
        String asked = found.text(question);
        return asked == null
                ? null
                : ReportAnswers.kind(
                        part, IncidentFamilies.of(String.valueOf(found.text(type))), asked, found.text(answer));
    }

    /** The confirmed one comes first, whatever the others say; what has passed is none. */
    private static @Nullable String earliest(Found found) {
        String confirmed = found.text(0);
        return confirmed != null && !hasPassed(confirmed, found.day())
                ? confirmed
                : IntStream.range(1, found.paths())
                        .mapToObj(found::text)
                        .filter(Objects::nonNull)
                        .filter(date -> !hasPassed(date, found.day()))
                        .min(naturalOrder())
                        .orElse(null);
    }

    private static boolean hasPassed(String date, LocalDate day) {
        return LocalDate.parse(date).isBefore(day);
    }

    /** Whether a number of one of the two kinds is right. */
    private static @Nullable String policeNumber(Found found) {
        String number = found.words(0);
        String type = found.text(1);
        if (number == null || !"PNC".equals(type) && !"CRO".equals(type)) {
            return null;
        }
        return String.valueOf(
                unlessFits(number, text -> type.equals("PNC") ? pnc(text, found.year()) : cro(text)) == null);
    }
}
