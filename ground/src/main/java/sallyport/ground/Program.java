package sallyport.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of the processes that {@code make run} keeps going: its jar, its log file and {@code <data>/<name>.pid}. A process
 * of an earlier run is only ever touched if both its pid file and its command line say that it is this program.
 */
final class Program {
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    /** After this long a process counts as having stood, and its next end is a first one again. */
    private static final Duration STOOD = Duration.ofSeconds(30);

    private static final Path NOTHING = Path.of("/dev/null");
    private static final boolean OWN_SESSION =
            Stream.of("/usr/bin/setsid", "/bin/setsid").anyMatch(path -> Files.isExecutable(Path.of(path)));

    private final String name;
    private final Path jar;
    private final List<String> jvmFlags;
    private final Path log;
    private final Path pidFile;
    private final Supplier<Map<String, String>> environment;
    private final Readiness readiness;

    private @Nullable Process process;
    private boolean ready;
    private @Nullable LogTail output;
    private volatile Instant startedAt = Instant.EPOCH;
    private Duration pause = FIRST_PAUSE;
    private boolean stopped;

    Program(
            String name,
            Path jar,
            List<String> jvmFlags,
            Path data,
            Supplier<Map<String, String>> environment,
            Readiness readiness) {
        this.name = name;
        this.jar = jar.toAbsolutePath().normalize();
        this.jvmFlags = jvmFlags;
        this.log = data.resolve("logs").resolve(name + ".log");
        this.pidFile = data.resolve(name + ".pid");
        this.environment = environment;
        this.readiness = readiness;
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    /** Stops what an earlier run that was killed has left; says so, because it takes a while. */
    void stopLeftOver(Says says) {
        leftOver().ifPresent(handle -> {
            says.line("stopping the " + name + " of an earlier run (process " + handle.pid() + ")");
            end(handle);
        });
        deletePidFile();
    }

    /** Starts the process, unless {@link #stop()} has been called. */
    synchronized void start() {
        if (stopped) {
            return;
        }
        output = new LogTail(log);
        ready = false;
        List<String> command = new ArrayList<>();
        if (OWN_SESSION) {
            // Ctrl-C reaches every process of the terminal's group at once; ours are stopped in their order instead.
            command.add("setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.add("-jar");
        command.add(jar.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(NOTHING.toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment.get());
        try {
            process = builder.start();
            startedAt = Instant.now();
            Path fresh = pidFile.resolveSibling(pidFile.getFileName() + ".new");
            Files.writeString(fresh, process.pid() + "\n");
            Files.move(fresh, pidFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new GroundFailure("the " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** The exit code of the process, if it has ended. */
    synchronized Optional<Integer> ended() {
        return process == null || process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** How long to wait before the next start: longer each time it does not stand, never as long as five seconds. */
    synchronized Duration pauseBeforeRestart() {
        Duration now = startedAt.plus(STOOD).isBefore(Instant.now()) ? FIRST_PAUSE : pause;
        Duration twice = now.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        return now;
    }

    /** Looks once: at what the process has written since the last look, and whether it is ready by now. */
    synchronized Look look() {
        List<String> lines = output == null ? List.of() : output.newLines();
        boolean before = ready;
        ready = ready || (process != null && process.isAlive() && readiness.reached(lines));
        return new Look(lines, ready, ready && !before);
    }

    Duration sinceStart() {
        return Duration.between(startedAt, Instant.now());
    }

    /** Asks the process to stop, ends it if it does not, and keeps it from being started again. */
    synchronized void stop() {
        stopped = true;
        if (process == null) {
            return;
        }
        end(process.toHandle());
        deletePidFile();
    }

    private Optional<ProcessHandle> leftOver() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> handle.info()
                            .commandLine()
                            .filter(line -> line.contains(jar.toString()))
                            .isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void end(ProcessHandle handle) {
        handle.destroy();
        if (!endsWithin(handle, TIME_TO_STOP)) {
            handle.destroyForcibly();
            endsWithin(handle, TIME_TO_STOP);
        }
    }

    /** Looked at and not waited for: the wait for somebody else's child looks seconds apart and never sees a zombie end. */
    private static boolean endsWithin(ProcessHandle handle, Duration time) {
        Instant deadline = Instant.now().plus(time);
        try {
            while (handle.isAlive() && handle.info().commandLine().isPresent()) {
                if (Instant.now().isAfter(deadline)) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(25);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void deletePidFile() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new GroundFailure(pidFile + " cannot be deleted", e);
        }
    }

    /** Whether a process that lives does what it is for. */
    interface Readiness {
        boolean reached(List<String> newLines);
    }

    /** @param becameReady whether this look is the first that found it ready */
    record Look(List<String> lines, boolean ready, boolean becameReady) {}

    /** Where the supervisor says what it does. */
    interface Says {
        void line(String text);
    }
}
