package sallyport.mappings.intelligence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The columns of a list of notices, all of them and no other. */
enum Column {
    REFERENCE,
    ACTION,
    ISSUED,
    PRISON,
    INCIDENT,
    PRISONER,
    FROM,
    UNTIL,
    HANDLING,
    CONTACT,
    EXPIRES;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Column> find(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(column -> column.word().equals(plain))
                .findFirst();
    }
}
