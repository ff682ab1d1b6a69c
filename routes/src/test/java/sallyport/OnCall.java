package sallyport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Whoever is told of alerts: a service that takes posts, and a mail server. */
public final class OnCall implements AutoCloseable {

    public static final String SECRET = "a secret of more than 32 characters, for tests only";

    /** One post as it came. */
    public record Post(String id, String signature, String body) {}

    public final List<Post> posts = new CopyOnWriteArrayList<>();
    public final List<String> mails = new CopyOnWriteArrayList<>();

    private final HttpServer hook;
    private final ServerSocket mail;

    OnCall() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "on-call-hook");
            thread.setDaemon(true);
            return thread;
        }));
        hook.createContext("/alerts", exchange -> {
            posts.add(new Post(
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    exchange.getRequestHeaders().getFirst("X-Sallyport-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        mail = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "on-call-mail");
        accepting.setDaemon(true);
        accepting.start();
    }

    String hookUrl() {
        return "http://127.0.0.1:" + hook.getAddress().getPort() + "/alerts";
    }

    int mailPort() {
        return mail.getLocalPort();
    }

    private void accept() {
        while (!mail.isClosed()) {
            try (Socket socket = mail.accept()) {
                take(socket);
            } catch (IOException gone) {
                // The next one may be well.
            }
        }
    }

    private void take(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        answer(out, "220 ready");
        for (String line = in.readLine(); line != null && !line.startsWith("QUIT"); line = in.readLine()) {
            if (line.equals("DATA")) {
                answer(out, "354 go on");
                StringBuilder text = new StringBuilder();
                for (String each = in.readLine(); each != null && !each.equals("."); each = in.readLine()) {
                    text.append(each).append('\n');
                }
                mails.add(text.toString());
            }
            answer(out, "250 ok");
        }
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        hook.stop(0);
        try {
            mail.close();
        } catch (IOException gone) {
            // It is gone already.
        }
    }
}
