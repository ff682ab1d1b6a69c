package sallyport.simulators.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks that come due later. A task that fails is logged and gone. Hurried, everything is due at once. */
public final class Agenda implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Agenda.class);

    private record Entry(Instant due, long order, boolean patient, Runnable task) {}

    private final Clock clock;
    private final String name;
    private final ExecutorService workers;
    private final Thread dispatcher;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::order));
    private long order;
    private int running;
    private boolean hurried;
    private volatile boolean closed;

    public Agenda(String name, int threads, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.workers = Executors.newFixedThreadPool(threads, task -> daemon(task, name));
        this.dispatcher = daemon(this::dispatch, name + "-agenda");
        dispatcher.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public void after(Duration delay, Runnable task) {
        at(clock.instant().plus(delay), task);
    }

    public void at(Instant due, Runnable task) {
        add(due, false, task);
    }

    /** Waits its time even when hurried: another try at something that did not work. */
    public void retry(Duration delay, Runnable task) {
        add(clock.instant().plus(delay), true, task);
    }

    private synchronized void add(Instant due, boolean patient, Runnable task) {
        entries.add(new Entry(due, order++, patient, task));
        notifyAll();
    }

    /** While hurried, delays count for nothing. */
    public synchronized void hurry(boolean on) {
        hurried = on;
        notifyAll();
    }

    /** What is still to do, or being done. */
    public synchronized int pending() {
        return entries.size() + running;
    }

    private void dispatch() {
        while (true) {
            Entry entry;
            synchronized (this) {
                try {
                    entry = awaitDue();
                } catch (InterruptedException e) {
                    return;
                }
                if (entry == null) {
                    return;
                }
                running++;
            }
            Runnable task = entry.task();
            workers.execute(() -> run(task));
        }
    }

    private @Nullable Entry awaitDue() throws InterruptedException {
        while (!closed) {
            Entry head = hurried ? firstImpatient() : entries.peek();
            if (head == null) {
                wait();
                continue;
            }
            long millis = Duration.between(clock.instant(), head.due()).toMillis();
            if (millis <= 0 || hurried && !head.patient()) {
                entries.remove(head);
                return head;
            }
            wait(millis);
        }
        return null;
    }

    private @Nullable Entry firstImpatient() {
        Entry first = entries.stream()
                .filter(entry -> !entry.patient())
                .min(Comparator.comparing(Entry::order))
                .orElse(null);
        return first == null ? entries.peek() : first;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("{}: a task failed: {}", name, e.getClass().getSimpleName());
            }
        } finally {
            synchronized (this) {
                running--;
                notifyAll();
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        workers.shutdownNow();
    }
}
