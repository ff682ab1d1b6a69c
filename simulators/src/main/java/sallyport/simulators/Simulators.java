package sallyport.simulators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import sallyport.simulators.police.CjseForces;
import sallyport.simulators.police.Deliveries;
import sallyport.simulators.police.Forces;
import sallyport.simulators.police.Gate;
import sallyport.simulators.police.IhubForces;
import sallyport.simulators.police.Manifests;
import sallyport.simulators.police.PoliceWork;
import sallyport.simulators.police.Secrets;
import sallyport.simulators.police.Tracker;
import sallyport.simulators.prison.Adjudications;
import sallyport.simulators.prison.CaseNotes;
import sallyport.simulators.prison.DomainEvents;
import sallyport.simulators.prison.Guarded;
import sallyport.simulators.prison.HmppsAuth;
import sallyport.simulators.prison.IncidentReporting;
import sallyport.simulators.prison.IntelligenceUnit;
import sallyport.simulators.prison.PhoneDesk;
import sallyport.simulators.prison.PrisonApi;
import sallyport.simulators.prison.PrisonDocuments;
import sallyport.simulators.prison.PrisonRegister;
import sallyport.simulators.prison.PrisonerAlerts;
import sallyport.simulators.prison.PrisonerSearch;
import sallyport.simulators.prison.UseOfForceOffice;
import sallyport.simulators.rest.Requests;
import sallyport.simulators.rest.RestServer;
import sallyport.simulators.scanner.SimulatedClamd;
import sallyport.simulators.tls.Certificates;
import sallyport.simulators.world.Planner;
import sallyport.simulators.world.Population;
import sallyport.simulators.world.PrisonLife;
import sallyport.simulators.world.Prisons;
import sallyport.simulators.world.World;

/**
 * Every partner of the hub, running. As a program it runs until it is told to stop; in a test {@link #start} gives it and
 * {@link #close} ends it. What cannot start fails with one line that names it.
 */
public final class Simulators implements AutoCloseable {

    private static final Duration OTHERS_MAY_TAKE = Duration.ofSeconds(15);

    private final Deque<AutoCloseable> running;
    private final Ports ports;
    private final Settings settings;
    private final Certificates certificates;
    private final Forces forces;
    private final Requests requests = new Requests();
    private final World world;
    private final PrisonLife life;
    private final DomainEvents events;
    private final PhoneDesk phoneDesk;
    private final IntelligenceUnit intelligenceUnit;
    private final UseOfForceOffice useOfForceOffice;
    private final SimulatedClamd scanner;
    private final PrisonDocuments prisonDocuments = new PrisonDocuments();
    private final PrisonRegister prisonRegister;
    private final HmppsAuth auth;
    private final Deliveries deliveries;
    private final PoliceWork policeWork;
    private final Tracker tracker;
    private final Gate gate;
    private final Path forcesFile;

    private Simulators(SimulatorOptions options, Deque<AutoCloseable> running) throws IOException {
        this.running = running;
        Clock clock = Clock.systemUTC();
        Path kept = Files.createDirectories(options.data().resolve("simulators"));
        running.push(lock(kept.resolve("lock")));
        ports = Ports.keptIn(options.data().resolve("simulators.ports"), options.port());
        forcesFile = options.data().resolve("forces.json");
        Prisons prisons = Prisons.read();
        forces = new Forces(prisons, options.seed());
        prisonRegister = new PrisonRegister(prisons);
        Secrets secrets = Secrets.open(kept);
        certificates = Certificates.open(options.data().resolve("tls"), secrets.tlsPassword(), forces.codes());

        Population population = new Population(options.seed(), prisons);
        world = opened(World.open(kept, population, clock));
        Planner planner = new Planner(options.seed(), prisons, population);
        life = opened(new PrisonLife(world, planner, prisons, options.rate(), options.hour(), clock));
        life.resume();
        events = opened(new DomainEvents(ports.queue(), world, clock));

        intelligenceUnit =
                opened(new IntelligenceUnit(options.data().resolve("drop").resolve("intelligence"), world, clock));
        phoneDesk = opened(new PhoneDesk(
                ports.mail(), certificates.server(), secrets.tlsPassword(), secrets.tlsPassword(), world, clock));
        useOfForceOffice =
                opened(new UseOfForceOffice(options.data().resolve("drops").resolve("use-of-force"), world, clock));
        scanner = opened(SimulatedClamd.start(ports.scanner()));

        deliveries = opened(new Deliveries(kept));
        policeWork =
                opened(new PoliceWork(kept, forces, certificates, deliveries, options.seed(), options.hour(), clock));
        tracker = opened(new Tracker(kept, clock));
        auth = new HmppsAuth(Settings.CLIENT_ID, secrets.hmppsClientSecret(), options.tokenLifetime(), clock);
        opened(RestServer.http(
                ports.rest(),
                requests,
                List.of(
                        auth,
                        new Guarded(new IncidentReporting(world), auth),
                        new Guarded(new CaseNotes(world), auth),
                        new Guarded(new Adjudications(world), auth),
                        new Guarded(new PrisonerAlerts(world, clock), auth),
                        new Guarded(new PrisonerSearch(world), auth),
                        new Guarded(new PrisonApi(), auth),
                        new Guarded(prisonDocuments, auth),
                        prisonRegister,
                        tracker)));

        Predicate<String> knownIncident =
                reference -> world.byReference(reference).isPresent();
        IhubForces ihub = new IhubForces(forces, secrets, deliveries, knownIncident, clock, options.troubles());
        opened(RestServer.mutualTls(
                ports.ihub(),
                certificates.server(),
                certificates.trust(),
                secrets.tlsPassword(),
                requests,
                List.of(ihub, new Manifests(forces, secrets, deliveries, clock))));
        opened(new CjseForces(
                ports.cjse(), certificates, forces, deliveries, knownIncident, requests, clock, options.troubles()));
        gate = opened(new Gate(ports.gate(), ports.cjse()));
        if (options.troubles()) {
            gate.rhythm(Duration.ofSeconds(40), Duration.ofSeconds(20));
        }

        settings = new Settings(
                ports,
                secrets,
                certificates,
                forces,
                forcesFile,
                useOfForceOffice.directory(),
                intelligenceUnit.directory());
        settings.write(options.data().resolve("simulators.env"));
        if (options.partnerPort() != 0) {
            policeWork.answerTo(URI.create("https://127.0.0.1:" + options.partnerPort()));
        }
        opened(new LogApi(ports.log(), this));
        life.startGenerating();
        if (options.rate() > 0) {
            phoneDesk.answerCalls();
            intelligenceUnit.work();
            useOfForceOffice.makeExtracts();
        }
    }

