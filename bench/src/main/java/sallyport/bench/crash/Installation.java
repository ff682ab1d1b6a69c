package sallyport.bench.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A whole installation in one directory: PostgreSQL, the broker, the simulated partners and two hubs, each a process of its own that
 * can be struck by itself. Leases and ladders are short, so that what a strike left is over in seconds; all else is as in life.
 */
final class Installation implements AutoCloseable {

    static final Duration LANE_LEASE = Duration.ofSeconds(20);
    static final Duration START = Duration.ofSeconds(180);

    private static final List<String> TEAMS =
            List.of("regional-north", "regional-south", "police-intelligence", "counter-corruption");

    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xss512k",
            // What has no memory left answers nobody: better it is seen to be dead.
            "-XX:+ExitOnOutOfMemoryError");

    private static final List<String> HUB_FLAGS = List.of(
            "-Xmx256m",
            "-Dsallyport.ledger.work-lease=6s",
            "-Dsallyport.ledger.lane-lease=" + LANE_LEASE.toSeconds() + "s",
            "-Dsallyport.ladders.immediate=2s,4s,8s,8s,8s,8s,8s,8s,8s,8s,8s,8s",
            "-Dsallyport.ladders.routine=2s,4s,8s,8s,8s,8s,8s,8s,8s,8s,8s,8s",
            "-Dsallyport.ladders.internal=500ms,1s,2s,4s",
            "-Dsallyport.lanes.breaker.pause=3s",
            "-Dsallyport.lanes.ask-after=15s");

    private final Path data;
    private final Programs programs;
    private final Forked database;
    private final Forked broker;
    private final Forked simulators;
    private final List<HubNode> hubs = new ArrayList<>();
    private final Map<String, String> ground = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atExit = new Thread(this::end, "crash-suite-end");
    private final List<String> simulatorWords = new ArrayList<>();
    private final Relay relay;
    private final LedgerView ledger;
    private final Partners partners;
    private final TeamFeeds feeds;

    /**
     * Everything stands when this returns, or an exception says what does not.
     *
     * @param rate incidents a minute; the first sixty come at once
     */
    Installation(Path data, Programs programs, long seed, int rate) throws IOException {
        this.data = Files.createDirectories(data).toAbsolutePath();
        this.programs = programs.unpackedInto(this.data.resolve("programs"));
        Path logs = Files.createDirectories(this.data.resolve("logs"));
        database = new Forked("database", logs.resolve("database.log"));
        broker = new Forked("broker", logs.resolve("broker.log"));
        simulators = new Forked("simulators", logs.resolve("simulators.log"));
        Runtime.getRuntime().addShutdownHook(atExit);
        List<Integer> ports = freePorts(8);
        ground.put("SALLYPORT_DATA_DIR", this.data.toString());
        ground.put("SALLYPORT_DB_PORT", String.valueOf(ports.get(0)));
        ground.put("SALLYPORT_BROKER_PORT", String.valueOf(ports.get(1)));
        startDatabase();
        ground.putAll(env("ground.env"));
        startBroker();
        int partnerPort = ports.get(2);
        relay = new Relay(partnerPort, List.of(ports.get(5), ports.get(7)));
        // They remember everything that ever arrived, and are asked for all of it at each comparison.
        simulatorWords.add("-Xmx1g");
        simulatorWords.addAll(SMALL);
        simulatorWords.addAll(programs.words("simulators"));
        simulatorWords.addAll(List.of(
                "--data",
                this.data.toString(),
                "--seed",
                String.valueOf(seed),
                "--rate",
                String.valueOf(rate),
                "--hour",
                "1s"));
        partners = new Partners(ports.get(3), this.data);
        simulators.start(
                simulatorWords,
                Map.of(
                        "SIMULATORS_PORT",
                        String.valueOf(ports.get(3)),
                        "SALLYPORT_PARTNER_PORT",
                        String.valueOf(partnerPort)));
        await(
                simulators,
                "simulators",
                () -> Files.exists(this.data.resolve("simulators.env"))
                        && !partners.standing().startsWith("the simulators"));
        hubs.add(hub("A", ports.get(4), ports.get(5)));
        hubs.add(hub("B", ports.get(6), ports.get(7)));
        ledger = new LedgerView(
                ground.get("SALLYPORT_DB_URL"), ground.get("SALLYPORT_DB_USER"), ground.get("SALLYPORT_DB_PASSWORD"));
        Map<String, String> passwords = new LinkedHashMap<>();
        TEAMS.forEach(team -> passwords.put(
                team,
                ground.get("SALLYPORT_TEAM_" + team.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD")));
        feeds = new TeamFeeds(ground.get("SALLYPORT_BROKER_URL"), passwords);
        rehearse(hubs.get(0));
        hubs.forEach(HubNode::start);
        hubs.forEach(hub -> hub.awaitUp(START));
    }

    /**
     * A first life that makes the tables and ends in good order, leaving an archive of its classes: each of the many later lives
     * starts in half the time.
     */
    private void rehearse(HubNode hub) {
        Path archive = data.resolve("hub.jsa");
        hub.start("-XX:ArchiveClassesAtExit=" + archive);
        hub.awaitUp(START);
        Waits.pause(3000);
        hub.process().stop();
        if (Files.exists(archive)) {
            hubs.forEach(each -> each.always("-XX:SharedArchiveFile=" + archive));
        }
    }

    private HubNode hub(String name, int port, int partnerPort) throws IOException {
        Map<String, String> environment = new HashMap<>(env("simulators.env"));
        ground.forEach((key, value) -> {
            if (key.startsWith("SALLYPORT_DB_") || key.startsWith("SALLYPORT_BROKER_")) {
                environment.put(key, value);
            }
        });
        // Nobody drops files: what they lead to is none of what was ordered.
        environment.remove("SALLYPORT_USE_OF_FORCE_DIRECTORY");
        environment.put("SALLYPORT_DATA_DIR", data.resolve("hub").toString());
        environment.put("SALLYPORT_EVIDENCE_CREATE_KEY", "true");
        environment.put("SALLYPORT_EVIDENCE_EVERY", "3s");
        environment.put("SALLYPORT_PSEUDONYM_KEY", "a-key-that-only-the-crash-suite-ever-uses");
        environment.put("SALLYPORT_DB_POOL", "8");
        environment.put("SALLYPORT_FETCHES", "8");
        environment.put("SALLYPORT_SWEEP_EVERY", "5s");
        environment.put("SALLYPORT_RETENTION_EVERY", "3s");
        environment.put("SALLYPORT_SUPPLEMENT_QUIET", "3s");
        environment.put("SALLYPORT_SUPPLEMENT_AT_MOST", "10s");
        List<String> flags = new ArrayList<>(SMALL);
        flags.addAll(HUB_FLAGS);
        return new HubNode(name, programs, environment, flags, data, port, partnerPort);
    }

    private void startDatabase() {
        startGround(database, "database");
        await(database, "PostgreSQL", () -> count(database, "ground ready") > databaseStarts);
        databaseStarts = count(database, "ground ready");
    }

    private int databaseStarts;

    private void startBroker() {
        int before = count(broker, "broker ready");
        startGround(broker, "broker");
        await(broker, "Artemis", () -> count(broker, "broker ready") > before);
    }

    private void startGround(Forked process, String part) {
        List<String> words = new ArrayList<>(List.of("-Xmx128m"));
        words.addAll(SMALL);
        words.addAll(programs.words("ground"));
        words.add(part);
        process.start(words, ground);
    }

    private static void await(Forked process, String what, java.util.concurrent.Callable<Boolean> stands) {
        Waits.until(what + " up, see " + process.log(), START, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(what + " ended while it started, see " + process.log());
            }
            return stands.call();
        });
    }

    private static int count(Forked process, String words) {
        return process.said().split(words, -1).length - 1;
    }

    /** As {@code pg_ctl stop -m immediate}, and started again after a while. */
    void strikeDatabase(Duration away) throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(0)
                .strip());
        Forked.signal("QUIT", postmaster);
        if (!database.ends(Duration.ofSeconds(60))) {
            throw new IllegalStateException("the database does not end");
        }
        Waits.pause(away.toMillis());
        startDatabase();
    }

    void strikeBroker(Duration away) {
        broker.kill();
        Waits.pause(away.toMillis());
        startBroker();
    }

    HubNode hub(int index) {
        return hubs.get(index);
    }

    List<HubNode> hubs() {
        return hubs;
    }

    LedgerView ledger() {
        return ledger;
    }

    Partners partners() {
        return partners;
    }

    TeamFeeds feeds() {
        return feeds;
    }

    Path data() {
        return data;
    }

    private Map<String, String> env(String file) throws IOException {
        Properties read = new Properties();
        try (var reader = Files.newBufferedReader(data.resolve(file))) {
            read.load(reader);
        }
        Map<String, String> entries = new HashMap<>();
        read.forEach((key, value) -> entries.put(key.toString(), value.toString()));
        return entries;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        ServerSocket[] held = new ServerSocket[count];
        try {
            for (int i = 0; i < count; i++) {
                held[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            }
            return Arrays.stream(held).map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** Those who write before those whom they write to. */
    private void end() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        hubs.forEach(hub -> hub.process().kill());
        simulators.stop();
        broker.stop();
        database.stop();
        try {
            if (relay != null) {
                relay.close();
            }
        } catch (IOException e) {
            // It ends with this process.
        }
    }
}
