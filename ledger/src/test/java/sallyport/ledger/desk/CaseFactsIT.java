package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.Step;
import sallyport.mappings.referral.Fact;
import sallyport.mappings.referral.FactForm;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.referral.ReadinessItem;

/** What people answer to the checklist of a case. */
class CaseFactsIT {

    private static final String CASE = "SP-2026-000001";
    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope ELSEWHERE = new Scope(Set.of("SWI"), Set.of("62"));

    private final List<Step> rung = new ArrayList<>();
    private DeskFixture ledger;
    private CaseFacts desk;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new CaseFacts(ledger.dataSource(), ledger.transactions, rung::add);
        ledger.waitingCase(CASE, "LEI", "13", Duration.ofHours(2));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anAnswerIsAVersionWithItsEntryInTheLogAndACommandForAFlow() {
        assertThat(desk.keep(CASE, wishes("YES"), 0, "ann", LEEDS)).isEqualTo(new CaseFacts.Kept(1, true));
        assertThat(desk.keep(CASE, wishes("NO"), 1, "ben", LEEDS)).isEqualTo(new CaseFacts.Kept(2, true));
        assertThat(desk.withdraw(CASE, ReadinessItem.VICTIM_WISHES, 2, "ann", "another victim", LEEDS))
                .isEqualTo(new CaseFacts.Kept(3, true));

        assertThat(texts("SELECT item || ' ' || version || ' ' || coalesce(state, '-') || ' ' || actor FROM case_fact"
                        + " ORDER BY version"))
                .containsExactly("victim-wishes 1 PRESENT ann", "victim-wishes 2 PRESENT ben", "victim-wishes 3 - ann");
        assertThat(texts("SELECT e.kind || ' ' || e.actor || ' ' || e.detail FROM evidence e JOIN case_fact f"
                        + " ON f.sha256 = e.payload_sha256 ORDER BY e.id"))
                .containsExactly(
                        "COLLECTION ann victim-wishes version 1",
                        "ALTERATION ben victim-wishes version 2",
                        "ALTERATION ann victim-wishes version 3");
        assertThat(texts("SELECT k.kind || ' ' || k.target || ' ' || k.argument || ' ' || k.reason FROM command k"
                        + " JOIN work w ON w.step = 'command' AND w.key = k.id::text ORDER BY k.id"))
                .containsExactly(
                        "FACT SP-2026-000001 victim-wishes version 1",
                        "FACT SP-2026-000001 victim-wishes version 2",
                        "FACT SP-2026-000001 victim-wishes version 3: taken back");
        // What was said is nowhere but in the answer itself.
        assertThat(texts("SELECT coalesce(reason, '') || coalesce(detail, '') FROM evidence"))
                .noneMatch(text -> text.contains("Ficta"));
        assertThat(rung).containsExactly(Step.COMMAND, Step.COMMAND, Step.COMMAND);

        CaseFacts.History history =
                desk.history(CASE, ReadinessItem.VICTIM_WISHES, LEEDS, "ann").orElseThrow();
        assertThat(history.item().said()).isNull();
        assertThat(history.item().version()).isEqualTo(3);
        assertThat(history.item().state()).isEqualTo(State.MISSING);
        assertThat(history.versions()).extracting(CaseFacts.Said::version).containsExactly(3, 2, 1);
        assertThat(history.versions().get(0).source()).isEqualTo("another victim");
        assertThat(history.versions().get(1).entries().get(0)).containsEntry("supportsProsecution", "NO");
    }

    @Test
    void theSameAnswerTwiceIsOne() {
        desk.keep(CASE, wishes("YES"), null, "ann", ALL);

        assertThat(desk.keep(CASE, wishes("YES"), null, "ben", ALL)).isEqualTo(new CaseFacts.Kept(1, false));
        assertThat(texts("SELECT version::text FROM case_fact")).containsExactly("1");
        assertThat(rung).hasSize(1);

        // After it was taken back it is said anew.
        desk.withdraw(CASE, ReadinessItem.VICTIM_WISHES, null, "ann", "wrong", ALL);
        assertThat(desk.keep(CASE, wishes("YES"), null, "ann", ALL)).isEqualTo(new CaseFacts.Kept(3, true));
    }

    @Test
    void nobodyAnswersOverSomebodyElse() {
        desk.keep(CASE, wishes("YES"), 0, "ann", ALL);

        assertThat(desk.keep(CASE, wishes("NO"), 0, "ben", ALL))
                .isInstanceOfSatisfying(
                        CaseFacts.NotNow.class, not -> assertThat(not.why()).contains("version 1"));
        assertThat(desk.withdraw(CASE, ReadinessItem.VICTIM_WISHES, 0, "ben", "wrong", ALL))
                .isInstanceOf(CaseFacts.NotNow.class);
        assertThat(desk.withdraw(CASE, ReadinessItem.EXHIBITS, null, "ben", "wrong", ALL))
                .isInstanceOf(CaseFacts.NotNow.class);
        assertThat(texts("SELECT version::text FROM case_fact")).containsExactly("1");
    }

