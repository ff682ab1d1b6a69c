package sallyport.mappings.triage;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.incident.PrisonerOutcome;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.StaffRole;
import sallyport.mappings.table.CsvTable;

/** The triage tables, read and checked against each other once; a row that does not fit the others stops the start and is named. */
final class TriageTables {

    private static final String FOLDER = "sallyport/triage/";
    private static final List<String> FILES = List.of(
            "criteria.csv",
            "families.csv",
            "rules.csv",
            "conditions.csv",
            "thresholds.csv",
            "weights.csv",
            "offences.csv",
            "answers.csv");
    private static final String EVERY_FAMILY = "*";

    /** The rules of a family, the questions they know, and what holds when no rule does, if the needed ones are answered. */
    record Family(Rule otherwise, List<KnownQuestions.Known> needed, List<Rule> rules, KnownQuestions questions) {}

    private final Map<String, byte[]> files;
    private final Map<String, String> annexByCriterion = new LinkedHashMap<>();
    private final Map<String, KnownQuestions> questions = new HashMap<>();
    private final Thresholds thresholds = new Thresholds();
    /** The least that an answer about a weight says, in grams, by question and answer. */
    private final Map<String, Map<String, Integer>> weights = new HashMap<>();

    private final Map<String, Family> families = new TreeMap<>();
    private final String hash;

    /**
     * @param files the bytes of each table by the name of its file
     */
    private TriageTables(Map<String, byte[]> files) {
        this.files = files;
        each("criteria.csv", row -> annexByCriterion.put(row.get("code"), row.get("annex")));
        each("thresholds.csv", thresholds::add);
        each("answers.csv", this::question);
        each("weights.csv", this::weight);
        Map<String, List<Rule>> rules = rules();
        each("families.csv", row -> {
            String family = row.get("family");
            KnownQuestions known = questionsOf(family);
            List<Rule> all = new ArrayList<>(rules.getOrDefault(family, List.of()));
            all.addAll(rules.getOrDefault(EVERY_FAMILY, List.of()));
            families.put(
                    family,
                    new Family(
                            rule("family-" + family, row, List.of(), List.of()),
                            needed(row, known),
                            List.copyOf(all),
                            known));
        });
        each(
                "rules.csv",
                row -> require(
                        row.get("family").equals(EVERY_FAMILY) || families.containsKey(row.get("family")),
                        "families.csv has no such family"));
        hash = hashOfTables();
    }

    static TriageTables load() {
        Map<String, byte[]> files = new HashMap<>();
        FILES.forEach(file -> files.put(file, CsvTable.bytes(FOLDER + file)));
        return of(files);
    }

    static TriageTables of(Map<String, byte[]> files) {
        return new TriageTables(files);
    }

    Map<String, Family> families() {
        return families;
    }

    /** {@code A}, {@code D} or empty, in the order of the table. */
    Map<String, String> annexByCriterion() {
        return annexByCriterion;
    }

    String hash() {
        return hash;
    }

    private void question(Map<String, String> row) {
        questions
                .computeIfAbsent(row.get("family"), family -> new KnownQuestions())
                .add(
                        row.get("questionCode"),
                        row.get("question"),
                        yes(row, "several"),
                        row.get("answerCode"),
                        row.get("answer"));
    }

    private void weight(Map<String, String> row) {
        KnownQuestions.Known question = questionsOf(row.get("family")).question(row.get("questionCode"));
        require(
                question != null && question.answers().containsKey(row.get("answerCode")),
                "answers.csv has no such answer");
        weights.computeIfAbsent(row.get("questionCode"), code -> new HashMap<>())
                .put(row.get("answerCode"), Integer.parseInt(row.get("grams")));
    }

    private KnownQuestions questionsOf(String family) {
        return questions.getOrDefault(family, new KnownQuestions());
    }

    private Map<String, List<Rule>> rules() {
        Map<String, List<Map<String, String>>> conditions = byRule("conditions.csv");
        Map<String, List<Map<String, String>>> offences = byRule("offences.csv");
        Map<String, List<Rule>> rules = new HashMap<>();
        Set<String> ids = new HashSet<>();
        each("rules.csv", row -> {
            String id = row.get("ruleId");
            require(ids.add(id), "another rule has this id");
            KnownQuestions known = questionsOf(row.get("family"));
            rules.computeIfAbsent(row.get("family"), family -> new ArrayList<>())
                    .add(rule(
                            id,
                            row,
                            groups(conditions.getOrDefault(id, List.of()), known),
                            proposals(offences.getOrDefault(id, List.of()), known)));
        });
        for (String file : List.of("conditions.csv", "offences.csv")) {
            each(file, row -> require(ids.contains(row.get("ruleId")), "rules.csv has no such rule"));
        }
        return rules;
    }

    private static List<KnownQuestions.Known> needed(Map<String, String> row, KnownQuestions known) {
        List<KnownQuestions.Known> needed = new ArrayList<>();
        for (String code : row.get("answersNeeded").split("\\|")) {
            if (!code.isEmpty()) {
                KnownQuestions.Known question = known.question(code);
                require(question != null, "answers.csv has no question " + code);
                needed.add(question);
            }
        }
        return List.copyOf(needed);
    }

