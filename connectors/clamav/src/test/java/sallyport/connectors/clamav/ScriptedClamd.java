package sallyport.connectors.clamav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what the protocol says, notes it, and answers as a test wants. */
final class ScriptedClamd implements AutoCloseable {

    /** What it does after the last piece. */
    interface Answer {
        void give(Socket socket, OutputStream out) throws IOException;
    }

    private final ServerSocket listening;
    final List<byte[]> scanned = new CopyOnWriteArrayList<>();
    final List<Integer> pieces = new CopyOnWriteArrayList<>();
    volatile Answer answer = saying("stream: OK\0");
    /** Gives up and says so once it has had so many bytes. */
    volatile int limit = Integer.MAX_VALUE;

    ScriptedClamd() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "scripted-clamd");
        thread.setDaemon(true);
        thread.start();
    }

    static Answer saying(String words) {
        return (socket, out) -> out.write(words.getBytes(ISO_8859_1));
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                talk(socket);
            } catch (IOException over) {
                // The next one, or the end.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        byte[] command = in.readNBytes("zINSTREAM\0".length());
        if (!new String(command, ISO_8859_1).equals("zINSTREAM\0")) {
            out.write("UNKNOWN COMMAND\0".getBytes(ISO_8859_1));
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            pieces.add(length);
            bytes.write(in.readNBytes(length));
            if (bytes.size() > limit) {
                out.write("INSTREAM size limit exceeded. ERROR\0".getBytes(ISO_8859_1));
                out.flush();
                // Reads on for a while, as a socket with data left to read would be reset and take the word with it.
                in.skipNBytes(0);
                socket.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
                return;
            }
        }
        scanned.add(bytes.toByteArray());
        answer.give(socket, out);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
