package sallyport.mappings.lineage;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.Rejected;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.lineage.FieldOrigin.Kind;
import sallyport.mappings.lineage.Leaves.Entry;
import sallyport.mappings.lineage.Leaves.Leaf;
import sallyport.mappings.lineage.Leaves.Match;
import sallyport.mappings.lineage.Source.Place;
import sallyport.mappings.triage.Matter;
import sallyport.mappings.triage.Signals;

/**
 * Finds each value of a package again in the records that it was built from. Nothing is written down while a package is built: an entry
 * of a list is the source's entry that gives all its values, by the table, and a value whose entry gives another one is not from there.
 * So what is said here was looked up, and holds for packages of older mappings as far as their words are the table's. Never fails: what
 * is found nowhere is {@link Kind#UNKNOWN}.
 */
public final class LineageMapping {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate NO_DAY = LocalDate.of(2000, 1, 1);

    /** Which system it was, as an entry of a list says it that may be from several. */
    private static final Map<String, String> SAID = Map.of(
            "INCIDENT", "incident-reporting",
            "ADJUDICATION", "adjudications",
            "USE_OF_FORCE", "use-of-force",
            "PERSON", SourceRecord.PERSON);

    private final FieldTable table = FieldTable.loaded();
    private final JsonNode pkg;
    private final List<Source> sources;
    private final LocalDate day;
    private final @Nullable Matter matter;
    private final Map<String, List<Place>> places = new HashMap<>();
    /** The places of a list by what a row makes of them, so that a long list is not searched for each entry. */
    private final Map<String, Map<String, List<Place>>> byValue = new HashMap<>();

    private final Set<List<Object>> taken = new HashSet<>();
    private final Collection<Row> used;

    private LineageMapping(JsonNode pkg, List<SourceRecord> records, Collection<Row> used) {
        this.pkg = pkg;
        this.sources = records.stream().map(Source::of).toList();
        this.day = day(pkg.at("/lineage/builtAt").asText());
        this.matter = matter(records);
        this.used = used;
    }

    /**
     * @param pkg the canonical package, whole
     * @param records the versions it was built from: what prison systems said, people's answers, and the package before it
     */
    public static PackageLineage of(JsonNode pkg, List<SourceRecord> records) {
        return of(pkg, records, new HashSet<>());
    }

    /** @param used is given the rows that said something */
    static PackageLineage of(JsonNode pkg, List<SourceRecord> records, Collection<Row> used) {
        return new LineageMapping(pkg, records, used).traced();
    }

    private PackageLineage traced() {
        return new PackageLineage(
                pkg.path("caseReference").asText(),
                pkg.path("version").asInt(),
                pkg.at("/lineage/mappingVersion").textValue(),
                pkg.at("/lineage/ruleVersion").textValue(),
                MappingVersion.CURRENT + " (" + table.hash() + ")",
                Leaves.of(pkg).stream().map(this::origin).toList());
    }

    private FieldOrigin origin(Leaf leaf) {
        List<Row> rows = table.at(leaf.place());
        Source lost = null;
        Row lostBy = null;
        for (Row row : rows) {
            if (!mayBeFrom(row, leaf)) {
                continue;
            }
            if (!row.traces()) {
                if (lost == null && Ways.fits(row, leaf.value())) {
                    used.add(row);
                    return unrecorded(leaf, row);
                }
                continue;
            }
            Match match = match(leaf.entry(), row.from());
            if (match != null
                    && (match.only() == null || match.only().number() == row.number())
                    && leaf.value().equals(Ways.apply(row, found(row, match.place())))) {
                used.add(row);
                return recorded(leaf, row, match.place());
            }
            if (lost == null) {
                lost = sources.stream()
                        .filter(source -> source.tree() == null && source.isFrom(row.from()))
                        .findFirst()
                        .orElse(null);
                lostBy = row;
            }
        }
        if (lost != null && lostBy != null) {
            return notKept(leaf, lostBy, lost.record());
        }
        return FieldOrigin.without(
                leaf.pointer(),
                Kind.UNKNOWN,
                List.of(),
                rows.isEmpty() ? "the table does not know this field" : "no record that was read has it");
    }

