package sallyport.mappings.referral;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.triage.Criteria;
import sallyport.mappings.triage.Criteria.Criterion;
import sallyport.mappings.triage.Reason;
import sallyport.mappings.triage.Verdict;
import sallyport.mappings.triage.Verdict.Kind;

/**
 * What people say that no report asks, weighed into the verdict: grounds that somebody names, a victim who asks, a connection with
 * terrorism (CiPRA Annexes A, C and D). It only ever adds. The reasons are our words: who said it and why stays with the answer.
 */
public final class GroundsSaid {

    /** The reason of a verdict that is mandatory because the member of staff asked. */
    public static final String STAFF_ASKS = "SAID-STAFF-ASKS";

    /** The answers that are weighed; each has the case judged again. */
    public static final Set<ReadinessItem> ITEMS =
            Set.of(ReadinessItem.GROUNDS_SAID, ReadinessItem.VICTIM_WISHES, ReadinessItem.TERRORISM_CONNECTION);

    private static final String STAFF_ASSAULT = "STAFF_ASSAULT";
    private static final Set<String> AGAINST_STAFF = Set.of(STAFF_ASSAULT, "POTTING_FACE_HEAD");
    private static final String HATE_CRIME = "HATE_CRIME";

    private final Verdict verdict;
    private final IncidentReport report;
    private final Set<Reason> added = new LinkedHashSet<>();
    private final Set<String> met = new TreeSet<>();
    private Kind kind;
    private boolean immediate;

    private GroundsSaid(Verdict verdict, IncidentReport report) {
        this.verdict = verdict;
        this.report = report;
        kind = verdict.kind();
        immediate = verdict.immediate();
        met.addAll(verdict.criteria());
        met.addAll(verdict.aggravating());
    }

    /** The verdict with what these answers say; the same one where they say nothing. */
    public static Verdict weigh(Verdict verdict, IncidentReport report, List<Fact> facts) {
        GroundsSaid said = new GroundsSaid(verdict, report);
        said.named(facts);
        said.asked(facts);
        said.terrorism(facts);
        return said.weighed();
    }

    /** A charge that belongs to the case and names a protected characteristic is a factor of Annex D. */
    public static Verdict ofCharges(Verdict verdict, IncidentReport report, List<Adjudication> linked) {
        GroundsSaid said = new GroundsSaid(verdict, report);
        boolean hate = linked.stream().anyMatch(GroundsSaid::hateCrime);
        if (hate && !verdict.aggravating().contains(HATE_CRIME)) {
            said.add(
                    "CHARGE-HATE-CRIME",
                    HATE_CRIME,
                    Kind.DISCRETIONARY,
                    "A charge that belongs to the case names a protected characteristic");
        }
        return said.weighed();
    }

    /** Whether it stands and names a protected characteristic. */
    public static boolean hateCrime(Adjudication charge) {
        return ChargeAlone.stands(charge)
                && !charge.offenceDetails().protectedCharacteristics().isEmpty();
    }

    /** Whether a stored verdict is mandatory because the member of staff asked. */
    public static boolean staffAsked(String explanationJson) {
        return explanationJson.contains('"' + STAFF_ASKS + '"');
    }

    private void named(List<Fact> facts) {
        entries(facts, ReadinessItem.GROUNDS_SAID)
                .flatMap(entry -> Criteria.find(String.valueOf(entry.get("ground"))).stream())
                .forEach(this::named);
    }

    private void named(Criterion criterion) {
        immediate = immediate || criterion.immediate();
        add(
                "SAID-" + criterion.code(),
                criterion.code(),
                criterion.annexA() ? Kind.MANDATORY : Kind.DISCRETIONARY,
                "Said by a person: " + criterion.words());
    }

    private void asked(List<Fact> facts) {
        entries(facts, ReadinessItem.VICTIM_WISHES)
                .filter(entry -> Boolean.TRUE.equals(entry.get("askedForReferral")))
                .forEach(entry -> {
                    if (againstStaff() && isStaff(String.valueOf(entry.get("victim")))) {
                        add(
                                STAFF_ASKS,
                                STAFF_ASSAULT,
                                Kind.MANDATORY,
                                "Said by a person: the member of staff who was assaulted asks for the referral,"
                                        + " which Annex C always grants");
                    } else {
                        add(
                                "SAID-VICTIM-ASKS",
                                "",
                                Kind.NEEDS_REVIEW,
                                "Said by a person: a victim asks for the referral");
                    }
                });
    }

    private void terrorism(List<Fact> facts) {
        if (!Boolean.TRUE.equals(Fact.flag(facts, ReadinessItem.TERRORISM_CONNECTION, "connected"))) {
            return;
        }
        if (againstStaff()) {
            add(
                    "SAID-TERRORISM-STAFF",
                    STAFF_ASSAULT,
                    Kind.MANDATORY,
                    "Said by a person: it is connected to terrorism; Annex C refers every assault on staff by somebody"
                            + " convicted of such an offence");
        } else {
            add("SAID-TERRORISM", "", Kind.NEEDS_REVIEW, "Said by a person: it is connected to terrorism");
        }
    }

    /** A doubt of the rules is not outvoted by a factor, and a case that may be cleared goes to a person at the least. */
    private void add(String ruleId, String criterion, Kind atLeast, String explanation) {
        added.add(new Reason(ruleId, criterion, "", "", "", "", explanation));
        met.add(criterion);
        kind = kind.compareTo(atLeast) <= 0 || atLeast == Kind.NEEDS_REVIEW && kind != Kind.NOT_REFERABLE
                ? kind
                : atLeast;
    }

    private Verdict weighed() {
        if (added.isEmpty()) {
            return verdict;
        }
        return new Verdict(
                // Who was suspected of it was lost with the type: nothing goes on by itself.
                report.emptiedByTypeChange() ? Kind.NEEDS_REVIEW : kind,
                immediate,
                verdict.prisonDecided(),
                verdict.ruleVersion(),
                Stream.concat(verdict.reasons().stream(), added.stream()).toList(),
                Criteria.ordered(true, met),
                Criteria.ordered(false, met),
                verdict.offences());
    }

    private boolean againstStaff() {
        return verdict.reasons().stream().map(Reason::criterion).anyMatch(AGAINST_STAFF::contains);
    }

    /** By the names in the report; a name that nobody there bears is the staff's where no prisoner is a victim. */
    private boolean isStaff(String victim) {
        Suspects parts = Suspects.of(report);
        List<String> words = words(victim);
        if (parts.staffVictims().stream().anyMatch(member -> words.containsAll(words(member.lastName())))) {
            return true;
        }
        return parts.victims().isEmpty();
    }

    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String word : name.toUpperCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static Stream<Map<String, Object>> entries(List<Fact> facts, ReadinessItem item) {
        return facts.stream().filter(fact -> fact.item() == item).flatMap(fact -> fact.entries().stream());
    }
}
