package sallyport.mappings.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sallyport.mappings.contract.ValidPayloads;
import sallyport.mappings.lineage.FieldOrigin.Kind;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.InventedAnswers;
import sallyport.mappings.referral.InventedPackages;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.Readiness;
import sallyport.mappings.referral.ReadinessItem;
import sallyport.mappings.referral.ReferralPackage;
import sallyport.mappings.text.CleanText;

/**
 * Every value of every package is found again where it came from. Whoever gives the package a new field gives it a row in {@code
 * fields.csv}, or this fails.
 */
class LineageMappingTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> NUMBERS = List.of("A1234BC", "B2345CD", "a3456de", "C4567");
    /** Ways that write what stands there. */
    private static final Set<String> COPIES = Set.of("same", "not-blank", "stripped", "where-true", "no-pnc", "no-cro");

    private static final Set<String> WHOLE_RECORDS = Set.of("intelligence-notices");
    /** Become entries of lists in which something has to be. */
    private static final Set<ReadinessItem> WHOLE_ONLY = Set.of(ReadinessItem.EXHIBITS, ReadinessItem.FOOTAGE);

    // Completeness
    // ------------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("goldenPackages")
    void ofEveryGoldenPackage(Path folder) {
        check(golden(folder), new HashSet<>());
    }

    @ParameterizedTest
    @MethodSource("goldenReports")
    void ofEveryReportThatTriageHasACaseFor(Path folder) {
        check(new TracedCase(bytes(folder.resolve("in.json"))), new HashSet<>());
    }

    @Property(tries = 100)
    void ofEveryPackageThatTheContractsAllow(@ForAll long seed) {
        check(anyCase(new Random(seed)), new HashSet<>());
    }

    @Test
    void everyRowOfTheTableSaysSomething() {
        Set<Row> used = new HashSet<>();
        goldenPackages().forEach(folder -> check(golden(folder), used));
        goldenReports().forEach(folder -> check(new TracedCase(bytes(folder.resolve("in.json"))), used));
        for (int seed = 0; seed < 120; seed++) {
            check(anyCase(new Random(seed)), used);
        }
        check(answeredWithEverything(), used);
        check(numbersOfEveryKind(), used);
        OtherRecords.all().forEach(traced -> check(traced, used));
        TracedCase.ofWithdrawal(used);
        Set<Integer> numbers = used.stream().map(Row::number).collect(Collectors.toSet());
        assertThat(FieldTable.loaded().rows())
                .filteredOn(row -> !numbers.contains(row.number()))
                // No payload of these is drawn here; what their rows say is of a record as a whole.
                .filteredOn(row -> !WHOLE_RECORDS.contains(row.from()))
                // Finds the record of a person again; the report says the number before it.
                .filteredOn(row -> !row.field().equals(Step.read("/persons/*/prisonerNumber")))
                .extracting(row -> row.field() + " from " + row.from())
                .isEmpty();
    }

    @Test
    void everyFieldThatAPackageCanHaveHasARow() {
        Set<String> fields = new TreeSet<>();
        InventedPackages.addFields(PackageJson.tree(InventedPackages.full()), "", fields);
        InventedPackages.addFields(PackageJson.tree(InventedPackages.withdrawn()), "", fields);
        assertThat(fields)
                .filteredOn(field -> FieldTable.loaded().at(Step.read(field)).isEmpty())
                .isEmpty();
    }

    /** Looks at the sources by itself: each path is there, and what is copied stands there. */
    static void check(TracedCase traced, Set<Row> used) {
        ObjectNode pkg = traced.json();
        PackageLineage lineage = traced.lineage(used);
        Set<String> values = new TreeSet<>();
        addValues(pkg, "", values);
        assertThat(lineage.fields()).extracting(FieldOrigin::field).containsExactlyInAnyOrderElementsOf(values);
        Map<String, JsonNode> sources = traced.records().stream()
                .collect(Collectors.toMap(SourceRecord::sha256, record -> TracedCase.parse(record.raw()), (a, b) -> a));
        for (FieldOrigin origin : lineage.fields()) {
            assertThat(origin.kind()).as("%s: %s", origin.field(), origin.why()).isNotIn(Kind.UNKNOWN, Kind.NOT_KEPT);
            if (origin.paths().isEmpty()) {
                assertThat(origin.why()).as(origin.field()).isNotEmpty();
                continue;
            }
            JsonNode source = sources.get(origin.sha256());
            for (String path : origin.paths()) {
                assertThat(source.at(path).isMissingNode()).as(path).isFalse();
            }
            if (COPIES.contains(origin.way())) {
                String there = CleanText.clean(source.at(origin.paths().get(0)).asText())
                        .text();
                assertThat(pkg.at(origin.field()).asText())
                        .as(origin.field())
                        .isEqualTo(origin.way().equals("stripped") ? there.strip() : there);
            }
        }
    }

    // Which entry it is
    // --------------------------------------------------------------------------------------------------------------

    @Test
    void theSamePersonTwiceIsFoundTwice() {
        ObjectNode report = report();
        ArrayNode people = report.putArray("prisonersInvolved");
        people.add(person("A1234BC", "ASSAILANT", "second to none"));
        people.add(person("A1234BC", "ASSAILANT", "first of all"));
        people.add(person("B2345CD", "VICTIM", null));
        PackageLineage lineage = new TracedCase(ValidPayloads.bytes(report))
                .prisoners(text("[{\"prisonerNumber\":\"B2345CD\",\"firstName\":\" \",\"lastName\":\"BIRKE\"},"
                        + "{\"prisonerNumber\":\"A1234BC\",\"firstName\":\"TEST\",\"lastName\":\"ARBOR\"}]"))
                .lineage(new HashSet<>());

        assertThat(of(lineage, "/persons/0/comment").paths()).containsExactly("/prisonersInvolved/1/comment");
        assertThat(of(lineage, "/persons/1/comment").paths()).containsExactly("/prisonersInvolved/0/comment");
        assertThat(of(lineage, "/persons/0/lastName").paths()).containsExactly("/1/lastName");
        assertThat(of(lineage, "/persons/0/lastName").system()).isEqualTo("prisoner-search");
        assertThat(of(lineage, "/persons/2/firstName").paths()).containsExactly("/prisonersInvolved/2/firstName");
        assertThat(of(lineage, "/persons/2/lastName").paths()).containsExactly("/0/lastName");
        assertThat(of(lineage, "/persons/2/role").paths())
                .containsExactly("/prisonersInvolved/2/prisonerRole", "/type");
    }

    /** Names are no part of what tells records apart, since the report's may stand in for them. */
    @Test
    void ofTwoRecordsUnderOneNumberTheOneWithTheNameIsMeant() {
        ObjectNode report = report();
        report.putArray("prisonersInvolved").add(person("A1234BC", "VICTIM", null));
        PackageLineage lineage = new TracedCase(ValidPayloads.bytes(report))
                .prisoners(text("[{\"prisonerNumber\":\"A1234BC\",\"firstName\":\"OTHER\"},"
                        + "{\"prisonerNumber\":\"A1234BC\",\"firstName\":\"TEST\"}]"))
                .lineage(new HashSet<>());
        assertThat(of(lineage, "/persons/0/firstName").paths()).containsExactly("/1/firstName");
    }

    /** Names are no part of what tells people apart, so who has none must not take the place of who has. */
    @Test
    void whoHasNoNameIsNotTheOneWhoHas() {
        ObjectNode report = report();
        ObjectNode nameless = person("C4567", "VICTIM", null);
        nameless.put("firstName", " ").put("lastName", "");
        report.putArray("prisonersInvolved")
                .add(person("C4567", "VICTIM", null))
                .add(nameless);
        TracedCase traced = new TracedCase(ValidPayloads.bytes(report));
        PackageLineage lineage = traced.lineage(new HashSet<>());
        JsonNode persons = traced.json().path("persons");
        for (int i = 0; i < persons.size(); i++) {
            assertThat(of(lineage, "/persons/" + i + "/reportedRole").paths())
                    .containsExactly(
                            "/prisonersInvolved/" + (persons.get(i).has("lastName") ? 0 : 1) + "/prisonerRole");
        }
        check(traced, new HashSet<>());
    }

    @Test
    void equalEntriesAreEachFoundOnce() {
        ObjectNode report = report();
        report.putArray("prisonersInvolved")
                .add(person("A1234BC", "VICTIM", null))
                .add(person("A1234BC", "VICTIM", null));
        PackageLineage lineage = new TracedCase(ValidPayloads.bytes(report)).lineage(new HashSet<>());
        assertThat(of(lineage, "/persons/0/reportedRole").paths()).containsExactly("/prisonersInvolved/0/prisonerRole");
        assertThat(of(lineage, "/persons/1/reportedRole").paths()).containsExactly("/prisonersInvolved/1/prisonerRole");
    }

    @Test
    void anAnswerIsTracedToItsVersionAndAFlagToThePersonWhoSaidIt() {
        PackageLineage lineage = answeredWithEverything().lineage(new HashSet<>());
        assertThat(of(lineage, "/answers/victim-wishes/0/words")).satisfies(origin -> {
            assertThat(origin.kind()).isEqualTo(Kind.PERSON);
            assertThat(origin.recordId()).isEqualTo("victim-wishes");
            assertThat(origin.paths()).containsExactly("/entries/0/words");
        });
        assertThat(of(lineage, "/intelligence/available").recordId()).isEqualTo("intelligence-flag");
        assertThat(of(lineage, "/statements/0/givenBy").paths()).containsExactly("/entries/0/givenBy");
        assertThat(of(lineage, "/statements/0/sha256")).satisfies(origin -> {
            assertThat(origin.system()).isEqualTo("documents");
            assertThat(origin.recordId()).isEqualTo("12");
            assertThat(origin.sha256()).isEqualTo("d".repeat(64));
        });
        assertThat(of(lineage, "/documents/0/kind")).satisfies(origin -> {
            assertThat(origin.system()).isEqualTo("documents");
            assertThat(origin.recordId()).isEqualTo("12");
            assertThat(origin.sha256()).isEqualTo("d".repeat(64));
        });
    }

    @Test
    void ofACaseThatRestsOnChargesEachWordIsOfOneOfThem() {
        TracedCase traced = OtherRecords.charges();
        PackageLineage lineage = traced.lineage(new HashSet<>());
        assertThat(of(lineage, "/incident/title")).satisfies(origin -> {
            assertThat(origin.system()).isEqualTo("adjudication-charges");
            assertThat(origin.recordId()).isEqualTo("MDI-2");
            assertThat(origin.paths()).contains("/offenceDetails/offenceRule/paragraphDescription");
        });
        assertThat(of(lineage, "/incident/addendums/0/text").recordId()).isEqualTo("MDI-2");
        assertThat(of(lineage, "/incident/addendums/1/text").recordId()).isEqualTo("MDI-3");
        assertThat(of(lineage, "/grounds/reasons/2/explanation").recordId()).isEqualTo("MDI-4");
        assertThat(of(lineage, "/grounds/aggravating/0").paths())
                .containsExactly("/offenceDetails/protectedCharacteristics");
        JsonNode staff = traced.json().get("staff");
        for (int i = 0; i < staff.size(); i++) {
            String expected = staff.get(i).path("lastName").asText().equals("Ficta")
                    ? "/witnesses/1/code"
                    : staff.get(i).has("username") ? "/offenceDetails/victimStaffUsername" : "/witnesses/2/code";
            assertThat(of(lineage, "/staff/" + i + "/role").paths()).containsExactly(expected);
        }
    }

    @Test
    void whatARuleMadeNamesTheRule() {
        TracedCase traced = golden(goldenPackages().get(0));
        PackageLineage lineage = traced.lineage(new HashSet<>());
        JsonNode reason = traced.json().at("/grounds/reasons/0");
        assertThat(of(lineage, "/grounds/reasons/0/explanation").rules())
                .containsExactly(reason.get("ruleId").asText());
        assertThat(of(lineage, "/grounds/criteria/0").rules()).isNotEmpty();
        assertThat(of(lineage, "/grounds/verdict").rules())
                .contains(reason.get("ruleId").asText());
        assertThat(of(lineage, "/proposedOffences/0/code").rules()).isNotEmpty();
    }

    // What is not there
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void aValueThatNoSourceHasIsNotGivenOne() {
        TracedCase traced = golden(goldenPackages().get(0));
        ObjectNode pkg = traced.json();
        ((ObjectNode) pkg.at("/persons/0")).put("comment", "put in by somebody");
        ((ObjectNode) pkg.at("/incident")).put("title", "another title");
        PackageLineage lineage = LineageMapping.of(pkg, traced.records());
        assertThat(of(lineage, "/incident/title").kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(of(lineage, "/persons/0/comment").kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(of(lineage, "/incident/description").kind()).isEqualTo(Kind.SOURCE);
    }

    @Test
    void aFieldThatTheTableDoesNotKnowIsSaidSo() {
        TracedCase traced = golden(goldenPackages().get(0));
        ObjectNode pkg = traced.json();
        pkg.put("of tomorrow", "x");
        ObjectNode odd = pkg.putObject("answers").putArray("a/b~c").addObject();
        odd.put("*", "y");
        pkg.putObject("persons").putObject("*").put("lastName", "z");
        PackageLineage lineage = LineageMapping.of(pkg, traced.records());
        assertThat(of(lineage, "/of tomorrow").why()).isEqualTo("the table does not know this field");
        assertThat(of(lineage, "/answers/a~1b~0c/0/*").kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(of(lineage, "/persons/*/lastName").why()).isEqualTo("the table does not know this field");
    }

    @Test
    void whatIsNotKeptIsNamedByItsVersionAndThePlaceItHad() {
        TracedCase traced = golden(goldenPackages().get(0));
        List<SourceRecord> erased = new ArrayList<>();
        for (SourceRecord record : traced.records()) {
            erased.add(new SourceRecord(record.system(), record.recordId(), 1, record.sha256(), null));
        }
        erased.add(new SourceRecord("case-notes", "another page", 1, "e".repeat(64), text("no json")));
        ObjectNode pkg = traced.json();
        pkg.putArray("caseNotes").addObject().put("text", "of one of two pages");
        PackageLineage lineage = LineageMapping.of(pkg, erased);
        assertThat(of(lineage, "/persons/0/reportedRole")).satisfies(origin -> {
            assertThat(origin.kind()).isEqualTo(Kind.NOT_KEPT);
            assertThat(origin.system()).isEqualTo("incident-reporting");
            assertThat(origin.version()).isEqualTo(1);
            assertThat(origin.paths()).containsExactly("/prisonersInvolved/*/prisonerRole");
        });
        assertThat(of(lineage, "/caseNotes/0/text")).satisfies(origin -> {
            assertThat(origin.kind()).isEqualTo(Kind.NOT_KEPT);
            assertThat(origin.recordId()).isNull();
        });
        assertThat(of(lineage, "/caseReference").kind()).isEqualTo(Kind.HUB);
        assertThat(of(lineage, "/grounds/verdict").kind()).isEqualTo(Kind.RULE);
    }

    @Test
    void aForceThatThePrisonsTableDoesNotGiveIsAPersonsWord() {
        ObjectNode report = report();
        report.put("location", "NORTH");
        PackageLineage lineage = new TracedCase(ValidPayloads.bytes(report)).lineage(new HashSet<>());
        assertThat(of(lineage, "/force").kind()).isEqualTo(Kind.PERSON);
    }

    @Test
    void theForceOfAWithdrawalIsThatOfTheVersionBefore() {
        PackageLineage lineage = TracedCase.ofWithdrawal(new HashSet<>());
        assertThat(lineage.fields()).extracting(FieldOrigin::kind).doesNotContain(Kind.UNKNOWN, Kind.NOT_KEPT);
        assertThat(of(lineage, "/force").kind()).isEqualTo(Kind.PACKAGE);
        assertThat(of(lineage, "/withdrawal/incidentNumber").paths()).containsExactly("/incident/number");
        assertThat(of(lineage, "/withdrawal/reason").kind()).isEqualTo(Kind.PERSON);
    }

    @Test
    void anOldPackageNamesNoRuleOfAnOffenceAndAnOddTimeHasAYear() {
        TracedCase traced = golden(goldenPackages().get(0));
        ObjectNode pkg = traced.json();
        ((ObjectNode) pkg.get("lineage")).put("ruleVersion", "older").put("builtAt", "yesterday");
        ((ObjectNode) pkg.at("/proposedOffences/0")).remove("ruleId");
        PackageLineage lineage = LineageMapping.of(pkg, traced.records());
        assertThat(of(lineage, "/proposedOffences/0/code").rules()).isEmpty();
        assertThat(lineage.ruleVersion()).isEqualTo("older");
    }

    @Test
    void aTableWithAnUnknownWayStopsTheStart() {
        assertThatThrownBy(() -> new FieldTable(text("field,from,path,way,or,rules,why\n/a,hub,,sideways,,,b\n")))
                .hasMessageContaining("/a has an unknown way");
        assertThatThrownBy(() -> new FieldTable(text("field,from,path,way,or,rules,why\n/a,x,/b,sideways,,,\n")))
                .hasMessageContaining("/a has an unknown way");
        assertThatThrownBy(() -> new FieldTable(text("field,from,path,way,or,rules,why\n/a,x,/b,same,,mine,\n")))
                .hasMessageContaining("/a has an unknown way");
    }

    // Cases
    // ----------------------------------------------------------------------------------------------------------------------------

    private static TracedCase golden(Path folder) {
        try {
            JsonNode in = MAPPER.readTree(folder.resolve("in.json").toFile());
            return new TracedCase(ValidPayloads.bytes(in.get("report")))
                    .prisoners(ValidPayloads.bytes(in.get("prisoners")))
                    .adjudications(ValidPayloads.bytes(in.get("adjudications")))
                    .notes(ValidPayloads.bytes(in.get("caseNotes")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TracedCase answeredWithEverything() {
        return golden(goldenPackages().get(0))
                .answers(InventedAnswers.everything())
                .documents(new ReferralPackage.Document(12, "statement", "application/pdf", 81_234, "d".repeat(64)));
    }

    /** Numbers of the police in each of the places that they may stand in, right and wrong. */
    static TracedCase numbersOfEveryKind() {
        ObjectNode report = report();
        ArrayNode people = report.putArray("prisonersInvolved");
        ArrayNode known = MAPPER.createArrayNode();
        List<Map<String, String>> records = List.of(
                Map.of("pncNumberCanonicalLong", "1979/0163001B", "croNumber", "123456/08T", "cellLocation", "A-1-001"),
                Map.of("pncNumber", "79/163001B", "croNumber", "123456/08X", "locationDescription", "Hospital"),
                Map.of("pncNumberCanonicalShort", "79/163001B"),
                Map.of("pncNumberCanonicalLong", "1979/0163001X"),
                Map.of("pncNumber", "none"),
                Map.of("pncNumberCanonicalShort", "79/1X"));
        for (int i = 0; i < records.size(); i++) {
            String number = "A000" + i + "BC";
            people.add(person(number, "ASSAILANT", null));
            ObjectNode record = known.addObject().put("prisonerNumber", number);
            records.get(i).forEach(record::put);
        }
        return new TracedCase(ValidPayloads.bytes(report)).prisoners(ValidPayloads.bytes(known));
    }

    /** All systems speak of the same few people, and people answer some of the questions. */
    private static TracedCase anyCase(Random random) {
        // Drawn first: one answer more would else make all of them others.
        byte[] incident = people("incidents", "prisonerNumber", random);
        byte[] prisoners = people("prisoner-search", "prisonerNumber", random);
        byte[] adjudications = people("adjudications", "prisonerNumber", random);
        byte[] notes = people("casenotes", "offenderIdentifier", random);
        List<Fact> answers = new ArrayList<>();
        for (Fact fact : InventedAnswers.everything()) {
            switch (random.nextInt(4)) {
                case 0 -> answers.add(fact);
                case 1 ->
                    answers.add(
                            new Fact(fact.item(), Readiness.State.NOT_APPLICABLE, List.of(), "A note.", "Invented"));
                case 2 -> answers.add(new Fact(fact.item(), fact.state(), several(fact), null, "Invented"));
                default -> {
                    // Nobody was asked.
                }
            }
        }
        return new TracedCase(incident)
                .prisoners(prisoners)
                .adjudications(adjudications)
                .notes(notes)
                .answers(answers);
    }

    /** The same twice, and one of which only the first field was filled in, where a form lets that be. */
    private static List<Map<String, Object>> several(Fact fact) {
        Map<String, Object> whole = fact.entries().get(0);
        String first = whole.keySet().iterator().next();
        return WHOLE_ONLY.contains(fact.item())
                ? List.of(whole, whole)
                : List.of(whole, whole, Map.of(first, whole.get(first)));
    }

    private static byte[] people(String system, String number, Random random) {
        JsonNode payload = new ValidPayloads(system).root(random);
        for (JsonNode person : payload.findParents(number)) {
            if (random.nextInt(4) > 0) {
                ((ObjectNode) person).put(number, NUMBERS.get(random.nextInt(NUMBERS.size())));
            }
        }
        return ValidPayloads.bytes(payload);
    }

    static ObjectNode report() {
        try {
            return (ObjectNode)
                    MAPPER.readTree(goldenPackages().get(0).resolve("in.json").toFile())
                            .get("report");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode person(String number, String role, String comment) {
        return MAPPER.createObjectNode()
                .put("sequence", 0)
                .put("prisonerNumber", number)
                .put("firstName", "As")
                .put("lastName", "Reported")
                .put("prisonerRole", role)
                .putNull("outcome")
                .put("comment", comment);
    }

    static FieldOrigin of(PackageLineage lineage, String field) {
        return lineage.fields().stream()
                .filter(origin -> origin.field().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no origin of " + field));
    }

    private static void addValues(JsonNode node, String pointer, Set<String> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> addValues(field.getValue(), pointer + "/" + field.getKey(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                addValues(node.get(i), pointer + "/" + i, into);
            }
        } else {
            into.add(pointer);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> goldenPackages() {
        return folders("package");
    }

    static List<Path> goldenReports() {
        return folders("triage");
    }

    private static List<Path> folders(String mapping) {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/golden/" + mapping))) {
            return folders.sorted()
                    .filter(folder -> !Files.exists(folder.resolve("rejected.txt")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
