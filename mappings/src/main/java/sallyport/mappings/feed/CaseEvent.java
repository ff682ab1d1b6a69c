package sallyport.mappings.feed;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;

/**
 * Something that happened to a case and that teams may hear of. It names nobody.
 *
 * @param id {@link sallyport.mappings.police.MessageIds#feedEventId}
 * @param prison NOMIS id
 * @param family of the incident, such as {@code ASSAULT}
 * @param verdict of triage
 * @param caseClass {@code IMMEDIATE} or {@code ROUTINE}; the field is called {@code class}
 * @param outcomeType Home Office outcome type
 */
public record CaseEvent(
        @JsonIgnore String id,
        @JsonIgnore Type type,
        CaseReference caseReference,
        String prison,
        @Nullable ForceCode force,
        String family,
        @Nullable String verdict,
        @JsonProperty("class") @Nullable String caseClass,
        @Nullable Integer packageVersion,
        @Nullable String crimeReference,
        @Nullable String outcomeType,
        Instant at) {

    public enum Type {
        OPENED,
        TRIAGED,
        APPROVED,
        DELIVERED,
        ACCEPTED,
        REFERRED_BACK,
        CRIME_REFERENCE,
        OFFICER_ALLOCATED,
        OUTCOME,
        WITHDRAWN,
        PARKED,
        CLOSED;

        /** One word, as in {@code crime-reference}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** CloudEvents {@code type}, as in {@code sallyport.case.crime-reference}. */
        public String text() {
            return "sallyport.case." + word();
        }
    }
}
