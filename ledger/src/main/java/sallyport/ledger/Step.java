package sallyport.ledger;

import java.util.Arrays;

/** The steps of work inside the hub. A route claims one with {@code from("ledger:<path>")}. */
public enum Step {
    /** Key: incident report id. Body: the id. */
    INCIDENT_FETCH("incident-fetch"),
    /** Key: {@code <prison>/<first day>/<last day>} of incidents, or with {@code /reported} of reports. Body: the key. */
    DAY_LISTING("day-listing"),
    /** Key: incident report id. Body: {@link TriageWork}. */
    TRIAGE("triage"),
    /** Key: prisoner number. Body: {@link PersonWork}. */
    ADJUDICATION_FETCH("adjudication-fetch"),
    /** Key: prisoner number. Body: {@link PersonWork}. */
    CASE_NOTE_FETCH("case-note-fetch"),
    /** Key: prisoner number. Body: {@link PersonWork}. */
    PRISONER_ALERT_FETCH("prisoner-alert-fetch"),
    /** Key: prisoner number. Body: {@link PersonWork}. */
    PERSON_CHANGE("person-change"),
    /** Key: of {@code sallyport.mappings.event.IdentityChange}. Body: the key. */
    IDENTITY_CHANGE("identity-change"),
    /** Key: case reference. Body: {@link AssemblyWork}. */
    ASSEMBLY("assembly"),
    /** Key: case reference. Body: the {@link ReferralCase} as it is now; its run tells the tracker. */
    CASE_SYNC("case-sync"),
    /** Key: command id. Body: {@link CommandWork}. */
    COMMAND("command"),
    /** Key: inbound id. Body: {@link OutcomeWork}. */
    OUTCOME("outcome"),
    /** Key: {@code <alert id>/<transition>/<channel>}. Body: {@link AlertWork}. */
    ALERT("alert"),
    /** Key: record id of a mail with telephone reports. Body: its {@link SourceVersion}. */
    TELEPHONE_MAIL("telephone-mail"),
    /** Key: record id of a telephone report. Body: {@link ReportWork}. */
    TELEPHONE_MATCH("telephone-match"),
    /** Key: record id of a use of force report. Body: {@link ReportWork}. */
    USE_OF_FORCE_MATCH("use-of-force-match"),
    /** Key: number of a charge that is referred to the police. Body: {@link ChargeWork}. */
    CHARGE_MATCH("charge-match"),
    /** Key: document id. Body: {@link DocumentWork}. */
    DOCUMENT_SCAN("document-scan"),
    /** Key: number of a request for case notes. Body: {@link CaseNoteRequestWork}. */
    CASE_NOTE_REQUEST("case-note-request"),
    /** Key: number of a request for a photograph. Body: {@link PhotoRequestWork}. */
    PHOTO_REQUEST("photo-request"),
    /** Key: number of a search for documents. Body: {@link PrisonDocumentSearchWork}. */
    PRISON_DOCUMENT_SEARCH("prison-document-search"),
    /** Key: number of a document that was found. Body: {@link PrisonDocumentWork}. */
    PRISON_DOCUMENT_TAKE("prison-document-take");

    private final String path;

    Step(String path) {
        this.path = path;
    }

    /** The name in the {@code ledger:} URI and in the {@code work.step} column. */
    public String path() {
        return path;
    }

    /** @throws IllegalArgumentException when there is no such step */
    public static Step of(String path) {
        return Arrays.stream(values())
                .filter(step -> step.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such ledger step: " + path));
    }
}
