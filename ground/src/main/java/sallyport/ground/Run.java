package sallyport.ground;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The supervisor behind {@code make run}: ground, simulators and hub as processes of their own, each started again
 * within five seconds if it dies, all stopped with this one.
 *
 * <p>A program that ends by itself before it was ever ready has a setting or a port wrong: its last line is passed on,
 * everything is stopped, and the exit code is 1.
 */
final class Run {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SAY_SO = Duration.ofSeconds(10);
    /** As the hub logs it, behind time and logger, or alone. */
    private static final Pattern CASE_LINE = Pattern.compile("(?:^|: )(case SP-\\d{4}-\\d+ .*)$");

    private final Map<String, String> environment;
    private final Path data;
    private final int consolePort;
    private final int simulatorsPort;
    private final Program ground;
    private final Program simulators;
    private final Program hub;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();

    /** @param jars a directory with {@code ground.jar}, {@code simulators.jar} and {@code hub.jar} */
    private Run(Path jars, Map<String, String> environment) {
        this.environment = environment;
        this.data = GroundSettings.dataDirectory(environment);
        this.consolePort = GroundSettings.port(environment, "SALLYPORT_PORT", 8080);
        this.simulatorsPort = GroundSettings.port(environment, "SIMULATORS_PORT", 8090);
        Map<String, String> where = Map.of("SALLYPORT_DATA_DIR", data.toString());
        this.ground = new Program(
                "ground",
                jars.resolve("ground.jar"),
                List.of("-Xmx384m", "-XX:+UseSerialGC"),
                data,
                () -> where,
                lines -> lines.stream().anyMatch(line -> line.contains(Ground.READY)));
        this.simulators = new Program(
                "simulators",
                jars.resolve("simulators.jar"),
                // Many classes, each used little: the second compiler would take the processor from the hub.
                List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                data,
                () -> where,
                lines -> answers(simulatorsPort, "/incidents"));
        this.hub = new Program(
                "hub",
                jars.resolve("hub.jar"),
                List.of("-Xmx1g"),
                data,
                this::environmentOfHub,
                lines -> answers(consolePort, "/actuator/health"));
    }

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("run: say in which directory ground.jar, simulators.jar and hub.jar are");
            System.exit(2);
        }
        try {
            Run run = new Run(Path.of(arguments[0]), System.getenv());
            // Let go by the kernel and not before, so that nobody starts while this one is still stopping.
            FileHold.on(run.data.resolve("run.lock"), "make run");
            Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "run-stop"));
            run.start();
            run.keepGoing();
        } catch (GroundFailure e) {
            System.err.println("run: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(1);
        }
    }

    /** The hub's own check of its evidence log, with the settings of {@code make run}; ends as it ends. */
    static void verify(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("verify: say in which directory hub.jar is");
            System.exit(2);
        }
        try {
            Run run = new Run(Path.of(arguments[0]), System.getenv());
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Path jar = Path.of(arguments[0]).resolve("hub.jar");
            var builder = new ProcessBuilder(
                            java.toString(), "-Xmx128m", "-XX:+UseSerialGC", "-jar", jar.toString(), "verify")
                    .inheritIO();
            builder.environment().putAll(run.environmentOfHub());
            System.exit(builder.start().waitFor());
        } catch (GroundFailure | IOException e) {
            System.err.println("Could not be checked: " + e.getMessage());
            System.exit(2);
        } catch (InterruptedException e) {
            System.exit(2);
        }
    }

    private void start() throws InterruptedException {
        for (Program program : List.of(hub, simulators, ground)) {
            program.stopLeftOver(Run::say);
            LogFiles.rotate(program.log());
        }
        say("starting; logs are in " + data.resolve("logs"));
        ground.start();
        simulators.start();
        untilReady(ground);
        untilReady(simulators);
        hub.start();
        untilReady(hub);
        if (isStopping()) {
            return;
        }
        say("");
        say("Sallyport is ready: http://localhost:" + consolePort);
        say("  log in as admin, " + password());
        say("  what the partners saw: http://127.0.0.1:" + simulatorsPort + "/incidents and /deliveries");
        say("  Ctrl-C stops everything");
        say("");
    }

    /** Returns when everything is to stop. */
    private void keepGoing() throws InterruptedException {
        while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            for (Program program : List.of(ground, simulators, hub)) {
                restartIfEnded(program);
                Program.Look look = look(program);
                if (look.becameReady()) {
                    say(program.name() + " is ready again after "
                            + program.sinceStart().toSeconds() + " s");
                }
            }
        }
    }

    private void untilReady(Program program) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        Instant nextWord = Instant.now().plus(SAY_SO);
        while (!isStopping() && !look(program).ready()) {
            for (Program started : List.of(ground, simulators, hub)) {
                Optional<Integer> code = started.ended();
                // Beyond 128 is a signal: somebody killed it, and it is started again as at any other time.
                if (code.isPresent() && code.get() <= 128) {
                    throw new GroundFailure("the " + started.name() + " ended before it was ready: "
                            + PostgresServer.lastLine(started.log()));
                }
                restartIfEnded(started);
            }
            if (Instant.now().isAfter(deadline)) {
                throw new GroundFailure("the " + program.name() + " was not ready after " + PATIENCE.toSeconds()
                        + " s: " + PostgresServer.lastLine(program.log()));
            }
            if (Instant.now().isAfter(nextWord)) {
                say("waiting for the " + program.name() + " to be ready ("
                        + program.sinceStart().toSeconds() + " s, " + program.log() + ")");
                nextWord = Instant.now().plus(SAY_SO);
            }
            stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void restartIfEnded(Program program) throws InterruptedException {
        Optional<Integer> code = program.ended();
        if (code.isEmpty() || isStopping()) {
            return;
        }
        say("the " + program.name() + " ended (exit code " + code.get() + "): starting it again");
        if (!stopping.await(program.pauseBeforeRestart().toMillis(), TimeUnit.MILLISECONDS)) {
            program.start();
        }
    }

    private Program.Look look(Program program) {
        Program.Look look = program.look();
        if (program == hub) {
            look.lines().stream()
                    .map(CASE_LINE::matcher)
                    .filter(Matcher::find)
                    .map(line -> line.group(1))
                    .forEach(Run::say);
        }
        return look;
    }

    /** Called by Ctrl-C, by SIGTERM and by a failure: who writes stops before what it writes to. */
    private void stop() {
        stopping.countDown();
        say("stopping");
        hub.stop();
        simulators.stop();
        ground.stop();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** The ground's own addresses and the simulators', except where whoever called {@code make run} says otherwise. */
    private Map<String, String> environmentOfHub() {
        Map<String, String> merged = new HashMap<>();
        merged.put("SALLYPORT_DATA_DIR", data.toString());
        // A key made here proves nothing to anybody else: only for trying out.
        merged.put("SALLYPORT_EVIDENCE_CREATE_KEY", "true");
        EnvFile.read(data.resolve("ground.env")).forEach((key, value) -> {
            // The hub has no use for the passwords of the teams or of the database's superuser.
            if (key.startsWith("SALLYPORT_DB_") || key.startsWith("SALLYPORT_BROKER_")) {
                merged.put(key, value);
            }
        });
        merged.putAll(EnvFile.read(data.resolve("simulators.env")));
        // AWS_… of the caller's shell are for the real cloud and stay out of this.
        merged.keySet().removeIf(key -> key.startsWith("SALLYPORT_") && environment.containsKey(key));
        return merged;
    }

    private String password() throws InterruptedException {
        Path file = data.resolve("first-run-password");
        // Health may say UP a moment before the first user is made.
        Instant enough = Instant.now().plusSeconds(2);
        while (!Files.exists(file)
                && !environment.containsKey("SALLYPORT_ADMIN_PASSWORD")
                && Instant.now().isBefore(enough)) {
            stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
        try {
            if (Files.exists(file)) {
                return "first-run password " + Files.readString(file).strip() + " (" + file + ")";
            }
        } catch (IOException e) {
            return "first-run password in " + file;
        }
        return environment.containsKey("SALLYPORT_ADMIN_PASSWORD")
                ? "first-run password as SALLYPORT_ADMIN_PASSWORD says"
                : "with the password set before";
    }

    private boolean answers(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
