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

/** Photographs that people ask for. */
class PhotoDeskIT {

    private static final String CASE = "SP-2026-000001";
    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope ELSEWHERE = new Scope(Set.of("SWI"), Set.of("62"));

    private final List<Step> rung = new ArrayList<>();
    private DeskFixture ledger;
    private PhotoDesk desk;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new PhotoDesk(ledger.dataSource(), ledger.transactions, rung::add);
        long id = ledger.waitingCase(CASE, "LEI", "13", Duration.ofHours(2));
        ledger.person(id, "A1234BC", false);
        ledger.person(id, "F6666FF", true);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theEvidenceLogHasItBeforeTheRecordsAreAsked() {
        PhotoDesk.Answer answer = desk.ask(CASE, "A1234BC", "ann", "the officer has to know him", LEEDS);

        long id = ((PhotoDesk.Asked) answer).id();
        assertThat(texts("SELECT step || ' ' || key FROM work")).containsExactly("photo-request " + id);
        assertThat(rung).containsExactly(Step.PHOTO_REQUEST);
        assertThat(texts("SELECT kind || ' ' || actor || ' ' || reason || ' ' || detail FROM evidence"))
                .containsExactly("COLLECTION ann asked for a photograph photograph request " + id);
        assertThat(texts("SELECT coalesce(reason, '') || coalesce(detail, '') FROM evidence"))
                .noneMatch(text -> text.contains("A1234BC") || text.contains("officer has"));
        assertThat(desk.list(CASE, LEEDS, "vic").orElseThrow().requests())
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.state()).isEqualTo(PhotoDesk.State.ASKED);
                    assertThat(request.prisonerNumber()).isEqualTo("A1234BC");
                    assertThat(request.document()).isNull();
                });
        assertThat(desk.ask(CASE, "A1234BC", "ben", "again", ALL)).isInstanceOf(PhotoDesk.NotNow.class);
    }

    @Test
    void onlyOfSomebodyInTheCaseWithAReasonAndWithinTheScope() {
        assertThat(desk.ask(CASE, "Z9999ZZ", "ann", "why", ALL)).isInstanceOf(PhotoDesk.NotInCase.class);
        assertThat(desk.ask(CASE, "F6666FF", "ann", "why", ALL)).isInstanceOf(PhotoDesk.NotInCase.class);
        assertThat(desk.ask(CASE, "A1234BC", "ann", "why", ELSEWHERE)).isInstanceOf(PhotoDesk.NotThere.class);
        assertThatThrownBy(() -> desk.ask(CASE, "A1234BC", "ann", " ", ALL))
                .isInstanceOf(IllegalArgumentException.class);
        ledger.jdbc.sql("UPDATE referral_case SET state = 'WITHDRAWN'").update();
        assertThat(desk.ask(CASE, "A1234BC", "ann", "why", ALL)).isInstanceOf(PhotoDesk.NotNow.class);
        assertThat(ledger.count("SELECT count(*) FROM photo_request")).isZero();
        assertThat(ledger.count("SELECT count(*) FROM evidence")).isZero();
        assertThat(desk.list(CASE, ELSEWHERE, "eve")).isEmpty();
        assertThat(rung).isEmpty();
    }

    private List<String> texts(String sql) {
        return ledger.jdbc.sql(sql).query(String.class).list();
    }
}
