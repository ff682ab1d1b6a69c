package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.ledger.CaseClass;
import sallyport.ledger.ReferralCase;
import sallyport.mappings.table.CsvTable;

class PoliciesTest {

    private static final HubProperties GENERAL = InventedProperties.of(Set.of("BXI"), Duration.ofMinutes(10));

    private static final String TABLE =
            """
            policy,prison,force,class,value,why
            # Of a force, of its class, of one of its prisons.
            decide-within,*,13,*,PT20H,agreed
            decide-within,*,13,IMMEDIATE,PT4H,agreed
            decide-within,LEI,*,*,PT6H,agreed
            decide-within,LEI,*,IMMEDIATE,PT1H,agreed
            """;

    @ParameterizedTest
    @CsvSource({
        "LEI, 13, ROUTINE, 6",
        "LEI, 13, IMMEDIATE, 1",
        "WDI, 13, ROUTINE, 20",
        "WDI, 13, IMMEDIATE, 4",
        "WDI, , IMMEDIATE, 24",
        "MDI, 14, ROUTINE, 24"
    })
    void thePrisonsRowCountsBeforeTheForcesAndWithoutOneTheSetting(
            String prison, String force, CaseClass caseClass, int hours) {
        assertThat(of(TABLE).decideWithin(prison, force, caseClass)).isEqualTo(Duration.ofHours(hours));
        assertThat(Policies.of(GENERAL).decideWithin(prison, force, caseClass)).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "decide-in,LEI,*,*,PT6H,agreed ; row 1 (decide-in): names a policy that is none of decide-within,",
                "decide-within,lei,*,*,PT6H,agreed ; by its NOMIS id",
                "decide-within,LEI,*,SOON,PT6H,agreed ; has a class other than *",
                "notes-after,LEI,*,ROUTINE,P6D,agreed ; has a class other than *",
                "decide-within,LEI,*,*,six hours,agreed ; is no ISO 8601 duration",
                "decide-within,LEI,*,*,PT0S,agreed ; no length of time",
                "notes-before,LEI,*,*,-P1D,agreed ; no length of time",
                "decide-within,LEI,*,*,PT24H1S,agreed ; longer than the 24 hours",
                "approve-mandatory,LEI,*,*,perhaps,agreed ; neither yes nor no",
                "approve-mandatory,LEI,*,*,yes, ; does not say why"
            })
    void aRowThatCannotBeTakenIsNamed(String row, String why) {
        assertThatThrownBy(() -> of("policy,prison,force,class,value,why\n" + row + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aTableThatSaysTheSameTwiceOrLacksAColumnIsRefused() {
        assertThatThrownBy(() -> of(TABLE + "decide-within,LEI,*,*,PT8H,agreed\n"))
                .hasMessageContaining("row 5 (decide-within): says again what another row says");
        assertThatThrownBy(() -> of("policy,prison,force,value,why\ndecide-within,LEI,*,PT8H,agreed\n"))
                .hasMessageContaining("does not have the columns policy,prison,force,class,value,why");
    }

    @Test
    void notesAndApprovalsAreReadTheSameWay() {
        Policies policies = of(
                """
                policy,prison,force,class,value,why
                approve-mandatory,LEI,*,*,yes,agreed
                approve-mandatory,BXI,*,*,no,taken back
                notes-before,*,13,*,P14D,agreed
                notes-after,LEI,*,*,P3D,agreed
                """);
        assertThat(policies.approvesMandatory(in("LEI", "13"))).isTrue();
        assertThat(policies.approvesMandatory(in("BXI", "01"))).isFalse();
        assertThat(Policies.of(GENERAL).approvesMandatory(in("BXI", "01"))).isTrue();
        assertThat(policies.approvesMandatory(in("MDI", "14"))).isFalse();
        assertThat(policies.notesBefore(in("WDI", "13"))).isEqualTo(Duration.ofDays(14));
        assertThat(policies.notesBefore(in("WDI", null))).isEqualTo(Duration.ofDays(7));
        assertThat(policies.notesAfter(in("LEI", "13"))).isEqualTo(Duration.ofDays(3));
        assertThat(policies.notesAfter(in("WDI", "13"))).isEqualTo(Duration.ofDays(30));
    }

    private static ReferralCase in(String prison, @Nullable String force) {
        return ReferralCase.opened(
                1,
                "SP-2026-000001",
                "MANDATORY",
                CaseClass.ROUTINE,
                prison,
                force,
                "ASSAULT",
                null,
                null,
                null,
                Instant.EPOCH,
                null);
    }

    private static Policies of(String table) {
        return Policies.of(GENERAL, CsvTable.rows("of policies", table.getBytes(StandardCharsets.UTF_8)));
    }
}
