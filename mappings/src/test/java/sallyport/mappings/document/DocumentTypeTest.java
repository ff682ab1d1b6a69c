package sallyport.mappings.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTypeTest {

    @Test
    void tellsAFileByHowItBegins() {
        assertThat(type("%PDF-1.7\n")).contains(DocumentType.PDF);
        assertThat(type("\u00ff\u00d8\u00ff\u00e0")).contains(DocumentType.JPEG);
        assertThat(type("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR")).contains(DocumentType.PNG);
        assertThat(type("II*\0")).contains(DocumentType.TIFF_LITTLE);
        assertThat(type("MM\0*")).contains(DocumentType.TIFF_BIG);
        assertThat(type("\0\0\0\u0018ftypmp42")).contains(DocumentType.MP4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "%PDF", "MZ\u0090\0", "PK\u0003\u0004", "<html>%PDF-", "#!/bin/sh", " %PDF-1.7", "GIF89a"})
    void tellsNothingOfAnythingElse(String head) {
        assertThat(type(head)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statement.pdf | statement.pdf",
                "C:\\Users\\canary\\a b.pdf | a b.pdf",
                "../../etc/passwd | passwd",
                "..\\.htaccess | htaccess",
                "a\"; rm -rf.pdf | a__ rm -rf.pdf",
                "Müller (1).jpg | Müller (1).jpg"
            })
    void leavesOfANameWhatIsAName(String sent, String name) {
        assertThat(FileName.of(sent)).isEqualTo(name);
    }

    @Property
    void whateverIsSentTheNameIsShortAndHarmless(@ForAll String sent) {
        String name = FileName.of(sent + "\r\nSet-Cookie: x\u0000\u202e.pdf");
        assertThat(name)
                .isNotNull()
                .hasSizeLessThanOrEqualTo(100)
                .doesNotContainPattern("[\\p{Cntrl}/\\\\\"<>:;\u202e]");
        assertThat(FileName.of("/")).isNull();
        assertThat(FileName.of(null)).isNull();
    }

    private static Optional<DocumentType> type(String head) {
        return DocumentType.of(head.getBytes(StandardCharsets.ISO_8859_1));
    }
}
