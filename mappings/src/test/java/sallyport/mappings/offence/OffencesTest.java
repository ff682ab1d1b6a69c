package sallyport.mappings.offence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sallyport.mappings.identity.OffenceCode;

class OffencesTest {

    @Test
    void knowsTheEmergencyWorkerAssaultAsReadInTheTable() {
        Offence offence = Offences.get(new OffenceCode("CJ88160"), "/code");
        assertThat(offence.homeOfficeClass()).isEqualTo("008/73");
        assertThat(offence.category()).isEqualTo(Offence.Category.CE);
        assertThat(offence.evidence()).isEqualTo(Offence.Evidence.READ);
    }

    @Test
    void knowsAttemptsOnlyWhereTheTableHasThem() {
        assertThat(Offences.get(new OffenceCode("PR52024A"), "/code").title()).startsWith("Attempt: ");
        assertThat(Offences.find(new OffenceCode("CJ88001A"))).isEmpty();
    }

    @Test
    void listCConveyanceIsNeitherRecordableNorNotifiable() {
        assertThat(Offences.get(new OffenceCode("PR52033"), "/code")).satisfies(offence -> {
            assertThat(offence.pncRecordable()).isFalse();
            assertThat(offence.notifiable()).isEqualTo(Offence.Notifiable.NO);
        });
    }

    @Test
    void refusesACodeThatIsNotInTheTable() {
        assertThatThrownBy(() -> Offences.get(new OffenceCode("XX99999"), "/proposedOffences/0/code"))
                .hasMessage("unknown-offence at /proposedOffences/0/code");
    }

    @Test
    void aClassWithoutEvidenceIsNotClaimed() {
        assertThat(Offences.all()).allSatisfy(offence -> assertThat(offence.homeOfficeClass() == null)
                .isEqualTo(offence.evidence() == Offence.Evidence.NONE));
    }
}
