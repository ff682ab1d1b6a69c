package sallyport.connectors.wire;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;

final class SettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1", "https://host.example/base/path"})
    void anAddressIsHttpWithAHost(String address) {
        assertThatCode(() -> Settings.address("sallyport.x.url", URI.create(address)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:1",
                "/path",
                "ftp://h",
                "http:///p",
                "https://u:secret@h",
                "http://h?q=secret",
                "http://h#f"
            })
    void anotherAddressStopsTheStartAndIsNotShown(String address) {
        assertThatThrownBy(() -> Settings.address("sallyport.x.url", URI.create(address)))
                .hasMessageContaining("sallyport.x.url")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> Settings.required("sallyport.x.secret", " "))
                .hasMessageContaining("sallyport.x.secret");
        assertThatThrownBy(() -> Settings.positive("sallyport.x.timeout", Duration.ZERO))
                .hasMessageContaining("sallyport.x.timeout");
        assertThatThrownBy(() -> Settings.between("sallyport.x.size", 11, 1, 10))
                .hasMessageContaining("sallyport.x.size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "A1234AA ", "A1234AA%2F", "A1234AA\u0000", "\u0661\u0662"})
    void nothingButAnIdBecomesAPartOfAnAddress(String text) {
        assertThatThrownBy(() -> PathSegment.prisonerNumber(text)).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> PathSegment.uuid(text)).isInstanceOf(Rejected.class);
    }
}
