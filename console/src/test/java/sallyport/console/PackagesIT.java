package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.canonical.Sha256;

/** Packages as files: the same at every call and on every node, cut for whom they are for, and nobody takes one unseen. */
class PackagesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OF_CASE = "/api/v1/cases/SP-2026-000103/packages/";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = started();
    }

    private static TestConsole started() {
        TestConsole started = TestConsole.start();
        InventedCases.into(started.jdbc);
        InventedCases.numbered(started.jdbc, 1, resource("package-first.json"));
        InventedCases.numbered(started.jdbc, 2, resource("package-second.json"));
        started.user("viewer", "VIEWER", "*", "");
        started.user("swansea", "VIEWER", "SWI", "");
        started.user("leeds", "COORDINATOR", "LEI", "");
        started.user("blind", "VIEWER", "", "");
        return started;
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void theJsonIsWhatWasNumbered() {
        assertThat(file("swansea", "2.json").body()).isEqualTo(resource("package-second.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.pdf", "2.pdf", "2.zip", "2.pdf?for=force", "2.zip?for=force", "2.json?for=force"})
    void aVersionIsTheSameBytesAtEveryCallAndOnEveryNode(String name) {
        var first = file("viewer", name);
        try (TestConsole other = started()) {
            assertThat(get(other, "viewer", OF_CASE + name).body()).isEqualTo(first.body());
        }
        assertThat(file("swansea", name).body()).isEqualTo(first.body());
        assertThat(header(first, "Repr-Digest"))
                .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(first.body())) + ":");
        assertThat(header(first, "ETag")).isEqualTo('"' + Sha256.hex(first.body()) + '"');
        assertThat(header(first, "Content-Length")).isEqualTo(Integer.toString(first.body().length));
        assertThat(header(first, "Cache-Control")).contains("no-store");
    }

    @Test
    void theZipHoldsAllThatItsManifestSays() throws IOException {
        var answer = file("viewer", "2.zip");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/zip");
        assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment; filename=\"SP-2026-000103-v2.zip\"");

        Map<String, byte[]> files = unzipped(answer.body());
        assertThat(files.keySet())
                .containsExactly(
                        "SP-2026-000103-v2/SP-2026-000103-v2.json",
                        "SP-2026-000103-v2/SP-2026-000103-v2.pdf",
                        "SP-2026-000103-v2/lineage.json",
                        "SP-2026-000103-v2/manifest.json",
                        "SP-2026-000103-v2/package-lineage-v1.json",
                        "SP-2026-000103-v2/package-manifest-v1.json",
                        "SP-2026-000103-v2/referral-package-v1.json");
        byte[] pkg = files.get("SP-2026-000103-v2/SP-2026-000103-v2.json");
        assertThat(pkg).isEqualTo(resource("package-second.json"));
        assertThat(files.get("SP-2026-000103-v2/SP-2026-000103-v2.pdf"))
                .isEqualTo(file("viewer", "2.pdf").body());
        byte[] manifest = files.get("SP-2026-000103-v2/manifest.json");
        obeys(manifest, files.get("SP-2026-000103-v2/package-manifest-v1.json"));
        obeys(pkg, files.get("SP-2026-000103-v2/referral-package-v1.json"));
        byte[] lineage = files.get("SP-2026-000103-v2/lineage.json");
        obeys(lineage, files.get("SP-2026-000103-v2/package-lineage-v1.json"));
        assertThat(JSON.readTree(lineage).path("fields")).hasSizeGreaterThan(50);
        assertThat(new String(lineage, StandardCharsets.UTF_8)).doesNotContain("QTEST2", "Specimen", "Fio");
        JsonNode says = JSON.readTree(manifest);
        assertThat(says.path("sha256").textValue()).isEqualTo(Sha256.hex(pkg));
        assertThat(says.path("ruleVersion").textValue()).isEqualTo("rules-1 (abcdef)");
        assertThat(says.path("mappingVersion").textValue()).isEqualTo("mappings-1");
        assertThat(says.path("builtAt").textValue()).isEqualTo("2026-08-04T16:00:00Z");
        assertThat(says.path("files")).hasSize(6).allSatisfy(file -> {
            byte[] bytes = files.get("SP-2026-000103-v2/" + file.path("name").textValue());
            assertThat(file.path("size").intValue()).isEqualTo(bytes.length);
            assertThat(file.path("sha256").textValue()).isEqualTo(Sha256.hex(bytes));
        });
    }

    @Test
    void forAForceItIsCutToWhatAForceMayReceive() throws IOException {
        assertThat(text(file("viewer", "2.pdf"))).contains("QTEST2").contains("Specimen Linde");
        assertThat(text(file("viewer", "2.pdf?for=force")))
                .doesNotContain("QTEST2")
                .contains("Specimen Linde")
                .contains("What changed");
        Map<String, byte[]> files = unzipped(file("viewer", "2.zip?for=force").body());
        String folder = "SP-2026-000103-v2-force/";
        assertThat(new String(files.get(folder + "SP-2026-000103-v2-force.json"), StandardCharsets.UTF_8))
                .doesNotContain("QTEST2", "reportId", "recordId")
                .contains("Fio");
        assertThat(files.keySet()).noneMatch(name -> name.contains("lineage"));
        JsonNode manifest = JSON.readTree(files.get(folder + "manifest.json"));
        assertThat(manifest.path("profile").textValue()).isEqualTo("force");
        assertThat(manifest.path("sha256").textValue()).isEqualTo(Sha256.hex(resource("package-second.json")));
        obeys(files.get(folder + "manifest.json"), files.get(folder + "package-manifest-v1.json"));
        for (String other : List.of("regional-north", "tracker", "", "FORCE", "force%00")) {
            refused("viewer", OF_CASE + "2.zip?for=" + other, 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "pdf", "zip"})
    void outsideTheScopeThereIsNoPackage(String form) {
        long consultations = console.written().consultations();
        refused("leeds", OF_CASE + "2." + form, 404);
        refused("blind", OF_CASE + "2." + form, 404);
        for (String path : List.of(
                OF_CASE + "3." + form,
                OF_CASE + "0." + form,
                OF_CASE + "-1." + form,
                OF_CASE + "x." + form,
                OF_CASE + "99999999999999999999." + form,
                "/api/v1/cases/SP-2026-999999/packages/1." + form,
                "/api/v1/cases/x'%20OR%201=1/packages/1." + form)) {
            refused("viewer", path, 404);
        }
        assertThat(console.anonymous(OF_CASE + "2." + form).statusCode()).isEqualTo(401);
        assertThat(console.written().consultations()).isEqualTo(consultations);
    }

    @Test
    void whoTakesAPackageOutIsInTheEvidenceLog() {
        file("swansea", "1.pdf");
        file("swansea", "2.zip?for=force");
        assertThat(console.written().packagesTakenOut("swansea", "SP-2026-000103", 2))
                .containsExactly(
                        "version=2 as=zip for=force " + Sha256.hex(resource("package-second.json")),
                        "version=1 as=pdf " + Sha256.hex(resource("package-first.json")));
    }

    @Test
    void withoutAnEntryInTheLogNothingLeaves() {
        try (TestConsole broken = started()) {
            InventedCases.breakEvidence(broken.jdbc);
            assertThat(get(broken, "viewer", OF_CASE + "2.zip").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void bytesThatAreNotWhatWasNumberedGoToNobody() {
        try (TestConsole other = started()) {
            InventedCases.alterPackage(other.jdbc, 2, "Arbor", "Other");
            var answer = get(other, "viewer", OF_CASE + "2.json");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("Other");
        }
    }

    @Test
    void anErasedPackageIsGoneAndNotLinked() {
        try (TestConsole other = started()) {
            InventedCases.erasePackage(other.jdbc, 1);
            assertThat(get(other, "viewer", OF_CASE + "1.pdf").statusCode()).isEqualTo(410);
            var second = get(other, "viewer", OF_CASE + "2.pdf");
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(text(second)).contains("The version before this one is not kept any more");
            var session = other.session();
            session.signIn("viewer", TestConsole.PASSWORD);
            assertThat(session.get("/cases/SP-2026-000103").body())
                    .contains("/cases/SP-2026-000103/packages/2.pdf")
                    .doesNotContain("/cases/SP-2026-000103/packages/1.pdf");
            assertThat(session.get("/cases/SP-2026-000103/packages/1.pdf").statusCode())
                    .isEqualTo(410);
        }
    }

    @Test
    void thePageOfACaseLinksThem() {
        var session = console.session();
        session.signIn("swansea", TestConsole.PASSWORD);
        String page = session.get("/cases/SP-2026-000103").body();
        for (String link : List.of(
                "/cases/SP-2026-000103/packages/1.pdf",
                "/cases/SP-2026-000103/packages/2.zip",
                "/cases/SP-2026-000103/packages/2.pdf?for=force",
                "/cases/SP-2026-000103/packages/2.zip?for=force")) {
            assertThat(page).contains("href=\"" + link + "\"");
            assertThat(session.get(link).statusCode()).isEqualTo(200);
        }
        var leeds = console.session();
        leeds.signIn("leeds", TestConsole.PASSWORD);
        assertThat(leeds.get("/cases/SP-2026-000103/packages/2.pdf").statusCode())
                .isEqualTo(404);
        assertThat(console.session().get("/cases/SP-2026-000103/packages/2.pdf").statusCode())
                .isEqualTo(302);
    }

    private static void refused(String user, String path, int status) {
        var answer = get(console, user, path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
    }

    private static HttpResponse<byte[]> file(String user, String name) {
        var answer = get(console, user, OF_CASE + name);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<byte[]> get(TestConsole from, String user, String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(from.uri(path))
                            .header("Authorization", TestConsole.basic(user, TestConsole.PASSWORD))
                            .timeout(Duration.ofMinutes(2))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(entry.getTimeLocal()).hasToString("2026-08-04T16:00");
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private static void obeys(byte[] document, byte[] schema) {
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(new String(schema, StandardCharsets.UTF_8))
                        .validate(new String(document, StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }

    private static String text(HttpResponse<byte[]> pdf) {
        try (var document = Loader.loadPDF(pdf.body())) {
            return new PDFTextStripper().getText(document);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = PackagesIT.class.getResourceAsStream("/sallyport/console/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
