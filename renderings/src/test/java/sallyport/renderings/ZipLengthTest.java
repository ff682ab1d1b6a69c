package sallyport.renderings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipLengthTest {

    private static final byte[] ZEROS = new byte[50_000_000];

    /** The last two lie across 4 GiB: of the one only the directory is beyond, of the other entries are. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 86, 88})
    void isAsLongAsTheZipThatIsWritten(int documents) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(ZEROS);
        // Deaf to what it is given but for how much it was.
        var written = new OutputStream() {
            private long length;

            @Override
            public void write(int b) {
                length++;
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                length += count;
            }
        };
        ZipLength reckoned = new ZipLength();
        ZipOutputStream zip = new ZipOutputStream(written, StandardCharsets.UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
        for (int n = 0; n < documents; n++) {
            ZipEntry entry = new ZipEntry("SP-2026-000123-v2/document-" + n + ".mp4");
            entry.setSize(ZEROS.length);
            entry.setCompressedSize(ZEROS.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(ZEROS);
            zip.closeEntry();
            reckoned.add(entry.getName(), ZEROS.length);
        }
        zip.finish();
        assertThat(reckoned.total()).isEqualTo(written.length);
    }
}
