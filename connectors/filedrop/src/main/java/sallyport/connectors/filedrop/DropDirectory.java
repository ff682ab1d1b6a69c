package sallyport.connectors.filedrop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directory of one feed, with {@code done} and {@code rejected} beneath it: what is moved and deleted there. */
final class DropDirectory {

    static final String DONE = "done";
    static final String REJECTED = "rejected";
    private static final String WHY = ".why.txt";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern OURS = Pattern.compile("(\\d{8}T\\d{6}Z)-.*", Pattern.DOTALL);
    private static final int LONGEST_NAME = 120;

    private final String feed;
    private final Path directory;
    private final Clock clock;

    DropDirectory(String feed, Path directory, Clock clock) {
        this.feed = feed;
        this.directory = directory;
        this.clock = clock;
    }

    Path in(String name) {
        return directory.resolve(Path.of(name).getFileName());
    }

    /** Whether files can be taken from it, and put away. */
    void check() throws Trouble {
        if (!Files.isDirectory(directory)) {
            throw new Trouble("the directory is not there");
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new Trouble("the directory cannot be read by the hub's user");
        }
        // Camel takes a directory that cannot be listed for an empty one.
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(directory)) {
            listed.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            throw new Trouble("the directory cannot be listed");
        }
        if (!Files.isWritable(directory)) {
            throw new Trouble("files cannot be moved: let the hub's user write in the directory");
        }
        place(DONE);
        place(REJECTED);
    }

    /** Whoever may drop files may not choose with a link where they go. */
    private Path place(String name) throws Trouble {
        Path place = directory.resolve(name);
        try {
            Files.createDirectory(place);
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new Trouble(name + " is not a directory of its own");
            }
        } catch (IOException e) {
            throw Trouble.moving(e);
        }
        if (!Files.isWritable(place)) {
            throw new Trouble("files cannot be moved: let the hub's user write in " + name);
        }
        return place;
    }

    /** @return false when it is another file by now, which is left where it is */
    boolean done(DroppedFile file) throws Trouble {
        return move(file, free(place(DONE), file));
    }

    boolean rejected(DroppedFile file, List<String> why) throws Trouble {
        Path target = free(place(REJECTED), file);
        Path note = target.resolveSibling(target.getFileName() + WHY);
        try {
            // First: a file without its note would leave its sender without a word.
            Files.writeString(note, note(why), UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            delete(note);
            throw Trouble.moving(e);
        }
        boolean moved = false;
        try {
            moved = move(file, target);
        } finally {
            if (!moved) {
                delete(note);
            }
        }
        return moved;
    }

    private String note(List<String> why) {
        return "The hub did not take this file in, or not all of it (" + feed + ", "
                + clock.instant().toString().substring(0, 16) + "Z).\n\n" + String.join("\n", why) + "\n";
    }

    private Path free(Path place, DroppedFile file) {
        String name = file.path().getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        String own = name.substring(Math.max(0, name.length() - LONGEST_NAME));
        String first = STAMP.format(clock.instant()) + "-" + file.mark() + "-";
        Path target = place.resolve(first + own);
        for (int n = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS); n++) {
            target = place.resolve(first + n + "-" + own);
        }
        return target;
    }

    /** Only the file that was read, as it was read: its name may stand for another one by now. */
    private static boolean move(DroppedFile file, Path target) throws Trouble {
        Path from = file.path();
        if (!Look.at(from).equals(Optional.of(file.look()))) {
            return false;
        }
        try {
            Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw Trouble.moving(e);
        }
        boolean same =
                Look.at(target).filter(moved -> moved.isSameFile(file.look())).isPresent();
        if (!same && !Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.move(target, from, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw Trouble.moving(e);
            }
        }
        return same;
    }

    /** Deletes what has been put away for so long. */
    void tidy(Duration keepDone, Duration keepRejected) throws Trouble {
        tidy(place(DONE), clock.instant().minus(keepDone));
        tidy(place(REJECTED), clock.instant().minus(keepRejected));
    }

    private static void tidy(Path place, Instant before) throws Trouble {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                if (putAwayAt(file).filter(at -> at.isBefore(before)).isPresent()) {
                    delete(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new Trouble(place.getFileName() + " cannot be listed");
        }
    }

    /** By its name: the time of the file is its sender's. */
    private static Optional<Instant> putAwayAt(Path file) {
        Matcher ours = OURS.matcher(file.getFileName().toString());
        if (!ours.matches() || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(ours.group(1), STAMP).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException later) {
            // The next look finds it again.
        }
    }
}
