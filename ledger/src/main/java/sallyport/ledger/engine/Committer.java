package sallyport.ledger.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.ledger.Claim;
import sallyport.ledger.Failure;
import sallyport.ledger.FaultPoint;

/**
 * Gathers what is finished and writes it, up to a hundred items in one transaction, two of them at a time: one waits for the disk
 * while the other fills. An item that the database refuses is parked
 * alone. While the database is away the batch is kept and tried again, which is safe because a batch that did commit has moved its
 * fences, and better than forgetting that a partner has accepted something. What is dropped in the end (at a stop, or when the
 * database answers and still does not take it) waits for its lease to run out.
 */
final class Committer {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    /** After this the question is whether it is the database or the batch. */
    private static final Duration KEEP_TRYING = Duration.ofSeconds(20);

    private static final int MOST_COLLISIONS = 20;

    private final Database database;
    private final BatchWriter writer;
    private final Promises promises;
    private final LeaseKeeper leases;
    private final LedgerMetrics metrics;
    private final int most;
    private final Duration gather;
    private final Consumer<BatchWriter.Written> wake;

    private final LinkedBlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    /** Exchanges that may hand in something any moment: when there are none, gathering on is waiting for nothing. */
    private final AtomicInteger running = new AtomicInteger();

    private final int threads;
    private final List<Thread> writing = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    Committer(
            Database database,
            BatchWriter writer,
            Promises promises,
            LeaseKeeper leases,
            LedgerMetrics metrics,
            LedgerProperties properties,
            Consumer<BatchWriter.Written> wake) {
        this.database = database;
        this.writer = writer;
        this.promises = promises;
        this.leases = leases;
        this.metrics = metrics;
        this.most = properties.batch();
        this.gather = properties.gather();
        this.threads = properties.committers();
        this.wake = wake;
    }

    void start() {
        stopping = false;
        for (int i = 1; i <= threads; i++) {
            Thread started = new Thread(this::run, "ledger-committer-" + i);
            started.setDaemon(true);
            writing.add(started);
            started.start();
        }
    }

    /** Writes what is finished so far, then ends. */
    void stop() {
        stopping = true;
        for (Thread ending : writing) {
            try {
                ending.join(KEEP_TRYING.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        writing.clear();
    }

    /** A claim's exchange is about to start. */
    void begins() {
        running.incrementAndGet();
    }

    /** A claim's exchange has ended; never blocks. */
    void ends(Finished item) {
        running.decrementAndGet();
        finished.add(item);
    }

    /** A claim's exchange did not start after all. */
    void neverBegan() {
        running.decrementAndGet();
    }

    /** A claim ended before its exchange began. */
    void endsUnbegun(Finished item) {
        finished.add(item);
    }

    int backlog() {
        return finished.size();
    }

    private void run() {
        while (!stopping || !finished.isEmpty()) {
            try {
                var batch = gather();
                try {
                    if (!batch.isEmpty()) {
                        commit(batch);
                    }
                } finally {
                    // Whatever became of it: what is not written must be free to be claimed again.
                    batch.forEach(item -> leases.holdsNoMore(item.claim()));
                }
            } catch (InterruptedException e) {
                // Nobody's business but stop()'s, which only sets the flag: an interrupt would cut off a commit.
            } catch (RuntimeException | Error e) {
                log.error("committing failed: {}", Faults.trace(e));
            }
        }
    }

    private List<Finished> gather() throws InterruptedException {
        var batch = new ArrayList<Finished>(most);
        Finished first = stopping ? finished.poll() : finished.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
            return batch;
        }
        batch.add(first);
        long until = System.nanoTime() + gather.toNanos();
        while (batch.size() < most) {
            finished.drainTo(batch, most - batch.size());
            long left = until - System.nanoTime();
            if (batch.size() >= most || left <= 0 || stopping || running.get() == 0) {
                break;
            }
            Finished next = waitFor(Math.min(left, TimeUnit.MILLISECONDS.toNanos(2)));
            if (next != null) {
                batch.add(next);
            }
        }
        return batch;
    }

    /** An interrupt while items are in hand must not lose them. */
    private @Nullable Finished waitFor(long nanos) {
        try {
            return finished.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return null;
        }
    }

    /** Writes the batch, or parks what cannot be written, or leaves it to the leases. */
    void commit(List<Finished> batch) {
        long giveUp = System.nanoTime() + KEEP_TRYING.toNanos();
        for (int collisions = 0; ; ) {
            try {
                var result = database.inTransaction(() -> writer.write(batch));
                FaultPoint.BATCH_COMMITTED.reached();
                written(batch, result);
                return;
            } catch (RuntimeException | Error e) {
                switch (Faults.meaning(e)) {
                    case AGAIN -> {
                        if (++collisions > MOST_COLLISIONS) {
                            left(batch, e);
                            return;
                        }
                        pause(ThreadLocalRandom.current().nextInt(5, 40));
                    }
                    case LATER -> {
                        boolean itIsThisBatch = System.nanoTime() > giveUp && database.answers();
                        if (stopping || (itIsThisBatch && batch.size() == 1)) {
                            left(batch, e);
                            return;
                        }
                        if (itIsThisBatch) {
                            alone(batch, e);
                            return;
                        }
                        pause(250);
                    }
                    case ONE_OF_THEM -> {
                        alone(batch, e);
                        return;
                    }
                }
            }
        }
    }

    private void alone(List<Finished> batch, Throwable refusal) {
        if (batch.size() > 1) {
            batch.forEach(item -> commit(List.of(item)));
            return;
        }
        Finished item = batch.get(0);
        if (!item.succeeded()) {
            left(batch, refusal);
            return;
        }
        log.error("what a step wants written was refused: {}", Faults.trace(refusal));
        commit(List.of(Finished.failed(
                item.claim(),
                new Failure(Failure.Kind.DEFECT, Faults.code(refusal), null, Faults.detail(refusal), null))));
    }

    private void written(List<Finished> batch, BatchWriter.Written result) {
        promises.committed(result.promised());
        metrics.committed(batch.size(), result);
        result.parked().forEach(FailedRuns::log);
        for (Finished lost : result.lost()) {
            Claim claim = lost.claim();
            log.info("{} row {} was taken over by another node; this result is not written", kind(claim), claim.id());
        }
        wake.accept(result);
    }

    private void left(List<Finished> batch, Throwable reason) {
        metrics.left(batch.size());
        log.warn("{} finished items not written, left to their leases: {}", batch.size(), Faults.inShort(reason));
    }

    private static String kind(Claim claim) {
        return claim.getClass().getSimpleName();
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            // Tried again a little sooner.
        }
    }
}
