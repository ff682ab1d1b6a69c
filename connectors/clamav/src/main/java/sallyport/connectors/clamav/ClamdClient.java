package sallyport.connectors.clamav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.Unavailable;
import sallyport.mappings.Rejected;

/**
 * Speaks the daemon's INSTREAM: {@code zINSTREAM\0}, then pieces, each behind its length in four bytes, the most significant first,
 * then a length of zero. The answer ends with a zero byte. Only {@code stream: OK} is clean; whatever else comes, or does not come, is not.
 */
final class ClamdClient {

    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(ISO_8859_1);
    private static final int PIECE = 64 * 1024;
    /** A signature's name is short; a longer answer is none of the daemon's. */
    private static final int LONGEST_ANSWER = 4_096;

    private static final Pattern FOUND = Pattern.compile("stream: (.{1,500}) FOUND");
    private static final String TOO_LARGE = "INSTREAM size limit exceeded";

    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "clamav-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final ClamavProperties properties;

    ClamdClient(ClamavProperties properties) {
        this.properties = properties;
    }

    /**
     * @param bytes closed in any case
     * @throws Unavailable where there is no verdict and another try may give one
     * @throws Rejected {@code too-large-for-scanner}: the daemon's {@code StreamMaxLength} is smaller
     */
    ScanResult scan(InputStream bytes) {
        try (bytes;
                Socket socket = new Socket()) {
            connect(socket);
            AtomicBoolean late = new AtomicBoolean();
            ScheduledFuture<?> deadline = DEADLINES.schedule(
                    () -> {
                        late.set(true);
                        close(socket);
                    },
                    properties.timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return talk(socket, bytes);
            } catch (IOException broken) {
                if (late.get()) {
                    throw new Unavailable("no-verdict", "the scanner gave no verdict in time", null, null);
                }
                throw new Unavailable("connection-lost", "the scanner broke the connection", null, null);
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException closing) {
            throw new Unavailable("connection-lost", "the scanner broke the connection", null, null);
        }
    }

    private void connect(Socket socket) {
        try {
            Duration wait = properties.connectTimeout();
            socket.connect(new InetSocketAddress(properties.host(), properties.port()), (int) wait.toMillis());
            socket.setSoTimeout((int) properties.timeout().toMillis());
            socket.setTcpNoDelay(true);
        } catch (SocketTimeoutException late) {
            throw new Unavailable("connect-timeout", "the scanner does not answer", null, null);
        } catch (IOException refused) {
            throw new Unavailable("connection-refused", "the scanner is not there", null, null);
        }
    }

    private static ScanResult talk(Socket socket, InputStream bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        long sent = 0;
        try {
            out.write(COMMAND);
            byte[] piece = new byte[Integer.BYTES + PIECE];
            int read = read(bytes, piece);
            while (read > 0) {
                ByteBuffer.wrap(piece).putInt(read);
                out.write(piece, 0, Integer.BYTES + read);
                sent += read;
                read = read(bytes, piece);
            }
            out.write(new byte[Integer.BYTES]);
            out.flush();
        } catch (SourceBroken broken) {
            throw new Unavailable("source-broken", "the document could not be read to its end", null, null);
        } catch (IOException stopped) {
            // A daemon that has had enough says so and closes: its word may be here although ours did not all go.
            String word = answer(socket);
            if (word != null && !word.equals("stream: OK")) {
                return verdict(word, sent);
            }
            throw stopped;
        }
        return verdict(answer(socket), sent);
    }

    private static int read(InputStream bytes, byte[] piece) throws SourceBroken {
        try {
            return bytes.readNBytes(piece, Integer.BYTES, PIECE);
        } catch (IOException e) {
            throw new SourceBroken(e);
        }
    }

    private static final class SourceBroken extends IOException {
        private static final long serialVersionUID = 1L;

        SourceBroken(IOException cause) {
            super(cause);
        }
    }

    /** Up to the zero byte; null where the connection ended before it. */
    private static @Nullable String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int next = in.read();
        while (next > 0) {
            answer.write(next);
            if (answer.size() > LONGEST_ANSWER) {
                throw new Unavailable("not-a-scanner", "what answers is no ClamAV daemon", null, null);
            }
            next = in.read();
        }
        // Half a word is none: "stream: OK" may have been the beginning of something else.
        return next < 0 ? null : answer.toString(ISO_8859_1);
    }

    private static ScanResult verdict(@Nullable String answer, long sent) {
        if (answer == null) {
            throw new Unavailable("no-verdict", "the scanner broke the connection without a verdict", null, null);
        }
        if (answer.equals("stream: OK")) {
            return new ScanResult(null, sent);
        }
        Matcher found = FOUND.matcher(answer);
        if (found.matches()) {
            return new ScanResult(found.group(1).replaceAll("[^\\x20-\\x7e]", "?"), sent);
        }
        if (answer.startsWith(TOO_LARGE)) {
            throw new Rejected("too-large-for-scanner", "StreamMaxLength");
        }
        throw new Unavailable("not-a-verdict", "the scanner could not scan it", null, null);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // That is what was wanted.
        }
    }
}
