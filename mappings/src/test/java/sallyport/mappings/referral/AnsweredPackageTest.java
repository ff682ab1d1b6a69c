package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.referral.Readiness.State;

/** What people said, in the package. */
class AnsweredPackageTest {

    private final ReferralPackage all = assembled(InventedAnswers.everything());

    @Test
    void obeysItsSchemaAndIsReadBackEqualWithEveryAnswerInIt() {
        byte[] bytes = PackageJson.write(all);
        PackageSchema.validate(bytes);
        assertThat(PackageJson.read(bytes)).isEqualTo(all);
        assertThat(PackageJson.write(PackageJson.read(bytes))).isEqualTo(bytes);
    }

    @Test
    void carriesStatementsExhibitsAndFootageWhereTheyBelong() {
        ReferralPackage pkg = assembled(
                List.of(
                        InventedAnswers.victimStatement(),
                        InventedAnswers.fact(
                                ReadinessItem.EXHIBITS,
                                """
                        {"state":"PRESENT","source":"s","entries":[
                          {"exhibit":"FF/1","description":"A mop handle","seal":"B0047","producedBy":"Fio Ficta"}]}""")));
        assertThat(pkg.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.id()).isEqualTo("victim-statement-1");
            assertThat(statement.pages()).isEqualTo(3);
            assertThat(statement.backComplete()).isFalse();
        });
        assertThat(pkg.exhibits())
                .filteredOn(exhibit -> exhibit.source().equals("PERSON"))
                .singleElement()
                .satisfies(exhibit -> assertThat(exhibit.reference()).isEqualTo("B0047"));
        assertThat(all.media()).anyMatch(media -> "Invented handedTo".equals(media.handedTo()));
        assertThat(all.answers())
                .containsKeys("victim-wishes", "charge-service")
                .doesNotContainKey("exhibits");
        assertThat(all.intelligence()).isEqualTo(new ReferralPackage.Intelligence(true, List.of()));
        assertThat(all.grounds().terrorismConnected()).isTrue();
    }

    /** Where it came from, who is on leave and why, and what is the prison's own business. */
    @Test
    void someOfItStaysInTheHub() {
        JsonNode cut = DisclosureProfiles.of("force").cut(PackageJson.tree(all));
        ObjectNode whole = PackageJson.tree(all);
        assertThat(cut.at("/answers/victim-vulnerability/0/saidBy").isMissingNode())
                .as("who knows the victim is for the crime team to ask")
                .isFalse();
        whole.withObject("/answers").remove("victim-vulnerability");
        ((ObjectNode) cut.path("answers")).remove("victim-vulnerability");
        assertThat(whole.toString()).doesNotContain("nimu", "NIMU", "saidBy");
        assertThat(cut.toString())
                .contains("Invented who", "Invented victim")
                .doesNotContain("Invented saidBy", "\"why\":\"Invented why\"}],\"continuity");
        assertThat(cut.at("/answers/witness-availability/0/why").isMissingNode())
                .isTrue();
        assertThat(cut.at("/answers/witness-availability/0/who").isMissingNode())
                .isFalse();
    }

    @Test
    void everyFieldOfAnAnswerIsDecidedOn() {
        DisclosureProfile force = DisclosureProfiles.of("force");
        Set<String> fields = new TreeSet<>();
        InventedPackages.addFields(PackageJson.tree(all), "", fields);
        assertThat(fields)
                .filteredOn(field -> field.startsWith("/answers/") && !force.allows(field))
                .containsExactly("/answers/witness-availability/*/why");
    }

    @Test
    void anAnswerFillsWhatIsMissingAndNeverHidesWhatTheDataShows() {
        List<Readiness> found = List.of(
                new Readiness(ReadinessItem.VICTIM_WISHES, State.MISSING, null),
                new Readiness(ReadinessItem.CHARGE_SERVICE, State.NOT_APPLICABLE, null),
                new Readiness(ReadinessItem.SUSPECT_NAMED, State.PRESENT, null));
        List<Readiness> answered = Checklist.answered(
                found,
                List.of(
                        said(ReadinessItem.VICTIM_WISHES, State.MISSING),
                        said(ReadinessItem.CHARGE_SERVICE, State.MISSING),
                        said(ReadinessItem.SUSPECT_NAMED, State.MISSING)),
                List.of(),
                Set.of());
        assertThat(answered).hasSize(ReadinessItem.values().length);
        assertThat(of(answered, ReadinessItem.VICTIM_WISHES).note()).isEqualTo("He is in hospital.");
        assertThat(of(answered, ReadinessItem.CHARGE_SERVICE).state()).isEqualTo(State.MISSING);
        assertThat(of(answered, ReadinessItem.SUSPECT_NAMED).state()).isEqualTo(State.PRESENT);
    }

    @Test
    void saysWhatTheStatementsLackInAll() {
        assertThat(of(
                        assembled(List.of(InventedAnswers.victimStatement())).readiness(),
                        ReadinessItem.STATEMENT_QUALITY))
                .isEqualTo(new Readiness(
                        ReadinessItem.STATEMENT_QUALITY, State.MISSING, "1 of 1 statements lack a complete back."));
        assertThat(of(all.readiness(), ReadinessItem.STATEMENT_QUALITY).note())
                .as("their document is not there")
                .isEqualTo("3 of 3 statements lack the document that they name.");
        assertThat(of(assembled(List.of()).readiness(), ReadinessItem.STATEMENT_QUALITY)
                        .state())
                .isEqualTo(State.NOT_APPLICABLE);
    }

    @Test
    void aStatementThatNamesItsDocumentIsTiedToItsBytes() {
        Fact named = InventedAnswers.fact(
                ReadinessItem.VICTIM_STATEMENT,
                """
                {"state":"PRESENT","source":"s","entries":[{"givenBy":"Fio Ficta","takenOn":"2026-08-03","pages":3,
                 "signed":true,"declaration":true,"backComplete":true,"document":12}]}""");

        ReferralPackage front = withDocument(named, 12, "statement-front");
        assertThat(front.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.document()).isEqualTo(12);
            assertThat(statement.sha256()).isEqualTo("d".repeat(64));
        });
        assertThat(of(front.readiness(), ReadinessItem.STATEMENT_QUALITY).state())
                .isEqualTo(State.PRESENT);
        PackageSchema.validate(PackageJson.write(front));

        for (ReferralPackage wrong :
                List.of(withDocument(named, 13, "statement-front"), withDocument(named, 12, "statement-back"))) {
            assertThat(wrong.statements().get(0).document()).isEqualTo(12);
            assertThat(wrong.statements().get(0).sha256()).isNull();
            assertThat(of(wrong.readiness(), ReadinessItem.STATEMENT_QUALITY))
                    .isEqualTo(new Readiness(
                            ReadinessItem.STATEMENT_QUALITY,
                            State.MISSING,
                            "1 of 1 statements lack the document that they name."));
        }
    }

    @Test
    void continuityOfASealThatNoExhibitHasIsSaid() {
        Fact continuity = InventedAnswers.fact(
                ReadinessItem.CONTINUITY,
                """
                {"state":"PRESENT","source":"s","entries":[
                  {"seal":"SEAL-77","at":"2026-08-03T10:00","from":"Fio","to":"Store"},
                  {"seal":"B0047","at":"2026-08-03T10:00","from":"Fio","to":"Store"}]}""");
        assertThat(of(assembled(List.of(continuity)).readiness(), ReadinessItem.CONTINUITY))
                .as("one is the tag of the charge")
                .isEqualTo(new Readiness(
                        ReadinessItem.CONTINUITY, State.MISSING, "No exhibit in the list has the seal B0047."));
        Fact listed = InventedAnswers.fact(
                ReadinessItem.EXHIBITS,
                """
                {"state":"PRESENT","source":"s","entries":[{"exhibit":"FF/1","description":"A mop handle","seal":"B0047",
                  "producedBy":"Fio Ficta","copy":"ORIGINAL","attached":false,"policeReference":"P/17","completedOn":"2026-08-05"}]}""");
        ReferralPackage pkg = assembled(List.of(listed, continuity));
        assertThat(of(pkg.readiness(), ReadinessItem.CONTINUITY).state()).isEqualTo(State.PRESENT);
        assertThat(pkg.exhibits())
                .filteredOn(exhibit -> exhibit.source().equals("PERSON"))
                .singleElement()
                .satisfies(exhibit -> {
                    assertThat(exhibit.copy()).isEqualTo("ORIGINAL");
                    assertThat(exhibit.attached()).isFalse();
                    assertThat(exhibit.policeReference()).isEqualTo("P/17");
                    assertThat(exhibit.completedOn()).hasToString("2026-08-05");
                });
    }

    @Test
    void oneMoreStatementInFrontOfAnotherIsOneAdditionAndNoChange() {
        String first =
                """
                {"givenBy":"Ada Early","takenOn":"2026-08-02","pages":1,"signed":true,"declaration":true,"backComplete":true}""";
        String second =
                """
                {"givenBy":"Fio Ficta","takenOn":"2026-08-03","pages":3,"signed":true,"declaration":true,"backComplete":true}""";
        assertThat(PackageDiff.between(
                        assembled(List.of(witnesses(second))), assembled(List.of(witnesses(first + "," + second)))))
                .filteredOn(change -> change.pointer().startsWith("/statements/"))
                .allMatch(change -> change.pointer().startsWith("/statements/0/") && change.before() == null)
                .extracting(PackageDiff.Change::after)
                .contains("Ada Early", "witness-statements-1");
    }

    private static Fact witnesses(String entries) {
        return InventedAnswers.fact(
                ReadinessItem.WITNESS_STATEMENTS,
                "{\"state\":\"PRESENT\",\"source\":\"s\",\"entries\":[" + entries + "]}");
    }

    private static ReferralPackage withDocument(Fact fact, long number, String kind) {
        return PackageMapping.assemble(InventedFacts.withDocuments(
                InventedFacts.staffAssault(List.of(fact)),
                List.of(new ReferralPackage.Document(number, kind, "application/pdf", 81_234, "d".repeat(64)))));
    }

    @Test
    void saysOnWhichPlatformTheIncidentIsNot() {
        Fact fact = InventedAnswers.fact(
                ReadinessItem.PLATFORMS,
                """
                {"state":"PRESENT","source":"s","entries":[{"nimu":false,"irs":true,"pnomis":true,"ims":false}]}""");
        assertThat(of(Checklist.answered(List.of(), List.of(fact), List.of(), Set.of()), ReadinessItem.PLATFORMS))
                .isEqualTo(new Readiness(ReadinessItem.PLATFORMS, State.MISSING, "Not on NIMU, IMS yet."));
        assertThat(assembled(List.of(fact)).readiness()).noneMatch(one -> one.item() == ReadinessItem.PLATFORMS);
    }

    /** What was found is the same whatever people have said, so an answer that is taken back leaves nothing behind. */
    @Test
    void whatWasFoundDoesNotDependOnWhatWasSaid() {
        List<Readiness> without = Checklist.found(assembled(List.of()), List.of());
        assertThat(Checklist.found(all, InventedAnswers.everything()))
                .filteredOn(one -> one.item() != ReadinessItem.CONTINUITY)
                .containsExactlyElementsOf(without.stream()
                        .filter(one -> one.item() != ReadinessItem.CONTINUITY)
                        .toList());
    }

    @Test
    void aReportAloneShowsWhatPeopleAreToBeAskedFor() {
        Facts facts = InventedFacts.staffAssault();
        List<Readiness> preview = Checklist.preview(facts.incident(), facts.verdict(), List.of());
        assertThat(of(preview, ReadinessItem.VICTIM_STATEMENT).state()).isEqualTo(State.MISSING);
        assertThat(of(preview, ReadinessItem.SUSPECT_NAMED).state()).isEqualTo(State.PRESENT);
        assertThat(of(preview, ReadinessItem.PNC_CHECKED).note())
                .isEqualTo("It is worked out when the package is built.");
        Facts emptied = InventedFacts.emptied();
        assertThat(of(
                                Checklist.preview(emptied.incident(), emptied.verdict(), List.of()),
                                ReadinessItem.WITNESS_STATEMENTS)
                        .state())
                .isEqualTo(State.NOT_APPLICABLE);
    }

    @Test
    void thatChargesCouldNotBeReadIsFoundInThePackageThatSaysSo() {
        ReferralPackage whole = assembled(List.of());
        ReferralPackage lacking =
                PackageMapping.assemble(InventedFacts.staffAssault().withUnreadCharges(1));

        assertThat(of(Checklist.found(whole, List.of()), ReadinessItem.ADJUDICATION_HISTORY)
                        .state())
                .isEqualTo(State.PRESENT);
        Readiness found = of(Checklist.found(lacking, List.of()), ReadinessItem.ADJUDICATION_HISTORY);
        assertThat(found.state()).isEqualTo(State.MISSING);
        assertThat(found.note()).contains("could not be read");
        assertThat(of(Checklist.found(lacking, List.of()), ReadinessItem.CASE_NOTES))
                .isEqualTo(of(Checklist.found(whole, List.of()), ReadinessItem.CASE_NOTES));
    }

    private static ReferralPackage assembled(List<Fact> answers) {
        return PackageMapping.assemble(InventedFacts.staffAssault(answers));
    }

    private static Fact said(ReadinessItem item, State state) {
        return new Fact(item, state, List.of(), "He is in hospital.", "The ward");
    }

    private static Readiness of(List<Readiness> checklist, ReadinessItem item) {
        return checklist.stream().filter(one -> one.item() == item).findFirst().orElseThrow();
    }
}
