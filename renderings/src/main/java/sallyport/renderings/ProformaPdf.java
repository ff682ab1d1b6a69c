package sallyport.renderings;

import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.w3c.dom.Document;
import sallyport.mappings.proforma.Proforma;

/**
 * The proforma as a tagged PDF (PDF/UA-1) that a screen reader reads in order. The same proforma and the same hash are the same bytes:
 * its only time is when the package was built, its document id is taken from the hash. Nothing outside is ever loaded.
 */
public final class ProformaPdf {

    private static final int ID_BYTES = 16;
    private static final String[] PROTOCOLS = {"http", "https", "file", "jar", "ftp", "data", "classpath", "mailto"};

    static {
        // It names the texts it has trouble with, and those are people's.
        XRLog.setLoggingEnabled(false);
    }

    private ProformaPdf() {}

    /**
     * @param sha256 of the bytes that the proforma was made from
     */
    public static byte[] of(Proforma proforma, byte[] sha256) {
        return render(ProformaPage.of(proforma), proforma.title(), proforma.builtAt(), sha256);
    }

    static byte[] render(Document page, String title, Instant at, byte[] sha256) {
        try (PdfBoxRenderer renderer = builder(page).buildPdfRenderer();
                PDDocument pdf = renderer.createPDFKeepOpen()) {
            GregorianCalendar built = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC), Locale.ROOT);
            built.setTimeInMillis(at.toEpochMilli());
            PDDocumentInformation information = pdf.getDocumentInformation();
            information.setTitle(Typeface.fit(title));
            information.setCreationDate(built);
            information.setModificationDate(built);
            COSArray id = new COSArray();
            COSString half = new COSString(Arrays.copyOf(sha256, ID_BYTES));
            id.add(half);
            id.add(half);
            pdf.getDocument().getTrailer().setItem(COSName.ID, id);
            dropEmptyTableParts(pdf.getDocumentCatalog().getStructureTreeRoot());
            var out = new ByteArrayOutputStream();
            pdf.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            // No cause: a message of the library may quote the text.
            throw new IllegalStateException(
                    "a proforma cannot be rendered: " + e.getClass().getName());
        }
    }

    private static PdfRendererBuilder builder(Document page) {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.withW3cDocument(page, null);
        builder.useFastMode();
        builder.usePdfUaAccessibility(true);
        builder.withProducer("Sallyport");
        builder.useFont(Typeface::regular, Typeface.NAME, 400, FontStyle.NORMAL, true);
        builder.useFont(Typeface::bold, Typeface.NAME, 700, FontStyle.NORMAL, true);
        builder.useUriResolver((base, uri) -> null);
        builder.useHttpStreamImplementation(ProformaPdf::refused);
        builder.useProtocolsStreamImplementation(ProformaPdf::refused, PROTOCOLS);
        builder.useExternalResourceAccessControl(
                (uri, kind) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
        builder.useExternalResourceAccessControl(
                (uri, kind) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        return builder;
    }

    /** The library gives every table a head and a foot; one without rows would be announced as a header that is not there. */
    private static void dropEmptyTableParts(PDStructureNode node) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                String type = element.getStructureType();
                if (element.getKids().isEmpty() && (type.equals("THead") || type.equals("TFoot"))) {
                    node.removeKid(element);
                } else {
                    dropEmptyTableParts(element);
                }
            }
        }
    }

    private static FSStream refused(String uri) {
        throw new IllegalStateException("a document loads nothing");
    }
}
