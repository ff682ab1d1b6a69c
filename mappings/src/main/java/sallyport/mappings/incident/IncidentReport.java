package sallyport.mappings.incident;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * One version of an incident report with all its details, as {@code GET /incident-reports/{id}/with-details} gives it.
 *
 * <p>Names are the source's own. Texts are cleaned; times are the London wall clock. The deprecated {@code sequence} numbers are not
 * read: the place in the list is what identifies an entry.
 *
 * @param id lower case
 * @param location a prison id, or {@code NORTH} or {@code SOUTH} for an escort
 * @param history earlier types with their answers; empty unless it was asked for
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record IncidentReport(
        String id,
        String reportReference,
        String type,
        LondonTime incidentDateAndTime,
        String location,
        String title,
        String description,
        List<DescriptionAddendum> descriptionAddendums,
        String reportedBy,
        LondonTime reportedAt,
        Status status,
        LondonTime createdAt,
        LondonTime modifiedAt,
        String modifiedBy,
        boolean createdInNomis,
        boolean lastModifiedInNomis,
        @Nullable String duplicatedReportId,
        @Nullable UserAction latestUserAction,
        List<Question> questions,
        List<History> history,
        List<StatusHistory> historyOfStatuses,
        List<IncidentTypeHistory> incidentTypeHistory,
        List<StaffInvolvement> staffInvolved,
        List<PrisonerInvolvement> prisonersInvolved,
        List<CorrectionRequest> correctionRequests,
        boolean staffInvolvementDone,
        boolean prisonerInvolvementDone,
        @Nullable String nomisType,
        @Nullable String nomisStatus,
        int replacedCharacters) {

    /**
     * Reads a report: {@code Rejected} with {@code not-json}, {@code schema-invalid}, {@code unknown-incident-type} or
     * {@code unknown-code}, and the JSON pointer of the field.
     */
    public static IncidentReport read(byte[] raw) {
        JsonFields report = JsonFields.read(raw);
        return new IncidentReport(
                report.uuid("id"),
                report.text("reportReference"),
                type(report),
                report.time("incidentDateAndTime"),
                report.text("location"),
                report.text("title"),
                report.text("description"),
                report.list("descriptionAddendums", DescriptionAddendum::read),
                report.text("reportedBy"),
                report.time("reportedAt"),
                report.code("status", Status.class),
                report.time("createdAt"),
                report.time("modifiedAt"),
                report.text("modifiedBy"),
                report.flag("createdInNomis"),
                report.flag("lastModifiedInNomis"),
                report.optionalUuid("duplicatedReportId"),
                report.optionalCode("latestUserAction", UserAction.class),
                report.list("questions", Question::read),
                report.list("history", History::read),
                report.list("historyOfStatuses", StatusHistory::read),
                report.list("incidentTypeHistory", IncidentTypeHistory::read),
                report.list("staffInvolved", StaffInvolvement::read),
                report.list("prisonersInvolved", PrisonerInvolvement::read),
                report.list("correctionRequests", CorrectionRequest::read),
                report.flag("staffInvolvementDone"),
                report.flag("prisonerInvolvementDone"),
                report.optionalText("nomisType"),
                report.optionalText("nomisStatus"),
                report.replacedCharacters());
    }

    /** With the numbers that the people of the report go by now; one that is not a key stays as it is. */
    public IncidentReport renumbered(Map<String, String> now) {
        return now.isEmpty()
                ? this
                : new IncidentReport(
                        id,
                        reportReference,
                        type,
                        incidentDateAndTime,
                        location,
                        title,
                        description,
                        descriptionAddendums,
                        reportedBy,
                        reportedAt,
                        status,
                        createdAt,
                        modifiedAt,
                        modifiedBy,
                        createdInNomis,
                        lastModifiedInNomis,
                        duplicatedReportId,
                        latestUserAction,
                        questions,
                        history,
                        historyOfStatuses,
                        incidentTypeHistory,
                        staffInvolved,
                        prisonersInvolved.stream()
                                .map(involved -> involved.renumbered(now))
                                .toList(),
                        correctionRequests,
                        staffInvolvementDone,
                        prisonerInvolvementDone,
                        nomisType,
                        nomisStatus,
                        replacedCharacters);
    }

    /** The type without its version: what rules are written for. */
    public String family() {
        return IncidentFamilies.of(type);
    }

    /** Whether the type was changed, which empties people and answers, and nobody has filled them in again. */
    public boolean emptiedByTypeChange() {
        return !incidentTypeHistory.isEmpty() && (questions.isEmpty() || prisonersInvolved.isEmpty());
    }

    private static String type(JsonFields fields) {
        String type = fields.text("type");
        if (!IncidentFamilies.knows(type)) {
            throw new Rejected("unknown-incident-type", fields.pointer("type"));
        }
        return type;
    }

    /** A note that was added to the description later. */
    public record DescriptionAddendum(
            String createdBy, LondonTime createdAt, String firstName, String lastName, String text) {

        static DescriptionAddendum read(JsonFields fields) {
            return new DescriptionAddendum(
                    fields.text("createdBy"),
                    fields.time("createdAt"),
                    fields.text("firstName"),
                    fields.text("lastName"),
                    fields.text("text"));
        }
    }

    /**
     * A question with the answers given.
     *
     * @param code the question's code, the same in every version of a family
     * @param question the words that rules know; {@code label} is what people see
     */
    public record Question(
            String code,
            String question,
            String label,
            List<Response> responses,
            @Nullable String additionalInformation) {

        static Question read(JsonFields fields) {
            return new Question(
                    fields.text("code"),
                    fields.text("question"),
                    fields.text("label"),
                    fields.list("responses", Response::read),
                    fields.optionalText("additionalInformation"));
        }
    }

    /**
     * One answer to a question.
     *
     * @param code null on answers that came from the older system: then {@code response} is all there is
     */
    public record Response(
            @Nullable String code,
            String response,
            String label,
            @Nullable LocalDate responseDate,
            @Nullable String additionalInformation,
            String recordedBy,
            LondonTime recordedAt) {

        static Response read(JsonFields fields) {
            return new Response(
                    fields.optionalText("code"),
                    fields.text("response"),
                    fields.text("label"),
                    fields.optionalDate("responseDate"),
                    fields.optionalText("additionalInformation"),
                    fields.text("recordedBy"),
                    fields.time("recordedAt"));
        }
    }

    /** The answers that stood before the type was changed. */
    public record History(
            String type, @Nullable String nomisType, LondonTime changedAt, String changedBy, List<Question> questions) {

        static History read(JsonFields fields) {
            return new History(
                    IncidentReport.type(fields),
                    fields.optionalText("nomisType"),
                    fields.time("changedAt"),
                    fields.text("changedBy"),
                    fields.list("questions", Question::read));
        }
    }

    /** A state that the report had. */
    public record StatusHistory(Status status, @Nullable String nomisStatus, LondonTime changedAt, String changedBy) {

        static StatusHistory read(JsonFields fields) {
            return new StatusHistory(
                    fields.code("status", Status.class),
                    fields.optionalText("nomisStatus"),
                    fields.time("changedAt"),
                    fields.text("changedBy"));
        }
    }

    /** A type that the report had. */
    public record IncidentTypeHistory(String type, LondonTime changedAt, String changedBy) {

        static IncidentTypeHistory read(JsonFields fields) {
            return new IncidentTypeHistory(
                    IncidentReport.type(fields), fields.time("changedAt"), fields.text("changedBy"));
        }
    }

    /** A member of staff and their role. */
    public record StaffInvolvement(
            @Nullable String staffUsername,
            String firstName,
            String lastName,
            StaffRole staffRole,
            @Nullable String comment) {

        static StaffInvolvement read(JsonFields fields) {
            return new StaffInvolvement(
                    fields.optionalText("staffUsername"),
                    fields.text("firstName"),
                    fields.text("lastName"),
                    fields.code("staffRole", StaffRole.class),
                    fields.optionalText("comment"));
        }
    }

    /**
     * A prisoner and their role.
     *
     * @param prisonerNumber as the source gives it; whoever uses it checks it
     */
    public record PrisonerInvolvement(
            String prisonerNumber,
            String firstName,
            String lastName,
            PrisonerRole prisonerRole,
            @Nullable PrisonerOutcome outcome,
            @Nullable String comment) {

        static PrisonerInvolvement read(JsonFields fields) {
            return new PrisonerInvolvement(
                    fields.text("prisonerNumber"),
                    fields.text("firstName"),
                    fields.text("lastName"),
                    fields.code("prisonerRole", PrisonerRole.class),
                    fields.optionalCode("outcome", PrisonerOutcome.class),
                    fields.optionalText("comment"));
        }

        private PrisonerInvolvement renumbered(Map<String, String> now) {
            return new PrisonerInvolvement(
                    now.getOrDefault(prisonerNumber, prisonerNumber),
                    firstName,
                    lastName,
                    prisonerRole,
                    outcome,
                    comment);
        }
    }

    /** A correction that was asked for. */
    public record CorrectionRequest(
            String descriptionOfChange,
            String correctionRequestedBy,
            LondonTime correctionRequestedAt,
            @Nullable String location,
            @Nullable UserAction userAction,
            @Nullable String originalReportReference,
            @Nullable UserType userType) {

        static CorrectionRequest read(JsonFields fields) {
            return new CorrectionRequest(
                    fields.text("descriptionOfChange"),
                    fields.text("correctionRequestedBy"),
                    fields.time("correctionRequestedAt"),
                    fields.optionalText("location"),
                    fields.optionalCode("userAction", UserAction.class),
                    fields.optionalText("originalReportReference"),
                    fields.optionalCode("userType", UserType.class));
        }
    }
}
