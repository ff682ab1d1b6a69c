package sallyport.renderings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.canonical.Sha256;

class PackageFilesTest {

    private static final byte[] FIRST = CanonicalJson.write(Packages.first());
    private static final byte[] SECOND = CanonicalJson.write(Packages.second());

    @Test
    void theZipIsTheSameBytesWhereverItIsMade() throws IOException {
        TimeZone here = TimeZone.getDefault();
        try {
            byte[] first = bytes(PackageFiles.of(SECOND, FIRST, null).zip());
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(bytes(PackageFiles.of(SECOND, FIRST, null).zip())).isEqualTo(first);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void lengthAndHashAreKnownBeforeTheFirstByte() throws IOException {
        PackageFiles files = PackageFiles.of(SECOND, FIRST, "force");
        for (PackageFile file : new PackageFile[] {files.json(), files.pdf(), files.zip()}) {
            byte[] bytes = bytes(file);
            assertThat(file.length()).isEqualTo(bytes.length);
            assertThat(file.sha256()).isEqualTo(Sha256.of(bytes));
            assertThat(bytes(file)).as("written again").isEqualTo(bytes);
            assertThat(file.name()).startsWith("SP-2026-000123-v2-force.");
        }
    }

    @Test
    void whatIsCutIsCutInTheVersionBeforeToo() throws IOException {
        // The user name of a member of staff who is gone is only in the version before.
        var gone = Packages.second();
        gone.withArray("/staff").remove(0);
        byte[] next = CanonicalJson.write(gone);
        try (ReadPdf whole =
                        new ReadPdf(bytes(PackageFiles.of(next, FIRST, null).pdf()));
                ReadPdf cut =
                        new ReadPdf(bytes(PackageFiles.of(next, FIRST, "force").pdf()))) {
            assertThat(whole.text()).contains("Member of staff Fio Ficta Taken away");
            assertThat(cut.text())
                    .contains("Member of staff Fio Ficta Taken away")
                    .doesNotContain("QTEST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[1]", "{}", "{\"caseReference\":\"../../etc/passwd\",\"version\":1}"})
    void bytesThatAreNoPackageAreRejected(String bytes) {
        assertThatThrownBy(() -> PackageFiles.of(bytes.getBytes(StandardCharsets.UTF_8), null, null))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aDestinationWithoutAProfileGetsNothing() {
        assertThatThrownBy(() -> PackageFiles.of(SECOND, null, "press"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("no-disclosure-profile");
    }

    private static byte[] bytes(PackageFile file) throws IOException {
        var out = new ByteArrayOutputStream();
        file.body().writeTo(out);
        return out.toByteArray();
    }
}
