package sallyport.simulators.police;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A port in front of another one. Shut, it refuses connections and drops those it has, as a force that is down does. */
public final class Gate implements AutoCloseable {

    private final int port;
    private final int target;
    private final ExecutorService pumps = Executors.newCachedThreadPool(Gate::daemon);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Gate::daemon);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listener;

    public Gate(int port, int target) {
        this.port = port;
        this.target = target;
        open();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        return thread;
    }

    /** Open for the first while, then shut for the second, and so on. */
    public void rhythm(Duration open, Duration shut) {
        long period = open.plus(shut).toMillis();
        timer.scheduleAtFixedRate(this::shut, open.toMillis(), period, TimeUnit.MILLISECONDS);
        timer.scheduleAtFixedRate(this::open, period, period, TimeUnit.MILLISECONDS);
    }

    public synchronized void open() {
        if (listener != null) {
            return;
        }
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = opened;
            pumps.execute(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void shut() {
        quietly(listener);
        listener = null;
        sockets.forEach(Gate::quietly);
        sockets.clear();
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket outside = from.accept();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(outside);
                sockets.add(inside);
                pumps.execute(() -> pump(outside, inside));
                pumps.execute(() -> pump(inside, outside));
            } catch (IOException e) {
                // Shut, or the target is not there: the next one finds out for itself.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One side went away: both go.
        } finally {
            quietly(from);
            quietly(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void quietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // Nothing more can be done about it.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        shut();
        pumps.shutdownNow();
    }
}
