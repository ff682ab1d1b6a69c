package sallyport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipInputStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sallyport.simulators.police.Force;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;
import sallyport.simulators.world.Prisons;

/**
 * A package with a quarter of a gigabyte of documents goes through a hub whose whole heap is smaller: added, scanned, named, and taken
 * out as one ZIP, each part as it came.
 */
class LargePackageIT {

    private static final int MEGABYTE = 1_000_000;
    private static final String HEAP = "-Xmx192m";
    private static final long MOST_GROWTH = 64L * MEGABYTE;
    private static final int DOCUMENTS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** How files of the types that are taken begin. */
    private static final List<String> BEGINNINGS = List.of(
            "%PDF-1.7\n", "\u00ff\u00d8\u00ff", "\u0089PNG\r\n\u001a\n", "II*\0", "\0\0\0\u0018ftypmp42", "MM\0*");

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aPackageLargerThanTheHeapIsTakenInAndHandedOutWithoutGrowingIt() throws Exception {
        try (ForkedHub hub = ForkedHub.start(directory, HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")) {
            String reference = delivered(hub);
            String documents = "/api/v1/cases/" + reference + "/documents";
            // Once as a whole, small: classes and buffers that stay are there before it is measured.
            add(hub, documents, file(0, 600_000));
            awaitClean(hub, documents, 1);
            take(hub, reference, awaitVersion(hub, reference, 1));

            Heap heap = new Heap(hub);
            long begun = System.nanoTime();
            List<Added> added = upload(hub, documents);
            long uploaded = System.nanoTime();
            awaitClean(hub, documents, 1 + DOCUMENTS);
            int version = awaitVersion(hub, reference, 1 + DOCUMENTS);
            long built = System.nanoTime();
            Taken taken = take(hub, reference, version);
            long arrived = System.nanoTime();
            heap.close();

            assertThat(taken.length()).isGreaterThan(250L * MEGABYTE).isEqualTo(taken.told());
            assertThat(taken.hashes()).containsAllEntriesOf(hashes(added));
            Map<String, String> listed = new LinkedHashMap<>();
            for (JsonNode file : taken.manifest().path("files")) {
                listed.put(file.path("name").asText(), file.path("sha256").asText());
            }
            assertThat(taken.hashes()).isEqualTo(listed);

            System.out.printf(
                    Locale.UK,
                    "A package of %d MB through a heap of %s: %d documents at once in %.1f s, scanned and named after %.1f s,"
                            + " taken out in %.1f s; live heap %.1f MB before, %.1f MB at most of %d looks%n",
                    taken.length() / MEGABYTE,
                    HEAP,
                    DOCUMENTS,
                    (uploaded - begun) / 1e9,
                    (built - uploaded) / 1e9,
                    (arrived - built) / 1e9,
                    heap.before() / 1e6,
                    heap.most() / 1e6,
                    heap.looks());
            assertThat(heap.looks()).as("looks at the heap").isGreaterThan(5);
            assertThat(heap.most() - heap.before())
                    .as("growth of the live heap")
                    .isLessThan(MOST_GROWTH);
        }
    }

    /** A case whose first package a force has. One that climbs a ladder first is not waited for: this is about the second. */
    private String delivered(ForkedHub hub) {
        String force = hub.simulators().forces().all().stream()
                .filter(one -> one.channels().equals(List.of(Force.IHUB)))
                .map(Force::code)
                .findFirst()
                .orElseThrow();
        String prison = Prisons.read().byForce().get(force).get(0).id();
        List<IncidentRecord> ordered = new ArrayList<>();
        AtomicReference<String> accepted = new AtomicReference<>();
        for (int n = 0; n < 4 && accepted.get() == null; n++) {
            ordered.add(hub.simulators().life().order(Casebook.MANDATORY, Oddity.NONE, prison, "AWAITING_REVIEW"));
            try {
                await("a first package").atMost(Duration.ofMinutes(1)).until(() -> {
                    ordered.stream()
                            .map(IncidentRecord::reference)
                            .filter(reference -> !hub.simulators()
                                    .deliveries()
                                    .acceptedFor(reference)
                                    .isEmpty())
                            .findFirst()
                            .ifPresent(accepted::set);
                    return accepted.get() != null;
                });
            } catch (ConditionTimeoutException notYet) {
                System.out.println("no first package of " + ordered.size()
                        + " incidents after a minute: see target/forked-hub.log");
            }
        }
        assertThat(accepted.get()).as("an incident whose package was accepted").isNotNull();
        return hub.jdbc()
                .sql("SELECT reference FROM referral_case WHERE incident_reference = ?")
                .param(accepted.get())
                .query(String.class)
                .single();
    }

    private record Added(long id, String ending, String sha256) {}

    private static Map<String, String> hashes(List<Added> added) {
        Map<String, String> hashes = new LinkedHashMap<>();
        added.forEach(one -> hashes.put("document-" + one.id() + "." + one.ending(), one.sha256()));
        return hashes;
    }

    private List<Added> upload(ForkedHub hub, String documents) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(DOCUMENTS);
        try {
            List<Future<Added>> under = new ArrayList<>();
            for (int n = 0; n < DOCUMENTS; n++) {
                Invented file = file(n, 42 * MEGABYTE + 12_345 * n);
                under.add(people.submit(() -> add(hub, documents, file)));
            }
            List<Added> added = new ArrayList<>();
            for (Future<Added> one : under) {
                added.add(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            return added;
        } finally {
            people.shutdownNow();
        }
    }

    private Added add(ForkedHub hub, String documents, Invented file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        HttpResponse<String> answer = http.send(
                hub.request(documents + "?kind=footage")
                        .POST(BodyPublishers.fromPublisher(
                                BodyPublishers.ofInputStream(() -> new DigestInputStream(file.open(), digest)),
                                file.size()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode taken = Casebook.tree(answer.body());
        String sha256 = HexFormat.of().formatHex(digest.digest());
        assertThat(taken.path("sha256").asText()).isEqualTo(sha256);
        return new Added(taken.path("id").asLong(), file.ending(), sha256);
    }

    private void awaitClean(ForkedHub hub, String documents, int count) {
        await("all scanned")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    List<String> states = get(hub, documents).path("documents").findValuesAsText("state");
                    return states.size() == count && states.stream().allMatch("CLEAN"::equals);
                });
    }

    /** The version of the package that names so many. */
    private int awaitVersion(ForkedHub hub, String reference, int count) {
        AtomicLong version = new AtomicLong();
        await("a package that names " + count)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    for (JsonNode one : get(hub, "/api/v1/cases/" + reference).path("packages")) {
                        if (one.path("documents").asInt() == count) {
                            version.set(one.path("version").asInt());
                        }
                    }
                    return version.get() > 0;
                });
        return version.intValue();
    }

    private JsonNode get(ForkedHub hub, String path) throws Exception {
        HttpResponse<String> answer = http.send(hub.request(path).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return Casebook.tree(answer.body());
    }

    /**
     * @param told how long it was said to be
     * @param hashes of all that is in it but the manifest
     */
    private record Taken(long told, long length, Map<String, String> hashes, JsonNode manifest) {}

    private Taken take(ForkedHub hub, String reference, int version) throws Exception {
        HttpResponse<InputStream> answer = http.send(
                hub.request("/api/v1/cases/" + reference + "/packages/" + version + ".zip")
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, String> hashes = new LinkedHashMap<>();
        JsonNode manifest = null;
        Counted counted = new Counted(answer.body());
        try (counted;
                ZipInputStream zip = new ZipInputStream(counted)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                if (name.equals("manifest.json")) {
                    manifest = Casebook.tree(zip.readAllBytes());
                    continue;
                }
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                new DigestInputStream(zip, digest).transferTo(OutputStream.nullOutputStream());
                hashes.put(name, HexFormat.of().formatHex(digest.digest()));
            }
            // The directory lies behind the entries.
            counted.transferTo(OutputStream.nullOutputStream());
        }
        return new Taken(
                answer.headers().firstValueAsLong("Content-Length").orElseThrow(), counted.count, hashes, manifest);
    }

    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }
    }

