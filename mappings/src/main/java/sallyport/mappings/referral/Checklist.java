package sallyport.mappings.referral;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private static final List<ReadinessItem> STATEMENTS = List.of(
            ReadinessItem.VICTIM_STATEMENT, ReadinessItem.WITNESS_STATEMENTS, ReadinessItem.VICTIM_PERSONAL_STATEMENT);

    /** By field of a statement, what it lacks when that is not so. */
    private static final SortedMap<String, String> QUALITIES = new TreeMap<>(
            Map.of("signed", "a signature", "declaration", "the declaration", "backComplete", "a complete back"));

    private Checklist() {}

    /** What a package shows without people's answers to the items of the checklist. */
    public static List<Readiness> found(ReferralPackage pkg, List<Fact> facts) {
        return ReadinessCheck.found(pkg, facts);
    }

    /** What a report shows before anything else is asked for. What other systems hold is not known yet. */
    public static List<Readiness> preview(IncidentReport report, Verdict verdict) {
        return PackageMapping.ofReportAlone(report, verdict).stream()
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
            items.add(new Readiness(item, State.MISSING, LATER));
        }
        return items;
    }

    /** The whole checklist, in its order; an item that nothing was found of is one that nobody has been asked about. */
    public static List<Readiness> answered(List<Readiness> found, List<Fact> facts) {
        Map<ReadinessItem, Readiness> items = new EnumMap<>(ReadinessItem.class);
        for (ReadinessItem item : ReadinessItem.values()) {
            items.put(item, new Readiness(item, State.MISSING, NOBODY_ASKED));
        }
        found.forEach(readiness -> items.put(readiness.item(), readiness));
        for (Fact fact : facts) {
            Readiness shown = items.get(fact.item());
            if (shown.state() != State.PRESENT) {
                items.put(fact.item(), ofFact(fact));
            }
        }
        items.put(ReadinessItem.STATEMENT_QUALITY, quality(facts));
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

    /** A statement that is not signed, counted and complete comes back from the force. */
    private static Readiness quality(List<Fact> facts) {
        Set<String> lacking = new LinkedHashSet<>();
        int statements = 0;
        int poor = 0;
        for (Fact fact : facts) {
            for (Map<String, Object> entry : fact.entries()) {
                if (STATEMENTS.contains(fact.item())) {
                    List<String> lacks = lacks(entry);
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

    private static List<String> lacks(Map<String, Object> statement) {
        List<String> lacks = new ArrayList<>();
        QUALITIES.forEach((field, name) -> {
            if (!Boolean.TRUE.equals(statement.get(field))) {
                lacks.add(name);
            }
        });
        return lacks;
    }
}
