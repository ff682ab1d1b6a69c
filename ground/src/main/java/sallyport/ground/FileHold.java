package sallyport.ground;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive hold on a lock file for as long as this process lives; the kernel lets go of it even after a kill -9. A
 * second process is refused with a line that names the first.
 */
final class FileHold implements AutoCloseable {
    /** A channel that nobody refers to is closed by the garbage collector, and the lock is gone with it. */
    private static final Set<FileHold> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;

    private FileHold(FileChannel channel) {
        this.channel = channel;
        HELD.add(this);
    }

    static FileHold on(Path file, String holder) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String pid = Files.readString(file).strip();
                channel.close();
                throw new GroundFailure(
                        "another " + holder + " (process " + pid + ") runs on " + file.getParent() + " already");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FileHold(channel);
        } catch (IOException e) {
            throw new GroundFailure(file + " cannot be locked", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        HELD.remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            throw new GroundFailure("a lock file could not be closed", e);
        }
    }
}
