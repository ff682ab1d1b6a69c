package sallyport.mappings.referral;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.triage.Verdict;

/**
 * What the data shows of each readiness item, and what people's answers make of it: an answer fills what is missing or was not expected,
 * and never hides what the data shows.
 */
public final class Checklist {

    private static final String LATER = "It is worked out when the package is built.";
    private static final String NOBODY_ASKED = "Nobody has been asked.";
    static final String NONE_ADDED = "Nobody has added any.";

    private static final List<ReadinessItem> STATEMENTS = List.of(
            ReadinessItem.VICTIM_STATEMENT, ReadinessItem.WITNESS_STATEMENTS, ReadinessItem.VICTIM_PERSONAL_STATEMENT);

    /** What a statement may name: its front, both sides in one, or what is written otherwise. */
    private static final Set<String> STATEMENT_DOCUMENTS = Set.of("statement-front", "statement", "impact-statement");

    /** By field of a statement, what it lacks when that is not so. */
    private static final SortedMap<String, String> QUALITIES = new TreeMap<>(
            Map.of("signed", "a signature", "declaration", "the declaration", "backComplete", "a complete back"));

    private Checklist() {}

    /** What a package shows without people's answers to the items of the checklist. */
    public static List<Readiness> found(ReferralPackage pkg, List<Fact> facts) {
        return ReadinessCheck.found(pkg, facts).stream()
                .map(found -> lacksCharges(found, pkg.readiness()))
                .toList();
    }

    /** That there are charges which could not be read only the package says: those that were read look whole. */
    private static Readiness lacksCharges(Readiness found, List<Readiness> told) {
        return found.item() == ReadinessItem.ADJUDICATION_HISTORY && found.state() == State.PRESENT
                ? told.stream()
                        .filter(item -> item.item() == found.item() && item.state() == State.MISSING)
                        .findFirst()
                        .orElse(found)
                : found;
    }

    /**
     * What a report shows before anything else is asked for. What other systems hold is not known yet.
     *
     * @param documents of the case that were found clean
     */
    public static List<Readiness> preview(
            IncidentReport report, Verdict verdict, List<ReferralPackage.Document> documents) {
        return PackageMapping.ofReportAlone(report, verdict, documents).stream()
                .map(found -> FactForm.exists(found.item())
                                && FactForm.of(found.item()).heldBySystem()
                                && found.item() != ReadinessItem.SUSPECT_NAMED
                                && found.item() != ReadinessItem.INJURIES_DESCRIBED
                        ? new Readiness(found.item(), State.MISSING, LATER)
                        : found)
                .toList();
    }

    /** Where not even a report can be read. */
    public static List<Readiness> unknown() {
        List<Readiness> items = new ArrayList<>();
        for (ReadinessItem item : ReadinessItem.values()) {
            items.add(item == ReadinessItem.GROUNDS_SAID ? unasked(item) : new Readiness(item, State.MISSING, LATER));
        }
        return items;
    }

    /** The numbers of seals and tags that systems say, beside those of people's list of exhibits. */
    public static Set<String> tags(ReferralPackage pkg) {
        Set<String> tags = new TreeSet<>();
        pkg.exhibits().stream()
                .filter(exhibit -> !exhibit.source().equals(PackageMapping.FROM_PERSON))
                .map(ReferralPackage.Exhibit::reference)
                .flatMap(Stream::ofNullable)
                .forEach(tags::add);
        return tags;
    }

    /** The document that a statement names, if the case has it and it is one of a statement. */
    static Optional<ReferralPackage.Document> document(
            List<ReferralPackage.Document> documents, Map<String, Object> statement) {
        return documents.stream()
                .filter(document -> statement.get("document") instanceof Integer number
                        && number == document.number()
                        && STATEMENT_DOCUMENTS.contains(document.kind()))
                .findFirst();
    }

    /** Grounds are added where there are any: nothing is lacking without them. */
    private static Readiness unasked(ReadinessItem item) {
        return item == ReadinessItem.GROUNDS_SAID
                ? new Readiness(item, State.NOT_APPLICABLE, NONE_ADDED)
                : new Readiness(item, State.MISSING, NOBODY_ASKED);
    }

