package sallyport.connectors.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server on a bare socket that counts every request that arrives whole and then behaves as badly as it was told: what a
 * well-kept HTTP server would never do, and what shows whether a client sends again by itself.
 */
public final class HostileServer implements AutoCloseable {

    /** What to do with a request that has been read; returns whether the connection stays open. */
    @FunctionalInterface
    public interface Behaviour {
        boolean answer(OutputStream out, int arrival) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)");

    private final ServerSocket listening;
    private final @Nullable Certificates tls;
    private final Behaviour behaviour;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger arrivals = new AtomicInteger();

    public HostileServer(@Nullable Certificates tls, Behaviour behaviour) {
        this.tls = tls;
        this.behaviour = behaviour;
        try {
            InetAddress loopback = InetAddress.getByName("127.0.0.1");
            this.listening = tls == null
                    ? new ServerSocket(0, 50, loopback)
                    : tls.server().getServerSocketFactory().createServerSocket(0, 50, loopback);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        threads.execute(this::accept);
    }

    /** Reads the request and hangs up. */
    public static Behaviour acceptsThenDrops() {
        return (out, arrival) -> false;
    }

    /** Answers well once, keeps the connection, and hangs up on whatever comes next. */
    public static Behaviour answersOnceThenDrops(byte[] answer) {
        return (out, arrival) -> {
            if (arrival > 1) {
                return false;
            }
            out.write(answer);
            out.flush();
            return true;
        };
    }

    /** Announces a long body and lets it come a byte at a time, one every 50 ms, without an end. */
    public static Behaviour drips(String contentType) {
        return (out, arrival) -> {
            out.write(head(200, contentType, "Content-Length: 10000"));
            for (int i = 0; i < 10_000; i++) {
                out.write(' ');
                out.flush();
                pause(50);
            }
            return false;
        };
    }

    /** Half a body, then the end. */
    public static Behaviour breaksOff(String contentType, byte[] body) {
        return (out, arrival) -> {
            out.write(head(200, contentType, "Content-Length: " + body.length));
            out.write(body, 0, body.length / 2);
            out.flush();
            return false;
        };
    }

    /** A body without an end and without a length; counts what it got rid of. */
    public static Behaviour endless(String contentType, AtomicLong written) {
        return (out, arrival) -> {
            out.write(head(200, contentType, "Connection: close"));
            byte[] chunk = new byte[8192];
            Arrays.fill(chunk, (byte) ' ');
            while (written.get() < 1L << 30) {
                out.write(chunk);
                written.addAndGet(chunk.length);
            }
            return false;
        };
    }

    /** Never answers and never hangs up. */
    public static Behaviour saysNothing() {
        return (out, arrival) -> {
            pause(60_000);
            return false;
        };
    }

    public static byte[] whole(int status, String contentType, byte[] body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(head(status, contentType, "Content-Length: " + body.length));
        answer.writeBytes(body);
        return answer.toByteArray();
    }

    private static byte[] head(int status, String contentType, String more) {
        return ("HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType + "\r\n" + more + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    public URI address() {
        return URI.create((tls == null ? "http" : "https") + "://localhost:" + listening.getLocalPort());
    }

    /** Requests that were read to their last byte. */
    public int arrivals() {
        return arrivals.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (readRequest(in)) {
                if (!behaviour.answer(connection.getOutputStream(), arrivals.incrementAndGet())) {
                    return;
                }
            }
        } catch (IOException hungUp) {
            // The client went away, which is what most of these tests are about.
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        if (head.toString().toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            return readChunks(in);
        }
        Matcher length = LENGTH.matcher(head);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return in.readNBytes(body).length == body;
    }

    private static boolean readChunks(InputStream in) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().endsWith("\r\n0\r\n\r\n") && !seen.toString().equals("0\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            seen.append((char) next);
        }
        return true;
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new IOException("closing");
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
