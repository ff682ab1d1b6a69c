package sallyport.bench.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The load balancer in front of the hubs' partner ports: each connection goes to the next hub that takes it. */
final class Relay implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1000;

    private final ServerSocket listener;
    private final List<Integer> targets;
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService pumps = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });

    Relay(int port, List<Integer> targets) throws IOException {
        this.targets = targets;
        this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        pumps.execute(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket partner = listener.accept();
                pumps.execute(() -> connect(partner));
            } catch (IOException e) {
                // Closed, or out of handles for a moment: the partner comes again.
            }
        }
    }

    private void connect(Socket partner) {
        int first = turn.getAndIncrement();
        for (int i = 0; i < targets.size(); i++) {
            Socket hub = new Socket();
            try {
                int port = targets.get(Math.floorMod(first + i, targets.size()));
                hub.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                pumps.execute(() -> pump(hub, partner));
                pump(partner, hub);
                return;
            } catch (IOException e) {
                quietly(hub);
            }
        }
        quietly(partner);
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One side went away: both go.
        } finally {
            quietly(from);
            quietly(to);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done about it.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        pumps.shutdownNow();
    }
}
