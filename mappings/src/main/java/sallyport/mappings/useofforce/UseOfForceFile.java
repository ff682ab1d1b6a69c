package sallyport.mappings.useofforce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of an extract, cut into reports as it is read: a report on each line (JSON lines), or one report over all of it. Which of the two
 * it is shows at the first line that is not blank: only a whole report ends there with a brace.
 */
public final class UseOfForceFile {

    /** Of one report, statements and all. */
    private static final int LONGEST = 2 * 1024 * 1024;

    private final InputStream bytes;
    private int line;
    private boolean begun;
    private boolean over;

    /** @param bytes better buffered: each is read by itself */
    public UseOfForceFile(InputStream bytes) {
        this.bytes = bytes;
    }

    /**
     * A report as it lies in the file.
     *
     * @param line where it begins, from 1, as an editor counts them
     * @param raw null when it is longer than any report
     */
    public record Piece(int line, byte @Nullable [] raw) {}

    /** Null when there is no more. */
    public @Nullable Piece next() throws IOException {
        while (!over) {
            line++;
            int began = line;
            var read = new Bounded();
            line(read);
            if (line == 1) {
                read.skipMark();
            }
            if (read.isBlank()) {
                continue;
            }
            if (!begun && !read.endsReport()) {
                while (!over) {
                    read.write('\n');
                    line(read);
                }
            }
            begun = true;
            return new Piece(began, read.whole());
        }
        return null;
    }

    private void line(Bounded into) throws IOException {
        for (int next = bytes.read(); next != '\n'; next = bytes.read()) {
            if (next < 0) {
                over = true;
                return;
            }
            into.write(next);
        }
    }

    /** What is too long is read over and not kept. */
    private static final class Bounded extends ByteArrayOutputStream {

        private boolean tooLong;

        @Override
        public void write(int next) {
            if (count < LONGEST) {
                super.write(next);
            } else {
                tooLong = true;
            }
        }

        /** The mark of UTF-8 that some programs begin a file with. */
        void skipMark() {
            if (count >= 3 && buf[0] == (byte) 0xEF && buf[1] == (byte) 0xBB && buf[2] == (byte) 0xBF) {
                count -= 3;
                System.arraycopy(buf, 3, buf, 0, count);
            }
        }

        boolean isBlank() {
            return end() == 0;
        }

        boolean endsReport() {
            int end = end();
            return tooLong || buf[0] == '{' && buf[end - 1] == '}';
        }

        byte @Nullable [] whole() {
            if (tooLong) {
                return null;
            }
            count = end();
            return toByteArray();
        }

        private int end() {
            int end = count;
            while (end > 0 && (buf[end - 1] == ' ' || buf[end - 1] == '\t' || buf[end - 1] == '\r')) {
                end--;
            }
            return end;
        }
    }
}
