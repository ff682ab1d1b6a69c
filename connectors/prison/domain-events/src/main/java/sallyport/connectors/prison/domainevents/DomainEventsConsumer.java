package sallyport.connectors.prison.domainevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.connectors.wire.Unavailable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Asks the queue as long as the route runs. A failure, of the queue or of the exchange, is followed by a pause that doubles:
 * a queue counts how often it handed a message out, and a hub without its database must not use that count up.
 */
final class DomainEventsConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(DomainEventsConsumer.class);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private enum Gate {
        OPEN,
        PAUSED,
        SHUT
    }

    private final DomainEventsProperties properties;
    private final String name;
    private final DomainEventsHealth health;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile Gate gate = Gate.SHUT;

    /** Read side: a batch is being worked on. Write side: none is. */
    private final ReentrantReadWriteLock working = new ReentrantReadWriteLock();

    private final AtomicBoolean away = new AtomicBoolean();
    private @Nullable EventQueue open;
    private @Nullable ExecutorService pollers;

    DomainEventsConsumer(
            DomainEventsEndpoint endpoint,
            Processor processor,
            DomainEventsProperties properties,
            String name,
            DomainEventsHealth health) {
        super(endpoint, processor);
        this.properties = properties;
        this.name = name;
        this.health = health;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        move(Gate.OPEN);
        EventQueue queue = new EventQueue(properties, name, health);
        open = queue;
        ExecutorService threads = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "domain-events", properties.pollers());
        pollers = threads;
        for (int i = 0; i < properties.pollers(); i++) {
            threads.execute(() -> poll(queue));
        }
    }

    @Override
    protected void doSuspend() {
        move(Gate.PAUSED);
    }

    @Override
    protected void doResume() {
        move(Gate.OPEN);
    }

    /** Lets a batch in hand come to its end, then cuts off whoever still waits for messages. */
    @Override
    protected void doStop() throws Exception {
        move(Gate.SHUT);
        boolean idle = working.writeLock().tryLock(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        if (idle) {
            working.writeLock().unlock();
        }
        if (pollers != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(pollers);
        }
        if (open != null) {
            open.close();
        }
        super.doStop();
    }

    private void move(Gate to) {
        lock.lock();
        try {
            gate = to;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void poll(EventQueue queue) {
        Duration pause = properties.backOff();
        try {
            while (passesGate()) {
                if (round(queue)) {
                    pause = properties.backOff();
                } else {
                    rest(pause);
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(properties.longestBackOff()) < 0 ? doubled : properties.longestBackOff();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits while paused; false when it is over. */
    private boolean passesGate() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (gate == Gate.PAUSED) {
                moved.await();
            }
            return gate == Gate.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** Pauses after a failure, unless the route is suspended or stopped meanwhile. */
    private void rest(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (gate == Gate.OPEN && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks once and sees to what came; false when something failed. */
    private boolean round(EventQueue queue) {
        List<Message> batch;
        try {
            batch = queue.receive();
            cameBack();
        } catch (Unavailable unavailable) {
            wentAway(unavailable.code());
            return false;
        }
        if (batch.isEmpty()) {
            return true;
        }
        working.readLock().lock();
        try {
            if (gate == Gate.OPEN) {
                return handOn(queue, batch);
            }
            queue.giveBack(batch);
            return true;
        } catch (Unavailable unavailable) {
            wentAway(unavailable.code());
            return false;
        } finally {
            working.readLock().unlock();
        }
    }

    private boolean handOn(EventQueue queue, List<Message> batch) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage()
                    .setBody(batch.stream()
                            .map(message -> new DomainEventMessage(
                                    message.messageId(), message.body().getBytes(UTF_8)))
                            .toList());
            try {
                getProcessor().process(exchange);
            } catch (Exception thrown) {
                exchange.setException(thrown);
            }
            if (exchange.isFailed() || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
                // The kind of failure only: a message may hold what the events are about.
                LOG.warn(
                        "domain-events: {} messages were not taken in and come again: {}",
                        batch.size(),
                        kind(exchange));
                return false;
            }
        } finally {
            releaseExchange(exchange, false);
        }
        int left = queue.delete(batch);
        if (left > 0) {
            LOG.warn("domain-events: {} messages were taken in but not deleted; they come again", left);
        }
        return true;
    }

    private static String kind(Exchange exchange) {
        return exchange.getException() == null
                ? "rolled back"
                : exchange.getException().getClass().getSimpleName();
    }

    private void wentAway(String code) {
        if (gate != Gate.SHUT && away.compareAndSet(false, true)) {
            LOG.warn("domain-events: the queue cannot be read: {}", code);
        }
    }

    private void cameBack() {
        if (away.compareAndSet(true, false)) {
            LOG.info("domain-events: the queue can be read again");
        }
    }
}
