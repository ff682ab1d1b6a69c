package sallyport.mappings.prisoner;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;

/**
 * A person in prison as they are now, out of {@code POST /prisoner-search/prisoner-numbers}.
 *
 * <p>Only the prisoner number is always there: the source leaves out what it does not know and what was not asked for. Codes pass
 * through as they are, since nothing is decided by them. Appearance, health, religion, marital status, home addresses, telephone
 * numbers, incentives and past convictions are not read.
 *
 * @param pncNumber as the source holds it; whoever uses it checks it
 * @param currentFacialImageId the number of the newest photograph
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record Prisoner(
        String prisonerNumber,
        @Nullable String pncNumber,
        @Nullable String pncNumberCanonicalShort,
        @Nullable String pncNumberCanonicalLong,
        @Nullable String croNumber,
        @Nullable String bookingId,
        @Nullable String bookNumber,
        @Nullable String title,
        @Nullable String firstName,
        @Nullable String middleNames,
        @Nullable String lastName,
        @Nullable LocalDate dateOfBirth,
        @Nullable String gender,
        @Nullable String ethnicity,
        @Nullable String raceCode,
        @Nullable String nationality,
        @Nullable Boolean youthOffender,
        List<Language> languages,
        @Nullable String status,
        @Nullable String inOutStatus,
        @Nullable String prisonId,
        @Nullable String prisonName,
        @Nullable String lastPrisonId,
        @Nullable String cellLocation,
        @Nullable String locationDescription,
        List<Alias> aliases,
        List<Identifier> identifiers,
        List<Alert> alerts,
        @Nullable String csra,
        @Nullable String category,
        @Nullable String legalStatus,
        @Nullable String imprisonmentStatus,
        @Nullable String imprisonmentStatusDescription,
        @Nullable String convictedStatus,
        @Nullable String mostSeriousOffence,
        @Nullable Boolean recall,
        @Nullable Boolean indeterminateSentence,
        @Nullable LocalDate sentenceStartDate,
        @Nullable LocalDate releaseDate,
        @Nullable LocalDate confirmedReleaseDate,
        @Nullable LocalDate sentenceExpiryDate,
        @Nullable LocalDate licenceExpiryDate,
        @Nullable LocalDate conditionalReleaseDate,
        @Nullable LocalDate automaticReleaseDate,
        @Nullable LocalDate postRecallReleaseDate,
        @Nullable LocalDate paroleEligibilityDate,
        @Nullable LocalDate homeDetentionCurfewEligibilityDate,
        @Nullable LocalDate homeDetentionCurfewActualDate,
        @Nullable LocalDate tariffDate,
        @Nullable Boolean restrictedPatient,
        @Nullable Long currentFacialImageId,
        int replacedCharacters) {

    /**
     * Reads all people of a response, in its order; unknown numbers are simply absent. {@link Rejected} with {@code not-json} or
     * {@code schema-invalid} and the JSON pointer of the field.
     */
    public static List<Prisoner> readAll(byte[] raw) {
        List<Prisoner> all = new ArrayList<>();
        for (JsonFields person : JsonFields.readAll(raw)) {
            all.add(read(person));
        }
        return List.copyOf(all);
    }

    private static Prisoner read(JsonFields person) {
        return new Prisoner(
                person.text("prisonerNumber"),
                person.optionalText("pncNumber"),
                person.optionalText("pncNumberCanonicalShort"),
                person.optionalText("pncNumberCanonicalLong"),
                person.optionalText("croNumber"),
                person.optionalText("bookingId"),
                person.optionalText("bookNumber"),
                person.optionalText("title"),
                person.optionalText("firstName"),
                person.optionalText("middleNames"),
                person.optionalText("lastName"),
                person.optionalDate("dateOfBirth"),
                person.optionalText("gender"),
                person.optionalText("ethnicity"),
                person.optionalText("raceCode"),
                person.optionalText("nationality"),
                person.optionalFlag("youthOffender"),
                person.optionalList("languages", Language::read),
                person.optionalText("status"),
                person.optionalText("inOutStatus"),
                person.optionalText("prisonId"),
                person.optionalText("prisonName"),
                person.optionalText("lastPrisonId"),
                person.optionalText("cellLocation"),
                person.optionalText("locationDescription"),
                person.optionalList("aliases", Alias::read),
                person.optionalList("identifiers", Identifier::read),
                person.optionalList("alerts", Alert::read),
                person.optionalText("csra"),
                person.optionalText("category"),
                person.optionalText("legalStatus"),
                person.optionalText("imprisonmentStatus"),
                person.optionalText("imprisonmentStatusDescription"),
                person.optionalText("convictedStatus"),
                person.optionalText("mostSeriousOffence"),
                person.optionalFlag("recall"),
                person.optionalFlag("indeterminateSentence"),
                person.optionalDate("sentenceStartDate"),
                person.optionalDate("releaseDate"),
                person.optionalDate("confirmedReleaseDate"),
                person.optionalDate("sentenceExpiryDate"),
                person.optionalDate("licenceExpiryDate"),
                person.optionalDate("conditionalReleaseDate"),
                person.optionalDate("automaticReleaseDate"),
                person.optionalDate("postRecallReleaseDate"),
                person.optionalDate("paroleEligibilityDate"),
                person.optionalDate("homeDetentionCurfewEligibilityDate"),
                person.optionalDate("homeDetentionCurfewActualDate"),
                person.optionalDate("tariffDate"),
                person.optionalFlag("restrictedPatient"),
                person.optionalInteger("currentFacialImageId"),
                person.replacedCharacters());
    }

    /** A name or date of birth the person also used. */
    public record Alias(
            @Nullable String title,
            @Nullable String firstName,
            @Nullable String middleNames,
            @Nullable String lastName,
            @Nullable LocalDate dateOfBirth,
            @Nullable String gender) {

        static Alias read(JsonFields alias) {
            return new Alias(
                    alias.optionalText("title"),
                    alias.optionalText("firstName"),
                    alias.optionalText("middleNames"),
                    alias.optionalText("lastName"),
                    alias.optionalDate("dateOfBirth"),
                    alias.optionalText("gender"));
        }
    }

    /**
     * A number under which another body knows the person.
     *
     * @param type such as {@code PNC} or {@code CRO}
     */
    public record Identifier(
            @Nullable String type,
            @Nullable String value,
            @Nullable LocalDate issuedDate,
            @Nullable String issuedAuthorityText) {

        static Identifier read(JsonFields identifier) {
            return new Identifier(
                    identifier.optionalText("type"),
                    identifier.optionalText("value"),
                    identifier.optionalDate("issuedDate"),
                    identifier.optionalText("issuedAuthorityText"));
        }
    }

    /** A warning about the person. */
    public record Alert(
            @Nullable String alertType,
            @Nullable String alertCode,
            @Nullable Boolean active,
            @Nullable Boolean expired) {

        static Alert read(JsonFields alert) {
            return new Alert(
                    alert.optionalText("alertType"),
                    alert.optionalText("alertCode"),
                    alert.optionalFlag("active"),
                    alert.optionalFlag("expired"));
        }
    }

    /** A language the person speaks, which the police need to book an interpreter. */
    public record Language(@Nullable String type, @Nullable String code, @Nullable Boolean interpreterRequested) {

        static Language read(JsonFields language) {
            return new Language(
                    language.optionalText("type"),
                    language.optionalText("code"),
                    language.optionalFlag("interpreterRequested"));
        }
    }
}
