package sallyport.connectors.prison.phonereports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server that behaves as badly as it is told, one answer at a time. */
final class ScriptedImap implements AutoCloseable {

    static final String HANGS_UP = "(hangs up)";
    static final String SAYS_NOTHING = "(says nothing)";
    static final String DRIPS = "(drips)";

    final List<String> commands = new CopyOnWriteArrayList<>();
    private final Map<String, String> script = new ConcurrentHashMap<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket listening;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ScriptedImap() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** @param command {@code greeting}, or how a command begins; {@code answer} may hold {@code $tag} */
    ScriptedImap says(String command, String answer) {
        script.put(command, answer);
        return this;
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
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            OutputStream out = connection.getOutputStream();
            if (!say(out, script.getOrDefault("greeting", "* OK ready\r\n"), "*")) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 2);
                String command = words.length > 1 ? words[1] : "";
                commands.add(command);
                if (!say(out, answer(command), words[0])) {
                    return;
                }
            }
        } catch (IOException hungUp) {
            // The client went away.
        }
    }

    private String answer(String command) {
        return script.entrySet().stream()
                .filter(entry -> command.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> usual(command));
    }

    private static String usual(String command) {
        if (command.startsWith("CAPABILITY")) {
            return "* CAPABILITY IMAP4rev1\r\n$tag OK\r\n";
        }
        if (command.startsWith("EXAMINE") || command.startsWith("SELECT")) {
            return "* 1 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Deleted)\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 5] x\r\n$tag OK done\r\n";
        }
        if (command.equals("FETCH 1 (UID)") || command.startsWith("UID FETCH")) {
            return "* 1 FETCH (UID 4)\r\n$tag OK\r\n";
        }
        return "$tag OK\r\n";
    }

    private boolean say(OutputStream out, String answer, String tag) throws IOException {
        if (answer.equals(HANGS_UP)) {
            return false;
        }
        try {
            if (answer.equals(SAYS_NOTHING)) {
                closing.await(60, SECONDS);
                return false;
            }
            if (answer.equals(DRIPS)) {
                for (int i = 0; i < 10_000 && !closing.await(50, MILLISECONDS); i++) {
                    out.write("* OK wait\r\n".getBytes(ISO_8859_1));
                    out.flush();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
        out.write(answer.replace("$tag", tag).getBytes(ISO_8859_1));
        out.flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
