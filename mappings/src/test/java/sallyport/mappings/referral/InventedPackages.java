package sallyport.mappings.referral;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.CroNumber;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.identity.PncId;
import sallyport.mappings.identity.PrisonerNumber;
import sallyport.mappings.referral.ReferralPackage.Kind;
import sallyport.mappings.referral.ReferralPackage.Marking;
import sallyport.mappings.referral.ReferralPackage.Role;
import sallyport.mappings.referral.ReferralPackage.When;

/** Packages about nobody, with something in every field. */
public final class InventedPackages {

    public static final CaseReference CASE = new CaseReference("SP-2026-000123");
    public static final Instant BUILT_AT = Instant.parse("2026-08-04T10:15:30.5Z");

    private InventedPackages() {}

    public static ReferralPackage full() {
        return full(1, "Testperson", "Arbor");
    }

    public static ReferralPackage full(int version, String firstName, String lastName) {
        When when = new When("2026-08-03T09:40:00", Instant.parse("2026-08-03T08:40:00Z"), false);
        return new ReferralPackage(
                ReferralPackage.SCHEMA,
                CASE,
                version,
                version == 1 ? Kind.INITIAL : Kind.SUPPLEMENT,
                Marking.OFFICIAL_SENSITIVE,
                new ForceCode("14"),
                new ReferralPackage.Prison("MDI", "Moorland (HMP & YOI)"),
                new ReferralPackage.Incident(
                        "60000001",
                        "0198a5c6-7b1a-7c3e-9d2f-000000000001",
                        "ASSAULT_5",
                        "ASSAULT",
                        "Assault on the landing",
                        "Invented: an officer was struck. <b>&amp;</b> \u00e9\u4e2d ]]>",
                        List.of(new ReferralPackage.Addendum(when, "Camera footage kept.")),
                        when,
                        when,
                        List.of("Wing (A landing)")),
                new ReferralPackage.Grounds(
                        "MANDATORY",
                        ReferralPackage.Urgency.IMMEDIATE,
                        true,
                        List.of("SERIOUS_INJURY", "STAFF_ASSAULT"),
                        List.of(new ReferralPackage.Reason(
                                "A7-1",
                                "STAFF_ASSAULT",
                                "61288",
                                "Were any staff assaulted?",
                                "213120",
                                "Yes",
                                "Staff were assaulted.")),
                        List.of("PLANNED_OR_SOPHISTICATED"),
                        false,
                        List.of(new Series("SAME_SUSPECT", "A1234BC", "P12M", List.of("SP-2026-000042")))),
                List.of(
                        new ReferralPackage.Person(
                                Role.SUSPECT,
                                "ASSAILANT",
                                new PrisonerNumber("A1234BC"),
                                null,
                                true,
                                firstName,
                                "Quentin",
                                lastName,
                                LocalDate.parse("1990-01-02"),
                                new PncId("1979/0163001B"),
                                null,
                                null,
                                "123456/08X",
                                List.of(new ReferralPackage.Alias(
                                        "Probeperson", "Q", "Ahorn", LocalDate.parse("1990-02-01"))),
                                List.of(new ReferralPackage.OtherIdentifier("PNC", "2001/1111111X", false)),
                                "MDI",
                                "A-1-002",
                                "ACTIVE IN",
                                "SENTENCED",
                                true,
                                false,
                                new ReferralPackage.ReleaseDates(
                                        LocalDate.parse("2027-01-02"),
                                        LocalDate.parse("2027-01-02"),
                                        LocalDate.parse("2027-01-02"),
                                        LocalDate.parse("2027-01-02"),
                                        LocalDate.parse("2027-01-02"),
                                        LocalDate.parse("2027-01-02"),
                                        LocalDate.parse("2027-01-02"),
                                        LocalDate.parse("2028-01-02"),
                                        LocalDate.parse("2020-01-02"),
                                        LocalDate.parse("2029-01-02"),
                                        LocalDate.parse("2026-02-03"),
                                        LocalDate.parse("2026-07-02"),
                                        LocalDate.parse("2026-02-04")),
                                List.of("WEL"),
                                "PLACED_ON_REPORT",
                                "struck first"),
                        new ReferralPackage.Person(
                                Role.WITNESS,
                                "PRESENT_AT_SCENE",
                                null,
                                "unknown-1",
                                false,
                                "Exemplar",
                                null,
                                "Birke",
                                null,
                                null,
                                "1979/0163001X",
                                new CroNumber("123456/08T"),
                                null,
                                List.of(),
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                null,
                                null)),
                List.of(new ReferralPackage.Staff(Role.VICTIM, "VICTIM", "QTEST2", "Fio", "Ficta", "bruised")),
                List.of(new ReferralPackage.Injury(
                        "61299", "Which serious injuries were sustained?", "213161", "Fracture", "wrist")),
                List.of(new ReferralPackage.Statement(
                        "victim-statement-1",
                        "MG11",
                        "Fio Ficta",
                        12L,
                        "d".repeat(64),
                        LocalDate.parse("2026-08-03"),
                        3,
                        true,
                        true,
                        false)),
                List.of(new ReferralPackage.Exhibit(
                        "ADJUDICATION",
                        "BAGGED_AND_TAGGED",
                        "SEAL-77",
                        "A broken mop handle",
                        "MDI-000169",
                        "FF/1",
                        "Fio Ficta",
                        "Store 2",
                        "COPY",
                        true,
                        "P/2026/17",
                        LocalDate.parse("2026-08-05"))),
                List.of(new ReferralPackage.Media(
                        "INCIDENT",
                        "BODY_WORN_VIDEO",
                        "CAM-12",
                        "Body worn video camera",
                        "MDI-000169",
                        ReferralPackage.MediaEvidence.TO_BE_EVIDENCED,
                        "DC 4711",
                        LocalDate.parse("2026-08-04"),
                        LocalDate.parse("2026-08-31"),
                        "POLICY",
                        LocalDate.parse("2026-08-05"))),
                List.of(new ReferralPackage.AdjudicationEntry(
                        "MDI-000169",
                        "A1234BC",
                        "REFER_POLICE",
                        "1(a)",
                        "Commits any assault",
                        when,
                        List.of("REFER_POLICE"),
                        List.of("CCTV (landing)"),
                        ReferralPackage.Concerns.THIS_INCIDENT,
                        List.of(new ReferralPackage.Hearing(when, "GOV_ADULT", "ADJOURN")),
                        List.of(new ReferralPackage.ChargeWitness("OFFICER", "Mira", "Muster", "Saw it.")),
                        List.of(new ReferralPackage.Damage("LOCK_REPAIR", "The lock", "12.5")))),
                List.of(new ReferralPackage.CaseNoteExtract(
                        "11217e7c-bf69-4fef-8098-f5b42b1ac175",
                        "A1234BC",
                        "OBSERVE",
                        "THREAT_ST",
                        when,
                        true,
                        "Made threats.",
                        List.of("Repeated."),
                        "ASKED_BY_FORCE")),
                List.of(new ReferralPackage.ProposedOffence(
                        new OffenceCode("CJ88160"),
                        "Assault by beating of an emergency worker",
                        "CE",
                        "008/73",
                        ReferralPackage.OffenceStatus.PROPOSED,
                        "YES",
                        true,
                        LocalDate.parse("2027-02-03"),
                        "A7-1")),
                new ReferralPackage.Intelligence(
                        true,
                        List.of(new ReferralPackage.IntelligenceContact(
                                "P", "MDI", "SIU", "Security and intelligence unit"))),
                List.of(
                        new Readiness(ReadinessItem.SUSPECT_NAMED, Readiness.State.PRESENT, null),
                        new Readiness(ReadinessItem.FOOTAGE, Readiness.State.MISSING, "Not handed over.")),
                InventedAnswers.answered(),
                List.of(new ReferralPackage.Document(12, "statement", "application/pdf", 81_234, "d".repeat(64))),
                List.of(new UseOfForcePaper(
                        "4711",
                        "A1234BC",
                        Role.SUSPECT,
                        when,
                        when,
                        false,
                        "FIGHT_BETWEEN_PRISONERS",
                        List.of("FIGHT_BETWEEN_PRISONERS", "VERBAL_THREAT"),
                        false,
                        "Custodial Manager Invented",
                        List.of("Fio Ficta"),
                        List.of("Wilma Witness"),
                        1,
                        List.of("BATON_DRAWN", "HANDCUFFS"),
                        List.of("A sharpened toothbrush"),
                        true,
                        false,
                        "Nora Nurse",
                        List.of(new UseOfForcePaper.Treated("Fio Ficta", true)),
                        List.of(
                                new UseOfForcePaper.Listed("Fio Ficta", "SUBMITTED", when, 1),
                                new UseOfForcePaper.Listed(null, "PENDING", null, 0),
                                new UseOfForcePaper.Listed(null, "REMOVAL_REQUESTED", null, 0)))),
                null,
                new ReferralPackage.Lineage(
                        "rules-1 (abcdef)",
                        MappingVersion.CURRENT,
                        BUILT_AT,
                        List.of(new SourceVersion(
                                "incident-reporting", "0198a5c6-7b1a-7c3e-9d2f-000000000001", 3, "a".repeat(64)))));
    }

    public static ReferralPackage withdrawn() {
        return ReferralPackage.withdrawal(
                full(), ReferralPackage.WithdrawalReason.DUPLICATE, "Reported twice.", BUILT_AT.plusSeconds(60));
    }

    /** The place of every single value, with {@code *} for any place in a list. */
    public static void addFields(JsonNode node, String pattern, Set<String> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> addFields(field.getValue(), pattern + "/" + field.getKey(), into));
        } else if (node.isArray()) {
            node.forEach(entry -> addFields(entry, pattern + "/*", into));
        } else {
            into.add(pattern);
        }
    }
}
