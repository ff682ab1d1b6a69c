package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.CaseClass;
import sallyport.ledger.CaseState;
import sallyport.ledger.ReferralCase;

/** How a case is read from and written to its row. */
final class CaseRows {

    /** All columns of {@code referral_case rc}, named so that they collide with nothing they are joined to. */
    static final String COLUMNS =
            """
            rc.id AS case_id, rc.reference AS case_reference, rc.row_version AS case_row_version, rc.state AS case_state,
            rc.verdict AS case_verdict, rc.class AS case_class, rc.prison AS case_prison, rc.force AS case_force,
            rc.family AS case_family, rc.incident_reference, rc.occurred_at, rc.occurred_text, rc.opened_at, rc.decide_by,
            rc.approved_at, rc.approved_by, rc.approval_reason, rc.review_code, rc.review_detail,
            rc.package_version AS case_package_version, rc.crime_reference, rc.officer, rc.outcome_type, rc.outcome_at
            """;

    private CaseRows() {}

    /** Null when the row was joined from the left and is not there. */
    static @Nullable ReferralCase readIfThere(ResultSet row) throws SQLException {
        return row.getObject("case_id") == null ? null : read(row);
    }

    static ReferralCase read(ResultSet row) throws SQLException {
        return new ReferralCase(
                row.getLong("case_id"),
                row.getString("case_reference"),
                row.getLong("case_row_version"),
                CaseState.valueOf(row.getString("case_state")),
                row.getString("case_verdict"),
                CaseClass.valueOf(row.getString("case_class")),
                row.getString("case_prison"),
                row.getString("case_force"),
                row.getString("case_family"),
                row.getString("incident_reference"),
                instant(row, "occurred_at"),
                row.getString("occurred_text"),
                known(row, "opened_at"),
                instant(row, "decide_by"),
                instant(row, "approved_at"),
                row.getString("approved_by"),
                row.getString("approval_reason"),
                row.getString("review_code"),
                row.getString("review_detail"),
                row.getInt("case_package_version"),
                row.getString("crime_reference"),
                row.getString("officer"),
                row.getString("outcome_type"),
                instant(row, "outcome_at"));
    }

    static MapSqlParameterSource parameters(ReferralCase referralCase) {
        return new MapSqlParameterSource()
                .addValue("id", referralCase.id())
                .addValue("reference", referralCase.reference())
                .addValue("state", referralCase.state().name())
                .addValue("verdict", referralCase.verdict())
                .addValue("class", referralCase.caseClass().name())
                .addValue("prison", referralCase.prison())
                .addValue("force", referralCase.force())
                .addValue("family", referralCase.family())
                .addValue("incidentReference", referralCase.incidentReference())
                .addValue("occurredAt", time(referralCase.occurredAt()))
                .addValue("occurredText", referralCase.occurredText())
                .addValue("openedAt", time(referralCase.openedAt()))
                .addValue("decideBy", time(referralCase.decideBy()))
                .addValue("approvedAt", time(referralCase.approvedAt()))
                .addValue("approvedBy", referralCase.approvedBy())
                .addValue("approvalReason", referralCase.approvalReason())
                .addValue("reviewCode", referralCase.reviewCode())
                .addValue("reviewDetail", referralCase.reviewDetail())
                .addValue("packageVersion", referralCase.packageVersion())
                .addValue("crimeReference", referralCase.crimeReference())
                .addValue("officer", referralCase.officer())
                .addValue("outcomeType", referralCase.outcomeType())
                .addValue("outcomeAt", time(referralCase.outcomeAt()));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** For a column that is never null. */
    static Instant known(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
