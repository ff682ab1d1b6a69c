package sallyport.mappings.adjudication;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * One disciplinary charge against a prisoner, as {@code GET /reported-adjudications/prisoner/{prisonerNumber}} gives it.
 *
 * <p>Names are the source's own. Punishments, notices of being placed on report and who may act on the charge next are left out: they
 * matter to nobody outside the prison.
 *
 * @param chargeNumber opaque: migrated charges look different
 * @param overrideAgencyId the prison that holds the charge after a transfer
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record Adjudication(
        String chargeNumber,
        String prisonerNumber,
        @Nullable String prisonerName,
        Gender gender,
        IncidentDetails incidentDetails,
        boolean isYouthOffender,
        IncidentRole incidentRole,
        OffenceDetails offenceDetails,
        IncidentStatement incidentStatement,
        String createdByUserId,
        LondonTime createdDateTime,
        AdjudicationStatus status,
        @Nullable String statusReason,
        @Nullable String statusDetails,
        @Nullable String reviewedByUserId,
        List<Damage> damages,
        List<Evidence> evidence,
        List<Witness> witnesses,
        List<Hearing> hearings,
        List<OutcomeHistory> outcomes,
        String originatingAgencyId,
        @Nullable String overrideAgencyId,
        List<String> linkedChargeNumbers,
        int replacedCharacters) {

    private static final Pattern TAGS = Pattern.compile("<[^<>]{1,20}>");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /**
     * Reads all charges of a prisoner: {@link Rejected} with {@code not-json}, {@code schema-invalid} or {@code unknown-code} and the
     * JSON pointer of the field.
     */
    public static List<Adjudication> readAll(byte[] raw) {
        List<Adjudication> all = new ArrayList<>();
        for (JsonFields charge : JsonFields.readAll(raw)) {
            all.add(read(charge));
        }
        return List.copyOf(all);
    }

    /** Reads one charge, as {@link #split} gives it: {@link Rejected} as of all of them. */
    public static Adjudication readOne(byte[] raw) {
        return read(JsonFields.read(raw));
    }

    /** The charges of a prisoner, in the order of {@link #readAll}, each as a document of its own. */
    public static List<byte[]> split(byte[] raw) {
        return JsonFields.split(raw);
    }

    private static Adjudication read(JsonFields charge) {
        return new Adjudication(
                charge.text("chargeNumber"),
                charge.text("prisonerNumber"),
                charge.optionalText("prisonerName"),
                charge.code("gender", Gender.class),
                IncidentDetails.read(charge.object("incidentDetails")),
                charge.flag("isYouthOffender"),
                IncidentRole.read(charge.object("incidentRole")),
                OffenceDetails.read(charge.object("offenceDetails")),
                IncidentStatement.read(charge.object("incidentStatement")),
                charge.text("createdByUserId"),
                charge.time("createdDateTime"),
                charge.code("status", AdjudicationStatus.class),
                charge.optionalText("statusReason"),
                charge.optionalText("statusDetails"),
                charge.optionalText("reviewedByUserId"),
                charge.list("damages", Damage::read),
                charge.list("evidence", Evidence::read),
                charge.list("witnesses", Witness::read),
                charge.list("hearings", Hearing::read),
                charge.list("outcomes", OutcomeHistory::read),
                charge.text("originatingAgencyId"),
                charge.optionalText("overrideAgencyId"),
                charge.texts("linkedChargeNumbers"),
                charge.replacedCharacters());
    }

    /** Whether the prison has referred the charge to the police and the referral still stands. */
    public boolean referredToPolice() {
        return status == AdjudicationStatus.REFER_POLICE;
    }

    /** As the source knows it. */
    public enum Gender {
        MALE,
        FEMALE
    }

    /** What the prison keeps as evidence: text only, the thing itself is with the prison. */
    public enum EvidenceCode {
        PHOTO,
        BODY_WORN_CAMERA,
        CCTV,
        BAGGED_AND_TAGGED,
        OTHER
    }

    /** What a witness is. */
    public enum WitnessCode {
        OFFICER,
        STAFF,
        OTHER_PERSON,
        VICTIM,
        PRISONER
    }

    /** What had to be repaired or replaced. */
    public enum DamageCode {
        ELECTRICAL_REPAIR,
        PLUMBING_REPAIR,
        FURNITURE_OR_FABRIC_REPAIR,
        LOCK_REPAIR,
        REDECORATION,
        CLEANING,
        REPLACE_AN_ITEM
    }

    /** A characteristic protected by law that the offence was aimed at. */
    public enum ProtectedCharacteristic {
        AGE,
        DISABILITY,
        GENDER_REASSIGN,
        MARRIAGE_AND_CP,
        PREGNANCY_AND_MAT,
        RACE,
        RELIGION,
        SEX,
        SEX_ORIENTATION
    }

    /** Who hears a charge. */
    public enum HearingType {
        GOV_ADULT,
        GOV_YOI,
        INAD_YOI,
        GOV,
        INAD_ADULT
    }

    /** How a hearing ended. */
    public enum HearingOutcomeCode {
        COMPLETE,
        REFER_POLICE,
        REFER_INAD,
        ADJOURN,
        NOMIS,
        REFER_GOV
    }

    /** What was decided on a charge. */
    public enum OutcomeCode {
        REFER_POLICE,
        REFER_INAD,
        REFER_GOV,
        NOT_PROCEED,
        DISMISSED,
        PROSECUTION,
        SCHEDULE_HEARING,
        CHARGE_PROVED,
        QUASHED
    }

    /** Where and when, as the charge says; an incident report may differ by minutes. */
    public record IncidentDetails(
            String locationUuid,
            @Nullable String locationName,
            LondonTime dateTimeOfIncident,
            LondonTime dateTimeOfDiscovery,
            LondonTime handoverDeadline) {

        static IncidentDetails read(JsonFields details) {
            return new IncidentDetails(
                    details.uuid("locationUuid"),
                    details.optionalText("locationName"),
                    details.time("dateTimeOfIncident"),
                    details.time("dateTimeOfDiscovery"),
                    details.time("handoverDeadline"));
        }
    }

    /**
     * The part the prisoner played.
     *
     * @param roleCode such as {@code 25b}, null when they acted alone
     */
    public record IncidentRole(
            @Nullable String roleCode,
            @Nullable String paragraphNumber,
            @Nullable String associatedPrisonersNumber,
            @Nullable String associatedPrisonersName) {

        static IncidentRole read(JsonFields role) {
            JsonFields rule = role.optionalObject("offenceRule");
            return new IncidentRole(
                    role.optionalText("roleCode"),
                    rule == null ? null : rule.text("paragraphNumber"),
                    role.optionalText("associatedPrisonersNumber"),
                    role.optionalText("associatedPrisonersName"));
        }
    }

    /**
     * The rule that was broken, and against whom.
     *
     * @param paragraphNumber of the Prison Rules, such as {@code 1(a)}
     * @param paragraphDescription in one line; the source writes it for a web page, with tags
     */
    public record OffenceDetails(
            long offenceCode,
            @Nullable String offenceCodeDescription,
            String paragraphNumber,
            String paragraphDescription,
            @Nullable String nomisCode,
            @Nullable String withOthersNomisCode,
            @Nullable String victimPrisonersNumber,
            @Nullable String victimStaffUsername,
            @Nullable String victimOtherPersonsName,
            List<ProtectedCharacteristic> protectedCharacteristics) {

        static OffenceDetails read(JsonFields offence) {
            JsonFields rule = offence.object("offenceRule");
            return new OffenceDetails(
                    offence.integer("offenceCode"),
                    offence.optionalText("offenceCodeDescription"),
                    rule.text("paragraphNumber"),
                    plain(rule.text("paragraphDescription")),
                    rule.optionalText("nomisCode"),
                    rule.optionalText("withOthersNomisCode"),
                    offence.optionalText("victimPrisonersNumber"),
                    offence.optionalText("victimStaffUsername"),
                    offence.optionalText("victimOtherPersonsName"),
                    offence.codes("protectedCharacteristics", ProtectedCharacteristic.class));
        }
    }

    /** Without the tags of a web page, in one line. */
    public static String plain(String description) {
        return BLANKS.matcher(TAGS.matcher(description).replaceAll(" "))
                .replaceAll(" ")
                .strip();
    }

    /** What the reporting officer wrote. */
    public record IncidentStatement(String statement, @Nullable Boolean completed) {

        static IncidentStatement read(JsonFields statement) {
            return new IncidentStatement(statement.text("statement"), statement.optionalFlag("completed"));
        }
    }

    /**
     * A damage.
     *
     * @param repairCost in pounds
     */
    public record Damage(DamageCode code, String details, String reporter, @Nullable BigDecimal repairCost) {

        static Damage read(JsonFields damage) {
            return new Damage(
                    damage.code("code", DamageCode.class),
                    damage.text("details"),
                    damage.text("reporter"),
                    damage.optionalNumber("repairCost"));
        }
    }

    /**
     * A piece of evidence, described.
     *
     * @param identifier a seal, tag or camera number
     */
    public record Evidence(EvidenceCode code, @Nullable String identifier, String details, String reporter) {

        static Evidence read(JsonFields evidence) {
            return new Evidence(
                    evidence.code("code", EvidenceCode.class),
                    evidence.optionalText("identifier"),
                    evidence.text("details"),
                    evidence.text("reporter"));
        }
    }

    /** A witness. */
    public record Witness(
            WitnessCode code, String firstName, String lastName, String reporter, @Nullable String comment) {

        static Witness read(JsonFields witness) {
            return new Witness(
                    witness.code("code", WitnessCode.class),
                    witness.text("firstName"),
                    witness.text("lastName"),
                    witness.text("reporter"),
                    witness.optionalText("comment"));
        }
    }

    /**
     * A hearing of the charge.
     *
     * @param id the source's number
     */
    public record Hearing(
            @Nullable Long id,
            LondonTime dateTimeOfHearing,
            HearingType oicHearingType,
            String agencyId,
            @Nullable HearingOutcome outcome) {

        static Hearing read(JsonFields hearing) {
            JsonFields outcome = hearing.optionalObject("outcome");
            return new Hearing(
                    hearing.optionalInteger("id"),
                    hearing.time("dateTimeOfHearing"),
                    hearing.code("oicHearingType", HearingType.class),
                    hearing.text("agencyId"),
                    outcome == null ? null : HearingOutcome.read(outcome));
        }
    }

    /** How a hearing ended, and why in the source's codes. */
    public record HearingOutcome(
            String adjudicator,
            HearingOutcomeCode code,
            @Nullable String reason,
            @Nullable String details,
            @Nullable String plea) {

        static HearingOutcome read(JsonFields outcome) {
            return new HearingOutcome(
                    outcome.text("adjudicator"),
                    outcome.code("code", HearingOutcomeCode.class),
                    outcome.optionalText("reason"),
                    outcome.optionalText("details"),
                    outcome.optionalText("plea"));
        }
    }

    /** A step in the life of the charge; a step may have no hearing, no outcome, or neither. */
    public record OutcomeHistory(
            @Nullable Hearing hearing, @Nullable Outcome outcome, @Nullable Outcome referralOutcome) {

        static OutcomeHistory read(JsonFields step) {
            JsonFields hearing = step.optionalObject("hearing");
            JsonFields combined = step.optionalObject("outcome");
            JsonFields referral = combined == null ? null : combined.optionalObject("referralOutcome");
            return new OutcomeHistory(
                    hearing == null ? null : Hearing.read(hearing),
                    combined == null ? null : Outcome.read(combined.object("outcome")),
                    referral == null ? null : Outcome.read(referral));
        }
    }

    /** A decision on the charge; reasons are the source's codes. */
    public record Outcome(
            @Nullable Long id,
            OutcomeCode code,
            @Nullable String details,
            @Nullable String reason,
            @Nullable String quashedReason,
            @Nullable String referGovReason) {

        static Outcome read(JsonFields outcome) {
            return new Outcome(
                    outcome.optionalInteger("id"),
                    outcome.code("code", OutcomeCode.class),
                    outcome.optionalText("details"),
                    outcome.optionalText("reason"),
                    outcome.optionalText("quashedReason"),
                    outcome.optionalText("referGovReason"));
        }
    }
}