    private FieldOrigin recorded(Leaf leaf, Row row, Place place) {
        SourceRecord record = place.source().record();
        List<String> pointers = row.paths().stream()
                .filter(path -> isThere(place.value(path)))
                .map(place::pointer)
                .toList();
        return new FieldOrigin(
                leaf.pointer(),
                switch (record.system()) {
                    case SourceRecord.PERSON -> Kind.PERSON;
                    case SourceRecord.PACKAGE -> Kind.PACKAGE;
                    default -> Kind.SOURCE;
                },
                record.system(),
                record.recordId(),
                record.version(),
                record.sha256(),
                pointers,
                row.way(),
                rules(leaf, row),
                null);
    }

    private static boolean isThere(@Nullable JsonNode value) {
        return value != null && !value.isNull();
    }

    private FieldOrigin notKept(Leaf leaf, Row row, SourceRecord record) {
        // Of several records it could be any; then only the system is known.
        boolean alone =
                sources.stream().filter(source -> source.isFrom(row.from())).count() == 1;
        return new FieldOrigin(
                leaf.pointer(),
                Kind.NOT_KEPT,
                record.system(),
                alone ? record.recordId() : null,
                alone ? record.version() : null,
                alone ? record.sha256() : null,
                row.paths().stream().map(LineageMapping::pattern).toList(),
                row.way(),
                rules(leaf, row),
                "the record is not kept any more");
    }

    private static String pattern(List<Step> path) {
        StringBuilder pattern = new StringBuilder();
        path.forEach(step -> pattern.append(Step.token(step.name())));
        return pattern.toString();
    }

    private FieldOrigin unrecorded(Leaf leaf, Row row) {
        return switch (row.from()) {
            case "decision" -> FieldOrigin.without(leaf.pointer(), Kind.PERSON, List.of(), row.why());
            case "document" ->
                new FieldOrigin(
                        leaf.pointer(),
                        Kind.PERSON,
                        "documents",
                        sibling(leaf, "document") == null ? sibling(leaf, "number") : sibling(leaf, "document"),
                        null,
                        sibling(leaf, "sha256"),
                        List.of(),
                        null,
                        List.of(),
                        row.why());
            case "intelligence-notices" -> ofSystem(leaf, row);
            case "rule" -> FieldOrigin.without(leaf.pointer(), Kind.RULE, rules(leaf, row), row.why());
            default -> FieldOrigin.without(leaf.pointer(), Kind.HUB, rules(leaf, row), row.why());
        };
    }

    /**
     * An entry that says which system listed it is from no other; a note that a person asked for is a record of its own; and only what is
     * the reason of a signal can be from the kind of record that the signal is read from.
     */
    private static boolean mayBeFrom(Row row, Leaf leaf) {
        if (row.way().endsWith("-signal")) {
            return row.system().equals(Signals.systemOf(leaf.value()));
        }
        if (row.system().equals("case-notes")) {
            Entry around = leaf.entry().around();
            boolean requested =
                    sibling(leaf, "requested") != null || around != null && around.leaf("requested") != null;
            return requested == row.from().equals("case-notes#note");
        }
        String said = sibling(leaf, "source");
        String system = said == null ? null : SAID.get(said);
        return system == null || !row.traces() || system.equals(row.system());
    }

    /** Of which record is known where there is only one. */
    private FieldOrigin ofSystem(Leaf leaf, Row row) {
        List<SourceRecord> records = sources.stream()
                .map(Source::record)
                .filter(record -> record.system().equals(row.from()))
                .toList();
        SourceRecord alone = records.size() == 1 ? records.get(0) : null;
        return new FieldOrigin(
                leaf.pointer(),
                Kind.SOURCE,
                row.from(),
                alone == null ? null : alone.recordId(),
                alone == null ? null : alone.version(),
                alone == null ? null : alone.sha256(),
                List.of(),
                null,
                List.of(),
                row.why());
    }

    // The list entries of a package, found again
    // -----------------------------------------------------------------------------------

    private @Nullable Match match(Entry entry, String from) {
        return entry.matches().computeIfAbsent(from, looked -> find(entry, looked));
    }

