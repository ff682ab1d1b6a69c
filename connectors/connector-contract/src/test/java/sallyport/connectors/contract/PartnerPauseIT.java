package sallyport.connectors.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Unavailable;

/** A partner that asks to be left alone is left alone by everybody who would read from it. */
class PartnerPauseIT {

    private static final int AT_ONCE = 32;

    private final AtomicInteger arrivals = new AtomicInteger();
    private final AtomicReference<String> wish = new AtomicReference<>("30");
    private final AtomicInteger status = new AtomicInteger(429);
    private final OneShotHttp http =
            new OneShotHttp(new OneShotHttp.Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), 1_000));
    private HttpServer partner;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        partner = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        partner.createContext("/", exchange -> {
            arrivals.incrementAndGet();
            if (status.get() != 200 && !wish.get().isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", wish.get());
            }
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        partner.start();
        address = URI.create("http://127.0.0.1:" + partner.getAddress().getPort() + "/x");
    }

    @AfterEach
    void stop() {
        OneShotHttp.longestPause(Duration.ofMinutes(5));
        partner.stop(0);
    }

    @Test
    void noneOfManyReadersFetchesARefusalOfItsOwn() throws Exception {
        assertThat(refusal().code()).isEqualTo("http-429");

        ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Unavailable>> refusals = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            refusals.add(readers.submit(() -> {
                together.await();
                return refusal();
            }));
        }
        together.countDown();
        for (Future<Unavailable> refused : refusals) {
            Unavailable waits = refused.get(60, TimeUnit.SECONDS);
            assertThat(waits.code()).isEqualTo("asked-to-wait");
            assertThat(waits.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(31));
        }
        readers.shutdown();

        assertThat(arrivals).as("arrivals during the pause").hasValue(1);
    }

    @Test
    void whenItIsOverThePartnerIsAskedAgain() throws Exception {
        status.set(503);
        wish.set("1");
        assertThat(refusal().code()).isEqualTo("http-503");
        assertThat(refusal().code()).isEqualTo("asked-to-wait");
        status.set(200);

        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (arrivals.get() < 2 && System.nanoTime() < until) {
            try {
                HttpFaults.ofRead(http.get(address));
            } catch (Unavailable still) {
                assertThat(still.code()).isEqualTo("asked-to-wait");
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        assertThat(arrivals).hasValue(2);
    }

    @Test
    void oneWrongHeaderSilencesNobodyForLong() {
        OneShotHttp.longestPause(Duration.ofMillis(1));
        wish.set("86400");
        assertThat(refusal().code()).isEqualTo("http-429");
        long after = System.nanoTime() + Duration.ofMillis(5).toNanos();
        while (System.nanoTime() < after) {
            Thread.onSpinWait();
        }
        assertThat(refusal().code()).isEqualTo("http-429");
    }

    @Test
    void withoutAWishOrForAnotherHostOrToSendNothingIsHeldBack() {
        wish.set("");
        assertThat(refusal().code()).isEqualTo("http-429");
        assertThat(refusal().code()).isEqualTo("http-429");
        wish.set("30");
        refusal();
        int before = arrivals.get();
        // The same server under another name is another partner.
        URI other = URI.create(address.toString().replace("127.0.0.1", "localhost"));
        assertThatThrownBy(() -> HttpFaults.ofRead(http.get(other)))
                .isInstanceOfSatisfying(
                        Unavailable.class, refused -> assertThat(refused.code()).isEqualTo("http-429"));
        Answer sent = http.write(HttpMethod.POST, address, headers -> {}, new byte[] {1});
        assertThat(sent.status()).isEqualTo(429);
        assertThat(arrivals).hasValue(before + 2);
    }

    private Unavailable refusal() {
        try {
            HttpFaults.ofRead(http.get(address));
        } catch (Unavailable refused) {
            return refused;
        }
        throw new AssertionError("it answered");
    }
}
