package sallyport.renderings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.zip.CRC32;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.lineage.LineageMapping;
import sallyport.mappings.lineage.PackageLineage;
import sallyport.mappings.referral.NamedDocument;

class PackageFilesTest {

    private static final byte[] FIRST = CanonicalJson.write(Packages.first());
    private static final byte[] SECOND = CanonicalJson.write(Packages.second());

    @Test
    void theZipIsTheSameBytesWhereverItIsMade() throws IOException {
        TimeZone here = TimeZone.getDefault();
        try {
            byte[] first = bytes(PackageFiles.of(SECOND, FIRST, null).zip(List.of(), null));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(bytes(PackageFiles.of(SECOND, FIRST, null).zip(List.of(), null)))
                    .isEqualTo(first);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void lengthAndHashAreKnownBeforeTheFirstByte() throws IOException {
        PackageFiles files = PackageFiles.of(SECOND, FIRST, "force");
        for (PackageFile file : new PackageFile[] {files.json(), files.pdf(), files.zip(List.of(), null)}) {
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

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "force")
    void theZipCarriesEachDocumentThatThePackageNames(@Nullable String profile) throws IOException {
        var documents = List.of(document(12, 3_000), document(7, 2_000_000));
        PackageFile zip = PackageFiles.of(naming(documents), FIRST, profile).zip(documents, null);

        byte[] bytes = bytes(zip);
        assertThat(zip.length()).isEqualTo(bytes.length);
        assertThat(zip.sha256()).as("not known before the documents are read").isNull();
        String folder = "SP-2026-000123-v2" + (profile == null ? "/" : "-force/");
        Map<String, byte[]> entries = unzipped(bytes);
        assertThat(List.copyOf(entries.keySet()))
                .contains(folder + "document-12.pdf", folder + "document-7.pdf")
                .isSorted();
        JsonNode manifest = new ObjectMapper().readTree(entries.remove(folder + "manifest.json"));
        assertThat(manifest.path("files")).hasSameSizeAs(entries.keySet()).allSatisfy(file -> {
            byte[] entry = entries.get(folder + file.path("name").asText());
            assertThat(file.path("sha256").asText()).isEqualTo(Sha256.hex(entry));
            assertThat(file.path("size").asInt()).isEqualTo(entry.length);
        });
        assertThat(bytes(PackageFiles.of(naming(documents), FIRST, profile).zip(documents, null)))
                .isEqualTo(bytes);
    }

    @Test
    void theWholeZipCarriesWhereItCameFromWithItsHashAndItsSchema() throws IOException {
        PackageLineage lineage = LineageMapping.of(Packages.second(), List.of());
        PackageFile zip = PackageFiles.of(SECOND, FIRST, null).zip(List.of(), lineage);
        byte[] bytes = bytes(zip);
        assertThat(zip.sha256()).isEqualTo(Sha256.of(bytes));
        String folder = "SP-2026-000123-v2/";
        Map<String, byte[]> entries = unzipped(bytes);
        assertThat(List.copyOf(entries.keySet()))
                .contains(folder + "lineage.json", folder + "package-lineage-v1.json")
                .isSorted();
        byte[] file = entries.get(folder + "lineage.json");
        assertThat(new ObjectMapper()
                        .readTree(entries.get(folder + "manifest.json"))
                        .path("files"))
                .anySatisfy(entry -> {
                    assertThat(entry.path("name").asText()).isEqualTo("lineage.json");
                    assertThat(entry.path("sha256").asText()).isEqualTo(Sha256.hex(file));
                    assertThat(entry.path("schema").asText()).isEqualTo("package-lineage-v1");
                });
        assertThat(new ObjectMapper().readTree(file).path("packageSha256").asText())
                .isEqualTo(Sha256.hex(SECOND));
        assertThat(bytes(PackageFiles.of(SECOND, FIRST, null)
                        .zip(List.of(), LineageMapping.of(Packages.second(), List.of()))))
                .isEqualTo(bytes);
    }

    @Test
    void noDestinationGetsWhereItCameFromAndNoPackageThatOfAnother() {
        PackageLineage lineage = LineageMapping.of(Packages.second(), List.of());
        PackageFiles cut = PackageFiles.of(SECOND, FIRST, "force");
        PackageFiles first = PackageFiles.of(FIRST, null, null);
        assertThatThrownBy(() -> cut.zip(List.of(), lineage)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> first.zip(List.of(), lineage)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTagDiffersWhereADocumentDoes() {
        var some = List.of(document(12, 3_000));
        var others = List.of(document(12, 3_001));
        assertThat(PackageFiles.of(naming(some), FIRST, null).zip(some, null).tag())
                .isNotEqualTo(PackageFiles.of(naming(others), FIRST, null)
                        .zip(others, null)
                        .tag())
                .isEqualTo(PackageFiles.of(naming(some), FIRST, null)
                        .zip(some, null)
                        .tag());
    }

    @Test
    void noDocumentIsCarriedThatThePackageDoesNotName() {
        var named = List.of(document(12, 3_000));
        PackageFiles files = PackageFiles.of(naming(named), FIRST, null);
        for (var others : List.of(
                List.<CarriedDocument>of(), List.of(document(12, 3_001)), List.of(named.get(0), document(7, 10)))) {
            assertThatThrownBy(() -> files.zip(others, null)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bytesThatAreNotAsLongOrNotThoseOfTheChecksumEndTheZip() {
        var right = document(12, 3_000);
        for (var wrong : List.of(
                new CarriedDocument(right.named(), right.crc32(), out -> out.write(new byte[2_999])),
                new CarriedDocument(right.named(), right.crc32(), out -> out.write(new byte[3_000])),
                new CarriedDocument(right.named(), right.crc32(), out -> out.write(new byte[3_001])))) {
            PackageFile zip =
                    PackageFiles.of(naming(List.of(wrong)), FIRST, null).zip(List.of(wrong), null);
            assertThatThrownBy(() -> zip.body().writeTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static CarriedDocument document(long number, int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new CarriedDocument(
                new NamedDocument(number, "application/pdf", size, Sha256.hex(bytes)),
                crc.getValue(),
                out -> out.write(bytes));
    }

    private static byte[] naming(List<CarriedDocument> documents) {
        var pkg = Packages.second();
        for (CarriedDocument document : documents) {
            pkg.withArray("/documents")
                    .addObject()
                    .put("number", document.named().number())
                    .put("kind", "statement")
                    .put("mediaType", document.named().mediaType())
                    .put("size", document.named().size())
                    .put("sha256", document.named().sha256());
        }
        return CanonicalJson.write(pkg);
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] bytes(PackageFile file) throws IOException {
        var out = new ByteArrayOutputStream();
        file.body().writeTo(out);
        return out.toByteArray();
    }
}
