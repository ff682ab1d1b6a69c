package sallyport.simulators.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;

/** Chance that the same seed and the same names always repeat. */
public final class Dice {

    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    public static Dice of(long seed, Object... names) {
        long mixed = seed * 0x9E3779B97F4A7C15L;
        for (Object name : names) {
            mixed = (mixed ^ Objects.toString(name).hashCode()) * 0xBF58476D1CE4E5B9L;
        }
        return new Dice(new SplittableRandom(mixed));
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A length between the two, given in hours of simulated time. */
    public Duration hours(double least, double most, Duration hour) {
        double hours = least + random.nextDouble() * (most - least);
        return Duration.ofNanos((long) (hours * hour.toNanos()));
    }

    public UUID uuid() {
        return new UUID(version(random.nextLong(), 4), variant(random.nextLong()));
    }

    /** Version 7: the time in front, so that ids sort as the incidents were made. */
    public UUID uuid7(Instant at) {
        return new UUID(version(at.toEpochMilli() << 16 | random.nextInt(1 << 16), 7), variant(random.nextLong()));
    }

    private static long version(long bits, long version) {
        return bits & ~0xF000L | version << 12;
    }

    private static long variant(long bits) {
        return bits & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    }
}
