package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sallyport.ledger.Step;

/** Documents that the prisons' service holds, as people ask for them. */
class PrisonDocumentDeskIT {

    private static final String CASE = "SP-2026-000001";
    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope ELSEWHERE = new Scope(Set.of("SWI"), Set.of("62"));

    private final List<Step> rung = new ArrayList<>();
    private DeskFixture ledger;
    private PrisonDocumentDesk desk;
    private long caseId;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = desk(true);
        caseId = ledger.waitingCase(CASE, "LEI", "13", Duration.ofHours(2));
        ledger.person(caseId, "A1234BC", false);
        ledger.person(caseId, "F6666FF", true);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theEvidenceLogHasTheSearchBeforeThePrisonIsAsked() {
        long id = ((PrisonDocumentDesk.Asked) desk.search(CASE, "A1234BC", "ann", "is there a statement", LEEDS)).id();

        assertThat(texts("SELECT step || ' ' || key FROM work")).containsExactly("prison-document-search " + id);
        assertThat(rung).containsExactly(Step.PRISON_DOCUMENT_SEARCH);
        assertThat(texts("SELECT kind || ' ' || actor || ' ' || reason || ' ' || detail FROM evidence"))
                .containsExactly("COLLECTION ann asked what documents there are search " + id);
        assertThat(texts("SELECT coalesce(reason, '') || coalesce(detail, '') FROM evidence"))
                .noneMatch(text -> text.contains("A1234BC") || text.contains("statement"));
        assertThat(desk.search(CASE, "A1234BC", "ben", "again", ALL)).isInstanceOf(PrisonDocumentDesk.NotNow.class);
    }

    @Test
    void whatWasListedIsAskedForOnceAndAgainOnlyWhenItWasRefused() {
        long held = held("LISTED");

        assertThat(desk.take(CASE, held, "ann", "the officer wants it", LEEDS))
                .isEqualTo(new PrisonDocumentDesk.Asked(held));
        assertThat(desk.take(CASE, held, "ben", "so do I", LEEDS)).isInstanceOf(PrisonDocumentDesk.NotNow.class);
        assertThat(texts("SELECT actor || ' ' || detail FROM evidence")).containsExactly("ann prison document " + held);

        ledger.jdbc
                .sql("UPDATE prison_document SET state = 'REFUSED', code = 'wrong-hash'")
                .update();
        ledger.jdbc.sql("UPDATE work SET done = requested").update();
        assertThat(desk.take(CASE, held, "ben", "once more", LEEDS)).isInstanceOf(PrisonDocumentDesk.Asked.class);
        assertThat(texts("SELECT step || ' ' || (requested > done) FROM work"))
                .containsExactly("prison-document-take true");
        assertThat(desk.list(CASE, LEEDS, "vic").orElseThrow().documents())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.state()).isEqualTo(PrisonDocumentDesk.State.ASKED);
                    assertThat(one.code()).isNull();
                    assertThat(one.actor()).isEqualTo("ben");
                });
    }

    @Test
    void onlyAboutSomebodyInTheCaseWithAReasonAndWithinTheScope() {
        long held = held("LISTED");
        assertThat(desk.search(CASE, "Z9999ZZ", "ann", "why", ALL)).isInstanceOf(PrisonDocumentDesk.NotInCase.class);
        assertThat(desk.search(CASE, "F6666FF", "ann", "why", ALL)).isInstanceOf(PrisonDocumentDesk.NotInCase.class);
        assertThat(desk.search(CASE, "A1234BC", "ann", "why", ELSEWHERE))
                .isInstanceOf(PrisonDocumentDesk.NotThere.class);
        assertThat(desk.take(CASE, held, "ann", "why", ELSEWHERE)).isInstanceOf(PrisonDocumentDesk.NotThere.class);
        assertThat(desk.take(CASE, held + 1, "ann", "why", ALL)).isInstanceOf(PrisonDocumentDesk.NotThere.class);
        assertThatThrownBy(() -> desk.take(CASE, held, "ann", " ", ALL)).isInstanceOf(IllegalArgumentException.class);
        assertThat(desk.list(CASE, ELSEWHERE, "eve")).isEmpty();
        ledger.jdbc.sql("UPDATE referral_case SET state = 'WITHDRAWN'").update();
        assertThat(desk.take(CASE, held, "ann", "why", ALL)).isInstanceOf(PrisonDocumentDesk.NotNow.class);
        assertThat(ledger.count("SELECT count(*) FROM prison_document_search")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM evidence")).isZero();
        assertThat(rung).isEmpty();
    }

    @Test
    void aDocumentOfAnotherCaseIsNotThere() {
        long held = held("LISTED");
        ledger.waitingCase("SP-2026-000002", "LEI", "13", Duration.ofHours(2));

        assertThat(desk.take("SP-2026-000002", held, "ann", "why", ALL))
                .isInstanceOf(PrisonDocumentDesk.NotThere.class);
    }

    @Test
    void withoutTypesNobodyCanAsk() {
        PrisonDocumentDesk off = desk(false);

        assertThat(off.search(CASE, "A1234BC", "ann", "why", ALL))
                .isInstanceOfSatisfying(PrisonDocumentDesk.NotNow.class, not -> assertThat(not.why())
                        .contains("sallyport.hmpps-documents.types"));
        assertThat(off.list(CASE, ALL, "ann").orElseThrow().open()).isFalse();
        assertThat(rung).isEmpty();
    }

    private PrisonDocumentDesk desk(boolean types) {
        return new PrisonDocumentDesk(ledger.dataSource(), ledger.transactions, types, rung::add);
    }

    private long held(String state) {
        return ledger.jdbc
                .sql(
                        """
                        INSERT INTO prison_document (case_id, uuid, prisoner_number, type, file_name, media_type, size, created_at, state)
                        VALUES (:case, gen_random_uuid(), 'A1234BC', 'X', 'a.pdf', 'application/pdf', 9, now(), :state) RETURNING id
                        """)
                .param("case", caseId)
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private List<String> texts(String sql) {
        return ledger.jdbc.sql(sql).query(String.class).list();
    }
}
