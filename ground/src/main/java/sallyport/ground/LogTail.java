package sallyport.ground;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole lines that were added to a file since the last look. A file and not a pipe, so that a process that writes
 * never waits for the one that reads, and outlives it.
 */
final class LogTail {
    private static final int LONGEST_READ = 1 << 20;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;

    /** Begins at the file's present end. */
    LogTail(Path file) {
        this.file = file;
        try {
            position = Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            position = 0;
        }
    }

    List<String> newLines() {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(position);
            byte[] bytes = new byte[(int) Math.min(LONGEST_READ, Math.max(0, open.length() - position))];
            open.readFully(bytes);
            position += bytes.length;
            for (byte b : bytes) {
                if (b == '\n') {
                    lines.add(unfinished.toString(StandardCharsets.UTF_8));
                    unfinished.reset();
                } else {
                    unfinished.write(b);
                }
            }
        } catch (IOException e) {
            // Unreadable now, read at the next look: the position has not moved.
        }
        return lines;
    }
}
