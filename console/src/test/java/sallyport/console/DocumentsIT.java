package sallyport.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static sallyport.console.Answers.json;
import static sallyport.console.Answers.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Documents by the API and by the form. */
class DocumentsIT {

    private static final String DOCUMENTS = "/api/v1/cases/SP-2026-000101/documents";
    private static final Pattern FORM = Pattern.compile("action=\"(/[^\"]+[?]_csrf=[^\"]+)\"");

    private static TestConsole console;

    @BeforeAll
    static void open() {
        console = TestConsole.start("sallyport.documents.max-bytes=3000000", "server.tomcat.max-swallow-size=10MB");
        InventedCases.into(console.jdbc);
        console.user("viewer", "VIEWER", "*", "");
        console.user("leeds", "COORDINATOR", "LEI", "");
        console.user("coordinator", "COORDINATOR", "*", "");
        console.user("operator", "OPERATOR", "*", "");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void aDocumentIsAddedListedAndFetchedOnceItIsClean() throws IOException {
        byte[] file = pdf(1_500_000, 1);

        JsonNode added = json(
                upload("coordinator", DOCUMENTS + "?kind=statement-front", file, "application/pdf", "a \"b\".pdf"),
                201);
        long id = added.path("id").longValue();
        problem(console.api("viewer").get(DOCUMENTS + "/" + id), 409);
        InventedCases.foundClean(console.jdbc, id);

        var fetched = console.api("viewer").get(DOCUMENTS + "/" + id);
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename");
        assertThat(fetched.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(fetched.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(fetched.headers().firstValue("Content-Length")).hasValue("1500000");
        assertThat(json(console.api("viewer").get(DOCUMENTS), 200).findValuesAsText("sha256"))
                .contains(added.path("sha256").asText());
        assertThat(console.written().consulted("viewer", "fetched a document")).contains("SP-2026-000101");
        problem(upload("coordinator", DOCUMENTS + "?kind=statement-front", file, null, null), 409);
    }

    /** The back of a statement says where a witness lives; a scan of both sides does too. */
    @Test
    void theContactsOfAWitnessAreForThoseWhoDecide() throws IOException {
        int number = 40;
        for (String kind : List.of("statement-back", "statement")) {
            long id = json(upload("coordinator", DOCUMENTS + "?kind=" + kind, pdf(900, number++), null, null), 201)
                    .path("id")
                    .longValue();
            InventedCases.foundClean(console.jdbc, id);

            problem(console.api("viewer").get(DOCUMENTS + "/" + id), 403);
            assertThat(console.api("coordinator").get(DOCUMENTS + "/" + id).statusCode())
                    .isEqualTo(200);
            assertThat(console.written().consulted("viewer", "fetched a document with the contacts of a witness"))
                    .isEmpty();
            assertThat(console.written().consulted("coordinator", "fetched a document with the contacts of a witness"))
                    .contains("SP-2026-000101");
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        String to = DOCUMENTS + "?kind=photograph";
        long before = console.written().documents();
        assertThat(code(upload("coordinator", to, "MZ program".getBytes(ISO_8859_1), null, "a.pdf"), 415))
                .isEqualTo("wrong-type");
        assertThat(code(upload("coordinator", to, pdf(100, 2), "image/png", "a.png"), 415))
                .isEqualTo("wrong-type");
        assertThat(code(upload("coordinator", to, new byte[0], null, null), 400))
                .isEqualTo("empty");
        assertThat(code(upload("coordinator", DOCUMENTS + "?kind=canary", pdf(100, 2), null, null), 400))
                .isEqualTo("unknown-kind");
        assertThat(code(upload("coordinator", DOCUMENTS, pdf(100, 2), null, null), 400))
                .isEqualTo("unknown-kind");
        assertThat(code(upload("coordinator", to, pdf(3_000_001, 2), null, null), 413))
                .isEqualTo("too-large");
        assertThat(console.written().documents()).isEqualTo(before);
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws Exception {
        long before = console.written().documents();
        try (Socket socket = new Socket("127.0.0.1", console.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + DOCUMENTS + "?kind=statement HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                            + TestConsole.basic("coordinator", TestConsole.PASSWORD)
                            + "\r\nContent-Type: application/pdf\r\nContent-Length: 2000000\r\n\r\n")
                    .getBytes(ISO_8859_1));
            out.write(pdf(1_200_000, 3));
            out.flush();
            waitUntil(() -> console.written().documents() > before);
        }
        waitUntil(() -> console.written().documents() == before);
        assertThat(console.written().documents()).isEqualTo(before);
        assertThat(console.written().piecesOfUnfinishedDocuments()).isZero();
    }

    @Test
    void isOpenToThoseWhoDecideAndWithinTheirScope() throws IOException {
        String to = DOCUMENTS + "?kind=statement";
        problem(upload("viewer", to, pdf(100, 4), null, null), 403);
        problem(upload("operator", to, pdf(100, 4), null, null), 403);
        problem(upload("leeds", to, pdf(100, 4), null, null), 404);
        problem(console.api("leeds").get(DOCUMENTS), 404);
        problem(console.api("leeds").get(DOCUMENTS + "/1"), 404);
        problem(console.api("viewer").get(DOCUMENTS + "/x"), 404);
        problem(console.api("viewer").get(DOCUMENTS + "/999999"), 404);
    }

    @Test
    void aFormWithAFileIsTaken() throws Exception {
        var session = console.session();
        session.signIn("coordinator", TestConsole.PASSWORD);
        String page = "/cases/SP-2026-000102/documents";

        var done = submit(session, page, "photograph", "photo<b>.png", png(900_000));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
        assertThat(session.get(page).body())
                .contains("The document is added", "Not scanned yet", "photo_b_.png")
                .doesNotContain("photo<b>");

        var wrong = submit(session, page, "photograph", "photo.png", "GIF89a".getBytes(ISO_8859_1));
        assertThat(wrong.statusCode()).isEqualTo(415);
        assertThat(wrong.body()).contains("href=\"#file\"", "begin like one");
        assertThat(submit(session, page, "photograph", "", new byte[0]).statusCode())
                .isEqualTo(400);
        assertThat(submit(session, page, "photograph", "a.png", png(3_000_001)).statusCode())
                .isEqualTo(413);
    }

    /** Nothing of a form is laid on the disk for whom nobody knows, or where no page takes a file. */
    @Test
    void aFormWithAFileIsOnlyLookedAtWherePeopleMaySendOne() {
        byte[] body = multipart("kind", "statement", "a.pdf", pdf(100, 5));
        for (String path : new String[] {"/sign-in", "/cases/SP-2026-000101/approve", DOCUMENTS}) {
            assertThat(post(console.session().client, path, body).statusCode())
                    .as(path)
                    .isEqualTo(415);
        }
        assertThat(post(console.session().client, "/cases/SP-2026-000101/documents", body)
                        .statusCode())
                .isEqualTo(403);
        var viewer = console.session();
        viewer.signIn("viewer", TestConsole.PASSWORD);
        assertThat(viewer.get("/cases/SP-2026-000101/documents").body())
                .contains("A coordinator adds documents")
                .doesNotContain("multipart");
        assertThat(post(viewer.client, "/cases/SP-2026-000101/documents", body).statusCode())
                .isEqualTo(403);
        var leeds = console.session();
        leeds.signIn("leeds", TestConsole.PASSWORD);
        assertThat(leeds.get("/cases/SP-2026-000101/documents").statusCode()).isEqualTo(404);
    }

    @Test
    void aFormWithAListOfTelephoneReportsIsTaken() {
        String page = "/telephone-reports/hand-in";
        String names = "reference,prison,occurred\n";
        var session = console.session();
        session.signIn("operator", TestConsole.PASSWORD);
        assertThat(session.get("/telephone-reports").body()).contains("href=\"" + page + "\"");

        assertThat(handIn(session, "Mail is down", names + "H-1,LEI,2026-03-01 10:00\nH-2,canary,2026-03-01 10:00\n")
                        .statusCode())
                .isEqualTo(302);
        assertThat(session.get(page).body())
                .contains("The list is taken, with one report.", "Row 3, column prison", "unknown-prison")
                .doesNotContain("canary");

        var wrong = handIn(session, "Mail is down", "reference,canary\n");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("href=\"#file\"", "Row 1, column prison")
                .doesNotContain("canary");
        assertThat(handIn(session, " ", names).body()).contains("href=\"#reason\"");
        assertThat(handIn(session, "Mail is down", "").body()).contains("href=\"#file\"");

        var coordinator = console.session();
        coordinator.signIn("coordinator", TestConsole.PASSWORD);
        assertThat(coordinator.get("/telephone-reports").body()).doesNotContain(page);
        assertThat(coordinator.get(page).statusCode()).isEqualTo(403);
        byte[] body = multipart("reason", "x", "a.csv", names.getBytes(ISO_8859_1));
        assertThat(post(coordinator.client, page, body).statusCode()).isEqualTo(403);
        assertThat(post(session.client, page, body).statusCode())
                .as("without the token of a form")
                .isEqualTo(403);
    }

    private static HttpResponse<String> handIn(TestConsole.Session session, String reason, String list) {
        return submit(
                session,
                "/telephone-reports/hand-in",
                multipart("reason", reason, "list.csv", list.getBytes(ISO_8859_1)));
    }

    private static HttpResponse<String> submit(
            TestConsole.Session session, String page, String kind, String name, byte[] file) {
        return submit(session, page, multipart("kind", kind, name, file));
    }

    private static HttpResponse<String> submit(TestConsole.Session session, String page, byte[] body) {
        Matcher form = FORM.matcher(session.get(page).body());
        assertThat(form.find()).isTrue();
        return post(session.client, form.group(1).replace("&amp;", "&"), body);
    }

    private static HttpResponse<String> post(HttpClient client, String path, byte[] body) {
        return console.send(
                client,
                HttpRequest.newBuilder(console.uri(path))
                        .header("Accept", "text/html")
                        .header("Content-Type", "multipart/form-data; boundary=----b")
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] multipart(String field, String value, String name, byte[] file) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("------b\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value
                        + "\r\n------b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n------b--\r\n".getBytes(ISO_8859_1));
        return body.toByteArray();
    }

    private static HttpResponse<String> upload(String user, String path, byte[] file, String type, String name) {
        var request = HttpRequest.newBuilder(console.uri(path))
                .header("Authorization", TestConsole.basic(user, TestConsole.PASSWORD))
                .POST(BodyPublishers.ofByteArray(file));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (name != null) {
            request.header("Content-Disposition", "attachment; filename=\"" + name.replace("\"", "\\\"") + "\"");
        }
        return console.send(HttpClient.newHttpClient(), request);
    }

    private static String code(HttpResponse<String> answer, int status) throws IOException {
        JsonNode problem = problem(answer, status);
        assertThat(answer.body()).doesNotContain("canary");
        return problem.path("parameter").asText();
    }

    private static void waitUntil(BooleanSupplier so) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!so.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(so.getAsBoolean()).isTrue();
    }

    private static byte[] pdf(int size, long seed) {
        return begins("%PDF-1.7\n", size, seed);
    }

    private static byte[] png(int size) {
        return begins("\u0089PNG\r\n\u001a\n", size, size);
    }

    private static byte[] begins(String head, int size, long seed) {
        byte[] file = new byte[size];
        new Random(seed).nextBytes(file);
        byte[] first = head.getBytes(ISO_8859_1);
        System.arraycopy(first, 0, file, 0, first.length);
        return file;
    }
}
