package sallyport.connectors.police.forces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcesTest {

    private static final String GOOD =
            """
            {"forces":[
              {"code":"46","name":"Kent Police","channels":["ihub","cjse"],
               "ihub":{"url":"https://127.0.0.1:9001/46/","key":"k-46","secret":"s3cret-46","forceIdentifier":46,"brand":"46"},
               "cjse":{"url":"https://127.0.0.1:9002/cjse/46","destinationId":"04601PoliceCaseSystem"},
               "manifest":{"url":"https://127.0.0.1:9001/46/manifests/","key":"MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=","asked":true},
               "certificateSubjects":["CN=force-46"]},
              {"code":"06","channels":["cjse"],
               "cjse":{"url":"https://cjse.example/06","destinationId":"00601PoliceCaseSystem"},
               "certificateSubjects":[]}
            ]}
            """;

    @TempDir
    Path directory;

    @Test
    void readsEachForceWithItsChannelsInOrder() throws IOException {
        Forces forces = Forces.read(file(GOOD));

        assertThat(forces.all()).extracting(Force::code).containsExactly("46", "06");
        Force kent = forces.byCode("46").orElseThrow();
        assertThat(kent.channels()).containsExactly(Channel.IHUB, Channel.CJSE);
        assertThat(kent.ihub().orElseThrow())
                .isEqualTo(new IhubEndpoint(
                        URI.create("https://127.0.0.1:9001/46"), "k-46", "s3cret-46", "46", "46", false));
        assertThat(forces.byCode("06").orElseThrow().name()).isEqualTo("06");
    }

    @Test
    void readsWhereAForceSaysWhatItHasAndWhoseKeyItIs() throws IOException {
        Forces forces = Forces.read(file(GOOD));

        ManifestEndpoint manifest = forces.byCode("46").orElseThrow().manifest().orElseThrow();
        assertThat(manifest.url()).isEqualTo(URI.create("https://127.0.0.1:9001/46/manifests"));
        assertThat(manifest.asked()).isTrue();
        assertThat(manifest.key().getAlgorithm()).isIn("Ed25519", "EdDSA");
        assertThat(forces.byCode("06").orElseThrow().manifest()).isEmpty();
    }

    @Test
    void knowsAForceByTheExactCommonNameOnly() throws IOException {
        Forces forces = Forces.read(file(GOOD));

        assertThat(forces.byCommonName("force-46")).map(Force::code).contains("46");
        assertThat(forces.byCommonName("Force-46")).isEmpty();
        assertThat(forces.byCommonName("force-46 ")).isEmpty();
        assertThat(forces.byCommonName("CN=force-46")).isEmpty();
    }

    @Test
    void showsNoSecretInText() throws IOException {
        Forces forces = Forces.read(file(GOOD));

        assertThat(forces + forces.all().toString()).doesNotContain("s3cret", "k-46");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "asked":true              | "asked":1                | /forces/0/manifest/asked: must be true or false
                    MCowBQYDK2VwAyEA11        | MCowBQYDK2VwAyEA         | /forces/0/manifest/key: must be an Ed25519 public key, SubjectPublicKeyInfo in base64
                    "code":"46"               | "code":"4"               | /forces/0/code: must be two digits
                    "code":"06"               | "code":"46"              | /forces/1/code: is the same as /forces/0/code
                    ["ihub","cjse"]           | ["ihub","fax"]           | /forces/0/channels/1: must be ihub or cjse
                    ["ihub","cjse"]           | []                       | /forces/0/channels: must be a list with at least one of ihub, cjse
                    "channels":["cjse"]       | "channels":["ihub"]      | /forces/1/ihub: is missing, though the channel is named
                    https://cjse.example      | http://cjse.example      | /forces/1/cjse/url: must be an https address
                    https://cjse.example      | https://u:p@cjse.example | /forces/1/cjse/url: must have neither user, query nor fragment
                    "secret":"s3cret-46",     | ''                       | /forces/0/ihub/secret: is missing
                    "forceIdentifier":46      | "forceIdentifier":true   | /forces/0/ihub/forceIdentifier: must be a whole number
                    "certificateSubjects":[]  | "certificateSubjects":["CN=force-46"] | /forces/1/certificateSubjects/0: is the same as /forces/0/certificateSubjects/0
                    "certificateSubjects":[]  | "certificateSubject":[]  | /forces/1/certificateSubject: is not a field of the forces file
                    00601PoliceCaseSystem     | '006 01'                 | /forces/1/cjse/destinationId: must be at most 50 characters without white space
                    {"forces"                 | ["forces"                | /: is not JSON at line 1
                    """)
    void namesFileAndFieldOfWhatIsWrong(String good, String bad, String line) throws IOException {
        Path file = file(GOOD.replace(good.strip(), bad));

        assertThatThrownBy(() -> Forces.read(file))
                .isInstanceOf(InvalidForcesFile.class)
                .hasMessage(file + " " + line.strip())
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path file = directory.resolve("none.json");

        assertThatThrownBy(() -> Forces.read(file))
                .isInstanceOf(InvalidForcesFile.class)
                .hasMessage(file + " /: cannot be read (NoSuchFileException)");
    }

    @Test
    void quotesNothingOfAFileThatIsNotJson() throws IOException {
        Path file = file(GOOD.replace("\"secret\":", "\"secret\" s3cret "));

        assertThatThrownBy(() -> Forces.read(file)).hasMessage(file + " /: is not JSON at line 3");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("forces.json"), content);
    }
}
