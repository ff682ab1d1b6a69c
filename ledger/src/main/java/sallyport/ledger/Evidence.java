package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the evidence log (DPA 2018 s62). Never content: the subject is stored as a keyed pseudonym.
 *
 * @param subject a prisoner number, or null
 * @param recipient who got it, for a disclosure
 */
public record Evidence(
        Kind kind,
        @Nullable String caseReference,
        @Nullable String subject,
        String actor,
        String reason,
        @Nullable String recipient,
        byte @Nullable [] payloadSha256,
        @Nullable String mappingVersion,
        @Nullable String ruleVersion,
        @Nullable String detail) {

    /** The kinds the Act names. */
    public enum Kind {
        COLLECTION,
        ALTERATION,
        CONSULTATION,
        DISCLOSURE,
        COMBINATION,
        ERASURE
    }
}
