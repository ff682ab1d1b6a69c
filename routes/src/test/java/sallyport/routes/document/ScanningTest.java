package sallyport.routes.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import sallyport.connectors.clamav.ScanResult;
import sallyport.ledger.DocumentWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;

class ScanningTest {

    private static final byte[] FILE = "%PDF-1.7 invented".getBytes();

    @Test
    void withoutAScannerThereIsNoVerdict() {
        Scanning scanning = new Scanning(id -> new ByteArrayInputStream(FILE), null, new MockEnvironment());

        assertThatThrownBy(() -> scanning.open(work(FILE), exchange()))
                .isInstanceOf(Rejected.class)
                .hasMessage("no-scanner at sallyport.clamav.host");
    }

    @Test
    void aVerdictOnOtherBytesIsNone() throws IOException {
        assertThatThrownBy(() -> judged("other bytes.....!".getBytes(), FILE, null))
                .hasMessage("document-damaged at /document");
        assertThatThrownBy(() -> judged("%PDF".getBytes(), FILE, null)).hasMessage("document-damaged at /document");
    }

    @Test
    void theVerdictIsKeptAndAPersonIsToldOfWhatIsInfected() throws IOException {
        assertThat(judged(FILE, FILE, null).all())
                .contains(new Effect.DocumentScanned(7, null))
                .noneMatch(Effect.OpenTask.class::isInstance);
        assertThat(judged(FILE, FILE, "Found-1").all())
                .contains(new Effect.DocumentScanned(7, "Found-1"))
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(Effect.OpenTask.class, task -> assertThat(task.detail())
                                .contains("Found-1")))
                .noneMatch(Effect.RequestWork.class::isInstance);
    }

    private static Effects judged(byte[] stored, byte[] added, String found) throws IOException {
        Scanning scanning = new Scanning(
                id -> new ByteArrayInputStream(stored),
                null,
                new MockEnvironment().withProperty("sallyport.clamav.host", "127.0.0.1"));
        Exchange exchange = exchange();
        long read;
        try (InputStream bytes = scanning.open(work(added), exchange)) {
            read = bytes.readAllBytes().length;
        }
        return scanning.judged(
                new ScanResult(found, read),
                work(added),
                exchange.getProperty("sallyport.document.digest", MessageDigest.class));
    }

    private static DocumentWork work(byte[] file) {
        return new DocumentWork(7, 1, "SP-2026-000001", false, true, file.length, Sha256.of(file));
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }
}
