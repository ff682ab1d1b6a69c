package sallyport.mappings.prisoneralert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrisonerAlertTest {

    @ParameterizedTest
    @CsvSource({
        // The source has compared the days itself: what it says of today and before holds.
        "2026-11-01, true, true",
        "2026-11-29, true, true",
        "2026-11-01, false, false",
        "2026-11-29, false, false",
        // Not active yet, and nobody will say when it is.
        "2026-11-30, false, true",
    })
    void standsIfItIsActiveOrIsToBegin(String from, boolean active, boolean stands) {
        PrisonerAlert alert = PrisonerAlertPage.read(
                        """
                        {"content":[{"alertUuid":"8cdadcf3-b003-4116-9956-c99bd8df6a00","prisonNumber":"A1234BC",
                         "alertCode":{"alertTypeCode":"X","alertTypeDescription":"Security","code":"XPOI",
                                      "description":"Prisoner of Interest","canBeAdministered":false},
                         "activeFrom":"%s","isActive":%s,"createdAt":"2026-09-27T14:19:25","createdBy":"Q",
                         "createdByDisplayName":"F"}]}
                        """
                                .formatted(from, active)
                                .getBytes(StandardCharsets.UTF_8))
                .content()
                .get(0);

        assertThat(alert.standsOn(LocalDate.parse("2026-11-29"))).isEqualTo(stands);
    }
}