    /** Looks again and again at what a full collection leaves. */
    private static final class Heap implements AutoCloseable {

        private final long before;
        private final AtomicLong most = new AtomicLong();
        private final AtomicLong looks = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread looking;

        Heap(ForkedHub hub) {
            before = hub.live();
            looking = new Thread(
                    () -> {
                        while (!over.get()) {
                            long live = hub.live();
                            most.accumulateAndGet(live, Math::max);
                            looks.incrementAndGet();
                            LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
                        }
                    },
                    "heap");
            looking.start();
        }

        long before() {
            return before;
        }

        long most() {
            return most.get();
        }

        long looks() {
            return looks.get();
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            looking.join();
        }
    }

    private static Invented file(int n, int size) {
        List<String> endings = List.of("pdf", "jpg", "png", "tif", "mp4", "tif");
        return new Invented(BEGINNINGS.get(n), endings.get(n), size);
    }

    /** Bytes of chance behind the beginning of a file: nothing of it is ever in one place. */
    private record Invented(String beginning, String ending, int size) {

        InputStream open() {
            return new InputStream() {
                private final Random chance = new Random(size);
                private final byte[] block = new byte[64 * 1024];
                private int given;

                @Override
                public int read() {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    if (given == size) {
                        return -1;
                    }
                    int at = given % block.length;
                    if (at == 0) {
                        chance.nextBytes(block);
                        if (given == 0) {
                            byte[] first = beginning.getBytes(ISO_8859_1);
                            System.arraycopy(first, 0, block, 0, first.length);
                        }
                    }
                    int read = Math.min(Math.min(length, block.length - at), size - given);
                    System.arraycopy(block, at, into, from, read);
                    given += read;
                    return read;
                }
            };
        }
    }
}
