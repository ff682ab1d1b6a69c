package sallyport.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {
    @TempDir
    Path directory;

    private Path data;
    private Map<String, String> settings = new HashMap<>();
    private int runs;

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        Path jars = Files.createDirectory(directory.resolve("jars"));
        for (String name : List.of("ground", "simulators", "hub")) {
            writeJar(jars.resolve(name + ".jar"));
        }
        settings.put("SALLYPORT_DATA_DIR", data.toString());
        settings.put("SALLYPORT_PORT", String.valueOf(TestPostgres.freePort()));
        settings.put("SIMULATORS_PORT", String.valueOf(TestPostgres.freePort()));
    }

    /** Whatever a failed test leaves running has its pid file in the test's own directory. */
    @AfterEach
    void killWhatIsLeft() {
        for (String name : List.of("hub", "simulators", "ground")) {
            if (Files.exists(data.resolve(name + ".pid"))) {
                ProcessHandle.of(pid(name)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void saysWhereTheConsoleIsAndShowsCasesAsTheyMove() throws Exception {
        try (JavaProcess run = run()) {
            run.awaitOutput("case SP-2026-000001 delivered");

            assertThat(run.output())
                    .contains("ready: http://localhost:" + settings.get("SALLYPORT_PORT"))
                    .contains("open-sesame")
                    .doesNotContain("nobody needs to see");
            assertThat(Files.readString(data.resolve("hub.environment")))
                    .contains("SALLYPORT_DB_PASSWORD=from-ground", "SALLYPORT_TRACKER_URL=from-simulators")
                    .doesNotContain("not-for-the-hub");
        }
    }

    @Test
    void startsAnyOfThemAgainWithinFiveSecondsOfItsEnd() throws Exception {
        try (JavaProcess run = run()) {
            run.awaitOutput("is ready");
            for (String name : List.of("hub", "simulators", "ground")) {
                long killed = pid(name);

                ProcessHandle.of(killed).orElseThrow().destroyForcibly();

                await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                    assertThat(pid(name)).isNotEqualTo(killed);
                    assertThat(ProcessHandle.of(pid(name))).isPresent();
                });
                run.awaitOutput("the " + name + " ended (exit code 137): starting it again");
                run.awaitOutput(name + " is ready again");
            }
        }
    }

    @Test
    void stopsTheHubFirstAndTheGroundLast() throws Exception {
        try (JavaProcess run = run()) {
            run.awaitOutput("is ready");

            run.terminate();

            assertThat(Files.readAllLines(data.resolve("events")).stream().filter(line -> line.endsWith("stopped")))
                    .containsExactly("hub stopped", "simulators stopped", "ground stopped");
            assertThat(data.resolve("hub.pid")).doesNotExist();
        }
    }

    @Test
    void startsOverAfterItWasKilledItself() throws Exception {
        long hub;
        try (JavaProcess run = run()) {
            run.awaitOutput("is ready");
            hub = pid("hub");
            run.kill();
        }
        assertThat(ProcessHandle.of(hub)).as("outlives its supervisor").isPresent();

        try (JavaProcess again = run()) {
            again.awaitOutput("is ready");

            assertThat(again.output()).contains("stopping the hub of an earlier run (process " + hub + ")");
            assertThat(ProcessHandle.of(hub)
                            .filter(handle -> handle.info().commandLine().isPresent()))
                    .isEmpty();
        }
    }

    @Test
    void leavesAProcessAloneThatOnlyHasTheNumberOfAnOldOne() throws Exception {
        long own = ProcessHandle.current().pid();
        Files.writeString(data.resolve("hub.pid"), own + "\n");

        try (JavaProcess run = run()) {
            run.awaitOutput("is ready");

            assertThat(run.output()).doesNotContain("earlier run");
        }
    }

    @Test
    void refusesToRunTwice() throws Exception {
        try (JavaProcess run = run()) {
            run.awaitOutput("is ready");
            try (JavaProcess second = run()) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output().lines()).singleElement().asString().contains("another make run");
            }
            assertThat(ProcessHandle.of(pid("hub"))).isPresent();
        }
    }

    @Test
    void passesOnWhyTheHubDidNotStart() throws Exception {
        Files.writeString(data.resolve("hub.fault"), "SALLYPORT_FORCES_FILE is not set");

        try (JavaProcess run = run()) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output()).contains("SALLYPORT_FORCES_FILE is not set");
            assertThat(Files.readAllLines(data.resolve("events"))).contains("simulators stopped", "ground stopped");
        }
    }

    private JavaProcess run() throws IOException {
        return JavaProcess.start(
                Run.class,
                directory.resolve("run-" + ++runs + ".out"),
                settings,
                directory.resolve("jars").toString());
    }

    private long pid(String name) {
        try {
            return Long.parseLong(Files.readString(data.resolve(name + ".pid")).strip());
        } catch (IOException e) {
            return -1;
        }
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeProgram.class.getName());
        String resource = FakeProgram.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = FakeProgram.class.getClassLoader().getResourceAsStream(resource)) {
            out.putNextEntry(new JarEntry(resource));
            in.transferTo(out);
            out.closeEntry();
        }
    }
}
