package sallyport.mappings.useofforce;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.identity.PrisonId;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.json.JsonFields;
import sallyport.mappings.time.LondonTime;

/**
 * A use of force report as an extract gives it: the row of the report with its form, its statements and what was added to them.
 *
 * <p>The report is about one prisoner; several of one incident have a report each. What the form leaves open is null or empty. The
 * e-mail addresses of staff, who logged in and what was edited are not read.
 *
 * @param id of the report at its source, lower case
 * @param occurredAt {@code incident_date}
 * @param updatedAt when the row was last changed, where the extract says so
 * @param deleted taken back at the source: it counts no more
 * @param reporter the name of who wrote it
 * @param primaryReason among {@code reasons} where there are several
 * @param planned absent: the form does not say
 * @param witnesses names
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record UseOfForceReport(
        String id,
        String prison,
        String prisonerNumber,
        LondonTime occurredAt,
        @Nullable LondonTime submittedAt,
        @Nullable LondonTime updatedAt,
        Status status,
        boolean deleted,
        @Nullable String reporter,
        List<String> reasons,
        @Nullable String primaryReason,
        @Nullable Answer planned,
        @Nullable String authorisedBy,
        List<StaffMember> staff,
        List<String> witnesses,
        Evidence evidence,
        Means means,
        Harm harm,
        List<Statement> statements,
        int replacedCharacters) {

    public UseOfForceReport {
        reasons = List.copyOf(reasons);
        staff = List.copyOf(staff);
        witnesses = List.copyOf(witnesses);
        statements = List.copyOf(statements);
    }

    /** Whether it says what happened: it is written, and was not taken back. */
    public boolean counts() {
        return !deleted && status != Status.IN_PROGRESS;
    }

    /** How far the report has come at its source. */
    public enum Status {
        /** It is being written. */
        IN_PROGRESS,
        /** It is written, and statements are awaited. */
        SUBMITTED,
        COMPLETE
    }

    /** How far a statement has come at its source. */
    public enum StatementStatus {
        PENDING,
        SUBMITTED,
        /** Its author says that they were not there. */
        REMOVAL_REQUESTED
    }

    /** A member of staff who used force. */
    public record StaffMember(@Nullable String name, @Nullable String username) {}

    /**
     * @param tags what was bagged, by the number of its tag
     * @param cameras numbers of body-worn cameras
     */
    public record Evidence(
            @Nullable Answer bagged,
            List<Tag> tags,
            @Nullable Answer photographs,
            @Nullable Answer cctv,
            @Nullable Answer bodyWornCamera,
            List<String> cameras) {

        public Evidence {
            tags = List.copyOf(tags);
            cameras = List.copyOf(cameras);
        }
    }

    /** One of the two is there at least. */
    public record Tag(@Nullable String reference, @Nullable String description) {}

    /**
     * What was used, and against what.
     *
     * @param weapons what the prisoner had, in words
     */
    public record Means(
            @Nullable Answer batonDrawn,
            @Nullable Answer batonUsed,
            @Nullable Answer pavaDrawn,
            @Nullable Answer pavaUsed,
            @Nullable Answer taserDrawn,
            @Nullable Answer handcuffs,
            @Nullable Answer weaponsObserved,
            List<String> weapons) {

        public Means {
            weapons = List.copyOf(weapons);
        }
    }

    /**
     * Who was hurt.
     *
     * @param injuryFormBy who filled in the form of injuries (F213)
     * @param staffTreated staff who needed medical attention
     */
    public record Harm(
            @Nullable Answer prisonerInjured,
            @Nullable String injuryFormBy,
            @Nullable Answer prisonerInHospital,
            @Nullable Answer staffMedicalAttention,
            List<Treated> staffTreated) {

        public Harm {
            staffTreated = List.copyOf(staffTreated);
        }
    }

    public record Treated(String name, @Nullable Answer hospital) {}

    /**
     * What one member of staff wrote.
     *
     * @param author absent where the extract does not name them
     * @param text absent while nothing is written
     * @param amendments added later, in their order
     */
    public record Statement(
            String id,
            @Nullable String author,
            StatementStatus status,
            @Nullable LondonTime submittedAt,
            @Nullable String text,
            List<Amendment> amendments) {

        public Statement {
            amendments = List.copyOf(amendments);
        }
    }

    public record Amendment(@Nullable LondonTime addedAt, String text) {}

    /**
     * Reads one report.
     *
     * @throws Rejected {@code not-utf-8}, {@code not-json}, {@code schema-invalid}, {@code unknown-code},
     *     {@code invalid-prisoner-number}, {@code invalid-prison-id}, {@code too-long} or {@code too-many}, and the JSON pointer
     */
    public static UseOfForceReport read(byte[] raw) {
        JsonFields row = JsonFields.read(utf8(raw));
        FormFields text = new FormFields(row);
        FormFields form = text.part("form_response");
        FormFields details = form.part("incidentDetails");
        FormFields reasons = form.part("reasonsForUseOfForce");
        return new UseOfForceReport(
                FormFields.id(row, "id"),
                PrisonId.of(row.text("agency_id"), row.pointer("agency_id")).value(),
                PrisonerNumber.of(row.text("offender_no"), row.pointer("offender_no"))
                        .value(),
                row.time("incident_date"),
                row.optionalTime("submitted_date"),
                row.optionalTime("updated_date"),
                row.code("status", Status.class),
                isDeleted(row),
                text.text("reporter_name", FormFields.NAME),
                reasons.codes("reasons"),
                reasons.code("primaryReason"),
                details.answer("plannedUseOfForce"),
                details.text("authorisedBy", FormFields.NAME),
                form.list("involvedStaff", UseOfForceReport::member),
                details.list("witnesses", UseOfForceReport::name),
                evidence(form),
                means(form.part("useOfForceDetails")),
                harm(form.part("relocationAndInjuries")),
                FormFields.rows(row, "statements", UseOfForceReport::statement).stream()
                        .flatMap(List::stream)
                        .toList(),
                row.replacedCharacters());
    }

    /** The parser takes UTF-16 and UTF-32 too, and the format does not. */
    private static byte[] utf8(byte[] raw) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw));
            return raw;
        } catch (CharacterCodingException e) {
            throw new Rejected("not-utf-8", "/");
        }
    }

    /** A truth value, or the time of it. */
    private static boolean isDeleted(JsonFields row) {
        String deleted = row.optionalScalar("deleted");
        if (deleted == null || deleted.equals("false")) {
            return false;
        }
        if (!deleted.equals("true")) {
            LondonTime.parse(deleted, row.pointer("deleted"));
        }
        return true;
    }

    private static @Nullable StaffMember member(FormFields member) {
        String name = name(member);
        String username = member.text("username", FormFields.NAME);
        return name == null && username == null ? null : new StaffMember(name, username);
    }

    private static @Nullable String name(FormFields person) {
        return person.text("name", FormFields.NAME);
    }

    /** The cameras are asked for beside the evidence in older forms, beside the means in newer ones. */
    private static Evidence evidence(FormFields form) {
        FormFields evidence = form.part("evidence");
        FormFields details = form.part("useOfForceDetails");
        Answer camera = details.answer("bodyWornCamera");
        List<String> cameras = details.list("bodyWornCameraNumbers", UseOfForceReport::camera);
        List<String> older = evidence.list("bodyWornCameraNumbers", UseOfForceReport::camera);
        return new Evidence(
                evidence.answer("baggedEvidence"),
                evidence.list("evidenceTagAndDescription", UseOfForceReport::tag),
                evidence.answer("photographsTaken"),
                evidence.answer("cctvRecording"),
                camera == null ? evidence.answer("bodyWornCamera") : camera,
                cameras.isEmpty() ? older : cameras);
    }

    private static @Nullable String camera(FormFields camera) {
        return camera.text("cameraNum", FormFields.NAME);
    }

    private static @Nullable Tag tag(FormFields tag) {
        String reference = tag.text("evidenceTagReference", FormFields.NAME);
        String description = tag.text("description", FormFields.DESCRIPTION);
        return reference == null && description == null ? null : new Tag(reference, description);
    }

    private static Means means(FormFields details) {
        Answer baton = details.answer("batonDrawnAgainstPrisoner");
        Answer pava = details.answer("pavaDrawnAgainstPrisoner");
        return new Means(
                baton == null ? details.answer("batonDrawn") : baton,
                details.answer("batonUsed"),
                pava == null ? details.answer("pavaDrawn") : pava,
                details.answer("pavaUsed"),
                details.answer("taserDrawn"),
                details.answer("handcuffsApplied"),
                details.answer("weaponsObserved"),
                details.list("weaponTypes", weapon -> weapon.text("weaponType", FormFields.DESCRIPTION)));
    }

    private static Harm harm(FormFields injuries) {
        return new Harm(
                injuries.answer("prisonerInjuries"),
                injuries.text("f213CompletedBy", FormFields.NAME),
                injuries.answer("prisonerHospitalisation"),
                injuries.answer("staffMedicalAttention"),
                injuries.list("staffNeedingMedicalAttention", treated -> {
                    String name = name(treated);
                    return name == null ? null : new Treated(name, treated.answer("hospitalisation"));
                }));
    }

    /** One that was deleted is none. */
    private static List<Statement> statement(JsonFields row) {
        if (isDeleted(row)) {
            return List.of();
        }
        FormFields text = new FormFields(row);
        return List.of(new Statement(
                FormFields.id(row, "id"),
                name(text),
                row.code("statement_status", StatementStatus.class),
                row.optionalTime("submitted_date"),
                text.text("statement", FormFields.STATEMENT),
                text.list("statement_amendments", UseOfForceReport::amendment)));
    }

    private static @Nullable Amendment amendment(FormFields added) {
        String text = added.text("additional_comment", FormFields.STATEMENT);
        return text == null ? null : new Amendment(added.time("date_submitted"), text);
    }
}
