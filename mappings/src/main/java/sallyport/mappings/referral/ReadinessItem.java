package sallyport.mappings.referral;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import sallyport.mappings.Rejected;

/** The checklist of a package, in the order it is shown. Sources: CiPRA Annexes A to E, the file standards for MG forms. */
public enum ReadinessItem {
    SUSPECT_NAMED("suspect-named", "At least one suspect is named"),
    PERSON_IDENTIFIED("person-identified", "Every prisoner in the report is known to prisoner search"),
    PNC_CHECKED("pnc-checked", "Every suspect has a valid PNC ID"),
    CRO_CHECKED("cro-checked", "No CRO number of a suspect is wrong"),
    RELEASE_DATES("release-dates", "Release dates of every suspect, for bail and production"),
    OFFENCE_PROPOSED("offence-proposed", "An offence is proposed"),
    ADJUDICATION_HISTORY("adjudication-history", "Adjudication history of the suspects"),
    CASE_NOTES("case-notes", "Case notes around the incident"),
    INJURIES_DESCRIBED("injuries-described", "Injuries are described"),
    INJURY_PHOTOGRAPHS("injury-photographs", "Photographs of injuries"),
    MEDICAL_CONSENT("medical-consent", "Consent to use medical records, or a disclaimer"),
    VICTIM_STATEMENT("victim-statement", "Statement of the victim (MG11)"),
    WITNESS_STATEMENTS("witness-statements", "Statements of the witnesses (MG11)"),
    VICTIM_WISHES("victim-wishes", "Whether the victim supports a prosecution, and asked for the referral"),
    VICTIM_VULNERABILITY("victim-vulnerability", "Whether a victim is vulnerable or intimidated, and what they need"),
    VICTIM_PERSONAL_STATEMENT("victim-personal-statement", "Victim Personal Statement"),
    COMMUNITY_IMPACT_STATEMENT("prison-community-impact-statement", "Prison Community Impact Statement"),
    WITNESS_AVAILABILITY("witness-availability", "Dates when staff cannot attend (MG10)"),
    FOOTAGE("footage", "Body-worn video and CCTV handed over"),
    EXHIBITS("exhibits", "Exhibits listed with seal numbers (MG12)"),
    USE_OF_FORCE("use-of-force-record", "Use of force report"),
    TERRORISM_CONNECTION("terrorism-connection", "Whether it is connected to terrorism"),
    INTELLIGENCE_FLAG("intelligence-flag", "Whether the intelligence unit has something to say"),
    STATEMENT_QUALITY("statement-quality", "Statements are signed, counted and complete on both sides (MG11)"),
    CONTINUITY("continuity", "Continuity of the exhibits"),
    ANCILLARY_ORDERS("ancillary-orders", "Orders that the court is to be asked for"),
    CHARGE_SERVICE("charge-service", "Service of the charge on a prisoner (MG4D)"),
    PLATFORMS("platforms", "The incident is on every platform (NIMU, IRS, PNOMIS, IMS)"),
    GROUNDS_SAID("grounds-said", "Criteria of Annex A and factors of Annex D that a person adds");

    private final String code;
    private final String title;

    ReadinessItem(String code, String title) {
        this.code = code;
        this.title = title;
    }

    /** The published name, also of the fact that answers it. */
    @JsonValue
    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** The prison's own business: on the checklist, never in a package; of grounds only the codes are, with the verdict. */
    public boolean internal() {
        return this == PLATFORMS || this == GROUNDS_SAID;
    }

    /**
     * @throws Rejected {@code unknown-readiness-item}
     */
    @JsonCreator
    public static ReadinessItem of(String code) {
        return Arrays.stream(values())
                .filter(item -> item.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("unknown-readiness-item", "/readiness/item"));
    }
}
