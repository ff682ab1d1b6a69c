package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sallyport.ledger.CaseClass;
import sallyport.ledger.ReferralCase;

class ReviewsTest {

    private static final String HELD = "may be that of SP-2026-000001";

    @Test
    void whatTheRulesAskTakesTheirOwnPlaceAndNobodyElses() {
        ReferralCase asked = Reviews.asked(none(), "verdict-changed", "the rules now say NEEDS_REVIEW");

        assertThat(Reviews.asked(asked, "suspects-lost", "nobody").reviewCode()).isEqualTo("suspects-lost");
        for (String others : Set.of("may-be-the-same", "delivery-refused", "referred-back")) {
            assertThat(Reviews.asked(none().withReview(others, null), "verdict-changed", "x")
                            .reviewCode())
                    .isEqualTo(others);
        }
    }

    @Test
    void aConfirmationIsReplacedOnlyByAnotherQuestionThanTheVerdict() {
        ReferralCase confirmed = none().withReview("confirmed", "verdict-changed");

        assertThat(Reviews.asked(confirmed, "verdict-changed", "x")).isEqualTo(confirmed);
        assertThat(Reviews.asked(confirmed, "suspects-lost", "x").reviewCode()).isEqualTo("suspects-lost");
        ReferralCase lost = none().withReview("confirmed", "suspects-lost");
        assertThat(Reviews.asked(lost, "suspects-lost", "x")).isEqualTo(lost);
    }

    @Test
    void ofTwoThatWaitBeneathTheLostSuspectsStay() {
        ReferralCase lost = Reviews.asked(held(), "suspects-lost", "nobody");

        assertThat(Reviews.settled(Reviews.asked(lost, "verdict-changed", "x")).reviewCode())
                .isEqualTo("suspects-lost");
        assertThat(Reviews.settled(Reviews.asked(Reviews.asked(held(), "verdict-changed", "x"), "suspects-lost", "y"))
                        .reviewCode())
                .isEqualTo("suspects-lost");
    }

    @Test
    void whatWaitsBeneathHoldsBackToo() {
        ReferralCase asked =
                Reviews.asked(none().withReview("delivery-refused", "CJSE code 7"), "verdict-changed", "x");

        assertThat(Reviews.asks(asked, Set.of("verdict-changed"))).isTrue();
        assertThat(Reviews.asks(asked, Set.of("delivery-refused"))).isTrue();
        assertThat(Reviews.asks(asked, Set.of("suspects-lost"))).isFalse();
        assertThat(Reviews.asks(none(), Set.of("verdict-changed"))).isFalse();
    }

    @Test
    void aConfirmationCoversWhatTheRulesAskBesidesAndNotWhatTheyDoNot() {
        assertThat(Reviews.confirmed(Reviews.asked(held(), "verdict-changed", "x")))
                .returns("confirmed", ReferralCase::reviewCode)
                .returns("may-be-the-same", ReferralCase::reviewDetail);
        assertThat(Reviews.confirmed(Reviews.asked(held(), "withdrawal-proposed", "DUPLICATE")))
                .as("it goes on: whether it is the same matter is still to be said")
                .isEqualTo(held());
    }

    @Test
    void whatAPackageSaysOfAWithdrawalNamesNoOtherCase() {
        ReferralCase proposed = Reviews.asked(held(), "withdrawal-proposed", "DUPLICATE");

        assertThat(proposed.reviewDetail()).contains("SP-2026-000001");
        assertThat(Reviews.detail(proposed)).isEqualTo("DUPLICATE");
        assertThat(Reviews.detail(none())).isNull();
    }

    @Test
    void settlingTheOnlyQuestionLeavesNone() {
        assertThat(Reviews.settled(held())).isEqualTo(none());
    }

    @Test
    void anAnswerOfTheReportAnswersWhatWaitsBeneath() {
        ReferralCase refused = none().withReview("delivery-refused", "CJSE code 7");

        assertThat(Reviews.answered(Reviews.asked(refused, "verdict-changed", "x"), false, "13"))
                .isEqualTo(refused);
        assertThat(Reviews.answered(Reviews.asked(refused, "withdrawal-proposed", "DUPLICATE"), false, "13"))
                .isEqualTo(refused);
        assertThat(Reviews.answered(none().withReview("suspects-lost", "x"), true, "13")
                        .reviewCode())
                .as("emptied by a change of type")
                .isEqualTo("suspects-lost");
    }

    private static ReferralCase held() {
        return none().withReview("may-be-the-same", HELD);
    }

    private static ReferralCase none() {
        Instant now = Instant.parse("2026-07-01T16:00:00Z");
        return ReferralCase.opened(
                        9,
                        "SP-2026-000009",
                        "MANDATORY",
                        CaseClass.ROUTINE,
                        "LEI",
                        "13",
                        "ASSAULT",
                        "50000001",
                        now,
                        "2026-07-01T10:00:00",
                        now,
                        now)
                .approvedBy("ann", "serious", now);
    }
}
