package sallyport.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.Settings;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.table.CsvTable;

/** The operator's table of policies, read once at the start. */
@Configuration(proxyBeanMethods = false)
class PoliciesConfiguration {

    private static final Logger log = LoggerFactory.getLogger(PoliciesConfiguration.class);

    private static final String FILE = "sallyport.policies.file";

    /**
     * @param file CSV with what prisons and forces have agreed otherwise than the settings say, see docs/decisions/policies.md; none when
     *     empty
     */
    @ConfigurationProperties("sallyport.policies")
    record PoliciesProperties(@DefaultValue("") String file) {}

    @Bean
    Policies policies(HubProperties general, PoliciesProperties properties) {
        if (properties.file().isBlank()) {
            return Policies.of(general);
        }
        try {
            byte[] table = Files.readAllBytes(Path.of(properties.file()));
            Policies policies = Policies.of(general, CsvTable.rows("of policies", table));
            log.info(
                    "policies: {} rows, {}",
                    policies.size(),
                    HexFormat.of().formatHex(Sha256.of(table)).substring(0, 8));
            return policies;
        } catch (IOException | InvalidPathException unreadable) {
            throw Settings.wrong(FILE, "cannot be read: " + properties.file());
        } catch (IllegalStateException | IllegalArgumentException wrong) {
            throw Settings.wrong(FILE, wrong.getMessage());
        }
    }
}
