package sallyport.ledger.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Rows turned into the arrays that a statement unnests: it then runs once for all of them. Arrays of arrays must be rectangular in
 * PostgreSQL, so a list inside a row goes as a text that the statement takes apart.
 */
final class Unnested<R> {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    private final List<R> rows;
    private final MapSqlParameterSource values = new MapSqlParameterSource();

    private Unnested(Collection<R> rows) {
        this.rows = List.copyOf(rows);
    }

    static <R> Unnested<R> of(Collection<R> rows) {
        return new Unnested<>(rows);
    }

    Unnested<R> longs(String name, Function<R, @Nullable Long> column) {
        return add(name, column, Long[]::new);
    }

    Unnested<R> ints(String name, Function<R, @Nullable Integer> column) {
        return add(name, column, Integer[]::new);
    }

    Unnested<R> doubles(String name, Function<R, @Nullable Double> column) {
        return add(name, column, Double[]::new);
    }

    Unnested<R> texts(String name, Function<R, @Nullable String> column) {
        return add(name, column, String[]::new);
    }

    Unnested<R> flags(String name, Function<R, @Nullable Boolean> column) {
        return add(name, column, Boolean[]::new);
    }

    Unnested<R> bytes(String name, Function<R, byte @Nullable []> column) {
        return add(name, column, byte[][]::new);
    }

    /** As text, which the statement casts to {@code timestamptz[]}: the driver has no array of times. */
    Unnested<R> times(String name, Function<R, @Nullable Instant> column) {
        return texts(name, row -> {
            Instant time = column.apply(row);
            return time == null ? null : text(time.atOffset(ZoneOffset.UTC), TIME);
        });
    }

    /** As text, which the statement casts to {@code date[]}. */
    Unnested<R> dates(String name, Function<R, @Nullable LocalDate> column) {
        return texts(name, row -> {
            LocalDate day = column.apply(row);
            return day == null ? null : text(day, DAY);
        });
    }

    /** One value for all rows. */
    Unnested<R> all(String name, @Nullable Object value) {
        values.addValue(name, value);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    MapSqlParameterSource values() {
        return values;
    }

    /** A source may say any year: those before the first, and after 9999, are written as PostgreSQL reads them. */
    private static String text(Temporal time, DateTimeFormatter afterTheYear) {
        int year = time.get(ChronoField.YEAR);
        String rest = afterTheYear.format(time);
        return year > 0 ? "%04d%s".formatted(year, rest) : "%04d%s BC".formatted(1 - year, rest);
    }

    private <T> Unnested<R> add(String name, Function<R, ? extends @Nullable T> column, IntFunction<T[]> array) {
        T[] all = array.apply(rows.size());
        for (int i = 0; i < all.length; i++) {
            all[i] = column.apply(rows.get(i));
        }
        values.addValue(name, all);
        return this;
    }
}
