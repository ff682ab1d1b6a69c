package sallyport.mappings.prisoneralert;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * One alert about one prisoner.
 *
 * <p>Types and codes are reference data of the source and pass through as they are; what is done with a code is in {@link
 * LiaisonCodes}.
 *
 * @param prisonNumber the prisoner's number, which this API calls so
 * @param description free text of up to 4,000 characters
 * @param authorisedBy free text: a name, or an organisation
 * @param activeFrom the first day of the alert; may be to come
 * @param activeTo the day from which it is over; null for an alert without an end
 * @param isActive what the source made of the two days when it was asked
 */
public record PrisonerAlert(
        String alertUuid,
        String prisonNumber,
        Code alertCode,
        @Nullable String description,
        @Nullable String authorisedBy,
        LocalDate activeFrom,
        @Nullable LocalDate activeTo,
        boolean isActive,
        LondonTime createdAt,
        String createdBy,
        String createdByDisplayName,
        @Nullable LondonTime lastModifiedAt,
        @Nullable String lastModifiedBy,
        @Nullable String lastModifiedByDisplayName,
        @Nullable LondonTime activeToLastSetAt,
        @Nullable String activeToLastSetBy,
        @Nullable String activeToLastSetByDisplayName,
        @Nullable LondonTime madeInactiveAt,
        @Nullable String madeInactiveBy,
        @Nullable String madeInactiveByDisplayName,
        @Nullable String prisonCodeWhenCreated) {

    static PrisonerAlert read(JsonFields alert) {
        return new PrisonerAlert(
                alert.uuid("alertUuid"),
                alert.text("prisonNumber"),
                Code.read(alert.object("alertCode")),
                alert.optionalText("description"),
                alert.optionalText("authorisedBy"),
                alert.date("activeFrom"),
                alert.optionalDate("activeTo"),
                alert.flag("isActive"),
                alert.time("createdAt"),
                alert.text("createdBy"),
                alert.text("createdByDisplayName"),
                alert.optionalTime("lastModifiedAt"),
                alert.optionalText("lastModifiedBy"),
                alert.optionalText("lastModifiedByDisplayName"),
                alert.optionalTime("activeToLastSetAt"),
                alert.optionalText("activeToLastSetBy"),
                alert.optionalText("activeToLastSetByDisplayName"),
                alert.optionalTime("madeInactiveAt"),
                alert.optionalText("madeInactiveBy"),
                alert.optionalText("madeInactiveByDisplayName"),
                alert.optionalText("prisonCodeWhenCreated"));
    }

    /**
     * Whether it is active, or will be when its first day comes. The source tells nobody when that day has come, so such an alert
     * must be known before.
     *
     * @param asked the day, in London, on which the source said so
     */
    public boolean standsOn(LocalDate asked) {
        return isActive || activeFrom.isAfter(asked);
    }

    /**
     * What the alert says.
     *
     * @param alertTypeCode the group of codes, such as {@code X} for security
     * @param canBeAdministered whether the user who asked could set it: nothing to a hub that only reads
     */
    public record Code(
            String alertTypeCode,
            String alertTypeDescription,
            String code,
            String description,
            boolean canBeAdministered) {

        static Code read(JsonFields code) {
            return new Code(
                    code.text("alertTypeCode"),
                    code.text("alertTypeDescription"),
                    code.text("code"),
                    code.text("description"),
                    code.flag("canBeAdministered"));
        }
    }
}