    private @Nullable Match find(Entry entry, String from) {
        Match around = null;
        if (entry.around() != null && !table.of(entry.around().list(), from).isEmpty()) {
            around = match(entry.around(), from);
            if (around == null) {
                return null;
            }
        }
        Place within = around == null ? null : around.place();
        Predicate<Place> inside = place -> within == null || place.isWithin(within);
        Map<Leaf, List<Row>> rows = new HashMap<>();
        for (Leaf leaf : entry.leaves()) {
            rows.put(
                    leaf,
                    table.at(leaf.place()).stream()
                            .filter(row -> row.traces() && row.from().equals(from))
                            .toList());
        }
        List<Step> list = rows.values().stream()
                .flatMap(List::stream)
                .map(Row::sourceList)
                .reduce(List.of(), (one, other) -> one.size() >= other.size() ? one : other);
        for (Leaf leaf : entry.leaves()) {
            for (Row row : rows.getOrDefault(leaf, List.of())) {
                if (!row.alternative()) {
                    Stream<Place> fitting = with(row, list, leaf.value()).stream()
                            .filter(inside)
                            .filter(place ->
                                    gives(place, entry, rows) && givesNothingElse(place, entry, from, rows, list))
                            .sorted(comparing((Place place) -> -alsoGiven(place, entry, rows))
                                    .thenComparing(place -> alsoThere(place, entry, from)));
                    return choose(fitting.toList(), entry.list());
                }
            }
        }
        return alternative(entry, rows, list, inside);
    }

    /** Where every value may come from several places, the first of them that gives one and that was not taken. */
    private @Nullable Match alternative(
            Entry entry, Map<Leaf, List<Row>> rows, List<Step> list, Predicate<Place> inside) {
        Match fallback = null;
        for (Leaf leaf : entry.leaves()) {
            List<Row> of = rows.getOrDefault(leaf, List.of());
            Set<Place> candidates = new LinkedHashSet<>();
            of.forEach(row -> candidates.addAll(with(row, list, leaf.value())));
            for (Place place : candidates.stream()
                    .filter(inside)
                    .sorted(LineageMapping::order)
                    .toList()) {
                for (Row row : of) {
                    if (leaf.value().equals(Ways.apply(row, found(row, place)))) {
                        Match match = new Match(place, row);
                        if (taken.add(List.of(place, entry.list(), row.number()))) {
                            return match;
                        }
                        fallback = fallback == null ? match : fallback;
                    }
                }
            }
        }
        return fallback;
    }

