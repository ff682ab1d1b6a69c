package sallyport.mappings.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sallyport.mappings.referral.IntelligenceFlag.Notice;
import sallyport.mappings.referral.ReferralPackage.Intelligence;
import sallyport.mappings.referral.ReferralPackage.IntelligenceContact;

class IntelligenceFlagTest {

    private static final Notice OPEN = new Notice("P", "MDI", "SIU");
    private static final Notice RESTRICTED = new Notice("C", "MDI", "CCU");

    @Test
    void aNoticeOrAPersonSaysThatThereIsSome() {
        assertThat(IntelligenceFlag.of(null, List.of())).isNull();
        assertThat(IntelligenceFlag.of(true, List.of())).isEqualTo(new Intelligence(true, List.of()));
        assertThat(IntelligenceFlag.of(false, List.of())).isEqualTo(new Intelligence(false, List.of()));
        Intelligence noticed = new Intelligence(
                true, List.of(new IntelligenceContact("P", "MDI", "SIU", "Security and intelligence unit")));
        assertThat(IntelligenceFlag.of(null, List.of(OPEN, OPEN))).isEqualTo(noticed);
        assertThat(IntelligenceFlag.of(false, List.of(OPEN))).isEqualTo(noticed);
    }

    @Test
    void aRestrictedNoticeLeavesNoTrace() {
        assertThat(IntelligenceFlag.of(null, List.of(RESTRICTED))).isNull();
        assertThat(IntelligenceFlag.of(false, List.of(RESTRICTED))).isEqualTo(new Intelligence(false, List.of()));
        assertThat(IntelligenceFlag.of(null, List.of(RESTRICTED, OPEN)))
                .isEqualTo(IntelligenceFlag.of(null, List.of(OPEN)));
        // Taken out of the tables since.
        assertThat(IntelligenceFlag.of(null, List.of(new Notice("Z", "MDI", "SIU"), new Notice("P", "MDI", "ZZ"))))
                .isNull();
    }

    @Test
    void theOrderOfNoticesIsNothing() {
        List<Notice> notices = List.of(new Notice("P", "LEI", "SIU"), new Notice("P", "MDI", "CTU"), OPEN);
        assertThat(IntelligenceFlag.of(null, notices))
                .isEqualTo(IntelligenceFlag.of(null, List.of(notices.get(2), notices.get(0), notices.get(1))));
    }
}
