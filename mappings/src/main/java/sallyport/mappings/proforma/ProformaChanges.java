package sallyport.mappings.proforma;

import static sallyport.mappings.proforma.PlainWords.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.referral.PackageDiff;
import sallyport.mappings.referral.PackageDiff.Change;
import sallyport.mappings.triage.TriageWords;

/** What changed between two versions of a package, a row for each value, and one row for an entry of a list that came or went whole. */
final class ProformaChanges {

    /** Longer values are told apart by their beginning here and stand in full in their section. */
    private static final int LONGEST = 300;

    private static final String ANSWERS = "answers/";

    private static final TriageWords TRIAGE = TriageWords.ofTables();

    /** Lists of a package, with what one entry is called. */
    private static final Map<String, String> ENTRIES = Map.ofEntries(
            Map.entry("persons", "Person"),
            Map.entry("staff", "Member of staff"),
            Map.entry("injuries", "Injury"),
            Map.entry("statements", "Statement"),
            Map.entry("exhibits", "Exhibit"),
            Map.entry("media", "Footage, sound or photograph"),
            Map.entry("adjudications", "Adjudication"),
            Map.entry("caseNotes", "Case note"),
            Map.entry("useOfForce", "Use of force report"),
            Map.entry("proposedOffences", "Proposed offence"),
            Map.entry("intelligence/contacts", "Unit to ask for intelligence"),
            Map.entry("readiness", "Checklist"),
            Map.entry("grounds/reasons", "Reason"),
            Map.entry("grounds/series", "Series"),
            Map.entry("grounds/criteria", "Criterion"),
            Map.entry("grounds/aggravating", "Aggravating factor"),
            Map.entry("incident/addendums", "Addition to the description"),
            Map.entry("incident/place", "Place"));

    /** For machines: the value beside them says the same to people. */
    private static final Set<String> UNSEEN = Set.of("schema", "version", "kind", "lineage");

    private static final Set<String> UNSEEN_FIELDS =
            Set.of("ambiguous", "questionCode", "answerCode", "ruleId", "reportId", "family");

    /** A time is its text, as received, and its instant: people read the instant, in London. */
    private static final Pattern TIME_AS_RECEIVED =
            Pattern.compile(".*/(occurred|reported|written|submitted|held)/text");

    /** Fields whose values are codes with words of their own. */
    private static final Set<String> CODES = Set.of(
            "role",
            "concerns",
            "keptUntilBy",
            "copy",
            "attached",
            "valid",
            "prisonerRole",
            "reportedRole",
            "outcome",
            "outcomes",
            "custodyStatus",
            "legalStatus",
            "verdict",
            "urgency",
            "status",
            "state",
            "kind",
            "category",
            "notifiable",
            "pncRecordable",
            "evidence",
            "type",
            "subType",
            "marking",
            "prisonDecided",
            "terrorismConnected",
            "available",
            "knownToPrisonerSearch",
            "recall",
            "indeterminateSentence",
            "sensitive",
            "means",
            "reasons",
            "primaryReason",
            "planned",
            "complete",
            "prisonerInjured",
            "prisonerInHospital",
            "hospital");

    private final JsonNode before;
    private final JsonNode after;

