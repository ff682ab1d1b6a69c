package sallyport.renderings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What people and machines write into reports stays text, whatever it looks like. */
class HostileTextTest {

    /** Read as codes, references and times, so no hostile text can be in them: types and schema refuse it. */
    private static final Set<String> CHECKED =
            Set.of("schema", "caseReference", "kind", "marking", "force", "state", "role", "instant", "builtAt");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</p></td></tr></table><h1>Not ours</h1><script>alert(1)</script>",
                "<img src='http://127.0.0.1:9/x'/><link rel='stylesheet' href='file:///etc/passwd'/>",
                "]]>&lt;!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;&#0;&#x1F;",
                "*/ } @import url(http://127.0.0.1:9/x.css); body { display: none } /*",
                "{{7*7}} ${7*7} #{7*7} %n%s%x <% %>",
            })
    void markupIsShownAsItWasWritten(String hostile) throws IOException {
        try (ReadPdf read = new ReadPdf(everywhere(hostile))) {
            assertThat(read.text().replace(" ", "")).contains(hostile.replace(" ", ""));
            assertThat(read.elements("H1")).hasSize(1);
            assertThat(read.paintedUntagged()).isZero();
            nothingIsActive(read);
        }
    }

    @Test
    void controlAndFormattingCharactersAreWrittenAsNumbers() throws IOException {
        String hostile =
                "abc\u0000\u0007\u202Egnp.exe\u2066\u200B\uFEFF\u00AD\u2028\uD83D\uDE00\uD83D\uDE00\uDC00 \u05D0\u0627 \u4E2D end";
        try (ReadPdf read = new ReadPdf(everywhere(hostile))) {
            assertThat(read.text().replace(" ", ""))
                    .contains(("abc[U+0000][U+0007][U+202E]gnp.exe[U+2066][U+200B][U+FEFF][U+00AD][U+2028]"
                                    + "[U+1F600, 2 times][U+DC00] [U+05D0][U+0627] [U+4E2D] end")
                            .replace(" ", ""));
        }
    }

    @Test
    void namesKeepTheirAccents() throws IOException {
        String names = "Zażółć Şükrü Ngô Văn Đức Ωμέγα Ёлка O’Neill e\u0301tude";
        try (ReadPdf read = new ReadPdf(everywhere(names))) {
            assertThat(read.text()).contains("Zażółć Şükrü Ngô Văn Đức Ωμέγα Ёлка O’Neill étude");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"W", "<", "中", "a ", "\uD83D\uDE00\uD83D\uDE01", "\n", "e\u0301", "\u0301"})
    void aLongTextOfAnythingIsADocumentAllTheSame(String unit) throws IOException {
        // One of the most that there can be; the others are as long as it takes to run over many pages.
        String narrative = unit.repeat((unit.equals("a ") ? 100_000 : 15_000) / unit.length());
        ObjectNode pkg = Packages.first();
        pkg.withObject("/incident").put("description", narrative).put("title", narrative.substring(0, 5_000));
        ((ObjectNode) pkg.at("/persons/0")).put("comment", narrative);
        ((ObjectNode) pkg.at("/exhibits/0")).put("description", narrative);
        ((ObjectNode) pkg.at("/adjudications/0")).put("paragraphText", narrative);
        ((ObjectNode) pkg.at("/caseNotes/0")).put("text", narrative);
        Instant begun = Instant.now();
        byte[] pdf = Packages.pdf(pkg, null);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(4));
        try (ReadPdf read = new ReadPdf(pdf)) {
            assertThat(read.pdf.getNumberOfPages()).isBetween(4, 2_500);
            assertThat(read.text()).endsWith("End of SP-2026-000123, version 1.");
        }
    }

    @Test
    void nothingRunsOutOfThePage() throws IOException {
        String word = "W".repeat(3_000);
        try (ReadPdf read = new ReadPdf(everywhere(word))) {
            float[] rightmost = {0};
            new PDFTextStripper() {
                @Override
                protected void writeString(String text, List<org.apache.pdfbox.text.TextPosition> positions) {
                    positions.forEach(position ->
                            rightmost[0] = Math.max(rightmost[0], position.getXDirAdj() + position.getWidthDirAdj()));
                }
            }.getText(read.pdf);
            float right = read.pdf.getPage(0).getMediaBox().getWidth() - 18 / 25.4f * 72;
            assertThat(rightmost[0]).isBetween(right / 2, right + 1);
        }
    }

    @Test
    void nothingIsLoadedEvenIfAnElementAskedForIt(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.css"), "body:before { content: 'leaked' }");
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String http = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
            Document page = ProformaPage.of(Packages.proforma(Packages.first(), null));
            for (String uri : List.of(
                    http, secret.toUri().toString(), "jar:" + secret.toUri() + "!/x", "data:image/png;base64,AAAA")) {
                asking(page, "body", "img", "src", uri).setAttribute("alt", "asked for");
                asking(page, "body", "object", "data", uri);
                asking(page, "head", "link", "href", uri).setAttribute("rel", "stylesheet");
                asking(page, "body", "p", "style", "background-image: url('" + uri + "')")
                        .setTextContent("styled");
                asking(page, "head", "style", "type", "text/css")
                        .setTextContent(
                                "@import url('" + uri + "'); @font-face { font-family: x; src: url('" + uri + "') }");
            }
            byte[] pdf = ProformaPdf.render(page, "Title", Instant.EPOCH, new byte[32]);
            assertThat(calls).hasValue(0);
            try (ReadPdf read = new ReadPdf(pdf)) {
                assertThat(new PDFTextStripper().getText(read.pdf))
                        .contains("Crime in prison referral")
                        .doesNotContain("leaked");
            }
        } finally {
            server.stop(0);
        }
    }

    private static Element asking(Document page, String parent, String name, String attribute, String value) {
        Element element = page.createElement(name);
        element.setAttribute(attribute, value);
        page.getElementsByTagName(parent).item(0).appendChild(element);
        return element;
    }

    private static void nothingIsActive(ReadPdf read) throws IOException {
        assertThat(read.pdf.getDocumentCatalog().getOpenAction()).isNull();
        assertThat(read.pdf.getDocumentCatalog().getCOSObject().getDictionaryObject(COSName.AA))
                .isNull();
        assertThat(read.pdf.getDocumentCatalog().getAcroForm()).isNull();
        assertThat(read.pdf.getDocumentCatalog().getNames())
                .satisfiesAnyOf(names -> assertThat(names).isNull(), names -> assertThat(names.getEmbeddedFiles())
                        .isNull());
        for (PDPage page : read.pdf.getPages()) {
            assertThat(page.getAnnotations()).isEmpty();
            assertThat(page.getResources().getXObjectNames()).isEmpty();
        }
    }

    /** The text in every field that takes any text. */
    private static byte[] everywhere(String hostile) {
        ObjectNode first = Packages.first();
        ObjectNode second = Packages.second();
        replace(second, text -> hostile);
        return Packages.pdf(second, first);
    }

    private static void replace(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            List.copyOf(object.properties()).forEach(field -> {
                String name = field.getKey();
                JsonNode value = field.getValue();
                if (value.isTextual() && !CHECKED.contains(name)) {
                    object.set(name, TextNode.valueOf(change.apply(value.textValue())));
                } else {
                    replace(value, change);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, TextNode.valueOf(change.apply(array.get(i).textValue())));
                } else {
                    replace(array.get(i), change);
                }
            }
        }
    }
}
