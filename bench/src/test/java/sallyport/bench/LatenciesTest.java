package sallyport.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void ofAHundredTimesOneIsLongerThanTheNinetyNinthPercentile() {
        Latencies latencies =
                Latencies.of(LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());

        assertThat(latencies.percentile(50)).isEqualTo(50);
        assertThat(latencies.percentile(99)).isEqualTo(99);
        assertThat(latencies.percentile(100)).isEqualTo(100);
    }

    @Test
    void ofOneTimeEveryPercentileIsThatTime() {
        assertThat(Latencies.of(new long[] {7})).hasToString("p50 7 ms, p99 7 ms, longest 7 ms");
    }
}
