package sallyport.ledger.replay;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads and writes the column types that JDBC knows under other names. */
final class ReplayRows {

    private ReplayRows() {}

    static ReplayFilter filter(ResultSet row) throws SQLException {
        return new ReplayFilter(
                row.getString("lane"),
                row.getString("force"),
                row.getString("cause"),
                instant(row, "ended_from"),
                instant(row, "ended_to"),
                ReplayFilter.Standing.valueOf(row.getString("standing")),
                row.getBoolean("everywhere"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static String[] texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return (String[]) array.getArray();
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