    @Test
    void outsideTheScopeThereIsNoCase() {
        assertThat(desk.keep(CASE, wishes("YES"), null, "ann", ELSEWHERE)).isEqualTo(new CaseFacts.NotThere());
        assertThat(desk.withdraw(CASE, ReadinessItem.EXHIBITS, null, "ann", "x", Scope.nothing()))
                .isEqualTo(new CaseFacts.NotThere());
        assertThat(desk.checklist(CASE, ELSEWHERE, "ann")).isEmpty();
        assertThat(desk.history(CASE, ReadinessItem.EXHIBITS, ELSEWHERE, "ann")).isEmpty();
        assertThat(texts("SELECT kind FROM evidence")).isEmpty();
        assertThat(texts("SELECT item FROM case_fact")).isEmpty();
    }

    @Test
    void whoeverLooksLeavesAConsultation() {
        desk.checklist(CASE, ALL, "ann");
        desk.history(CASE, ReadinessItem.EXHIBITS, ALL, "ben");

        assertThat(texts("SELECT kind || ' ' || actor || ' ' || coalesce(detail, '-') FROM evidence ORDER BY id"))
                .containsExactly("CONSULTATION ann -", "CONSULTATION ben exhibits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state = 'WITHDRAWN'", "erased_at = now()"})
    void aCaseThatIsOverTakesNoAnswer(String over) {
        ledger.jdbc.sql("UPDATE referral_case SET " + over).update();

        assertThat(desk.keep(CASE, wishes("YES"), null, "ann", ALL)).isInstanceOf(CaseFacts.NotNow.class);
        assertThat(desk.checklist(CASE, ALL, "ann").orElseThrow().open()).isFalse();
        assertThat(texts("SELECT item FROM case_fact")).isEmpty();
    }

    @Test
    void theChecklistIsAsThePackageWasBuiltWithTheAnswersSince() {
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version,
                                             mapping_version, readiness, built_at)
                        SELECT id, 1, 'REFERRAL', '\\x01', sha256('\\x01'), sha256('\\x01'), '1', '1',
                               '[{"item":"t","code":"suspect-named","state":"PRESENT"},
                                 {"item":"t","code":"victim-wishes","state":"PRESENT","found":"MISSING"},
                                 {"item":"Use of force report","state":"NOT_APPLICABLE"},
                                 {"item":"of a later version","code":"not-known-yet","state":"PRESENT"}]', now()
                          FROM referral_case
                        """)
                .update();

        // Its answer was taken back after the package was built.
        assertThat(state(ReadinessItem.VICTIM_WISHES)).isEqualTo(State.MISSING);
        assertThat(state(ReadinessItem.SUSPECT_NAMED)).isEqualTo(State.PRESENT);
        assertThat(state(ReadinessItem.USE_OF_FORCE)).isEqualTo(State.NOT_APPLICABLE);

        desk.keep(CASE, wishes("YES"), null, "ann", ALL);
        assertThat(state(ReadinessItem.VICTIM_WISHES)).isEqualTo(State.PRESENT);
        assertThat(desk.checklist(CASE, ALL, "ann").orElseThrow().items())
                .extracting(CaseFacts.Item::item)
                .containsExactly(ReadinessItem.values());
    }

    @Test
    void answersAreNeverChangedOrDeleted() {
        desk.keep(CASE, wishes("YES"), null, "ann", ALL);

        for (String sql : List.of(
                "UPDATE case_fact SET content = convert_to('{}', 'UTF8')",
                "UPDATE case_fact SET actor = 'ben'",
                "DELETE FROM case_fact",
                "TRUNCATE case_fact")) {
            assertThatThrownBy(() -> ledger.jdbc.sql(sql).update()).hasMessageContaining("never changed");
        }
    }

    @Test
    void aReasonIsNeededToTakeAnAnswerBack() {
        assertThatThrownBy(() -> desk.withdraw(CASE, ReadinessItem.EXHIBITS, null, "ann", " ", ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private @Nullable State state(ReadinessItem item) {
        return desk.checklist(CASE, ALL, "ann").orElseThrow().items().stream()
                .filter(one -> one.item() == item)
                .map(CaseFacts.Item::state)
                .findFirst()
                .orElse(null);
    }

    private List<String> texts(String sql) {
        return ledger.jdbc.sql(sql).query(String.class).list();
    }

    private static Fact wishes(String supports) {
        return FactForm.of(ReadinessItem.VICTIM_WISHES)
                .read(
                        """
                        {"state":"PRESENT","source":"She said so","entries":[{"victim":"Fio Ficta",
                         "supportsProsecution":"%s","askedForReferral":true,"askedOn":"2026-03-01"}]}"""
                                .formatted(supports)
                                .getBytes(StandardCharsets.UTF_8));
    }
}