    private static int order(Place one, Place other) {
        for (int i = 0; i < Math.min(one.at().size(), other.at().size()); i++) {
            int order = Integer.compare(one.at().get(i), other.at().get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Equal entries are each found once before one is found twice. */
    private @Nullable Match choose(List<Place> fitting, List<Step> into) {
        for (Place place : fitting) {
            if (taken.add(List.of(place, into))) {
                return new Match(place, null);
            }
        }
        return fitting.isEmpty() ? null : new Match(fitting.get(0), null);
    }

    private boolean gives(Place place, Entry entry, Map<Leaf, List<Row>> rows) {
        return entry.leaves().stream().allMatch(leaf -> rows.getOrDefault(leaf, List.of()).stream()
                .filter(row -> !row.alternative())
                .allMatch(row -> leaf.value().equals(Ways.apply(row, found(row, place)))));
    }

    /** How many of the values it has that may be from elsewhere: of two that give all others, the one with more of them is meant. */
    private long alsoGiven(Place place, Entry entry, Map<Leaf, List<Row>> rows) {
        return entry.leaves().stream()
                .filter(leaf -> rows.getOrDefault(leaf, List.of()).stream()
                        .anyMatch(row -> row.alternative() && leaf.value().equals(Ways.apply(row, found(row, place)))))
                .count();
    }

    /** How many values a place has that may be from elsewhere and that the entry lacks: somebody without a name is not the one who has one. */
    private long alsoThere(Place place, Entry entry, String from) {
        Set<List<Step>> present = new HashSet<>();
        entry.leaves().forEach(leaf -> present.add(leaf.place()));
        return table.of(entry.list(), from).stream()
                .filter(row -> row.alternative() && !present.contains(row.field()))
                .filter(row -> Ways.apply(row, found(row, place)) != null)
                .count();
    }

    /** What the entry lacks must be lacking there too. */
    private boolean givesNothingElse(
            Place place, Entry entry, String from, Map<Leaf, List<Row>> rows, List<Step> list) {
        if (entry.list().isEmpty()) {
            return true;
        }
        boolean variable = rows.values().stream().flatMap(List::stream).anyMatch(row -> row.field().stream()
                .anyMatch(Step::isVariable));
        if (variable
                && place.value(list) instanceof ObjectNode whole
                && whole.size() != entry.leaves().size()) {
            return false;
        }
        Set<List<Step>> present = new HashSet<>();
        entry.leaves().forEach(leaf -> present.add(leaf.place()));
        return table.of(entry.list(), from).stream()
                .filter(row -> !row.alternative() && !present.contains(row.field()))
                .allMatch(row -> Ways.apply(row, found(row, place)) == null);
    }

    private List<Place> with(Row row, List<Step> list, String value) {
        String key = row.number() + " " + row.from() + " " + pattern(row.paths().get(0)) + " " + pattern(list);
        return byValue.computeIfAbsent(key, unknown -> {
                    Map<String, List<Place>> found = new HashMap<>();
                    for (Place place : places(row.from(), list)) {
                        String there = Ways.apply(row, found(row, place));
                        if (there != null) {
                            found.computeIfAbsent(there, first -> new ArrayList<>())
                                    .add(place);
                        }
                    }
                    return found;
                })
                .getOrDefault(value, List.of());
    }

    private List<Place> places(String from, List<Step> list) {
        return places.computeIfAbsent(from + " " + pattern(list), unknown -> sources.stream()
                .filter(source -> source.isFrom(from))
                .flatMap(source -> source.places(list).stream())
                .toList());
    }

    private Ways.Found found(Row row, Place place) {
        return new Ways.Found() {
            @Override
            public @Nullable JsonNode value(int path) {
                return place.value(row.paths().get(path));
            }

            @Override
            public int paths() {
                return row.paths().size();
            }

            @Override
            public String recordId() {
                return place.source().record().recordId();
            }

            @Override
            public int place() {
                return place.at().isEmpty() ? 0 : place.at().get(place.at().size() - 1);
            }

            @Override
            public LocalDate day() {
                return day;
            }

            @Override
            public @Nullable Matter matter() {
                return matter;
            }
        };
    }

    // Rules
    // -------------------------------------------------------------------------------------------------------------------------

    private List<String> rules(Leaf leaf, Row row) {
        Set<String> rules = new TreeSet<>();
        switch (row.rules()) {
            case "this" -> Stream.ofNullable(sibling(leaf, "ruleId")).forEach(rules::add);
            case "criterion" ->
                eachReason(
                        reason -> leaf.value().equals(reason.path("criterion").textValue()), rules);
            case "all" -> eachReason(reason -> true, rules);
            default -> {
                // No rule made it.
            }
        }
        return List.copyOf(rules);
    }

    private void eachReason(Predicate<JsonNode> which, Set<String> into) {
        for (JsonNode reason : pkg.at("/grounds/reasons")) {
            if (which.test(reason)) {
                into.add(reason.path("ruleId").asText());
            }
        }
    }

    private static @Nullable String sibling(Leaf leaf, String name) {
        Leaf found = leaf.entry().leaf(name);
        return found == null ? null : found.value();
    }

    private static @Nullable Matter matter(List<SourceRecord> records) {
        for (SourceRecord record : records) {
            byte[] raw = record.raw();
            if (record.system().equals("incident-reporting") && raw != null) {
                try {
                    return Matter.of(IncidentReport.read(raw));
                } catch (Rejected unreadable) {
                    return null;
                }
            }
        }
        return null;
    }

    private static LocalDate day(String builtAt) {
        try {
            return Instant.parse(builtAt).atZone(LONDON).toLocalDate();
        } catch (DateTimeException noTime) {
            return NO_DAY;
        }
    }
}
