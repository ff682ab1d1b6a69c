package sallyport.connectors.filedrop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A directory on a real disk, looked at by Camel, with a ledger that only remembers. */
class FileDropIT {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration SETTLE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DropFeed NOTICES = new DropFeed() {
        @Override
        public String name() {
            return "notices";
        }

        @Override
        public Set<String> endings() {
            return Set.of(".csv");
        }
    };

    @TempDir
    Path temp;

    private Path directory = Path.of("");
    private final List<DefaultCamelContext> hubs = new ArrayList<>();
    private final FileDropHealth health = new FileDropHealth();

    /** What the ledger was given: the words of each file, or why it was not read. */
    private final List<String> taken = new CopyOnWriteArrayList<>();

    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temp.resolve("in"));
    }

    @AfterEach
    void stop() {
        hubs.forEach(DefaultCamelContext::stop);
    }

    @Test
    void movesAFileToDoneOnceTheLedgerHasIt() throws Exception {
        List<Boolean> stillThere = new CopyOnWriteArrayList<>();
        start(file -> {
            stillThere.add(Files.exists(directory.resolve("a.CSV")));
            return take(file);
        });

        drop("a.CSV", "number\nA1234BC\n");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(1));
        assertThat(taken).containsExactly("number\nA1234BC\n");
        assertThat(stillThere).containsExactly(true);
        assertThat(in("done")).first().asString().matches("\\d{8}T\\d{6}Z-[0-9a-f]{12}-a\\.CSV");
        assertThat(Files.exists(directory.resolve("a.CSV"))).isFalse();
        assertThat(in("rejected")).isEmpty();
        assertThat(headers).isEmpty();
        assertThat(told).containsExactly("well");
    }

    @Test
    void leavesWhatIsNotWholeAlone() throws Exception {
        start(this::take);
        for (String name : List.of(
                ".a.csv",
                "~a.csv",
                "_a.csv",
                "a.csv~",
                "a.csv.tmp",
                "a.csv.PART",
                "a.csv.filepart",
                "a.csv.camelLock")) {
            drop(name, "x");
        }
        Path growing = drop("growing.csv", "1");
        // Of yesterday by its own time, and still being written.
        Files.setLastModifiedTime(growing, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        Instant until = Instant.now().plus(SETTLE.multipliedBy(4));
        AtomicInteger bytes = new AtomicInteger(1);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            Files.writeString(growing, "x", StandardOpenOption.APPEND);
            bytes.incrementAndGet();
            Files.setLastModifiedTime(growing, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
            assertThat(taken).isEmpty();
            return Instant.now().isAfter(until);
        });

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(1));
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0)).hasSize(bytes.get());
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(8);
        }
    }

    @Test
    void aFeedMayHaveALargestFileOfItsOwn() throws Exception {
        start(this::take);

        drop("bulk.csv", "x".repeat(1_800));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(1));
        assertThat(taken).containsExactly("x".repeat(1_800));
    }

    @Test
    void rejectsWithoutReadingWhatIsNoFileOfThisFeed() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret.csv"), "canary-4f1c");
        start(this::take);

        Files.createSymbolicLink(directory.resolve("link.csv"), secret);
        drop("large.csv", "x".repeat(3000));
        drop("empty.csv", "");
        drop("other.xlsx", "x");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("rejected")).hasSize(8));
        assertThat(taken).containsExactlyInAnyOrder("not-a-plain-file", "too-large", "empty", "other-ending");
        assertThat(secret).hasContent("canary-4f1c");
        try (Stream<Path> all = Files.list(directory.resolve("rejected"))) {
            assertThat(all.filter(file -> file.toString().endsWith(".why.txt")))
                    .hasSize(4)
                    .allSatisfy(note -> assertThat(Files.readString(note))
                            .contains("refused because")
                            .doesNotContain("canary"));
        }
    }

    @Test
    void aNameFromOutsideChoosesNothing() throws Exception {
        start(this::take);

        drop("${file:parent}\n..%2f CamelFileName.csv", "x");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(1));
        assertThat(in("done")).first().asString().endsWith("-__file_parent__..%2f_CamelFileName.csv".replace('%', '_'));
        assertThat(headers).isEmpty();
    }

    @Test
    void aDirectoryThatIsALinkIsNotWrittenInto() throws Exception {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("done"), elsewhere);
        drop("a.csv", "x");
        start(this::take);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told).containsExactly("done is not a directory of its own"));
        looks();
        assertThat(taken).isEmpty();
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(told).hasSize(1);
    }

    @Test
    void whatTheLedgerCannotTakeStaysAndIsSaidOnce() throws Exception {
        AtomicInteger left = new AtomicInteger(5);
        start(file -> {
            if (left.getAndDecrement() > 0) {
                throw new IllegalStateException("canary-4f1c");
            }
            return take(file);
        });

        drop("a.csv", "x");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told)
                .containsExactly("well", "a file cannot be taken in (IllegalStateException)", "well"));
        assertThat(taken).containsExactly("x");
        assertThat(health.problem()).isEmpty();
    }

    @Test
    void aDirectoryThatIsAwayIsSaidOnceAndNeverMade() throws Exception {
        Path mounted = directory;
        directory = temp.resolve("mount").resolve("in");
        start(this::take);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly("the directory is not there"));
        looks();
        assertThat(told).hasSize(1);
        assertThat(health.problem()).contains("notices: the directory is not there");
        assertThat(Files.exists(directory)).isFalse();

        Files.createDirectory(directory.getParent());
        Files.move(mounted, directory);
        drop("a.csv", "x");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(1));
        assertThat(told).containsExactly("the directory is not there", "well");
    }

    @Test
    void anotherFileUnderTheSameNameIsNotMovedInItsPlace() throws Exception {
        start(file -> {
            DropVerdict verdict = take(file);
            if (calls.getAndIncrement() == 0) {
                replace("a.csv", "other");
            }
            return verdict;
        });

        drop("a.csv", "first");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(1));
        assertThat(taken).containsExactly("first", "other");
        assertThat(directory.resolve("done").resolve(in("done").get(0))).hasContent("other");
    }

    @Test
    void ofTwoHubsOneLooks() throws Exception {
        start(this::take);
        DropTurns never = new Telling() {
            @Override
            public boolean mine(String feed) {
                return false;
            }
        };
        start(this::take, never);

        for (int n = 0; n < 120; n++) {
            drop(n + ".csv", "file " + n);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(120));
        assertThat(taken).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void twoHubsThatBothLookMoveEachFileOnce() throws Exception {
        start(this::take);
        start(this::take);

        for (int n = 0; n < 60; n++) {
            drop(n + ".csv", "file " + n);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("done")).hasSize(60));
        looks();
        assertThat(in("done")).hasSize(60);
        assertThat(in("rejected")).isEmpty();
        assertThat(Set.copyOf(taken)).hasSize(60);
        assertThat(told).containsOnly("well");
    }

    @Test
    void deletesWhatWasPutAwayLongAgoAndNothingElse() throws Exception {
        Path done = Files.createDirectory(directory.resolve("done"));
        Path rejected = Files.createDirectory(directory.resolve("rejected"));
        Files.writeString(done.resolve("20200101T000000Z-0123456789ab-old.csv"), "x");
        Files.writeString(done.resolve("old.csv"), "x");
        Files.writeString(done.resolve("20209901T000000Z-0123456789ab-no-time.csv"), "x");
        Path today = done.resolve(
                Instant.now().toString().substring(0, 10).replace("-", "") + "T000000Z-0123456789ab-new.csv");
        Files.setLastModifiedTime(Files.writeString(today, "x"), FileTime.from(Instant.EPOCH));
        Files.writeString(rejected.resolve("20200101T000000Z-0123456789ab-old.csv.why.txt"), "x");
        Path kept = Files.writeString(temp.resolve("kept"), "x");
        Files.createSymbolicLink(rejected.resolve("20200101T000000Z-link"), kept);
        start(this::take);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in("rejected")).isEmpty());
        assertThat(kept).exists();
        assertThat(in("done"))
                .containsExactlyInAnyOrder(
                        "old.csv",
                        "20209901T000000Z-0123456789ab-no-time.csv",
                        today.getFileName().toString());
    }

    private DropVerdict take(DroppedFile file) {
        String refused = file.refused();
        if (refused != null) {
            taken.add(refused);
            return DropVerdict.rejected(List.of("refused because " + refused));
        }
        taken.add(file.read(bytes -> new String(bytes.readAllBytes(), UTF_8)));
        return DropVerdict.taken();
    }

    private void start(Function<DroppedFile, DropVerdict> ledger) throws Exception {
        start(ledger, new Telling());
    }

    private void start(Function<DroppedFile, DropVerdict> ledger, DropTurns turns) throws Exception {
        var properties = new FileDropProperties(
                Map.of("notices", directory.toString(), "off", ""),
                LOOK,
                SETTLE,
                DataSize.ofBytes(1_500),
                Map.of("notices", DataSize.ofBytes(2_000)),
                Duration.ofDays(2),
                Duration.ofDays(2));
        var hub = new DefaultCamelContext();
        hub.addRoutes(
                new FileDropRoutes(properties, List.of(NOTICES), turns, health, Clock.systemUTC(), System::nanoTime));
        hub.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dropped-file-intake-receive").process(exchange -> {
                    headers.addAll(exchange.getMessage().getHeaders().keySet());
                    exchange.getMessage()
                            .setBody(ledger.apply(exchange.getMessage().getMandatoryBody(DroppedFile.class)));
                });
            }
        });
        hub.start();
        hubs.add(hub);
    }

    private Path drop(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private void replace(String name, String text) {
        try {
            Path other = Files.writeString(temp.resolve("other"), text);
            Files.move(other, directory.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> in(String place) throws IOException {
        Path where = directory.resolve(place);
        if (!Files.isDirectory(where)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Several looks pass. */
    private static void looks() {
        Instant until = Instant.now().plus(LOOK.multipliedBy(10));
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(until));
    }

    private class Telling implements DropTurns {

        @Override
        public boolean mine(String feed) {
            return true;
        }

        @Override
        public void trouble(String feed, String what) {
            told.add(what);
        }

        @Override
        public void well(String feed) {
            told.add("well");
        }
    }
}
