package sallyport.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The log files of the processes: each start begins a new one, and the five before it are kept. */
final class LogFiles {
    private static final int KEPT = 5;

    private LogFiles() {}

    /** Moves {@code x.log} to {@code x.log.1}, that to {@code x.log.2} and so on; makes the directory if need be. */
    static void rotate(Path log) {
        try {
            Files.createDirectories(log.getParent());
            for (int i = KEPT; i > 0; i--) {
                Path newer = i == 1 ? log : numbered(log, i - 1);
                if (Files.exists(newer)) {
                    Files.move(newer, numbered(log, i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new GroundFailure("the log file " + log + " cannot be put aside", e);
        }
    }

    private static Path numbered(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }
}