    /**
     * The whole checklist, in its order; an item that nothing was found of is one that nobody has been asked about.
     *
     * @param documents of the case that were found clean
     * @param tags numbers of seals and tags that systems say
     */
    public static List<Readiness> answered(
            List<Readiness> found, List<Fact> facts, List<ReferralPackage.Document> documents, Set<String> tags) {
        Map<ReadinessItem, Readiness> items = new EnumMap<>(ReadinessItem.class);
        for (ReadinessItem item : ReadinessItem.values()) {
            items.put(item, unasked(item));
        }
        found.forEach(readiness -> items.put(readiness.item(), readiness));
        for (Fact fact : facts) {
            Readiness shown = items.get(fact.item());
            if (shown.state() != State.PRESENT) {
                items.put(fact.item(), ofFact(fact));
            }
        }
        unlisted(facts, tags).ifPresent(readiness -> items.put(ReadinessItem.CONTINUITY, readiness));
        items.put(ReadinessItem.STATEMENT_QUALITY, quality(facts, documents));
        return List.copyOf(items.values());
    }

    private static Readiness ofFact(Fact fact) {
        if (fact.item() == ReadinessItem.PLATFORMS) {
            List<String> lacking = fact.entries().stream()
                    .flatMap(entry -> entry.entrySet().stream())
                    .filter(platform -> Boolean.FALSE.equals(platform.getValue()))
                    .map(platform -> platform.getKey().toUpperCase(Locale.ROOT))
                    .toList();
            if (!lacking.isEmpty()) {
                return new Readiness(fact.item(), State.MISSING, "Not on " + String.join(", ", lacking) + " yet.");
            }
        }
        if (fact.item() == ReadinessItem.FOOTAGE) {
            long waiting = fact.entries().stream()
                    .filter(entry -> !entry.containsKey("handedTo"))
                    .count();
            if (waiting > 0) {
                return new Readiness(
                        fact.item(),
                        State.MISSING,
                        waiting + " of " + fact.entries().size() + " recordings are not handed over yet.");
            }
        }
        return new Readiness(fact.item(), fact.state(), fact.note());
    }

    /** Continuity of something that no list of exhibits has is of no use to a court. */
    private static Optional<Readiness> unlisted(List<Fact> facts, Set<String> tags) {
        Set<Object> listed = new HashSet<>(tags);
        entries(facts, ReadinessItem.EXHIBITS).forEach(entry -> listed.add(entry.get("seal")));
        List<String> unlisted = entries(facts, ReadinessItem.CONTINUITY)
                .map(entry -> entry.get("seal"))
                .filter(seal -> seal != null && !listed.contains(seal))
                .map(String::valueOf)
                .distinct()
                .toList();
        return unlisted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Readiness(
                        ReadinessItem.CONTINUITY,
                        State.MISSING,
                        "No exhibit in the list has the seal " + String.join(", ", unlisted) + "."));
    }

    private static Stream<Map<String, Object>> entries(List<Fact> facts, ReadinessItem item) {
        return facts.stream().filter(fact -> fact.item() == item).flatMap(fact -> fact.entries().stream());
    }

    /** A statement that is not signed, counted and complete comes back from the force. */
    private static Readiness quality(List<Fact> facts, List<ReferralPackage.Document> documents) {
        Set<String> lacking = new LinkedHashSet<>();
        int statements = 0;
        int poor = 0;
        for (Fact fact : facts) {
            for (Map<String, Object> entry : fact.entries()) {
                if (STATEMENTS.contains(fact.item())) {
                    List<String> lacks = lacks(entry, documents);
                    lacking.addAll(lacks);
                    statements++;
                    poor += lacks.isEmpty() ? 0 : 1;
                }
            }
        }
        if (statements == 0) {
            return new Readiness(ReadinessItem.STATEMENT_QUALITY, State.NOT_APPLICABLE, null);
        }
        return poor == 0
                ? new Readiness(ReadinessItem.STATEMENT_QUALITY, State.PRESENT, null)
                : new Readiness(
                        ReadinessItem.STATEMENT_QUALITY,
                        State.MISSING,
                        poor + " of " + statements + " statements lack " + String.join(", ", lacking) + ".");
    }

    private static List<String> lacks(Map<String, Object> statement, List<ReferralPackage.Document> documents) {
        List<String> lacks = new ArrayList<>();
        if (statement.containsKey("document") && document(documents, statement).isEmpty()) {
            lacks.add("the document that they name");
        }
        QUALITIES.forEach((field, name) -> {
            if (!Boolean.TRUE.equals(statement.get(field))) {
                lacks.add(name);
            }
        });
        return lacks;
    }
}
