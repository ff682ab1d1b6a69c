package sallyport.mappings.offence;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sallyport.mappings.Rejected;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.table.CsvTable;

/** The offences that happen in prisons, by CJS code. A code that is not here is {@code unknown-offence}. */
public final class Offences {

    private static final Map<String, String> SUFFIXES =
            Map.of("A", "Attempt: ", "B", "Aiding and abetting: ", "C", "Conspiracy: ");

    private static final Map<String, Offence> BY_CODE = read();

    private Offences() {}

    public static Optional<Offence> find(OffenceCode code) {
        return Optional.ofNullable(BY_CODE.get(code.value()));
    }

    /**
     * @param where the field the code came from
     * @throws Rejected {@code unknown-offence} at {@code where}
     */
    public static Offence get(OffenceCode code, String where) {
        return find(code).orElseThrow(() -> new Rejected("unknown-offence", where));
    }

    public static Collection<Offence> all() {
        return BY_CODE.values();
    }

    private static Map<String, Offence> read() {
        Map<String, Offence> offences = new LinkedHashMap<>();
        for (Map<String, String> row : CsvTable.rows("sallyport/offence/offences.csv")) {
            add(offences, row, "", "");
            for (String suffix : row.get("suffixes").split("")) {
                if (!suffix.isEmpty()) {
                    add(offences, row, suffix, SUFFIXES.get(suffix));
                }
            }
        }
        return Collections.unmodifiableMap(offences);
    }

    private static void add(Map<String, Offence> offences, Map<String, String> row, String suffix, String prefix) {
        Offence offence = new Offence(
                OffenceCode.of(row.get("code") + suffix, "code"),
                prefix + row.get("title"),
                Offence.Category.valueOf(row.get("category")),
                row.get("pnc_recordable").equals("yes"),
                row.get("home_office_class").isEmpty() ? null : row.get("home_office_class"),
                Offence.Notifiable.valueOf(row.get("notifiable").toUpperCase(Locale.ROOT)),
                Offence.Evidence.valueOf(row.get("evidence").toUpperCase(Locale.ROOT)));
        if (offences.put(offence.code().value(), offence) != null) {
            throw new IllegalStateException("offence twice in the table: " + offence.code());
        }
    }
}
