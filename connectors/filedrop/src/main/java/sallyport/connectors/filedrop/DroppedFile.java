package sallyport.connectors.filedrop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.Unavailable;

/**
 * A file that lies whole in its directory. It is read twice, once for its hash and once for what is in it, and never kept in memory; if it
 * is not the same both times nothing counts.
 */
public final class DroppedFile {

    static final String STILL_CHANGING = "still-changing";

    private static final int CHUNK = 64 * 1024;

    private final String feed;
    private final Path path;
    private final Look look;
    private final @Nullable String refused;
    private byte @Nullable [] sha256;

    DroppedFile(String feed, Path path, Look look, @Nullable String refused) {
        this.feed = feed;
        this.path = path;
        this.look = look;
        this.refused = refused;
    }

    public String feed() {
        return feed;
    }

    public long size() {
        return look.size();
    }

    /** Why it is not read: {@code not-a-plain-file}, {@code other-ending}, {@code too-large}, {@code empty}; null when it is. */
    public @Nullable String refused() {
        return refused;
    }

    /** Twelve digits that are in the name it gets in {@code done} or {@code rejected}, by which people find it. */
    public String mark() {
        byte[] of = refused == null ? sha256() : digest().digest(look.toString().getBytes(UTF_8));
        return HexFormat.of().formatHex(of).substring(0, 12);
    }

    /** @throws Unavailable when it cannot be read, or is being written to after all */
    public byte[] sha256() {
        if (sha256 == null) {
            MessageDigest digest = digest();
            over(digest, in -> in);
            sha256 = digest.digest();
        }
        return sha256.clone();
    }

    /** What is done with the bytes. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(InputStream bytes) throws IOException;
    }

    /**
     * Reads it from its beginning. What has come of it counts only when this returns.
     *
     * @throws Unavailable as {@link #sha256()}
     */
    public <T> T read(Reading<T> reading) {
        byte[] before = sha256();
        MessageDigest digest = digest();
        T result = over(digest, reading);
        if (!Arrays.equals(before, digest.digest())) {
            throw changed();
        }
        return result;
    }

    Path path() {
        return path;
    }

    Look look() {
        return look;
    }

    private <T> T over(MessageDigest digest, Reading<T> reading) {
        try (InputStream file = Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                Exactly exactly = new Exactly(file, look.size());
                InputStream bytes = new DigestInputStream(exactly, digest)) {
            T result = reading.read(bytes);
            byte[] rest = new byte[CHUNK];
            while (bytes.read(rest) >= 0) {
                // Only for the hash: whoever read it may have seen enough.
            }
            return result;
        } catch (IOException e) {
            throw cannotBeRead(e);
        } catch (UncheckedIOException e) {
            throw cannotBeRead(e.getCause());
        }
    }

    /** The message of the exception has the file's name. */
    private static Unavailable cannotBeRead(IOException e) {
        return e instanceof Changed || e instanceof NoSuchFileException
                ? changed()
                : new Unavailable("cannot-be-read", e.getClass().getSimpleName(), null, null);
    }

    private static Unavailable changed() {
        return new Unavailable(STILL_CHANGING, "a file changed while it was read", null, null);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Changed extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** As many bytes as the look saw: one that grows without end has an end here. */
    private static final class Exactly extends FilterInputStream {

        private long left;

        Exactly(InputStream file, long size) {
            super(file);
            left = size;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            counted(next < 0 ? -1 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int n = super.read(into, from, most);
            counted(n);
            return n;
        }

        @Override
        public long skip(long n) {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void counted(int n) throws IOException {
            if (n < 0 ? left != 0 : (left -= n) < 0) {
                throw new Changed();
            }
        }
    }
}
