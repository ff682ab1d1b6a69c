package sallyport.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import sallyport.mappings.Rejected;

final class HttpFaultsTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void aSuccessIsHandedOn(int status) {
        Answer answer = answer(status);
        assertThat(HttpFaults.ofRead(answer)).isSameAs(answer);
        assertThat(HttpFaults.ofWrite(answer)).isSameAs(answer);
    }

    @ParameterizedTest
    @CsvSource({"401,unauthorised", "403,forbidden", "408,http-408", "425,http-425", "429,http-429", "503,http-503"})
    void whatWasNotTakenAndMayBeLaterIsUnavailable(int status, String code) {
        assertThatThrownBy(() -> HttpFaults.ofRead(answer(status)))
                .isInstanceOfSatisfying(Unavailable.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                });
        assertThatThrownBy(() -> HttpFaults.ofWrite(answer(status)))
                .isInstanceOfSatisfying(Unavailable.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 413, 415, 422})
    void whatIsWrongWithTheDataIsRejected(int status) {
        assertThatThrownBy(() -> HttpFaults.ofRead(answer(status))).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> HttpFaults.ofWrite(answer(status)))
                .isInstanceOfSatisfying(
                        Rejected.class, failure -> assertThat(failure.code()).isEqualTo("http-" + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 500, 502, 504, 599})
    void whatDoesNotSayWhetherItWasTakenIsUnknownForAWriteAndUnavailableForARead(int status) {
        assertThatThrownBy(() -> HttpFaults.ofRead(answer(status))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> HttpFaults.ofWrite(answer(status))).isInstanceOf(Unknown.class);
    }

    @Test
    void aRecordIsGoneOnlyWhenThePartnerItselfSaysSo() {
        assertThat(HttpFaults.gone(answer(404))).isTrue();
        assertThat(HttpFaults.gone(answer(410))).isTrue();
        assertThat(HttpFaults.gone(answer(200))).isFalse();
        assertThat(HttpFaults.gone(new Answer(404, headers("Content-Type", "application/problem+json"), new byte[9])))
                .isTrue();
        assertThatThrownBy(() -> HttpFaults.gone(new Answer(404, headers("Content-Type", "text/html"), new byte[9])))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> HttpFaults.gone(new Answer(404, new HttpHeaders(), new byte[9])))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void retryAfterIsSecondsOrATimeByThePartnersClockAndAtMostADay() {
        assertThat(HttpFaults.retryAfter(headers("Retry-After", " 7 "))).isEqualTo(Duration.ofSeconds(7));
        assertThat(HttpFaults.retryAfter(headers("Retry-After", "999999999"))).isEqualTo(Duration.ofDays(1));
        HttpHeaders timed = headers("Retry-After", "Sun, 01 Nov 2026 10:01:00 GMT");
        assertThat(HttpFaults.retryAfter(timed)).isNull();
        timed.set("Date", "Sun, 01 Nov 2026 10:00:00 GMT");
        assertThat(HttpFaults.retryAfter(timed)).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "soon", "1e9", "99999999999999999999"})
    void aRetryAfterThatCannotBeReadIsNone(String text) {
        assertThat(HttpFaults.retryAfter(headers("Retry-After", text))).isNull();
    }

    private static Answer answer(int status) {
        return new Answer(status, new HttpHeaders(), new byte[0]);
    }

    private static HttpHeaders headers(String name, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(name, value);
        return headers;
    }
}