    /** Starts every partner on 127.0.0.1; when one of them cannot, none stays. */
    public static Simulators start(SimulatorOptions options) {
        Deque<AutoCloseable> running = new ArrayDeque<>();
        try {
            return new Simulators(options, running);
        } catch (IOException e) {
            close(running);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close(running);
            throw e;
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.setProperty("logback.configurationFile", "sallyport/simulators/logback.xml");
        System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            SimulatorOptions options = SimulatorOptions.parse(arguments, System.getenv());
            Simulators simulators = start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                simulators.close();
                stopped.countDown();
            }));
            System.out.println("simulators ready: log " + simulators.logUri() + ", "
                    + simulators.forces().all().size() + " forces, seed " + options.seed() + ", " + options.rate()
                    + " incidents a minute");
        } catch (RuntimeException e) {
            System.err.println("simulators: cannot start: " + e.getMessage());
            System.exit(1);
        }
        stopped.await();
    }

    private <T extends AutoCloseable> T opened(T part) {
        running.push(part);
        return part;
    }

    /** Waits a while for others to go: one that was just killed holds its files until the system has cleared it away. */
    private static AutoCloseable lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (long until = System.nanoTime() + OTHERS_MAY_TAKE.toNanos(); System.nanoTime() < until; ) {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: no use waiting.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        throw new IllegalStateException("other simulators are using " + file.getParent());
    }

    /** What a hub needs in its environment. */
    public Map<String, String> environment() {
        return settings.environment();
    }

    /** Service address of HMPPS Auth; tokens are at {@code /oauth/token} below it. */
    public URI hmppsAuthUri() {
        return URI.create(restUri() + "/auth");
    }

    /** Base address of the six HMPPS services and of the tracker. */
    public URI restUri() {
        return URI.create("http://127.0.0.1:" + ports.rest());
    }

    public URI eventsUri() {
        return events.endpoint();
    }

    public URI ihubUri(String force) {
        return URI.create("https://127.0.0.1:" + ports.ihub() + "/" + force);
    }

    public URI cjseUri(String force) {
        return URI.create("https://127.0.0.1:" + ports.cjse() + "/cjse/" + force);
    }

    public URI logUri() {
        return URI.create("http://127.0.0.1:" + ports.log());
    }

    public Path forcesFile() {
        return forcesFile;
    }

    /** Key stores of the hub, the server, each force and a stranger, and contexts made of them. */
    public Certificates certificates() {
        return certificates;
    }

    public Forces forces() {
        return forces;
    }

    /** What the prison side holds. */
    public World world() {
        return world;
    }

    /** Makes and changes incidents, by itself or to order. */
    public PrisonLife life() {
        return life;
    }

    public DomainEvents events() {
        return events;
    }

    /** Scans documents; can be away. */
    public SimulatedClamd scanner() {
        return scanner;
    }

    /** The register, which a test may change. */
    public PrisonRegister prisonRegister() {
        return prisonRegister;
    }

    /** Holds documents, and more where a test puts them. */
    public PrisonDocuments prisonDocuments() {
        return prisonDocuments;
    }

    /** Takes calls and mails what was said. */
    public PhoneDesk phoneDesk() {
        return phoneDesk;
    }

    /** Drops extracts of use of force reports. */
    public UseOfForceOffice useOfForceOffice() {
        return useOfForceOffice;
    }

    /** Drops notices of intelligence. */
    public IntelligenceUnit intelligenceUnit() {
        return intelligenceUnit;
    }

    public HmppsAuth auth() {
        return auth;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public PoliceWork policeWork() {
        return policeWork;
    }

    public Tracker tracker() {
        return tracker;
    }

    /** How often each partner was asked; {@link Requests#interrupt} takes one out of service. */
    public Requests requests() {
        return requests;
    }

    /** The gate in front of {@link Forces#down()}. */
    public Gate gate() {
        return gate;
    }

    @Override
    public void close() {
        close(running);
    }

    private static void close(Deque<AutoCloseable> running) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("simulators: a part did not close: " + e.getMessage());
            }
        }
    }
}
