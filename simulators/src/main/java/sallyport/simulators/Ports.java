package sallyport.simulators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The ports of every partner: free ones at the first start, the same ones ever after, so that addresses given out stay good.
 *
 * @param rest HMPPS services and the tracker
 * @param queue of domain events
 * @param ihub all forces that take iHub reports
 * @param cjse all forces on the exchange
 * @param mail the mailbox of telephone reports
 * @param scanner of documents
 * @param gate in front of the force that is down now and then
 */
record Ports(int rest, int queue, int ihub, int cjse, int mail, int scanner, int gate, int log) {

    private static final List<String> NAMES =
            List.of("rest", "queue", "ihub", "cjse", "mail", "scanner", "gate", "log");

    static Ports keptIn(Path file, int wantedLog) {
        Properties kept = new Properties();
        try {
            if (Files.exists(file)) {
                try (var reader = Files.newBufferedReader(file)) {
                    kept.load(reader);
                }
            }
            // A partner that is new since the file was written gets a port of its own.
            List<String> missing = NAMES.stream()
                    .filter(name -> kept.getProperty(name) == null)
                    .toList();
            if (!missing.isEmpty()) {
                List<Integer> free = free(missing.size());
                for (int i = 0; i < missing.size(); i++) {
                    kept.setProperty(missing.get(i), String.valueOf(free.get(i)));
                }
                try (var writer = Files.newBufferedWriter(file)) {
                    kept.store(writer, null);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int log = wantedLog == 0 ? number(kept, "log") : wantedLog;
        return new Ports(
                number(kept, "rest"),
                number(kept, "queue"),
                number(kept, "ihub"),
                number(kept, "cjse"),
                number(kept, "mail"),
                number(kept, "scanner"),
                number(kept, "gate"),
                log);
    }

    private static int number(Properties kept, String name) {
        return Integer.parseInt(kept.getProperty(name));
    }

    /** All held open together, so that no two are the same. */
    private static List<Integer> free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
