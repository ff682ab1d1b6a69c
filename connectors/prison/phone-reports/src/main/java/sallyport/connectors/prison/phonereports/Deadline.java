package sallyport.connectors.prison.phonereports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Ends a reading that has taken too long, whatever it waits for: its time-outs are for each answer, and a server that says one byte a
 * second never meets them. The sockets are closed from outside.
 */
final class Deadline implements AutoCloseable {

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "phone-reports-deadline");
        thread.setDaemon(true);
        return thread;
    });

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ScheduledFuture<?> end;
    private volatile boolean late;

    Deadline(Duration total) {
        end = WATCH.schedule(this::cutOff, total.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isLate() {
        return late;
    }

    private void cutOff() {
        late = true;
        sockets.forEach(Deadline::shut);
    }

    private Socket watched(Socket socket) {
        sockets.add(socket);
        if (late) {
            shut(socket);
        }
        return socket;
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is what was wanted.
        }
    }

    @Override
    public void close() {
        end.cancel(false);
        sockets.forEach(Deadline::shut);
    }

    SocketFactory plain() {
        return new Plain();
    }

    SSLSocketFactory secure(SSLSocketFactory factory) {
        return new Secure(factory);
    }

    private final class Plain extends SocketFactory {

        @Override
        public Socket createSocket() {
            return watched(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return watched(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return watched(new Socket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return watched(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return watched(new Socket(host, port, local, localPort));
        }
    }

    private final class Secure extends SSLSocketFactory {

        private final SSLSocketFactory factory;

        Secure(SSLSocketFactory factory) {
            this.factory = factory;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return watched(factory.createSocket());
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean closeBelow) throws IOException {
            return watched(factory.createSocket(below, host, port, closeBelow));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return watched(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return watched(factory.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return watched(factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return watched(factory.createSocket(host, port, local, localPort));
        }
    }
}
