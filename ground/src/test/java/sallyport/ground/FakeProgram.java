package sallyport.ground;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands in for ground, simulators and hub alike: does of each what the supervisor looks at, and no more. */
final class FakeProgram {
    private FakeProgram() {}

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(System.getenv("SALLYPORT_DATA_DIR"));
        String jar = System.getProperty("java.class.path");
        String name = jar.substring(jar.lastIndexOf('/') + 1, jar.lastIndexOf('.'));
        Path fault = data.resolve(name + ".fault");
        if (Files.exists(fault)) {
            System.out.println(Files.readString(fault));
            System.exit(1);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> note(data, name + " stopped")));
        note(data, name + " started");
        switch (name) {
            case "ground" -> {
                Files.writeString(
                        data.resolve("ground.env"),
                        "SALLYPORT_DB_PASSWORD=from-ground\nSALLYPORT_TEAM_X_PASSWORD=not-for-the-hub\n");
                System.out.println("12:00 INFO ground ready: fake");
            }
            case "simulators" -> {
                Files.writeString(data.resolve("simulators.env"), "SALLYPORT_TRACKER_URL=from-simulators\n");
                answer("SIMULATORS_PORT");
            }
            default -> {
                Files.writeString(data.resolve("first-run-password"), "open-sesame\n");
                Files.writeString(
                        data.resolve("hub.environment"), System.getenv().toString());
                answer("SALLYPORT_PORT");
                System.out.println("something nobody needs to see");
                System.out.println("case SP-2026-000001 delivered");
            }
        }
        synchronized (FakeProgram.class) {
            try {
                FakeProgram.class.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void note(Path data, String line) {
        try {
            Files.writeString(
                    data.resolve("events"),
                    line + "\n",
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void answer(String portSetting) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv(portSetting))),
                0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