    private Rule rule(
            String id, Map<String, String> row, List<List<Rule.Condition>> groups, List<Rule.Offence> offences) {
        String criterion = row.get("criterion");
        require(criterion.isEmpty() || annexByCriterion.containsKey(criterion), "criteria.csv has no such criterion");
        return new Rule(
                id,
                criterion,
                Verdict.Kind.valueOf(row.get("verdict")),
                yes(row, "immediate"),
                row.containsKey("prisonDecided") && yes(row, "prisonDecided"),
                row.get("explanation"),
                groups,
                offences);
    }

    private List<List<Rule.Condition>> groups(List<Map<String, String>> rows, KnownQuestions known) {
        Map<String, List<Rule.Condition>> groups = new TreeMap<>();
        for (Map<String, String> row : rows) {
            groups.computeIfAbsent(row.get("group"), group -> new ArrayList<>()).add(condition(row, known));
        }
        return List.copyOf(groups.values());
    }

    private Rule.Condition condition(Map<String, String> row, KnownQuestions known) {
        String name = row.get("name");
        return switch (row.get("kind")) {
            case "answered" -> new Rule.Answered(name, answerCodes(row, known));
            case "not-answered" -> new Rule.NotAnswered(name, answerCodes(row, known));
            case "recorded-after" ->
                new Rule.RecordedAfter(
                        name, answerCodes(row, known), thresholds.of(row.get("threshold"), Duration::parse));
            case "weighs-from" ->
                new Rule.WeighsFrom(name, weightsOf(name), thresholds.of(row.get("threshold"), Integer::parseInt));
            case "prisoner-role" -> new Rule.PrisonerHasRole(codes(row, PrisonerRole.class));
            case "prisoner-outcome" -> new Rule.PrisonerHasOutcome(codes(row, PrisonerOutcome.class));
            case "staff-role" -> new Rule.StaffHasRole(codes(row, StaffRole.class));
            default -> throw new IllegalArgumentException("conditions.csv has a kind of condition that nobody knows");
        };
    }

    private Map<String, Integer> weightsOf(String question) {
        Map<String, Integer> grams = weights.get(question);
        require(grams != null, "weights.csv has no question " + question);
        return Map.copyOf(grams);
    }

    private static List<Rule.Offence> proposals(List<Map<String, String>> rows, KnownQuestions known) {
        List<Rule.Offence> proposals = new ArrayList<>();
        for (Map<String, String> row : rows) {
            ProposedOffence proposed = new ProposedOffence(new OffenceCode(row.get("offence")), row.get("ruleId"));
            Optional<Rule.Answered> onlyIf = row.get("name").isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Rule.Answered(row.get("name"), answerCodes(row, known)));
            proposals.add(new Rule.Offence(proposed, onlyIf));
        }
        return List.copyOf(proposals);
    }

    /** The codes of a condition, each of them in the table of answers; a range takes those in between. */
    private static Set<String> answerCodes(Map<String, String> row, KnownQuestions known) {
        KnownQuestions.Known question = known.question(row.get("name"));
        require(question != null, "answers.csv has no question " + row.get("name"));
        Set<String> codes = new LinkedHashSet<>();
        for (String part : row.get("values").split("\\|")) {
            String[] range = part.split("\\.\\.");
            int last = range.length - 1;
            require(question.answers().containsKey(range[0]), "answers.csv has no answer " + part);
            require(question.answers().containsKey(range[last]), "answers.csv has no answer " + part);
            for (String code : question.answers().keySet()) {
                int number = Integer.parseInt(code);
                if (number >= Integer.parseInt(range[0]) && number <= Integer.parseInt(range[last])) {
                    codes.add(code);
                }
            }
        }
        require(!codes.isEmpty(), "no answer is between " + row.get("values"));
        return Set.copyOf(codes);
    }

    private static <E extends Enum<E>> Set<E> codes(Map<String, String> row, Class<E> type) {
        Set<E> codes = EnumSet.noneOf(type);
        for (String code : row.get("values").split("\\|")) {
            codes.add(Enum.valueOf(type, code));
        }
        return codes;
    }

    private static boolean yes(Map<String, String> row, String column) {
        String value = row.get(column);
        require(value.equals("yes") || value.equals("no"), column + " is neither yes nor no");
        return value.equals("yes");
    }

    private Map<String, List<Map<String, String>>> byRule(String file) {
        Map<String, List<Map<String, String>>> byRule = new HashMap<>();
        each(file, row -> byRule.computeIfAbsent(row.get("ruleId"), id -> new ArrayList<>())
                .add(row));
        return byRule;
    }

    private void each(String file, Consumer<Map<String, String>> read) {
        for (Map<String, String> row : CsvTable.rows(file, files.get(file))) {
            try {
                read.accept(row);
            } catch (IllegalArgumentException | DateTimeException | Rejected e) {
                throw new IllegalStateException(
                        "The triage tables do not fit together: " + file + ", row " + row + ": " + e.getMessage(), e);
            }
        }
    }

    private static void require(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private String hashOfTables() {
        return HexFormat.of().formatHex(Sha256.of(FILES.stream().map(files::get).toArray(byte[][]::new)));
    }
}
