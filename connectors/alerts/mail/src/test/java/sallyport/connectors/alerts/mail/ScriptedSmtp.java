package sallyport.connectors.alerts.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.contract.Certificates;

/** A mail server on a real socket that answers by the book, unless a test has it say something else, or nothing. */
final class ScriptedSmtp implements AutoCloseable {

    /** Instead of an answer: hangs up, or stays silent until the test is over. */
    static final String HANGS_UP = "(hangs up)";

    static final String SAYS_NOTHING = "(says nothing)";

    private final ServerSocket listening;
    private final @Nullable Certificates tls;
    private final Map<String, String> instead = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    /** Every text that was taken to its last line. */
    final List<String> texts = new CopyOnWriteArrayList<>();

    final List<String> commands = new CopyOnWriteArrayList<>();

    ScriptedSmtp(@Nullable Certificates tls) {
        this.tls = tls;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accepting = new Thread(this::accept, "smtp");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    /** At this command ({@code greeting}, {@code EHLO}, {@code MAIL}, {@code RCPT <address>}, {@code DATA}, {@code .}). */
    ScriptedSmtp says(String command, String answer) {
        instead.put(command, answer);
        return this;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread serving = new Thread(() -> serve(socket), "smtp-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket first = plain) {
            Socket socket = first;
            BufferedReader in = reader(socket);
            OutputStream out = socket.getOutputStream();
            if (!answer(out, "greeting", "220 scripted")) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String verb = line.split(" ", 2)[0].toUpperCase(java.util.Locale.ROOT);
                boolean goesOn =
                        switch (verb) {
                            case "EHLO" ->
                                answer(
                                        out,
                                        "EHLO",
                                        tls == null || socket instanceof SSLSocket
                                                ? "250 scripted"
                                                : "250-scripted\r\n250 STARTTLS");
                            case "STARTTLS" -> answer(out, "STARTTLS", "220 go on");
                            case "MAIL" -> answer(out, "MAIL", "250 ok");
                            case "RCPT" -> answer(out, "RCPT " + line.replaceAll(".*<(.*)>.*", "$1"), "250 ok");
                            case "DATA" ->
                                answer(out, "DATA", "354 go on") && (instead.containsKey("DATA") || text(in, out));
                            case "QUIT" -> {
                                answer(out, "QUIT", "221 bye");
                                yield false;
                            }
                            default -> answer(out, verb, "250 ok");
                        };
                if (!goesOn) {
                    return;
                }
                if (verb.equals("STARTTLS") && tls != null) {
                    SSLSocket secured = (SSLSocket)
                            tls.server().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
                    secured.setUseClientMode(false);
                    socket = secured;
                    in = reader(socket);
                    out = socket.getOutputStream();
                }
            }
        } catch (IOException gone) {
            // The other side hung up, or did not like the certificate.
        }
    }

    private boolean text(BufferedReader in, OutputStream out) throws IOException {
        if (HANGS_UP.equals(instead.get("."))) {
            in.readLine();
            return false;
        }
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        texts.add(text.toString());
        return answer(out, ".", "250 taken");
    }

    private boolean answer(OutputStream out, String command, String usual) throws IOException {
        String answer = instead.getOrDefault(command, usual);
        if (answer.equals(SAYS_NOTHING)) {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
        if (answer.equals(HANGS_UP)) {
            return false;
        }
        out.write((answer + "\r\n").getBytes(ISO_8859_1));
        out.flush();
        return true;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        listening.close();
    }
}
