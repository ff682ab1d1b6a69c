package sallyport.mappings.triage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.triage.KnownQuestions.Answers;
import sallyport.mappings.triage.TriageTables.Family;

/**
 * Matches an incident report against the crime-in-prison referral criteria, which are tables on the class path. Every report of a
 * known family gets a verdict; the status of the report is not looked at.
 */
public final class Triage {

    /** Raised by hand when the meaning of a table changes; the hash follows by itself. */
    private static final String VERSION = "cipra-2023-09-27.3";

    private static final int HASH_DIGITS = 8;

    /** Reads the tables when first asked for. */
    private static final class Loaded {
        private static final Triage RULES = new Triage(TriageTables.load());
    }

    private final TriageTables tables;
    private final String ruleVersion;

    Triage(TriageTables tables) {
        this.tables = tables;
        this.ruleVersion = VERSION + "+" + tables.hash().substring(0, HASH_DIGITS);
    }

    /** The rules of this build; tables that do not fit together fail here, so ask for them at the start. */
    public static Triage rules() {
        return Loaded.RULES;
    }

    public String ruleVersion() {
        return ruleVersion;
    }

    public Verdict decide(IncidentReport report) {
        Family family = tables.families().get(report.family());
        if (family == null) {
            throw new IllegalStateException("families.csv has no row for a family that is known");
        }
        Answers answers = family.questions().in(report);
        List<Rule> holding = new ArrayList<>();
        for (Rule rule : family.rules()) {
            if (rule.holds(report, answers)) {
                holding.add(rule);
            }
        }
        if (holding.isEmpty()) {
            holding.add(family.otherwise());
        }
        Verdict.Kind kind = firstOf(holding);
        List<Reason> doubts = doubts(report, family, answers);
        if (kind == Verdict.Kind.NOT_REFERABLE && doubts.isEmpty()) {
            doubts.addAll(unanswered(family, answers));
        }
        List<Reason> reasons = new ArrayList<>(doubts);
        holding.forEach(rule -> reasons.addAll(rule.reasons(report, answers)));
        return new Verdict(
                kind(report, kind, doubts),
                holding.stream().anyMatch(Rule::immediate),
                holding.stream().anyMatch(Rule::prisonDecided),
                ruleVersion,
                List.copyOf(reasons),
                criteria(holding.stream().filter(Triage::pointsToAnnexA), "A"),
                criteria(holding.stream(), "D"),
                offences(holding, report, answers));
    }

    private static Verdict.Kind firstOf(List<Rule> holding) {
        Verdict.Kind kind = Verdict.Kind.NOT_REFERABLE;
        for (Rule rule : holding) {
            kind = first(kind, rule.kind());
        }
        return kind;
    }

    private static Verdict.Kind kind(IncidentReport report, Verdict.Kind kind, List<Reason> doubts) {
        if (report.emptiedByTypeChange()) {
            return Verdict.Kind.NEEDS_REVIEW;
        }
        return doubts.isEmpty() ? kind : first(kind, Verdict.Kind.NEEDS_REVIEW);
    }

    private static Verdict.Kind first(Verdict.Kind one, Verdict.Kind other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Why the answers may not be the whole story. */
    private static List<Reason> doubts(IncidentReport report, Family family, Answers answers) {
        List<Reason> doubts = new ArrayList<>();
        if (report.emptiedByTypeChange()) {
            doubts.add(doubt("type-changed-and-emptied", "The type was changed, which empties people and answers"));
        }
        if (!family.needed().isEmpty()
                && answers.known().isEmpty()
                && answers.doubts().isEmpty()) {
            doubts.add(doubt("no-known-answer", "The report answers no question that the rules know"));
        }
        doubts.addAll(new LinkedHashSet<>(answers.doubts()));
        return doubts;
    }

    /** What has to be known before a report is cleared; a half-filled report would clear itself by its silence. */
    private static List<Reason> unanswered(Family family, Answers answers) {
        return family.needed().stream()
                .filter(question -> answers.to(question.code()).isEmpty())
                .map(question -> new Reason(
                        "unanswered",
                        "",
                        question.code(),
                        question.question(),
                        "",
                        "",
                        "The report does not answer what has to be known before it is cleared"))
                .toList();
    }

    private static Reason doubt(String id, String explanation) {
        return new Reason(id, "", "", "", "", "", explanation);
    }

    /** A discretionary rule may name a criterion of Annex A only to say that its exception applies. */
    private static boolean pointsToAnnexA(Rule rule) {
        return rule.kind() == Verdict.Kind.MANDATORY || rule.kind() == Verdict.Kind.NEEDS_REVIEW;
    }

    private List<String> criteria(Stream<Rule> holding, String annex) {
        Set<String> met = holding.map(Rule::criterion).collect(Collectors.toSet());
        return tables.annexByCriterion().entrySet().stream()
                .filter(criterion -> criterion.getValue().equals(annex) && met.contains(criterion.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<ProposedOffence> offences(List<Rule> holding, IncidentReport report, Answers answers) {
        Map<String, ProposedOffence> offences = new LinkedHashMap<>();
        for (Rule rule : holding) {
            for (Rule.Offence offence : rule.offences()) {
                if (offence.applies(report, answers)) {
                    offences.putIfAbsent(offence.proposed().code().value(), offence.proposed());
                }
            }
        }
        return List.copyOf(offences.values());
    }
}
