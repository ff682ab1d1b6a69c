package sallyport.connectors.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.Unavailable;

/** Real handshakes with servers whose certificates are wrong, each in its own way: the code says which. */
final class TlsFaultsIT {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void saysSinceWhenACertificateIsExpired() throws Exception {
        Instant until = NOW.minus(2, ChronoUnit.HOURS);
        Unavailable failure =
                failureAt(Certificates.make("partners", "localhost", NOW.minus(2, ChronoUnit.DAYS), until));

        assertThat(failure.code()).isEqualTo("certificate-expired");
        assertThat(failure.getMessage()).contains("localhost:").contains("expired at " + until);
    }

    @Test
    void saysFromWhenACertificateIsValid() throws Exception {
        Instant from = NOW.plus(2, ChronoUnit.HOURS);
        Unavailable failure = failureAt(Certificates.make("partners", "localhost", from, NOW.plus(2, ChronoUnit.DAYS)));

        assertThat(failure.code()).isEqualTo("certificate-not-yet-valid");
        assertThat(failure.getMessage()).contains("not valid before " + from);
    }

    @Test
    void saysThatACertificateIsForAnotherHost() throws Exception {
        Unavailable failure = failureAt(Certificates.make(
                "partners", "canary-4f1c.example", NOW.minus(1, ChronoUnit.HOURS), NOW.plus(1, ChronoUnit.DAYS)));

        assertThat(failure.code()).isEqualTo("certificate-hostname-mismatch");
        assertThat(failure.getMessage()).doesNotContain("canary");
    }

    @Test
    void saysThatAnAuthorityIsNotTrustedEvenWhenItBearsTheNameOfOneThatIs() throws Exception {
        Certificates trusted = Certificates.make("partners");
        Certificates other = Certificates.make("partners");
        try (HostileServer server = new HostileServer(other, HostileServer.saysNothing())) {
            assertThat(failure(server.address(), trusted).code()).isEqualTo("certificate-untrusted");
        }
    }

    private static Unavailable failureAt(Certificates certificates) throws Exception {
        try (HostileServer server = new HostileServer(certificates, HostileServer.saysNothing())) {
            return failure(server.address(), certificates);
        }
    }

    private static Unavailable failure(URI address, Certificates files) {
        OneShotHttp http = new OneShotHttp(
                new OneShotHttp.Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1000),
                Tls.context(new TlsProperties(files.clientStore(), files.trustStore(), files.password())));
        Unavailable failure = catchThrowableOfType(
                () -> http.write(HttpMethod.POST, address, headers -> {}, new byte[] {1}), Unavailable.class);
        assertThat(failure).isNotNull();
        return failure;
    }
}
