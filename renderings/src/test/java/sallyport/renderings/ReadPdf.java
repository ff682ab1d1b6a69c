package sallyport.renderings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.TextPosition;

/** A PDF as a screen reader meets it: the structure tree, and the text that each element of it points at. */
final class ReadPdf implements AutoCloseable {

    private static final List<String> PAINTING =
            List.of("Tj", "TJ", "'", "\"", "f", "F", "f*", "S", "s", "B", "b", "Do", "sh");

    final PDDocument pdf;
    private final Map<PDPage, Map<Integer, String>> texts = new HashMap<>();

    ReadPdf(byte[] bytes) throws IOException {
        pdf = Loader.loadPDF(bytes);
        for (PDPage page : pdf.getPages()) {
            var extractor = new PDFMarkedContentExtractor();
            extractor.setSuppressDuplicateOverlappingText(false);
            extractor.processPage(page);
            Map<Integer, String> byId = new HashMap<>();
            extractor.getMarkedContents().forEach(content -> collect(content, byId));
            texts.put(page, byId);
        }
    }

    private static void collect(PDMarkedContent content, Map<Integer, String> byId) {
        StringBuilder text = new StringBuilder();
        for (Object part : content.getContents()) {
            if (part instanceof TextPosition position) {
                text.append(position.getUnicode());
            } else if (part instanceof PDMarkedContent inner) {
                collect(inner, byId);
            }
        }
        if (content.getMCID() >= 0) {
            byId.merge(content.getMCID(), text.toString(), String::concat);
        }
    }

    /** All elements of this type, in reading order. */
    List<PDStructureElement> elements(String type) {
        List<PDStructureElement> found = new ArrayList<>();
        collect(pdf.getDocumentCatalog().getStructureTreeRoot(), type, found);
        return found;
    }

    static List<PDStructureElement> within(PDStructureNode node, String type) {
        List<PDStructureElement> found = new ArrayList<>();
        collect(node, type, found);
        return found;
    }

    private static void collect(PDStructureNode node, String type, List<PDStructureElement> found) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                if (element.getStructureType().equals(type)) {
                    found.add(element);
                }
                collect(element, type, found);
            }
        }
    }

    /** What is read out, in order. */
    String text() {
        return text(pdf.getDocumentCatalog().getStructureTreeRoot());
    }

    String text(PDStructureNode node) {
        StringBuilder text = new StringBuilder();
        read(node, null, text);
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private void read(PDStructureNode node, PDPage above, StringBuilder text) {
        PDPage page =
                node instanceof PDStructureElement element && element.getPage() != null ? element.getPage() : above;
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                read(element, page, text);
                text.append(' ');
            } else if (kid instanceof Integer id) {
                append(page, id, text);
            } else if (kid instanceof PDMarkedContentReference reference) {
                append(reference.getPage() == null ? page : reference.getPage(), reference.getMCID(), text);
            }
        }
    }

    private void append(PDPage page, int id, StringBuilder text) {
        texts.entrySet().stream()
                .filter(entry -> entry.getKey().getCOSObject() == page.getCOSObject())
                .map(entry -> entry.getValue().getOrDefault(id, ""))
                .forEach(text::append);
    }

    /** How many things are painted that are neither in the structure nor marked as decoration. */
    int paintedUntagged() throws IOException {
        int untagged = 0;
        for (PDPage page : pdf.getPages()) {
            int depth = 0;
            for (Object token : new PDFStreamParser(page).parse()) {
                if (token instanceof Operator operator) {
                    String name = operator.getName();
                    if (name.equals("BDC") || name.equals("BMC")) {
                        depth++;
                    } else if (name.equals("EMC")) {
                        depth--;
                    } else if (depth == 0 && PAINTING.contains(name)) {
                        untagged++;
                    }
                }
            }
        }
        return untagged;
    }

    @Override
    public void close() throws IOException {
        pdf.close();
    }
}
