package sallyport.ledger.engine;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseClass;
import sallyport.ledger.LaneClaim;
import sallyport.ledger.LaneFamily;
import sallyport.ledger.Lease;
import sallyport.ledger.ReferralCase;

/** A lane's head as it was found. */
record LaneHead(
        long laneCase,
        long fence,
        String lane,
        LaneFamily family,
        long item,
        int seq,
        String kind,
        String messageId,
        @Nullable Integer packageVersion,
        CaseClass caseClass,
        boolean leftBehind,
        boolean asks,
        boolean again,
        int attempts,
        String channel,
        String contentType,
        byte[] bytes,
        byte[] sha256,
        String mappingVersion,
        String profile,
        ReferralCase referralCase) {

    static LaneHead of(ResultSet row) throws SQLException {
        return new LaneHead(
                row.getLong("lane_case"),
                row.getLong("fence"),
                row.getString("lane"),
                LaneFamily.valueOf(row.getString("lane_family")),
                row.getLong("item"),
                row.getInt("seq"),
                row.getString("kind"),
                row.getString("message_id"),
                row.getObject("item_package_version", Integer.class),
                CaseClass.valueOf(row.getString("item_class")),
                !row.getString("item_state").equals("PROMISED"),
                row.getBoolean("asks"),
                row.getBoolean("again"),
                row.getInt("attempts"),
                requireNonNull(row.getString("channel")),
                row.getString("content_type"),
                row.getBytes("bytes"),
                row.getBytes("sha256"),
                row.getString("mapping_version"),
                row.getString("profile"),
                CaseRows.read(row));
    }

    LaneClaim claim(boolean asking, Lease lease) {
        int colon = lane.indexOf(':');
        return new LaneClaim(
                laneCase,
                fence,
                attempts + 1,
                family,
                lane,
                colon < 0 ? lane : lane.substring(colon + 1),
                referralCase,
                item,
                seq,
                kind,
                messageId,
                packageVersion,
                caseClass,
                channel,
                contentType,
                bytes,
                sha256,
                mappingVersion,
                profile,
                asking,
                again,
                lease);
    }
}
