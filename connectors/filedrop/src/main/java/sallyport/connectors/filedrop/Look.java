package sallyport.connectors.filedrop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file as one look saw it, never what a link points to. Two looks that are equal saw the same file, unchanged.
 *
 * @param key the file itself, whatever it is called; null where the file system does not say
 */
record Look(boolean plain, long size, FileTime changed, @Nullable Object key) {

    /** Empty when it is not there (any more), or cannot be looked at. */
    static Optional<Look> at(Path file) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    new Look(found.isRegularFile(), found.size(), found.lastModifiedTime(), found.fileKey()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    boolean isSameFile(Look other) {
        return key == null ? equals(other) : key.equals(other.key);
    }
}
