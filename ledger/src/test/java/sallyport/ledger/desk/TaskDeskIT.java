package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskDeskIT {

    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope WALES = new Scope(Set.of(), Set.of("62"));

    private DeskFixture ledger;
    private TaskDesk desk;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new TaskDesk(ledger.dataSource(), ledger.transactions, Clock.fixed(DeskFixture.NOW, ZoneOffset.UTC));
        long swansea = ledger.waitingCase("SP-2026-000001", "SWI", "62", Duration.ofHours(1));
        task("SILENCE", "silence/LEI", null, "LEI", null, null);
        task("GAP", "gap/MDI/2026-03-01", null, "MDI", null, Duration.ofHours(-1));
        task("GAP", "gap/force/62", null, null, "62", Duration.ofHours(1));
        task("TELEPHONE", "telephone/SP-2026-000001", swansea, null, null, Duration.ofMinutes(5));
        task("RETENTION", "retention", null, null, null, null);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void countsByKindWithinTheScope() {
        assertThat(desk.kinds(ALL))
                .extracting(TaskDesk.Kind::kind, TaskDesk.Kind::open, TaskDesk.Kind::overdue)
                .startsWith(org.assertj.core.groups.Tuple.tuple("GAP", 2L, 1L))
                .hasSize(4);
        assertThat(desk.kinds(WALES)).extracting(TaskDesk.Kind::kind).containsExactly("GAP", "TELEPHONE");
        assertThat(desk.count(LEEDS)).isEqualTo(1);
        assertThat(desk.count(Scope.nothing())).isZero();
    }

    @Test
    void listsWhatIsDueFirst() {
        assertThat(desk.tasks(null, false, ALL, 0, 10).items())
                .extracting(TaskDesk.Task::subject)
                .containsExactly(
                        "gap/MDI/2026-03-01", "telephone/SP-2026-000001", "gap/force/62", "silence/LEI", "retention");
        assertThat(desk.tasks("GAP", false, WALES, 0, 10).items())
                .extracting(TaskDesk.Task::subject)
                .containsExactly("gap/force/62");
        assertThat(desk.tasks(null, false, WALES, 0, 10).items().get(0).caseReference())
                .isEqualTo("SP-2026-000001");
        assertThat(desk.tasks(null, false, ALL, 1, 2).total()).isEqualTo(5);
    }

    @Test
    void closesWithAnAnswerAndKeepsWhoSaidIt() {
        long id = id("telephone/SP-2026-000001");

        assertThat(desk.close(id, "wales", " Spoke to the duty desk ", WALES)).isInstanceOf(Commands.Asked.class);

        assertThat(desk.close(id, "wales", "again", WALES)).isInstanceOf(Commands.NotNow.class);
        assertThat(desk.tasks(null, true, WALES, 0, 10).items())
                .extracting(TaskDesk.Task::closedBy, TaskDesk.Task::closedWhy)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("wales", "Spoke to the duty desk"));
        assertThat(ledger.count("SELECT count(*) FROM command WHERE kind = 'CLOSE_TASK' AND actor = 'wales'"
                        + " AND target = 'SP-2026-000001' AND reason = 'Spoke to the duty desk'"
                        + " AND done_at IS NOT NULL"))
                .isEqualTo(1);
        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();
    }

    @Test
    void closesNothingOutsideTheScope() {
        assertThat(desk.close(id("silence/LEI"), "wales", "not mine", WALES)).isEqualTo(new Commands.NotThere());
        assertThat(desk.close(id("retention"), "leeds", "not mine", LEEDS)).isEqualTo(new Commands.NotThere());
        assertThat(desk.close(99, "boss", "nothing", ALL)).isEqualTo(new Commands.NotThere());
        assertThatThrownBy(() -> desk.close(id("retention"), "boss", " ", ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(desk.count(ALL)).isEqualTo(5);
        assertThat(ledger.count("SELECT count(*) FROM command")).isZero();
    }

    private void task(
            String kind,
            String subject,
            @Nullable Long caseId,
            @Nullable String prison,
            @Nullable String force,
            @Nullable Duration dueIn) {
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO task (kind, subject, case_id, prison, force, detail, opened_at, due_at)
                        VALUES (:kind, :subject, :case, :prison, :force, 'see to it', :now, :due)
                        """)
                .param("kind", kind)
                .param("subject", subject)
                .param("case", caseId, java.sql.Types.BIGINT)
                .param("prison", prison)
                .param("force", force)
                .param("now", DeskFixture.NOW.atOffset(ZoneOffset.UTC))
                .param(
                        "due",
                        dueIn == null ? null : DeskFixture.NOW.plus(dueIn).atOffset(ZoneOffset.UTC),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    private long id(String subject) {
        return ledger.jdbc
                .sql("SELECT id FROM task WHERE subject = :subject")
                .param("subject", subject)
                .query(Long.class)
                .single();
    }
}
