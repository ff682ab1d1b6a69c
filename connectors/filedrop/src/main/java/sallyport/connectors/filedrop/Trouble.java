package sallyport.connectors.filedrop;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;

/** What keeps a directory from being looked after, in one line for whoever can mend it. Never the name of a file in it. */
final class Trouble extends Exception {

    private static final long serialVersionUID = 1L;

    Trouble(String words) {
        super(words);
    }

    static Trouble moving(IOException e) {
        if (e instanceof AtomicMoveNotSupportedException) {
            return new Trouble("done and rejected are on another file system: put them on the one of the directory");
        }
        if (e instanceof AccessDeniedException) {
            return new Trouble(
                    "files cannot be moved: let the hub's user write in the directory, in done and in rejected");
        }
        String reason = e instanceof FileSystemException system ? String.valueOf(system.getReason()) : "";
        if (reason.contains("No space") || reason.contains("quota")) {
            return new Trouble("the disk is full: make room");
        }
        return new Trouble("files cannot be moved (" + e.getClass().getSimpleName() + ")");
    }
}
