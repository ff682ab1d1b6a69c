package sallyport.connectors.feeds;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Outbound;
import sallyport.mappings.Rejected;

/**
 * Sends events to the teams' queues and completes each exchange when the broker has confirmed its message, so that many
 * are under way at once; when the connection breaks, what is unconfirmed ends as {@code Unknown} and a new connection is
 * made by and by.
 */
final class FeedPublisher extends AsyncProcessorSupport {

    private static final Logger log = LoggerFactory.getLogger(FeedPublisher.class);
    private static final int WAITING = 1000;
    private static final long TICK_MILLIS = 50;

    private final FeedsProperties properties;
    private final Set<String> teams;
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Set<Pending> outstanding = ConcurrentHashMap.newKeySet();
    private final Semaphore permits;
    private volatile String problem = "not connected yet";
    private volatile boolean running;
    private @Nullable Thread sender;
    private @Nullable ExecutorService answers;

    // The sending thread's own.
    private @Nullable BrokerLink link;
    private long connectAt;

    FeedPublisher(FeedsProperties properties) {
        this.properties = properties;
        this.teams = Set.copyOf(properties.teams());
        this.permits = new Semaphore(properties.outstanding());
    }

    /** Why no event can leave just now, in one short line. */
    Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Outbound event = exchange.getMessage().getBody(Outbound.class);
        if (event == null) {
            exchange.setException(new IllegalArgumentException("feeds-publish takes an Outbound"));
        } else if (!teams.contains(event.destination())) {
            exchange.setException(new Rejected("unknown-destination", "/destination"));
        } else if (!running) {
            exchange.setException(FeedsFaults.notConnected("the feeds are stopped"));
        } else if (waiting.offer(new Pending(exchange, callback, event))) {
            return false;
        } else {
            exchange.setException(FeedsFaults.full());
        }
        callback.done(true);
        return true;
    }

    @Override
    protected void doStart() {
        running = true;
        connectAt = System.nanoTime();
        // Camel goes on with the exchange on these threads; the broker's own must stay free to hear the next answer.
        answers = Executors.newFixedThreadPool(2, named("feeds-answers"));
        sender = named("feeds-sender").newThread(this::sendWhileRunning);
        sender.start();
    }

    @Override
    protected void doStop() throws InterruptedException {
        running = false;
        if (sender != null) {
            sender.join(properties.answerTimeout().toMillis());
        }
        if (answers != null) {
            answers.shutdown();
        }
    }

    private void sendWhileRunning() {
        try {
            while (running || !waiting.isEmpty()) {
                Pending next = waiting.poll(TICK_MILLIS, MILLISECONDS);
                keepConnected();
                if (next != null) {
                    send(next);
                }
            }
            awaitOutstanding();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect("stopped", FeedsFaults.noAnswer(new JMSException("stopped")));
            waiting.forEach(pending -> pending.fail(FeedsFaults.notConnected("the feeds are stopped")));
        }
    }

    private void keepConnected() {
        if (link != null && (link.lost() || overdue())) {
            disconnect("the connection to the broker broke", FeedsFaults.noAnswer(new JMSException("connection lost")));
        }
        if (link == null && System.nanoTime() - connectAt >= 0) {
            try {
                link = BrokerLink.open(properties);
                problem = "";
                log.info("feeds: connected to the broker");
            } catch (JMSException | RuntimeException e) {
                String reason = FeedsFaults.reason(e);
                if (!reason.equals(problem)) {
                    log.warn("feeds: {}", reason);
                }
                problem = reason;
                connectAt = System.nanoTime() + properties.reconnectAfter().toNanos();
            }
        }
    }

    private boolean overdue() {
        long limit = System.nanoTime() - properties.answerTimeout().toNanos();
        return outstanding.stream().anyMatch(pending -> pending.sentAt - limit < 0);
    }

    private void send(Pending next) throws InterruptedException {
        while (link != null && !permits.tryAcquire(TICK_MILLIS, MILLISECONDS)) {
            keepConnected();
        }
        if (link == null) {
            next.fail(FeedsFaults.notConnected(problem));
            return;
        }
        next.permit = true;
        MessageProducer producer;
        try {
            producer = link.producer("feed." + next.event.destination());
        } catch (JMSException | RuntimeException e) {
            next.fail(FeedsFaults.beforeSending(e));
            return;
        }
        next.sentAt = System.nanoTime();
        outstanding.add(next);
        try {
            link.send(producer, next.event, next);
        } catch (JMSException | RuntimeException e) {
            next.fail(FeedsFaults.of(e));
        }
    }

    private void awaitOutstanding() throws InterruptedException {
        long until = System.nanoTime() + properties.answerTimeout().toNanos();
        while (!outstanding.isEmpty() && link != null && !link.lost() && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }

    private void disconnect(String reason, RuntimeException failure) {
        BrokerLink broken = link;
        link = null;
        problem = reason;
        outstanding.forEach(pending -> pending.fail(failure));
        if (broken != null) {
            broken.close();
            log.warn("feeds: disconnected from the broker ({})", reason);
        }
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** One event on its way; whichever of answer, failure and time-out comes first completes it, once. */
    private final class Pending implements CompletionListener {

        private final Exchange exchange;
        private final AsyncCallback callback;
        private final Outbound event;
        private final AtomicBoolean done = new AtomicBoolean();
        private boolean permit;
        private long sentAt;

        Pending(Exchange exchange, AsyncCallback callback, Outbound event) {
            this.exchange = exchange;
            this.callback = callback;
            this.event = event;
        }

        @Override
        public void onCompletion(Message message) {
            complete(exchange -> exchange.getMessage().setBody(stored()));
        }

        @Override
        public void onException(Message message, Exception failure) {
            fail(FeedsFaults.of(failure));
        }

        void fail(RuntimeException failure) {
            complete(exchange -> exchange.setException(failure));
        }

        /** The broker answers with no bytes of its own: what it confirmed is the evidence. */
        private Accepted stored() {
            String what = "stored feed." + event.destination() + " " + event.messageId();
            return new Accepted("stored", what.getBytes(StandardCharsets.UTF_8), true);
        }

        private void complete(Consumer<Exchange> outcome) {
            if (done.compareAndSet(false, true)) {
                outstanding.remove(this);
                if (permit) {
                    permits.release();
                }
                outcome.accept(exchange);
                ExecutorService pool = answers;
                if (pool == null || pool.isShutdown()) {
                    callback.done(false);
                } else {
                    pool.execute(() -> callback.done(false));
                }
            }
        }
    }
}
