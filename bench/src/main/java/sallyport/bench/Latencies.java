package sallyport.bench;

import java.util.Arrays;

/** Times in milliseconds, and how long all but so many per cent of them are at most. */
record Latencies(long[] sorted) {

    static Latencies of(long[] milliseconds) {
        long[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    /** The smallest of the times that at least so many per cent do not exceed. */
    long percentile(double percent) {
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    @Override
    public String toString() {
        return "p50 %d ms, p99 %d ms, longest %d ms".formatted(percentile(50), percentile(99), percentile(100));
    }
}
