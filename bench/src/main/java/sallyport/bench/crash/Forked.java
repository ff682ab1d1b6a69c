package sallyport.bench.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One program as a process of its own, that can be started again as often as it is killed; its output is kept in one file. */
final class Forked {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    /** Of SIGKILL, and of a point. */
    private static final int CUT = 137;

    private final Path log;
    private @Nullable Process process;

    Forked(String name, Path log) {
        this.name = name;
        this.log = log;
    }

    /** @param words of the JVM, its flags first */
    void start(List<String> words, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Nothing of the caller's own settings: a run depends on its arguments alone.
        builder.environment()
                .keySet()
                .removeIf(key -> key.startsWith("SALLYPORT_")
                        || key.startsWith("SIMULATORS_")
                        || key.startsWith("AWS_")
                        || key.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Ended as by a power cut: by a named point or from outside, and not by itself. */
    boolean wasCut() {
        return process != null && !process.isAlive() && process.exitValue() == CUT;
    }

    /** As a power cut of this one process. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    void freeze() {
        signal("STOP", running().pid());
    }

    void thaw() {
        signal("CONT", running().pid());
    }

    boolean isFrozen() {
        try {
            String stat = Files.readString(Path.of("/proc/" + running().pid() + "/stat"));
            return stat.substring(stat.lastIndexOf(')')).startsWith(") T");
        } catch (IOException e) {
            return false;
        }
    }

    static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True when it ended within the time. */
    boolean ends(Duration within) {
        try {
            return running().waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asked to stop, and killed if it does not. */
    void stop() {
        if (process == null || !process.isAlive()) {
            return;
        }
        signal("CONT", process.pid());
        process.destroy();
        if (!ends(PATIENCE)) {
            kill();
        }
    }

    private void awaitEnd() {
        if (!ends(PATIENCE)) {
            throw new IllegalStateException(name + " does not end");
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    String lastLine() {
        List<String> lines = said().lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1) + " (" + log + ")";
    }

    /** All that it has said, from all its lives. */
    String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
