package sallyport.bench.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the programs of an installation are started: from their jars, or from this JVM's own class path. */
final class Programs {

    private static final Map<String, String> MAINS = Map.of(
            "hub", "sallyport.Hub",
            "ground", "sallyport.ground.Ground",
            "simulators", "sallyport.simulators.Simulators");

    private final @Nullable Path jars;
    private final @Nullable Path hub;

    private Programs(@Nullable Path jars, @Nullable Path hub) {
        this.jars = jars;
        this.hub = hub;
    }

    /** {@code hub.jar}, {@code ground.jar} and {@code simulators.jar} in one directory. */
    static Programs from(Path directory) {
        for (String program : MAINS.keySet()) {
            if (!Files.isRegularFile(directory.resolve(program + ".jar"))) {
                throw new IllegalArgumentException("no " + program + ".jar in " + directory);
            }
        }
        return new Programs(directory.toAbsolutePath(), null);
    }

    static Programs onClassPath() {
        return new Programs(null, null);
    }

    /** The hub's libraries as files of their own, because classes of a jar inside a jar cannot be kept in an archive. */
    Programs unpackedInto(Path directory) throws IOException {
        if (jars == null) {
            return this;
        }
        try {
            Process extract = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djarmode=tools",
                            "-jar",
                            jars.resolve("hub.jar").toString(),
                            "extract",
                            "--destination",
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (extract.waitFor() != 0) {
                throw new IOException("hub.jar cannot be unpacked into " + directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return new Programs(jars, directory.resolve("hub.jar"));
    }

    /** The words after the JVM's flags. */
    List<String> words(String program) {
        if (jars != null) {
            if (hub != null && program.equals("hub")) {
                return List.of("-jar", hub.toString());
            }
            return List.of("-jar", jars.resolve(program + ".jar").toString());
        }
        // This module's own logging settings must not be the hub's.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*/bench/target/(test-)?classes/?"))
                .collect(Collectors.joining(File.pathSeparator));
        return List.of("-cp", classPath, MAINS.get(program));
    }
}
