package sallyport.connectors.prison.documents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.mappings.Rejected;

final class DocumentFileIT extends ConnectorContract {

    private static final String UUID = "8cdadcf3-b003-4116-9956-c99bd8df6a00";
    private static final byte[] FILE = new byte[50_000];

    static {
        for (int i = 0; i < FILE.length; i++) {
            FILE[i] = (byte) i;
        }
    }

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return DocumentsConnector.verb(
                partner, "direct:hmpps-documents-file", new DocumentFile(UUID, DocumentFileIT::whole), 2);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "video/mp4", FILE);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isEqualTo(FILE);
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? Fault.none() : super.faultOf(status);
    }

    @Test
    void takesWhateverTypeTheFileHasAndSaysWhoAsks() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            isGood(verb.call());
            assertThatThrownBy(() -> verb.callWith(new DocumentFile("x/../y", DocumentFileIT::whole)))
                    .isInstanceOf(Rejected.class);
        }
        assertThat(partner.getAllServeEvents()).hasSize(1);
        partner.verify(getRequestedFor(urlEqualTo("/documents/" + UUID + "/file"))
                .withHeader("Accept", equalTo("*/*"))
                .withHeader("Service-Name", equalTo("hub-of-tests")));
    }

    @Test
    void whereThereIsNoFileNobodyReads() throws Exception {
        answers(aResponse().withStatus(404));
        AtomicBoolean read = new AtomicBoolean();
        try (Verb verb = connect(partner())) {
            assertThat(verb.callWith(new DocumentFile(UUID, bytes -> read.getAndSet(true))))
                    .isEqualTo(new NoFile());
        }
        assertThat(read).isFalse();
    }

    @Test
    void whatTheReaderSaysOfItIsNotTheServicesFault() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            assertThatThrownBy(() -> verb.callWith(new DocumentFile(UUID, bytes -> {
                        throw new Rejected("not-wanted", "/");
                    })))
                    .isInstanceOf(Rejected.class);
            assertThat(verb.health().problem()).isEmpty();
        }
    }

    private static Object whole(InputStream bytes) {
        try {
            return bytes.readAllBytes();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }
}
