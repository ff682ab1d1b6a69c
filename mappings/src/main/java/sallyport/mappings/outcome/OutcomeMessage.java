package sallyport.mappings.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.json.JsonFields;

/**
 * One word of a force about a case, {@code outcome-v1}, however it came. Fields that we do not know are ignored; a type or code that we
 * do not know is {@code Rejected("unknown-outcome", "/type" or "/code")}; anything else that is wrong is {@code schema-invalid} or the
 * code of the checked type, with its pointer.
 *
 * @param messageId the force's: the same message again has the effect of once
 * @param force as the body says; who sent it is told by the certificate, never by this
 * @param code of {@link OutcomeTypes}, required with OUTCOME
 * @param at when it happened at the force
 * @param crimeReference opaque, with CRIME_REFERENCE required
 * @param officer as the force writes it, with OFFICER_ALLOCATED required
 */
public record OutcomeMessage(
        String messageId,
        CaseReference caseReference,
        ForceCode force,
        Type type,
        @Nullable OutcomeType code,
        Instant at,
        @Nullable String crimeReference,
        @Nullable String officer,
        @Nullable String reason) {

    public enum Type {
        /** The force takes the case. */
        ACCEPTED,
        /** The force gives it back to the prison. */
        REFERRED_BACK,
        CRIME_REFERENCE,
        OFFICER_ALLOCATED,
        UNDER_INVESTIGATION,
        /** The force asks for more; {@code reason} says for what. */
        EVIDENCE_REQUESTED,
        /** The end of it, by a Home Office outcome type; 0 ends nothing. */
        OUTCOME,
        /** The crime record was cancelled. */
        CANCELLED,
        TRANSFERRED,
        RECLASSIFIED
    }

    private static final int LARGEST = 1024 * 1024;
    private static final Pattern MESSAGE_ID = Pattern.compile("\\S{1,100}");

    /** Whether the police investigation is over with this. */
    public boolean closes() {
        return type == Type.OUTCOME && code != null && code.closes();
    }

    /** What is said, in one form of bytes whatever wrapped it and however it was written: equal messages are equal bytes. */
    public byte[] canonical() {
        ObjectNode tree = CanonicalJson.tree(this);
        if (code != null) {
            tree.put("code", code.code());
        }
        return CanonicalJson.write(tree);
    }

    /**
     * @param json at most 1 MB
     */
    public static OutcomeMessage read(byte[] json) {
        if (json.length > LARGEST) {
            throw new Rejected("too-large", "/");
        }
        JsonFields fields = JsonFields.read(json);
        String messageId = fields.text("messageId");
        if (!MESSAGE_ID.matcher(messageId).matches()) {
            throw fields.invalid("messageId");
        }
        Type type = type(fields);
        String code = limited(fields, "code", 10);
        return new OutcomeMessage(
                messageId,
                CaseReference.of(fields.text("caseReference"), fields.pointer("caseReference")),
                ForceCode.of(fields.text("force"), fields.pointer("force")),
                type,
                outcomeType(fields, type, code),
                at(fields),
                needed(fields, "crimeReference", 50, type == Type.CRIME_REFERENCE),
                needed(fields, "officer", 200, type == Type.OFFICER_ALLOCATED),
                limited(fields, "reason", 4000));
    }

    private static Type type(JsonFields fields) {
        String type = fields.text("type");
        for (Type known : Type.values()) {
            if (known.name().equals(type)) {
                return known;
            }
        }
        throw new Rejected("unknown-outcome", fields.pointer("type"));
    }

    private static @Nullable OutcomeType outcomeType(JsonFields fields, Type type, @Nullable String code) {
        if (code != null) {
            return OutcomeTypes.get(code, fields.pointer("code"));
        }
        if (type == Type.OUTCOME) {
            throw fields.invalid("code");
        }
        return null;
    }

    private static Instant at(JsonFields fields) {
        try {
            return OffsetDateTime.parse(fields.text("at")).toInstant();
        } catch (DateTimeException e) {
            throw fields.invalid("at");
        }
    }

    private static @Nullable String needed(JsonFields fields, String name, int longest, boolean needed) {
        String text = limited(fields, name, longest);
        if (needed && text == null) {
            throw fields.invalid(name);
        }
        return text;
    }

    private static @Nullable String limited(JsonFields fields, String name, int longest) {
        String text = fields.optionalText(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > longest) {
            throw fields.invalid(name);
        }
        return text;
    }
}
