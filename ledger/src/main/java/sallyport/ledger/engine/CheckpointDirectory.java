package sallyport.ledger.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The files outside the database: {@code <thousands>/<number>.json}, each written aside, forced to the disk and moved into place,
 * and never written again.
 */
final class CheckpointDirectory {

    private static final int PER_FOLDER = 1000;
    private static final Pattern FOLDER = Pattern.compile("[0-9]{9}");
    private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.json");

    private final Path root;

    CheckpointDirectory(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    boolean exists() {
        return Files.isDirectory(root);
    }

    Path path(long no) {
        return root.resolve("%09d".formatted(no / PER_FOLDER)).resolve("%012d.json".formatted(no));
    }

    /** Empty when there is no such file. At most one byte more than a checkpoint can have. */
    Optional<byte[]> read(long no) throws IOException {
        try (var in = Files.newInputStream(path(no))) {
            return Optional.of(in.readNBytes(Checkpoint.MOST_BYTES + 1));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** The highest number there is a file of. */
    OptionalLong last() throws IOException {
        for (Path folder : listed(root, FOLDER).descendingSet()) {
            TreeSet<Path> files = listed(folder, NAME);
            if (!files.isEmpty()) {
                var name = NAME.matcher(files.last().getFileName().toString());
                if (name.matches()) {
                    return OptionalLong.of(Long.parseLong(name.group(1)));
                }
            }
        }
        return OptionalLong.empty();
    }

    private static TreeSet<Path> listed(Path folder, Pattern names) throws IOException {
        var found = new TreeSet<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, entry -> names.matcher(entry.getFileName().toString()).matches())) {
            entries.forEach(found::add);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /**
     * Puts the file where it belongs; nothing when it is there already.
     *
     * @param first whether no file came before it: then the directory is made too
     * @throws CheckpointTrouble when another file stands there, or the one before is missing: this is not the directory
     */
    void publish(long no, String file, boolean first) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        try {
            Optional<byte[]> there = read(no);
            if (there.isPresent()) {
                if (!Arrays.equals(there.get(), bytes)) {
                    throw new CheckpointTrouble(
                            "another checkpoint " + no + " stands in " + root + " than the database knows: see verify");
                }
                return;
            }
            if (first) {
                Files.createDirectories(root);
            } else if (!Files.exists(path(no - 1))) {
                throw new CheckpointTrouble("checkpoint " + (no - 1) + " is not in " + root
                        + ": is the right directory mounted there? see verify");
            }
            Path target = path(no);
            Files.createDirectories(target.getParent());
            put(target, bytes);
        } catch (IOException e) {
            throw new CheckpointTrouble(
                    "checkpoints cannot be written to " + root + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    /** For people who verify elsewhere; nobody believes this one. */
    void publishKey(String id, String pem) {
        Path target = root.resolve("public-key-" + id + ".pem");
        try {
            if (exists() && !Files.exists(target)) {
                put(target, pem.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CheckpointTrouble(
                    "the public key cannot be written to " + root + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static void put(Path target, byte[] bytes) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path aside = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            try (var out = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
        // The names too: a file without its directory entry is gone after a power cut.
        force(folder);
        force(folder.getParent());
    }

    private static void force(Path folder) throws IOException {
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
