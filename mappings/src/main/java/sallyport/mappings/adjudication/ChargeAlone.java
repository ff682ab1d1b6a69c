package sallyport.mappings.adjudication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.Adjudication.WitnessCode;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.IncidentReport.DescriptionAddendum;
import sallyport.mappings.incident.IncidentReport.PrisonerInvolvement;
import sallyport.mappings.incident.IncidentReport.Question;
import sallyport.mappings.incident.IncidentReport.Response;
import sallyport.mappings.incident.IncidentReport.StaffInvolvement;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.StaffRole;
import sallyport.mappings.incident.Status;
import sallyport.mappings.triage.ProposedOffence;
import sallyport.mappings.triage.Reason;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;

/**
 * A matter of which only charges tell, because the prison has referred them to the police and no incident report fits: what they say
 * takes the place of the report, so that a package says it in the places where a force looks. Nothing is added to what the charges say.
 */
public final class ChargeAlone {

    /** Takes the place of the type of an incident report; of no version, so it is its own family, too. */
    public static final String TYPE = "ADJUDICATION_CHARGE";

    /** What a readiness list and a proforma say of it. */
    public static final String NO_REPORT =
            "There is no incident report: the prison has referred the charge to the police.";

    /** Takes the place of a triage rule. */
    public static final String RULE = "CHARGE-POLICE-REFERRAL";

    /** What is said of somebody of whom the charge says no more. */
    public static final String ASSOCIATED = "named in the charge as associated";

    /** The question whose answer is the place, in {@code sallyport/referral/answers.csv}. */
    private static final String PLACE = "CHARGE-PLACE";

    /** A charge of which the police are still asked, or act already. */
    public static final Set<AdjudicationStatus> STANDING =
            Set.of(AdjudicationStatus.REFER_POLICE, AdjudicationStatus.PROSECUTION);

    private static final int LONGEST_TITLE = 200;

    private ChargeAlone() {}

    /** Whether a package of this type of incident rests on a charge alone. */
    public static boolean isType(@Nullable String type) {
        return TYPE.equals(type);
    }

    /**
     * The charges of one matter in the shape of an incident report, the same whatever order they come in: the first of them tells the
     * matter, the others are added to it, so that each word is of one charge. Its state says whether any of them is with the police
     * still.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static IncidentReport report(List<Adjudication> charges) {
        List<Adjudication> sorted = charges.stream()
                .sorted(Comparator.comparing((Adjudication charge) ->
                                charge.createdDateTime().instant())
                        .thenComparing(Adjudication::chargeNumber))
                .toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no charge");
        }
        Adjudication first = sorted.get(0);
        return new IncidentReport(
                first.chargeNumber(),
                first.chargeNumber(),
                TYPE,
                first.incidentDetails().dateTimeOfIncident(),
                first.originatingAgencyId(),
                title(first),
                first.incidentStatement().statement(),
                addendums(sorted),
                first.createdByUserId(),
                first.createdDateTime(),
                sorted.stream().anyMatch(ChargeAlone::stands) ? Status.AWAITING_REVIEW : Status.NOT_REPORTABLE,
                first.createdDateTime(),
                first.createdDateTime(),
                first.createdByUserId(),
                false,
                false,
                null,
                null,
                place(sorted),
                List.of(),
                List.of(),
                List.of(),
                staff(sorted),
                prisoners(sorted),
                List.of(),
                true,
                true,
                null,
                null,
                sorted.stream().mapToInt(Adjudication::replacedCharacters).sum());
    }

    /** Whether the police are still asked, or act already: a referral that was taken back or decided otherwise is none. */
    public static boolean stands(Adjudication charge) {
        return STANDING.contains(charge.status());
    }

    /** The prison has decided; the rules, which are about incident reports, say nothing else. */
    public static Verdict verdict(List<Adjudication> charges) {
        List<Adjudication> standing =
                charges.stream().filter(ChargeAlone::stands).toList();
        List<Reason> reasons = (standing.isEmpty() ? charges : standing)
                .stream()
                        .sorted(Comparator.comparing(Adjudication::chargeNumber))
                        .map(charge -> new Reason(RULE, "POLICE_INVOLVED", "", "", "", "", referred(charge)))
                        .toList();
        boolean hate = charges.stream()
                .anyMatch(charge ->
                        !charge.offenceDetails().protectedCharacteristics().isEmpty());
        return new Verdict(
                Verdict.Kind.DISCRETIONARY,
                charges.stream().anyMatch(Paragraphs::immediate),
                true,
                Triage.rules().ruleVersion(),
                reasons,
                List.of(),
                hate ? List.of("HATE_CRIME") : List.of(),
                offences(standing.isEmpty() ? charges : standing));
    }

    /** Each once, as the first charge that has it proposes it. */
    private static List<ProposedOffence> offences(List<Adjudication> charges) {
        Map<OffenceCode, ProposedOffence> offences = new LinkedHashMap<>();
        charges.stream()
                .sorted(Comparator.comparing(Adjudication::chargeNumber))
                .flatMap(charge -> Paragraphs.offences(charge).stream())
                .forEach(offence -> offences.putIfAbsent(offence.code(), offence));
        return List.copyOf(offences.values());
    }

