package sallyport.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sallyport.console.Answers.json;
import static sallyport.console.Answers.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.canonical.Sha256;

/** The ZIP of a package with the documents that it names: whole, or visibly not. */
class PackageDocumentsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CASE = "SP-2026-000103";
    private static final String ZIP = "/api/v1/cases/" + CASE + "/packages/2.zip";
    private static final String PAGE = "/cases/" + CASE + "/packages/2.zip";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** Far more than lies in the buffers between two sockets. */
    private static final int LARGE = 25_000_000;

    private static TestConsole console;
    /** No file is there twice. */
    private static int files;

    @BeforeAll
    static void open() {
        console = TestConsole.start();
        InventedCases.into(console.jdbc);
        InventedCases.numbered(console.jdbc, 1, resource("package-first.json"));
        console.user("viewer", "VIEWER", "*", "");
        console.user("curious", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("coordinator", "COORDINATOR", "*", "");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void theZipCarriesEachDocumentAsItWasAdded() throws IOException {
        byte[] first = pdf(1_300_000);
        byte[] second = pdf(900);
        long one = clean(first);
        long two = clean(second);
        clean(pdf(700));
        numbered(one, two);

        var answer = get("viewer", ZIP);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(answer.body().length));
        assertThat(header(answer, "Repr-Digest")).isEmpty();
        Map<String, byte[]> entries = unzipped(answer.body());
        String folder = CASE + "-v2/";
        assertThat(entries.get(folder + "document-" + one + ".pdf")).isEqualTo(first);
        assertThat(entries.get(folder + "document-" + two + ".pdf")).isEqualTo(second);
        JsonNode manifest = JSON.readTree(entries.remove(folder + "manifest.json"));
        assertThat(manifest.path("files"))
                .hasSize(8)
                .hasSameSizeAs(entries.keySet())
                .allSatisfy(file -> {
                    byte[] bytes = entries.get(folder + file.path("name").asText());
                    assertThat(file.path("size").asInt()).isEqualTo(bytes.length);
                    assertThat(file.path("sha256").asText()).isEqualTo(Sha256.hex(bytes));
                });
        assertThat(new String(answer.body(), ISO_8859_1)).doesNotContain("a-name");
        assertThat(console.written().documentsTakenOut("viewer", CASE))
                .containsSequence(
                        "document " + one + " version=2 as=zip " + Sha256.hex(first),
                        "document " + two + " version=2 as=zip " + Sha256.hex(second));

        var again = get("coordinator", ZIP);
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(header(again, "ETag")).isEqualTo(header(answer, "ETag"));
        var forForce = get("viewer", ZIP + "?for=force");
        assertThat(unzipped(forForce.body())).containsEntry(CASE + "-v2-force/document-" + one + ".pdf", first);
        assertThat(header(forForce, "ETag")).isNotEqualTo(header(answer, "ETag"));

        problem(console.api("leeds").get(ZIP), 404);
    }

    @Test
    void headTellsTheLengthAndTakesNothingOut() throws IOException {
        numbered(clean(pdf(1_300_000)));

        var head = send("curious", HttpRequest.newBuilder(console.uri(ZIP)).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(console.written().documentsTakenOut("curious", CASE)).isEmpty();
        assertThat(console.written().packagesTakenOut("curious", CASE, 2)).isEmpty();
        assertThat(console.written().consulted("curious", "asked how long a package is"))
                .containsExactly(CASE);

        var whole = get("curious", ZIP);
        for (String told : List.of("Content-Length", "ETag", "Content-Disposition", "Content-Type")) {
            assertThat(header(head, told)).as(told).isNotEmpty().isEqualTo(header(whole, told));
        }
    }

    @Test
    void thePageOfTheCaseOffersItWithItsLength() throws IOException {
        var session = console.session();
        session.signIn("viewer", TestConsole.PASSWORD);
        numbered(clean(pdf(1_300_000)), clean(pdf(400_000)));

        assertThat(session.get("/cases/" + CASE).body())
                .contains("(ZIP, with 2 documents, 2 MB)", ">ZIP, with 2 documents, 2 MB<");
        assertThat(session.get(PAGE).statusCode()).isEqualTo(200);
        JsonNode packages =
                json(console.api("viewer").get("/api/v1/cases/" + CASE), 200).path("packages");
        assertThat(packages.findValuesAsText("documents")).containsExactly("0", "2");
        assertThat(packages.findValuesAsText("documentBytes")).containsExactly("0", "1700000");
    }

    @Test
    void ofAnErasedDocumentPeopleAreToldBeforeAByteLeaves() throws IOException {
        long one = clean(pdf(1_300_000));
        numbered(one);
        InventedCases.eraseDocument(console.jdbc, one);

        assertThat(problem(console.api("viewer").get(ZIP), 410).path("detail").asText())
                .contains("Document " + one, "JSON and PDF");
        var session = console.session();
        session.signIn("viewer", TestConsole.PASSWORD);
        var page = session.get(PAGE);
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("Document " + one, "JSON and PDF");
        assertThat(get("viewer", ZIP.replace("zip", "pdf")).statusCode()).isEqualTo(200);
        assertNotTakenOut(one);
    }

    @Test
    void aPackageThatNamesADocumentWhichIsNotThatOneGoesToNobody() throws IOException {
        long one = clean(pdf(1_300_000));
        ObjectNode named = named(one);
        named.put("sha256", Sha256.hex(new byte[] {1}));
        numbered(named);

        problem(console.api("viewer").get(ZIP), 500);
        assertThat(tasksAbout(one)).hasSize(1);
        assertNotTakenOut(one);
    }

    /** A changed byte is found out with the last piece: by then most of the ZIP has left. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aPieceThatWasChangedBreaksTheConnectionAndNothingFollowsWhatLeft(int no) throws IOException {
        long one = clean(pdf(1_300_000));
        numbered(one);
        InventedCases.changePiece(console.jdbc, one, no);

        assertThatThrownBy(() -> sent(HttpRequest.newBuilder(console.uri(ZIP)))).isInstanceOf(IOException.class);
        for (String accept : List.of("*/*", "text/html,*/*;q=0.8")) {
            Arrived arrived = Arrived.all(console, ZIP, accept);
            assertThat(arrived.status()).isEqualTo(200);
            assertThat((long) arrived.body().length)
                    .isLessThan(arrived.length())
                    .isGreaterThan(1_000_000);
            // Neither a problem nor a page nor a directory of the ZIP.
            assertThat(new String(arrived.body(), ISO_8859_1)).doesNotContain("about:blank", "<html", "PK\u0001\u0002");
        }
        assertThat(tasksAbout(one))
                .singleElement()
                .asString()
                .contains("Document " + one + " is damaged")
                .doesNotContain("a-name");
    }

    /** From a page, too, and a document by itself. */
    @Test
    void aPieceThatWasChangedBreaksWhateverCarriesIt() throws IOException {
        long large = clean(pdf(1_300_000));
        long small = clean(pdf(900));
        numbered(large);
        InventedCases.changePiece(console.jdbc, large, 2);
        InventedCases.changePiece(console.jdbc, small, 0);
        var session = console.session();
        session.signIn("viewer", TestConsole.PASSWORD);
        String documents = "/cases/" + CASE + "/documents/";

        for (String path : List.of(PAGE, documents + large)) {
            assertThatThrownBy(() -> session.client.send(
                            HttpRequest.newBuilder(console.uri(path))
                                    .header("Accept", "text/html")
                                    .build(),
                            BodyHandlers.ofByteArray()))
                    .as(path)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> sent(HttpRequest.newBuilder(console.uri("/api/v1" + documents + large))))
                .isInstanceOf(IOException.class);
        // Found out before anything left: that can still be said.
        problem(console.api("viewer").get("/api/v1" + documents + small), 500);
        var page = session.get(documents + small);
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body()).contains("Something went wrong").endsWith("</html>\n");
        assertThat(page.headers().firstValue("Content-Disposition")).isEmpty();
    }

    /** As many as there may be, and more than there are connections. */
    @Test
    void slowReadersHoldNoConnectionToTheDatabase() throws IOException {
        byte[] large = pdf(LARGE);
        long one = clean(large);
        numbered(one);
        List<Arrived> slow = new ArrayList<>();
        try {
            for (int n = 0; n < 16; n++) {
                slow.add(Arrived.begin(console, ZIP, "*/*"));
            }
            waitUntil(() -> console.connectionsInUse() == 0);
            // All of them stand where they were, and others are served.
            assertThat(json(console.api("viewer").get("/api/v1/cases/" + CASE), 200)
                            .path("packages"))
                    .hasSize(2);
            assertThat(console.connectionsInUse()).isZero();
            var oneTooMany = console.api("viewer").get(ZIP);
            problem(oneTooMany, 503);
            assertThat(oneTooMany.headers().firstValue("Retry-After")).isPresent();

            Arrived first = slow.get(0);
            first.rest();
            assertThat((long) first.body().length).isEqualTo(first.length());
            assertThat(unzipped(first.body())).containsEntry(CASE + "-v2/document-" + one + ".pdf", large);
        } finally {
            for (Arrived each : slow) {
                each.socket().close();
            }
        }
        waitUntil(() -> get("viewer", ZIP).statusCode() == 200);
    }

    @Test
    void whatIsErasedWhileItLeavesBreaksTheConnection() throws IOException {
        long one = clean(pdf(LARGE));
        numbered(one);
        Arrived begun = Arrived.begin(console, ZIP, "*/*");
        InventedCases.eraseDocument(console.jdbc, one);
        begun.rest();

        assertThat((long) begun.body().length).isLessThan(begun.length());
        assertThat(tasksAbout(one)).isEmpty();
        problem(console.api("viewer").get(ZIP), 410);
    }

    private static List<String> tasksAbout(long document) {
        return console.written().openTasks("DOCUMENT").stream()
                .filter(task -> task.startsWith("Document " + document + " "))
                .toList();
    }

    private static void assertNotTakenOut(long document) {
        assertThat(console.written().documentsTakenOut("viewer", CASE))
                .noneMatch(entry -> entry.startsWith("document " + document + " "));
    }

    /** An answer as it arrives at a socket that buffers little. */
    private static final class Arrived {

        private final Socket socket;
        private final InputStream in;
        private final String head;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        private Arrived(Socket socket, String head) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.head = head;
        }

        static Arrived begin(TestConsole from, String path, String accept) throws IOException {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.setSoTimeout(120_000);
            socket.connect(new InetSocketAddress("127.0.0.1", from.port));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: " + accept + "\r\nAuthorization: "
                                    + TestConsole.basic("viewer", TestConsole.PASSWORD)
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as(head.toString()).isNotNegative();
                head.append((char) next);
            }
            return new Arrived(socket, head.toString());
        }

        static Arrived all(TestConsole from, String path, String accept) throws IOException {
            Arrived arrived = begin(from, path, accept);
            arrived.rest();
            return arrived;
        }

        void rest() {
            byte[] some = new byte[64 * 1024];
            try (socket) {
                for (int read = in.read(some); read >= 0; read = in.read(some)) {
                    body.write(some, 0, read);
                }
            } catch (IOException reset) {
                // That is an end, too.
            }
        }

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        long length() {
            String name = "content-length: ";
            int at = head.toLowerCase(java.util.Locale.ROOT).indexOf(name) + name.length();
            return Long.parseLong(head.substring(at, head.indexOf('\r', at)));
        }

        byte[] body() {
            return body.toByteArray();
        }

        Socket socket() {
            return socket;
        }
    }

    private long clean(byte[] file) throws IOException {
        var added = send(
                "coordinator",
                HttpRequest.newBuilder(console.uri("/api/v1/cases/" + CASE + "/documents?kind=statement-front"))
                        .header("Content-Disposition", "attachment; filename=\"a-name.pdf\"")
                        .POST(BodyPublishers.ofByteArray(file)));
        assertThat(added.statusCode()).isEqualTo(201);
        long id = JSON.readTree(added.body()).path("id").asLong();
        InventedCases.foundClean(console.jdbc, id);
        return id;
    }

    /** Version 2 names these, as the next package after their scan would. */
    private void numbered(long... ids) throws IOException {
        List<ObjectNode> named = new ArrayList<>();
        for (long id : ids) {
            named.add(named(id));
        }
        numbered(named.toArray(ObjectNode[]::new));
    }

    private void numbered(ObjectNode... named) throws IOException {
        ObjectNode pkg = (ObjectNode) JSON.readTree(resource("package-second.json"));
        ArrayNode documents = pkg.putArray("documents");
        for (ObjectNode one : named) {
            documents.add(one);
        }
        InventedCases.numbered(console.jdbc, 2, CanonicalJson.write(pkg));
    }

    private static byte[] resource(String name) {
        try (InputStream in = PackageDocumentsIT.class.getResourceAsStream("/sallyport/console/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode named(long id) throws IOException {
        for (JsonNode one : json(console.api("coordinator").get("/api/v1/cases/" + CASE + "/documents"), 200)
                .path("documents")) {
            if (one.path("id").asLong() == id) {
                return JSON.createObjectNode()
                        .put("number", id)
                        .put("kind", one.path("kind").asText())
                        .put("mediaType", one.path("mediaType").asText())
                        .put("size", one.path("size").asLong())
                        .put("sha256", one.path("sha256").asText());
            }
        }
        throw new AssertionError("no document " + id);
    }

    private HttpResponse<byte[]> get(String user, String path) {
        try {
            return send(user, HttpRequest.newBuilder(console.uri(path)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws IOException {
        return send("viewer", request);
    }

    private static HttpResponse<byte[]> send(String user, HttpRequest.Builder request) throws IOException {
        try {
            return CLIENT.send(
                    request.header("Authorization", TestConsole.basic(user, TestConsole.PASSWORD))
                            .timeout(Duration.ofMinutes(2))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static void waitUntil(BooleanSupplier so) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!so.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(so.getAsBoolean()).isTrue();
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] pdf(int size) {
        byte[] file = new byte[size];
        new Random(++files).nextBytes(file);
        byte[] head = "%PDF-1.7\n".getBytes(ISO_8859_1);
        System.arraycopy(head, 0, file, 0, head.length);
        return file;
    }
}
