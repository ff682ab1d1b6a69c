package sallyport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sallyport.TestHub;

/** docs/operating.md lists every setting that the code reads, and no other. */
class OperatingDocIT {

    private static final Pattern LISTED = Pattern.compile("`(sallyport\\.[a-z0-9.-]+)`");

    @Test
    void everySettingIsListed() throws IOException {
        Set<String> known = new TreeSet<>();
        for (URL metadata : metadata()) {
            for (JsonNode property : new ObjectMapper().readTree(metadata).path("properties")) {
                String name = property.path("name").asText();
                if (name.startsWith("sallyport.")) {
                    known.add(name);
                }
            }
        }
        Set<String> listed = new TreeSet<>();
        var names = LISTED.matcher(Files.readString(TestHub.root().resolve("docs/operating.md")));
        while (names.find()) {
            listed.add(names.group(1));
        }
        assertThat(known).hasSizeGreaterThan(20);
        assertThat(listed).containsAll(known);
        assertThat(known).as("listed but read nowhere").containsAll(listed);
    }

    private static List<URL> metadata() throws IOException {
        List<URL> found = new ArrayList<>();
        found.addAll(Collections.list(
                OperatingDocIT.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json")));
        return found;
    }
}