    private ProformaChanges(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    /** What, before, now. */
    static List<List<String>> between(JsonNode before, JsonNode after) {
        return new ProformaChanges(before, after).rows();
    }

    private List<List<String>> rows() {
        Map<Place, List<Change>> byEntry = new LinkedHashMap<>();
        for (Change change : PackageDiff.between(before, after)) {
            Place place = Place.of(change);
            if (!UNSEEN.contains(place.list().split("/", 2)[0])) {
                byEntry.computeIfAbsent(place, at -> new ArrayList<>()).add(change);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        byEntry.forEach((place, changes) -> add(place, changes, rows));
        return rows;
    }

    private void add(Place place, List<Change> changes, List<List<String>> rows) {
        JsonNode entry = (place.gone() ? before : after).at(place.pointer());
        boolean whole = place.index() != null && changes.size() == leaves(entry);
        boolean came = changes.stream().allMatch(change -> change.before() == null);
        boolean went = changes.stream().allMatch(change -> change.after() == null);
        if (whole && (came || went)) {
            rows.add(List.of(
                    called(place.list()),
                    went ? shortened(name(place.list(), entry)) : "–",
                    went ? "Taken away" : shortened(name(place.list(), entry))));
            return;
        }
        for (Change change : changes) {
            String field = field(change.pointer());
            if (!UNSEEN_FIELDS.contains(field)
                    && !TIME_AS_RECEIVED.matcher(change.pointer()).matches()) {
                rows.add(List.of(
                        label(place, entry, change), value(field, change.before()), value(field, change.after())));
            }
        }
    }

    private String label(Place place, JsonNode entry, Change change) {
        String rest = change.pointer().substring(place.pointer().length());
        List<String> names = new ArrayList<>();
        for (String part : rest.split("/")) {
            if (!part.isEmpty() && !isPlace(part) && !part.equals("text") && !part.equals("instant")) {
                names.add(PlainWords.name(part));
            }
        }
        String field = String.join(", ", names);
        if (place.index() == null) {
            return PlainWords.capital(field);
        }
        String named = called(place.list()) + ": " + shortened(name(place.list(), entry));
        return field.isEmpty() ? named : named + ": " + field;
    }

    /** What an entry of this list is called; an answer is called what was asked. */
    private static String called(String list) {
        return list.startsWith(ANSWERS)
                ? String.valueOf(ProformaMapping.title(list.substring(ANSWERS.length())))
                : ENTRIES.getOrDefault(list, PlainWords.capital(PlainWords.name(list)));
    }

    private static String said(String item, JsonNode entry) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            String value = ProformaMapping.answered(item, field.getKey(), field.getValue());
            if (value != null) {
                values.add(value);
            }
        }
        return String.join("; ", values);
    }

    private static String name(String list, JsonNode entry) {
        if (list.startsWith(ANSWERS)) {
            return said(list.substring(ANSWERS.length()), entry);
        }
        if (entry.isValueNode()) {
            return TRIAGE.criterion(entry.asText()).orElse(PlainWords.say(entry.asText()));
        }
        String found =
                switch (list) {
                    case "persons", "staff" -> ProformaMapping.named(entry);
                    case "injuries" -> text(entry, "/answer");
                    case "exhibits", "media" -> text(entry, "/description");
                    case "statements" ->
                        text(entry, "/givenBy") == null
                                ? text(entry, "/kind")
                                : text(entry, "/kind") + ", " + text(entry, "/givenBy");
                    case "adjudications" -> text(entry, "/chargeNumber");
                    case "useOfForce" -> text(entry, "/reportId");
                    case "caseNotes" -> PlainWords.when(entry.path("occurred"));
                    case "proposedOffences" -> text(entry, "/title");
                    case "readiness" -> ProformaMapping.title(text(entry, "/item"));
                    case "intelligence/contacts" -> IntelligenceWords.contact(entry);
                    case "grounds/reasons" -> text(entry, "/explanation");
                    case "grounds/series" -> SeriesWords.sentence(entry);
                    case "incident/addendums" -> text(entry, "/text");
                    default -> text(entry, "/kind");
                };
        return found == null ? "not named" : found;
    }

    /** The last name of the path that is no place in a list. */
    private static String field(String pointer) {
        String[] parts = pointer.split("/");
        int last = parts.length - 1;
        while (last > 0 && isPlace(parts[last])) {
            last--;
        }
        return parts[last];
    }

    private static boolean isPlace(String part) {
        return !part.isEmpty() && part.chars().allMatch(Character::isDigit);
    }

    private static String value(String field, @Nullable String value) {
        if (value == null) {
            return "–";
        }
        return shortened(CODES.contains(field) ? PlainWords.say(value) : PlainWords.time(PlainWords.date(value)));
    }

    private static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "… (shortened here)";
    }

    private static int leaves(JsonNode node) {
        if (node.isMissingNode()) {
            return 0;
        }
        if (node.isValueNode()) {
            return 1;
        }
        int leaves = 0;
        for (JsonNode child : node) {
            leaves += leaves(child);
        }
        return leaves;
    }

    /**
     * The entry of a list that a change is in, or the part of the package where it is in none.
     *
     * @param list path without the leading slash
     * @param index absent outside of lists
     * @param gone it is looked for in the earlier version
     */
    private record Place(String list, @Nullable Integer index, boolean gone) {

        static Place of(Change change) {
            boolean gone = change.after() == null;
            String[] parts = change.pointer().substring(1).split("/");
            if (parts.length > 2 && parts[0].equals("answers") && isPlace(parts[2])) {
                return new Place(ANSWERS + parts[1], Integer.valueOf(parts[2]), gone);
            }
            for (int depth = 1; depth <= 2 && depth < parts.length; depth++) {
                String list = String.join("/", List.of(parts).subList(0, depth));
                if (ENTRIES.containsKey(list) && isPlace(parts[depth])) {
                    return new Place(list, Integer.valueOf(parts[depth]), gone);
                }
            }
            return new Place(parts[0], null, gone);
        }

        String pointer() {
            return index == null ? "" : "/" + list + "/" + index;
        }
    }
}
