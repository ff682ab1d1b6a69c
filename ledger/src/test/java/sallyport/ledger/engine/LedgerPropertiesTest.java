package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LedgerPropertiesTest {

    @Test
    void namesTheNodeByHostAndProcessWhenNobodyDoes() {
        assertThat(bound(Map.of()).nodeName())
                .endsWith("-" + ProcessHandle.current().pid());
        assertThat(bound(Map.of("node", "hub-2")).nodeName()).isEqualTo("hub-2");
    }

    @Test
    void defaultsAreTheSameWithAndWithoutConfiguration() {
        assertThat(bound(Map.of())).isEqualTo(LedgerProperties.defaults());
    }

    @Test
    void takesTheConcurrencyOfAPathWithAHyphenForTheSlash() {
        var properties = bound(Map.of("concurrency.lanes-force", "3", "concurrency.triage", "5"));

        assertThat(properties.concurrencyOf(LedgerPath.parse("lanes/force"))).isEqualTo(3);
        assertThat(properties.concurrencyOf(LedgerPath.parse("triage"))).isEqualTo(5);
        assertThat(properties.concurrencyOf(LedgerPath.parse("outcome"))).isEqualTo(8);
    }

    @Test
    void namesTheSettingThatCannotWork() {
        assertThatThrownBy(() -> bound(Map.of("batch", "0")))
                .rootCause()
                .hasMessageContaining("sallyport.ledger.batch");
        assertThatThrownBy(() -> bound(Map.of("pseudonym-key", "short")))
                .rootCause()
                .hasMessageContaining("sallyport.ledger.pseudonym-key")
                .hasMessageNotContaining("short ");
    }

    @Test
    void makesAPseudonymKeyOnceThatOnlyItsOwnerReads(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("data").resolve("pseudonym.key");
        var properties = bound(Map.of("pseudonym-key-file", file.toString()));

        String first = Pseudonyms.of(properties).of("A1234BC");

        assertThat(first)
                .matches("[0-9a-f]{32}")
                .isEqualTo(Pseudonyms.of(properties).of("A1234BC"));
        assertThat(first).isNotEqualTo(Pseudonyms.of(properties).of("A1234BD"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    private static LedgerProperties bound(Map<String, String> settings) {
        var prefixed = new java.util.HashMap<String, String>();
        settings.forEach((key, value) -> prefixed.put("sallyport.ledger." + key, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("sallyport.ledger", Bindable.of(LedgerProperties.class));
    }
}
