package sallyport.connectors.contract;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * JSON as text, in every dress that the format allows: any order of fields, any white space, any way to write a character,
 * fields that are new, and U+0000. A connector that reads and writes instead of handing on does not survive it.
 */
public final class JsonShapes {

    /** A field of an object; one that is not required may be absent. */
    public record Field(String name, Arbitrary<String> value, boolean required) {}

    private JsonShapes() {}

    public static Field required(String name, Arbitrary<String> value) {
        return new Field(name, value, true);
    }

    public static Field optional(String name, Arbitrary<String> value) {
        return new Field(name, value, false);
    }

    public static Arbitrary<String> nullOr(Arbitrary<String> value) {
        return Arbitraries.oneOf(Arbitraries.just("null"), value);
    }

    public static Arbitrary<String> literal(String... codes) {
        return Arbitraries.of(codes).map(code -> '"' + code + '"');
    }

    public static Arbitrary<String> flag() {
        return Arbitraries.of("true", "false");
    }

    public static Arbitrary<String> whole(long least, long most) {
        return Arbitraries.longs().between(least, most).map(String::valueOf);
    }

    public static Arbitrary<String> uuid() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> '"' + new UUID(high, low).toString() + '"');
    }

    /** Wall clock without offset, the repeated hour included, 0 to 9 digits of a second. */
    public static Arbitrary<String> localDateTime() {
        LocalDateTime start = LocalDateTime.of(2026, 10, 24, 23, 0);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5 * 3600),
                        Arbitraries.strings().numeric().ofMinLength(0).ofMaxLength(9))
                .as((seconds, fraction) -> '"'
                        + start.plusSeconds(seconds).toString()
                        + (seconds % 60 == 0 ? ":00" : "")
                        + (fraction.isEmpty() ? "" : "." + fraction)
                        + '"');
    }

    /** Any text: controls, quotes, other scripts and signs beyond the basic plane, each written raw or escaped. */
    public static Arbitrary<String> text() {
        Arbitrary<Integer> points = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0x20, 0x7E)),
                Tuple.of(1, Arbitraries.integers().between(0, 0x1F)),
                Tuple.of(1, Arbitraries.of(0, 0x2028, 0xE9, 0x20AC, 0xFFFD, 0x1F6A8)));
        return Combinators.combine(points, Arbitraries.of(true, false, false))
                .as(JsonShapes::character)
                .list()
                .ofMaxSize(24)
                .map(characters -> '"' + String.join("", characters) + '"');
    }

    private static String character(int point, boolean escaped) {
        if (point == '"' || point == '\\') {
            return "\\" + (char) point;
        }
        if (!escaped && point >= 0x20) {
            return Character.toString(point);
        }
        StringBuilder written = new StringBuilder();
        for (char unit : Character.toChars(point)) {
            written.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
        return written.toString();
    }

    public static Arbitrary<String> array(Arbitrary<String> item, int most) {
        return item.list().ofMaxSize(most).map(items -> "[" + String.join(",", items) + "]");
    }

    public static Arbitrary<String> object(Field... fields) {
        List<Arbitrary<List<String>>> written = new ArrayList<>();
        for (Field field : fields) {
            Arbitrary<List<String>> member = Combinators.combine(space(), space(), field.value())
                    .as((before, after, value) ->
                            List.of(before + '"' + field.name() + '"' + after + ":" + value + after));
            written.add(field.required() ? member : Arbitraries.oneOf(Arbitraries.just(List.of()), member));
        }
        written.add(Combinators.combine(
                        Arbitraries.strings().alpha().ofLength(6), Arbitraries.oneOf(text(), whole(0, 9), flag()))
                .as((name, value) -> List.of("\"new" + name + "\":" + value))
                .optional()
                .map(field -> field.orElse(List.of())));
        return Combinators.combine(written)
                .as(members -> members.stream().flatMap(List::stream).toList())
                .flatMap(members -> Arbitraries.shuffle(members).map(order -> "{" + String.join(",", order) + "}"));
    }

    private static Arbitrary<String> space() {
        return Arbitraries.of(Arrays.asList("", "", "", " ", "\n", "\t", "\r\n  "));
    }
}
