package sallyport.simulators.scanner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** A daemon that speaks INSTREAM, with several at once, and finds whatever has {@link #INFECTED} in it; while it is away it breaks every connection. */
public final class SimulatedClamd implements AutoCloseable {

    /** No virus: words that this scanner takes for one. */
    public static final String INFECTED = "THIS-IS-TAKEN-FOR-A-VIRUS";

    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(ISO_8859_1);
    private static final int LARGEST = 60_000_000;
    private static final int PIECE = 64 * 1024;

    private final ServerSocket listening;
    private final AtomicBoolean away = new AtomicBoolean();

    private SimulatedClamd(ServerSocket listening) {
        this.listening = listening;
    }

    /** On 127.0.0.1. */
    public static SimulatedClamd start(int port) {
        try {
            SimulatedClamd clamd = new SimulatedClamd(new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1")));
            Thread thread = new Thread(clamd::serve, "simulated-clamd");
            thread.setDaemon(true);
            thread.start();
            return clamd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void away(boolean isAway) {
        away.set(isAway);
    }

    private void serve() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread thread = new Thread(() -> talk(socket), "simulated-clamd-scan");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException over) {
                // The next one, or the end.
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            if (!away.get()) {
                socket.setSoTimeout(30_000);
                answer(socket);
            }
        } catch (IOException broken) {
            // Whoever asked has gone.
        }
    }

    private static void answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        if (!Arrays.equals(in.readNBytes(COMMAND.length), COMMAND)) {
            out.write("UNKNOWN COMMAND\0".getBytes(ISO_8859_1));
            return;
        }
        long sent = 0;
        boolean infected = false;
        // The end of what came, in which the words may have begun.
        String tail = "";
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            sent += length;
            if (length < 0 || sent > LARGEST) {
                out.write("INSTREAM size limit exceeded. ERROR\0".getBytes(ISO_8859_1));
                return;
            }
            for (int left = length; left > 0; ) {
                byte[] some = in.readNBytes(Math.min(left, PIECE));
                if (some.length == 0) {
                    return;
                }
                left -= some.length;
                String seen = tail + new String(some, ISO_8859_1);
                infected |= seen.contains(INFECTED);
                tail = seen.substring(Math.max(0, seen.length() - INFECTED.length()));
            }
        }
        String verdict = infected ? "stream: Simulated.Test-1 FOUND\0" : "stream: OK\0";
        out.write(verdict.getBytes(ISO_8859_1));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
