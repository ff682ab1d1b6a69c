package sallyport.mappings.tracker;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;

/**
 * The tracker's row of one case, as {@code PUT /referrals/{caseReference}} takes it.
 *
 * @param prison NOMIS id
 * @param state of the case in the ledger's words, such as {@code DELIVERED}
 * @param caseClass {@code IMMEDIATE} or {@code ROUTINE}; the field is called {@code class}
 * @param officer of the police, as the force writes it
 * @param outcomeType Home Office outcome type
 * @param caseVersion counts the changes of the case in the ledger: of two rows the one with the higher number is the newer one
 */
public record TrackerRow(
        CaseReference caseReference,
        String prison,
        @Nullable ForceCode force,
        String state,
        @Nullable String verdict,
        @JsonProperty("class") @Nullable String caseClass,
        Instant openedAt,
        @Nullable Instant approvedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant closedAt,
        @Nullable Integer packageVersion,
        @Nullable String crimeReference,
        @Nullable String officer,
        @Nullable String outcomeType,
        Instant updatedAt,
        long caseVersion) {}
