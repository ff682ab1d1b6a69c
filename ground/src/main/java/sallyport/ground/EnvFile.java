package sallyport.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code KEY=value} lines that only their owner may read; written whole or not at all. */
final class EnvFile {
    private EnvFile() {}

    /** @return the entries in order, none if there is no such file; comments and blank lines are passed over */
    static Map<String, String> read(Path file) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return entries;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    entries.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new GroundFailure(file + " cannot be read", e);
        }
        return entries;
    }

    static void write(Path file, String comment, Map<String, String> entries) {
        StringBuilder text = new StringBuilder("# ").append(comment).append('\n');
        entries.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            // Created private, not made private afterwards: there is no moment in which others can read it.
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new GroundFailure(file + " cannot be written", e);
        }
    }
}
