package sallyport.bench;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How fast the hub is, on a database that survives a power cut: events a second from the queue to a committed verdict, how long one
 * case takes from its event to its force, and how it compares with a hand-written loop that does the same durable work. Ends with 0
 * when everything got there, else with 1.
 */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        // Else an answer's head and body wait for each other's acknowledgement, 40 ms a time. Read once, by whoever
        // makes the first
        // server of this kind, which the simulators do.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int status = 1;
        try {
            boolean replayAlone = arguments.length == 1 && arguments[0].equals("replay");
            Plan plan = Plan.of(replayAlone ? new String[0] : arguments);
            try (Stage stage = new Stage()) {
                if (replayAlone) {
                    replay(plan, stage);
                } else {
                    run(plan, stage);
                }
                status = 0;
            }
        } catch (Exception e) {
            System.err.println("bench: " + e);
        }
        // Some library's thread may outlive its server; the database ends with the JVM.
        System.exit(status);
    }

    private static void run(Plan plan, Stage stage) throws Exception {
        say("machine", machine());
        say("database", stage.ledger().durability());
        say("reports", stage.reports().sizes());
        say("warm-up", throughput(stage, 0, plan.warmUp()));
        stage.settle();
        say("throughput", throughput(stage, plan.warmUp(), plan.events()));
        stage.settle();
        int used = plan.warmUp() + plan.events();
        // The whole way is new to the machine: intake alone was warmed up so far.
        new SteadyOffer(stage, 20, 10).run();
        stage.settle();
        for (int perSecond : new int[] {10, 50}) {
            var since = stage.ledger().now();
            SteadyOffer offer = new SteadyOffer(stage, perSecond, plan.seconds());
            say(
                    "delivered",
                    "%s; %d/s for %d s, from event to force".formatted(offer.run(), perSecond, plan.seconds()));
            say("", stage.ledger().stretches(since));
            stage.settle();
        }
        new Rounds(stage, plan.half(), used).run(plan.rounds());
        stage.settle();
        new ReplayBench(stage).run();
        say("load", "%.1f at the end".formatted(load()));
    }

    private static void replay(Plan plan, Stage stage) throws Exception {
        say("machine", machine());
        say("database", stage.ledger().durability());
        say("warm-up", throughput(stage, 0, plan.warmUp()));
        // What is sent again is what this hub sends: some of it has to be sent once.
        say("delivered", new SteadyOffer(stage, 10, 2).run().toString());
        stage.rest();
        new ReplayBench(stage).run();
        say("load", "%.1f at the end".formatted(load()));
    }

    /** Takes the time from when the hub may look into a full queue. */
    private static String throughput(Stage stage, int first, int events) throws Exception {
        Ledger.Kept before = stage.ledger().kept();
        stage.fill(first, events);
        long start = System.nanoTime();
        stage.release();
        Waiting.until(() -> isComplete(stage.ledger(), before, events));
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3;
        return "%.0f events/s: %d in %.1f s; %s"
                .formatted(
                        events / seconds, events, seconds, stage.ledger().kept().since(before));
    }

    /** A full look takes the database's time from the hub: only after the last verdict, or now and then for what was parked. */
    private static boolean isComplete(Ledger ledger, Ledger.Kept before, int events) throws SQLException {
        boolean judged = ledger.verdicts() - before.verdicts() >= events;
        boolean now = ThreadLocalRandom.current().nextInt(20) == 0;
        return (judged || now) && ledger.kept().since(before).covers(events);
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return "%d processors, load %.1f, Java %s, at most %d MB of heap"
                .formatted(
                        runtime.availableProcessors(), load(), Runtime.version(), runtime.maxMemory() / (1024 * 1024));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static void say(String what, String said) {
        System.out.printf("%-11s %s%n", what, said);
    }
}
