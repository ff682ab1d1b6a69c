package sallyport.mappings.useofforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * An object of a use of force report, read within bounds. Nothing in a form need be answered; what is there must be of its kind, no longer
 * and no more than people write: {@code Rejected} with {@code schema-invalid}, {@code unknown-code}, {@code too-long} or
 * {@code too-many}.
 */
final class FormFields {

    static final int NAME = 250;
    static final int DESCRIPTION = 10_000;
    static final int STATEMENT = 100_000;
    private static final int MOST = 200;

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");

    private final @Nullable JsonFields fields;

    FormFields(@Nullable JsonFields fields) {
        this.fields = fields;
    }

    /** A part of the form that nobody has filled in is one without answers. */
    FormFields part(String name) {
        return new FormFields(fields == null ? null : fields.optionalObject(name));
    }

    /** A number or a UUID; the same one however it is written. */
    static String id(JsonFields row, String name) {
        String id = row.optionalScalar(name);
        if (id == null || !ID.matcher(id).matches()) {
            throw row.invalid(name);
        }
        return id.toLowerCase(Locale.ROOT);
    }

    @Nullable
    String text(String name, int longest) {
        String text = fields == null ? null : fields.optionalText(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        return bounded(text.strip(), longest, fields.pointer(name));
    }

    /** Of a form that has changed over the years: a truth value, or a word for it. */
    @Nullable
    Answer answer(String name) {
        String said = fields == null ? null : fields.optionalScalar(name);
        if (said == null || said.isBlank()) {
            return null;
        }
        return switch (said.strip().toUpperCase(Locale.ROOT)) {
            case "YES", "TRUE" -> Answer.YES;
            case "NO", "FALSE" -> Answer.NO;
            case "NOT_KNOWN" -> Answer.NOT_KNOWN;
            default -> throw new Rejected("unknown-code", fields.pointer(name));
        };
    }

    @Nullable
    LondonTime time(String name) {
        return fields == null ? null : fields.optionalTime(name);
    }

    /** The list of codes is not ours: each must look like one. */
    @Nullable
    String code(String name) {
        String code = text(name, DESCRIPTION);
        return code == null ? null : code(code, Objects.requireNonNull(fields).pointer(name));
    }

    List<String> codes(String name) {
        List<String> codes = new ArrayList<>();
        if (fields != null && fields.has(name)) {
            for (String code : few(fields.texts(name), name)) {
                codes.add(code(code.strip(), fields.pointer(name)));
            }
        }
        return codes;
    }

    /** What {@code read} makes nothing of is left out: a form keeps its empty lines. */
    <T> List<T> list(String name, Function<FormFields, @Nullable T> read) {
        if (fields == null) {
            return List.of();
        }
        List<T> all = new ArrayList<>();
        for (FormFields item : few(fields.optionalList(name, FormFields::new), name)) {
            T one = read.apply(item);
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    /** A list of rows, each of which must be whole. */
    static <T> List<T> rows(JsonFields fields, String name, Function<JsonFields, T> read) {
        return few(fields.optionalList(name, read), fields.pointer(name), MOST);
    }

    private <T> List<T> few(List<T> all, String name) {
        return few(all, Objects.requireNonNull(fields).pointer(name), MOST);
    }

    private static <T> List<T> few(List<T> all, String where, int most) {
        if (all.size() > most) {
            throw new Rejected("too-many", where);
        }
        return all;
    }

    private static String code(String text, String where) {
        if (!CODE.matcher(text).matches()) {
            throw new Rejected("unknown-code", where);
        }
        return text;
    }

    private static String bounded(String text, int longest, String where) {
        if (text.length() > longest) {
            throw new Rejected("too-long", where);
        }
        return text;
    }
}
