package sallyport.mappings.referral;

import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.referral.ReferralPackage.Media;
import sallyport.mappings.referral.ReferralPackage.MediaEvidence;
import sallyport.mappings.table.CsvTable;

/**
 * Until when footage is kept that nobody has handed over: as people said, else as the hub reckons ({@code footage-kept.csv}). It is wiped
 * by itself, and what is wiped no court will see.
 */
public final class FootageKept {

    private static final String TABLE = "sallyport/referral/footage-kept.csv";
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Map<String, Row> ROWS = read(CsvTable.rows(TABLE));
    /** For what people said of a kind without a row. */
    private static final int WARN_DAYS = 7;

    private static final int LAST_YEAR = 9999;

    private FootageKept() {}

    record Row(String group, int keptDays, int warnDays) {}

    /**
     * What is not handed over and will be wiped.
     *
     * @param warnOn the day from which somebody is to be told
     * @param until the last day on which the first of them is kept
     * @param recordings how many there are
     */
    public record Due(LocalDate warnOn, LocalDate until, int recordings) {}

    /** Empty where everything is handed over, or nothing is wiped by itself. */
    public static Optional<Due> of(ReferralPackage pkg) {
        List<Media> waiting = pkg.media().stream()
                .filter(media -> media.evidence() == MediaEvidence.TO_BE_EVIDENCED && media.keptUntil() != null)
                .toList();
        Optional<LocalDate> until = waiting.stream().map(Media::keptUntil).min(naturalOrder());
        Optional<LocalDate> warnOn = waiting.stream().map(FootageKept::warnOn).min(naturalOrder());
        return until.map(last -> new Due(warnOn.orElse(last), last, waiting.size()));
    }

    /** The last day by the hub's own reckoning; null for a kind that is not wiped by itself. */
    static @Nullable LocalDate reckoned(String kind, Instant occurred) {
        Row row = ROWS.get(kind);
        if (row == null) {
            return null;
        }
        LocalDate until = occurred.atZone(LONDON).toLocalDate().plusDays(row.keptDays());
        // A report may be of the last year that can be written.
        return until.getYear() > LAST_YEAR ? null : until;
    }

    /** Kinds of one group are one kind of footage under several names. */
    static String group(String kind) {
        Row row = ROWS.get(kind);
        return row == null ? kind : row.group();
    }

    /** From which day somebody is to be told of a recording that is kept until a day. */
    static LocalDate warnOn(Media media) {
        Row row = ROWS.get(media.kind());
        return Objects.requireNonNull(media.keptUntil()).minusDays(row == null ? WARN_DAYS : row.warnDays());
    }

    static Map<String, Row> read(List<Map<String, String>> rows) {
        Map<String, Row> read = new HashMap<>();
        for (Map<String, String> row : rows) {
            Row one = new Row(
                    row.getOrDefault("group", ""),
                    Integer.parseInt(row.getOrDefault("keptDays", "")),
                    Integer.parseInt(row.getOrDefault("warnDays", "")));
            if (one.warnDays() >= one.keptDays()
                    || row.getOrDefault("why", "").isBlank()
                    || read.put(row.getOrDefault("kind", ""), one) != null) {
                throw new IllegalStateException("Table " + TABLE + ": row " + row
                        + " needs a kind of its own, fewer days to warn than it is kept, and why");
            }
        }
        return Map.copyOf(read);
    }
}
