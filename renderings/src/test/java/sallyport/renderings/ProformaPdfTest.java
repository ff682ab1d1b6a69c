package sallyport.renderings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDTableAttributeObject;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.junit.jupiter.api.Test;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.proforma.Proforma;
import sallyport.mappings.referral.PackageSchema;

class ProformaPdfTest {

    private static final byte[] PDF = Packages.pdf(Packages.second(), Packages.first());

    @Test
    void isMadeOfPackagesThatTheSchemaAllows() {
        PackageSchema.validate(CanonicalJson.write(Packages.first()));
        PackageSchema.validate(CanonicalJson.write(Packages.second()));
    }

    @Test
    void saysWhatItIsBeforeAnybodyReadsIt() throws IOException {
        try (ReadPdf read = new ReadPdf(PDF)) {
            var catalog = read.pdf.getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo("en-GB");
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(read.pdf.getDocumentInformation().getTitle())
                    .isEqualTo("Crime in prison referral SP-2026-000123, version 2");
            String metadata = new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8);
            assertThat(metadata)
                    .containsPattern("pdfuaid:part(=\"|>)1")
                    .contains("Crime in prison referral SP-2026-000123, version 2")
                    .contains("from Moorland (HMP &amp; YOI), MDI to South Yorkshire Police");
            assertThat(StreamSupport.stream(
                                    catalog.getDocumentOutline().children().spliterator(), false)
                            .map(PDOutlineItem::getTitle))
                    .hasSameSizeAs(proforma().sections())
                    .startsWith("1. Summary and references", "2. What changed", "3. Incident", "4. People");
            for (PDPage page : read.pdf.getPages()) {
                assertThat(page.getCOSObject().getNameAsString("Tabs")).isEqualTo("S");
            }
        }
    }

    @Test
    void everythingPaintedIsInTheStructureOrMarkedAsDecoration() throws IOException {
        try (ReadPdf read = new ReadPdf(PDF)) {
            assertThat(read.paintedUntagged()).isZero();
            assertThat(read.elements("Figure")).isEmpty();
            assertThat(read.elements("H1")).hasSize(1);
            assertThat(read.elements("H2")).hasSameSizeAs(proforma().sections());
        }
    }

    @Test
    void everyTableHasHeadersThatSayWhatTheyHead() throws IOException {
        try (ReadPdf read = new ReadPdf(PDF)) {
            List<PDStructureElement> tables = read.elements("Table");
            assertThat(tables).hasSizeGreaterThan(12);
            for (PDStructureElement table : tables) {
                for (PDStructureElement head : ReadPdf.within(table, "THead")) {
                    assertThat(ReadPdf.within(head, "TH")).isNotEmpty().allMatch(th -> scope(th)
                            .equals("Column"));
                    assertThat(ReadPdf.within(head, "TD")).isEmpty();
                }
                assertThat(ReadPdf.within(table, "TFoot")).isEmpty();
                List<PDStructureElement> rows = ReadPdf.within(table, "TBody").stream()
                        .flatMap(body -> ReadPdf.within(body, "TR").stream())
                        .toList();
                assertThat(rows).isNotEmpty();
                for (PDStructureElement row : rows) {
                    assertThat(ReadPdf.within(row, "TH")).hasSize(1).allMatch(th -> scope(th)
                            .equals("Row"));
                    assertThat(ReadPdf.within(row, "TD")).isNotEmpty();
                }
            }
        }
    }

    private static String scope(PDStructureElement header) {
        var attributes = header.getAttributes();
        return attributes.size() == 0 ? "" : ((PDTableAttributeObject) attributes.getObject(0)).getScope();
    }

    @Test
    void isReadOutInTheOrderOfThePage() throws IOException {
        try (ReadPdf read = new ReadPdf(PDF)) {
            assertThat(read.text())
                    .startsWith("OFFICIAL-SENSITIVE when completed Crime in prison referral SP-2026-000123, version 2"
                            + " 1. Summary and references Case reference SP-2026-000123 Version 2 (supplement)")
                    .containsSubsequence(
                            "2. What changed",
                            "Incident, occurred 3 August 2026, 09:40 3 August 2026, 09:42",
                            "Person: Testperson Quentin Arbor (A1234BC): location A-1-002 SEG-1-004",
                            "Person – Specimen Linde (B2345CD)",
                            "Exists; not handed over yet Handed over",
                            "Statement – MG11, Fio Ficta",
                            "3. Incident",
                            "What happened, as the prison wrote it",
                            "struck Officer Fio Ficta in the face",
                            "Added on 3 August 2026, 14:10",
                            "4. People",
                            "Suspect: Testperson Quentin Arbor (A1234BC)",
                            "CRO number as received 123456/08X (fails its check: do not use it as one)",
                            "Victim: Fio Ficta, member of staff",
                            "Witness 1: Exemplar Birke",
                            "5. Injuries",
                            "6. Proposed offences",
                            "7. Why it is referred",
                            "Were any staff assaulted Yes A7-1",
                            "8. Evidence",
                            "9. Adjudications of the suspects",
                            "10. Case notes of the suspects",
                            "11. Evidence and readiness checklist",
                            "12. Contacts and handling",
                            "13. Where it comes from",
                            "End of SP-2026-000123, version 2.")
                    // Head and foot are decoration: nobody wants to hear them on every page.
                    .doesNotContain("Page 2 of");
        }
    }

    @Test
    void carriesItsTypefaceWithIt() throws IOException {
        try (ReadPdf read = new ReadPdf(PDF)) {
            int fonts = 0;
            for (PDPage page : read.pdf.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    var font = page.getResources().getFont(name);
                    assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                    assertThat(font.getName()).contains("Liberation");
                    fonts++;
                }
            }
            assertThat(fonts).isGreaterThan(read.pdf.getNumberOfPages());
        }
    }

    @Test
    void hasNoTimeButThePackagesOwnAndAnIdOfItsContent() throws IOException {
        byte[] hash = Sha256.of(CanonicalJson.write(Packages.second()));
        try (ReadPdf read = new ReadPdf(PDF)) {
            var information = read.pdf.getDocumentInformation();
            Instant built = Instant.parse("2026-08-04T16:00:00Z");
            assertThat(information.getCreationDate().toInstant()).isEqualTo(built);
            assertThat(information.getModificationDate().toInstant()).isEqualTo(built);
            COSArray id = read.pdf.getDocument().getDocumentID();
            assertThat(((COSString) id.get(0)).getBytes()).isEqualTo(Arrays.copyOf(hash, 16));
            assertThat(((COSString) id.get(1)).getBytes()).isEqualTo(Arrays.copyOf(hash, 16));
        }
    }

    @Test
    void theSamePackageIsTheSameBytes() {
        for (int i = 0; i < 5; i++) {
            assertThat(Packages.pdf(Packages.first(), null)).isNotEqualTo(PDF);
            assertThat(Packages.pdf(Packages.second(), Packages.first())).isEqualTo(PDF);
        }
    }

    @Test
    void anotherProcessElsewhereMakesTheSameBytes() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Duser.timezone=Asia/Tokyo",
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Dfile.encoding=ISO-8859-1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Elsewhere.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(Sha256.hex(PDF));
        } finally {
            other.destroyForcibly();
        }
    }

    /** A node somewhere else, with other habits. */
    static final class Elsewhere {

        public static void main(String[] arguments) {
            System.out.println(Sha256.hex(Packages.pdf(Packages.second(), Packages.first())));
        }
    }

    @Test
    void aVersionWhoseForerunnerIsErasedSaysSo() throws IOException {
        try (ReadPdf read = new ReadPdf(Packages.pdf(Packages.second(), null))) {
            assertThat(read.text()).contains("The version before this one is not kept any more");
        }
    }

    private static Proforma proforma() {
        return Packages.proforma(Packages.second(), Packages.first());
    }
}
