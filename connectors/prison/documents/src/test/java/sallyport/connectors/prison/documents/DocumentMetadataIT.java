package sallyport.connectors.prison.documents;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Fetched;
import sallyport.mappings.Rejected;

final class DocumentMetadataIT extends ConnectorContract {

    private static final String UUID = "8cdadcf3-b003-4116-9956-c99bd8df6a00";
    private static final byte[] GOOD = "{\"documentType\":\"X\"}".getBytes(UTF_8);

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return DocumentsConnector.verb(partner, "direct:hmpps-documents-metadata", UUID, 2);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(200, "application/json", GOOD);
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isInstanceOfSatisfying(Fetched.class, one -> assertThat(one.raw())
                .isEqualTo(GOOD));
    }

    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? Fault.none() : super.faultOf(status);
    }

    @Test
    void asksForOneDocument() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            isGood(verb.call());
            assertThatThrownBy(() -> verb.callWith("../" + UUID)).isInstanceOf(Rejected.class);
        }
        assertThat(partner.getAllServeEvents()).hasSize(1);
        partner.verify(
                getRequestedFor(urlEqualTo("/documents/" + UUID)).withHeader("Service-Name", equalTo("hub-of-tests")));
    }
}