    /** Families of incident type that the charges go with, by their paragraphs: those of a series with them. */
    public static Set<String> families(List<Adjudication> charges) {
        Set<String> families = new TreeSet<>();
        charges.forEach(charge -> families.addAll(Paragraphs.families(charge)));
        return families;
    }

    /** Why there is a case, in words. */
    public static String referred(Adjudication charge) {
        return "The prison has referred charge " + charge.chargeNumber() + " under paragraph "
                + charge.offenceDetails().paragraphNumber() + " to the police; no incident report fits it";
    }

    /** What the charge is about, in a line. */
    public static String title(Adjudication charge) {
        String title = "Charge under paragraph " + charge.offenceDetails().paragraphNumber() + ": "
                + charge.offenceDetails().paragraphDescription();
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 3) + "...";
    }

    /** What a report has no place for; of all charges but the first also what the charge is and says. */
    private static List<DescriptionAddendum> addendums(List<Adjudication> sorted) {
        List<DescriptionAddendum> all = new ArrayList<>();
        for (Adjudication charge : sorted) {
            String added = added(charge, charge == sorted.get(0));
            if (!added.isEmpty()) {
                all.add(new DescriptionAddendum(charge.createdByUserId(), charge.createdDateTime(), "", "", added));
            }
        }
        return all;
    }

    /**
     * What is added to the description, in lines; empty where nothing is.
     *
     * @param first whether title and description are this charge's
     */
    public static String added(Adjudication charge, boolean first) {
        List<String> lines = new ArrayList<>();
        if (!first) {
            lines.add(charge.chargeNumber() + ", " + title(charge));
            lines.add(charge.incidentStatement().statement());
        }
        charge.damages()
                .forEach(damage -> lines.add("Damage: " + damage.details()
                        + (damage.repairCost() == null
                                ? ""
                                : " (repair " + damage.repairCost().toPlainString() + " pounds)")));
        String victim = charge.offenceDetails().victimOtherPersonsName();
        if (victim != null && !victim.isBlank()) {
            lines.add("Victim: " + victim);
        }
        charge.witnesses().stream()
                .filter(witness -> !isStaff(witness.code()))
                .forEach(witness -> lines.add("Witness: " + witness.firstName() + " " + witness.lastName() + " ("
                        + witness.code().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")"
                        + (witness.comment() == null ? "" : ", " + witness.comment())));
        return String.join("\n", lines);
    }

    private static List<Question> place(List<Adjudication> charges) {
        return charges.stream()
                .flatMap(charge -> Stream.ofNullable(charge.incidentDetails().locationName()))
                .distinct()
                .map(place -> new Question(
                        PLACE,
                        "PLACE",
                        "Where it happened",
                        List.of(new Response(
                                null,
                                "",
                                place,
                                null,
                                null,
                                charges.get(0).createdByUserId(),
                                charges.get(0).createdDateTime())),
                        null))
                .toList();
    }

    /** Staff have a place of their own in a package. */
    public static boolean isStaff(WitnessCode code) {
        return switch (code) {
            case OFFICER, STAFF -> true;
            case OTHER_PERSON, VICTIM, PRISONER -> false;
        };
    }

    private static List<StaffInvolvement> staff(List<Adjudication> charges) {
        List<StaffInvolvement> staff = new ArrayList<>();
        for (Adjudication charge : charges) {
            String victim = charge.offenceDetails().victimStaffUsername();
            if (victim != null && !victim.isBlank()) {
                staff.add(new StaffInvolvement(victim, "", "", StaffRole.VICTIM, null));
            }
            charge.witnesses().stream()
                    .filter(witness -> isStaff(witness.code()))
                    .forEach(witness -> staff.add(new StaffInvolvement(
                            null, witness.firstName(), witness.lastName(), StaffRole.WITNESS, witness.comment())));
        }
        return staff.stream().distinct().toList();
    }

    /** Each prisoner once: who is charged is a suspect, whatever part another charge gives them. */
    private static List<PrisonerInvolvement> prisoners(List<Adjudication> charges) {
        Map<String, PrisonerInvolvement> byNumber = new LinkedHashMap<>();
        for (Adjudication charge : charges) {
            byNumber.putIfAbsent(
                    charge.prisonerNumber(), prisoner(charge.prisonerNumber(), PrisonerRole.PERPETRATOR, null));
        }
        for (Adjudication charge : charges) {
            String victim = charge.offenceDetails().victimPrisonersNumber();
            if (victim != null && !victim.isBlank()) {
                byNumber.putIfAbsent(victim, prisoner(victim, PrisonerRole.VICTIM, null));
            }
            String associate = charge.incidentRole().associatedPrisonersNumber();
            if (associate != null && !associate.isBlank()) {
                byNumber.putIfAbsent(associate, prisoner(associate, PrisonerRole.ACTIVE_INVOLVEMENT, ASSOCIATED));
            }
        }
        return List.copyOf(byNumber.values());
    }

    private static PrisonerInvolvement prisoner(String number, PrisonerRole role, @Nullable String comment) {
        return new PrisonerInvolvement(number, "", "", role, null, comment);
    }
}
