package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CommandWork;
import sallyport.ledger.Step;
import sallyport.ledger.desk.Commands.Asked;
import sallyport.ledger.desk.Commands.NotNow;
import sallyport.ledger.desk.Commands.NotThere;

class CommandsIT {

    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());

    private DeskFixture ledger;
    private Commands commands;
    private final List<Step> woken = new ArrayList<>();

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        commands = new Commands(ledger.dataSource(), ledger.transactions, woken::add);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void writesTheCommandAndItsWorkAndWakesTheDispatcher() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));

        var answer = commands.ask(CommandWork.APPROVE, "SP-2026-000001", null, "coordinator", " clear case ", ALL);

        assertThat(answer).isInstanceOf(Asked.class);
        long id = ((Asked) answer).commandId();
        assertThat(ledger.count("SELECT count(*) FROM command WHERE id = " + id
                        + " AND kind = 'APPROVE' AND target = 'SP-2026-000001' AND actor = 'coordinator'"
                        + " AND reason = 'clear case' AND done_at IS NULL"))
                .isEqualTo(1);
        assertThat(ledger.count("SELECT count(*) FROM work WHERE step = 'command' AND key = '" + id + "'"))
                .isEqualTo(1);
        assertThat(woken).containsExactly(Step.COMMAND);
    }

    @Test
    void takesTheSameWishTwiceForOne() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));

        var first = commands.ask(CommandWork.APPROVE, "SP-2026-000001", null, "coordinator", "clear", ALL);
        var second = commands.ask(CommandWork.APPROVE, "SP-2026-000001", null, "coordinator", "clear", ALL);

        assertThat(second).isEqualTo(first);
        assertThat(ledger.count("SELECT count(*) FROM command")).isEqualTo(1);
    }

    @Test
    void knowsNothingOutsideTheScope() {
        long id = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        long lane = ledger.parkedLane("force:16", id, "UNKNOWN", "no-answer");
        long work = ledger.parkedWork("incident-fetch", "r-1", "DEFECT", "defect");

        assertThat(commands.ask(CommandWork.APPROVE, "SP-2026-000001", null, "leeds", "why not", LEEDS))
                .isEqualTo(new NotThere());
        assertThat(commands.ask(CommandWork.RELEASE, "lane/" + lane, null, "leeds", "why not", LEEDS))
                .isEqualTo(new NotThere());
        assertThat(commands.ask(CommandWork.RELEASE, "work/" + work, null, "leeds", "why not", LEEDS))
                .isEqualTo(new NotThere());
        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
        assertThat(woken).isEmpty();
    }

    @Test
    void releasesOnlyWhatIsParked() {
        long id = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        long lane = ledger.parkedLane("force:16", id, "UNKNOWN", "no-answer");
        long work = ledger.parkedWork("incident-fetch", "r-1", "DEFECT", "defect");

        assertThat(commands.ask(CommandWork.RELEASE, "lane/" + lane, null, "operator", "back up", ALL))
                .isInstanceOf(Asked.class);
        assertThat(commands.ask(CommandWork.RELEASE, "work/" + work, null, "operator", "fixed", ALL))
                .isInstanceOf(Asked.class);
        assertThat(commands.ask(CommandWork.RELEASE, "lane/999", null, "operator", "back up", ALL))
                .isEqualTo(new NotThere());
        assertThat(commands.ask(CommandWork.RELEASE, "lane/1 OR 1=1", null, "operator", "back up", ALL))
                .isEqualTo(new NotThere());
        assertThat(ledger.jdbc
                        .sql("SELECT target || '|' || argument FROM command ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("SP-2026-000001|lane/" + lane, "work/" + work + "|work/" + work);
    }

    @Test
    void cancelsOnlyWhatNobodyMayHaveAndConfirmsOnlyWhatIsSent() {
        long one = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        long lane = ledger.parkedLane("force:16", one, "UNKNOWN", "no-answer");
        long work = ledger.parkedWork("incident-fetch", "r-1", "DEFECT", "defect");
        ledger.jdbc
                .sql("INSERT INTO attempt (lane_item, attempt_no, channel, node, outcome, may_have_reached)"
                        + " SELECT head_item, 1, 'ihub', 'one', 'UNKNOWN', true FROM lane_case")
                .update();

        assertThat(commands.ask(CommandWork.CANCEL_SEND, "lane/" + lane, null, "operator", "not wanted", ALL))
                .isInstanceOf(NotNow.class);
        assertThat(commands.ask(CommandWork.CONFIRM_SENT, "work/" + work, null, "operator", "has it", ALL))
                .isInstanceOf(NotNow.class);
        assertThat(commands.ask(CommandWork.CONFIRM_SENT, "lane/" + lane, null, "leeds", "has it", LEEDS))
                .isEqualTo(new NotThere());
        assertThat(commands.ask(CommandWork.CONFIRM_SENT, "lane/" + lane, null, "operator", "has it", ALL))
                .isInstanceOf(Asked.class);
        ledger.jdbc.sql("UPDATE attempt SET outcome = 'REJECTED'").update();
        assertThat(commands.ask(CommandWork.CANCEL_SEND, "lane/" + lane, null, "operator", "not wanted", ALL))
                .isInstanceOf(Asked.class);
    }

    @Test
    void saysWhenItIsTooLateToAsk() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        ledger.jdbc.sql("UPDATE referral_case SET state = 'CLOSED'").update();

        assertThat(commands.ask(CommandWork.APPROVE, "SP-2026-000001", null, "c", "late", ALL))
                .isInstanceOf(NotNow.class);
        assertThat(commands.ask(CommandWork.CONFIRM_WITHDRAWAL, "SP-2026-000001", null, "c", "late", ALL))
                .isInstanceOf(NotNow.class);
        assertThat(commands.ask(CommandWork.CONFIRM_REVIEW, "SP-2026-000001", null, "c", "late", ALL))
                .isInstanceOf(NotNow.class);
    }

    @Test
    void whoeverKeepsACaseInternalIsToldThatTheMemberOfStaffAsks() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        ledger.waitingCase("SP-2026-000002", "MDI", "16", Duration.ofHours(1));
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO decision (case_id, kind, explanation, actor)
                        SELECT id, 'TRIAGE', e, 'rules' FROM referral_case,
                               unnest(ARRAY['{"reasons":[{"ruleId":"SAID-STAFF-ASKS"}]}', '{"reasons":[]}']) WITH ORDINALITY AS x(e, n)
                         WHERE reference = 'SP-2026-000001' AND n = 1 OR reference = 'SP-2026-000002'
                         ORDER BY id, n
                        """)
                .update();

        assertThat(note(CommandWork.KEEP_INTERNAL, "SP-2026-000001")).contains("asks for the referral");
        assertThat(note(CommandWork.KEEP_INTERNAL, "SP-2026-000002"))
                .as("the latest verdict says nothing of it any more")
                .isNull();
        assertThat(note(CommandWork.APPROVE, "SP-2026-000001")).isNull();
    }

    private @Nullable String note(String kind, String reference) {
        return ((Asked) commands.ask(kind, reference, null, "c", "why", ALL)).note();
    }

    @Test
    void takesTheForceThatAnApprovalNames() {
        ledger.waitingCase("SP-2026-000001", "SWI", null, Duration.ofHours(1));
        ledger.jdbc.sql("UPDATE referral_case SET state = 'KEPT_INTERNAL'").update();

        assertThat(commands.ask(CommandWork.APPROVE, "SP-2026-000001", "62", "c", "Scene is in Wales", ALL))
                .isInstanceOf(Asked.class);
        assertThat(ledger.count("SELECT count(*) FROM command WHERE argument = '62'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> commands.ask(CommandWork.APPROVE, "SP-2026-000001", "D?", "c", "why", ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commands.ask(CommandWork.KEEP_INTERNAL, "SP-2026-000001", "62", "c", "why", ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksNobodyToLookAtWhatIsConfirmed() {
        ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(1));
        ledger.jdbc.sql("UPDATE referral_case SET review_code = 'confirmed'").update();
        var counts = new Counts(ledger.dataSource(), Clock.systemUTC());

        assertThat(counts.cases(ALL).review()).isZero();
        assertThat(new CaseDesk(ledger.dataSource(), ledger.transactions).underReview(ALL, 10))
                .isEmpty();
        assertThat(commands.ask(CommandWork.CONFIRM_REVIEW, "SP-2026-000001", null, "c", "again", ALL))
                .isInstanceOf(NotNow.class);
    }

    @Test
    void wantsAReason() {
        assertThatThrownBy(() -> commands.ask(CommandWork.APPROVE, "SP-2026-000001", null, "c", "  ", ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commands.ask("DROP", "SP-2026-000001", null, "c", "because", ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsWhatWaitsByItsCause() {
        long one = ledger.waitingCase("SP-2026-000001", "MDI", "16", Duration.ofHours(30));
        long two = ledger.waitingCase("SP-2026-000002", "LEI", "13", Duration.ofHours(1));
        ledger.parkedLane("force:16", one, "UNKNOWN", "no-answer");
        ledger.parkedLane("force:13", two, "UNKNOWN", "no-answer");
        ledger.parkedWork("incident-fetch", "r-1", "REJECTED", "schema-invalid");
        ledger.inbound("13", "CONFLICT", "SP-2026-000001", "{\"private\":1}");
        var counts = new Counts(ledger.dataSource(), Clock.fixed(DeskFixture.NOW, ZoneOffset.UTC));
        var conflicts = new ConflictDesk(ledger.dataSource());

        assertThat(counts.cases(ALL).waiting()).isEqualTo(2);
        assertThat(counts.cases(ALL).overdue()).isEqualTo(1);
        assertThat(counts.cases(LEEDS).waiting()).isEqualTo(1);
        assertThat(counts.cases(LEEDS).overdue()).isZero();
        assertThat(counts.causes(ALL))
                .extracting(Counts.Cause::kind, Counts.Cause::code, Counts.Cause::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("UNKNOWN", "no-answer", 2L),
                        org.assertj.core.groups.Tuple.tuple("REJECTED", "schema-invalid", 1L));
        assertThat(counts.causes(LEEDS)).extracting(Counts.Cause::count).containsExactly(1L);
        assertThat(counts.parked("UNKNOWN", "no-answer", LEEDS, 10))
                .extracting(Parked::caseReference)
                .containsExactly("SP-2026-000002");
        assertThat(counts.lanes(ALL)).extracting(Counts.Lane::parked).containsExactly(1L, 1L);
        assertThat(counts.lanes(LEEDS)).extracting(Counts.Lane::name).containsExactly("force:13");
        assertThat(conflicts.entries(LEEDS, 0, 10).items()).isEmpty();
        assertThat(conflicts
                        .entries(new Scope(Set.of(), Set.of("13")), 0, 10)
                        .items()
                        .get(0)
                        .known())
                .isFalse();
        assertThat(conflicts.entries(ALL, 0, 10).items().get(0).known()).isTrue();
    }
}
