package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import sallyport.simulators.journal.Json;

/** Adjudications as the adjudications API serialises them: nulls left out. */
final class Charges {

    private record Offence(int code, String paragraph, String description) {}

    private static final Offence ASSAULT = new Offence(1002, "1", "Commits any assault");
    private static final Offence FIGHT = new Offence(4001, "4", "Fights with any person");
    private static final Offence ARTICLE =
            new Offence(12001, "12", "Has in their possession an unauthorised article<br>of any kind");
    private static final Offence ARSON =
            new Offence(16001, "16", "Intentionally or recklessly sets fire to any part of a prison");
    private static final Offence DETAINS = new Offence(2001, "2", "Detains any person against their will");
    private static final Offence DENIES = new Offence(3001, "3", "Denies access to any part of the prison");

    private Charges() {}

    /** A charge that is with the police already where the prison has decided so, else one that waits for its hearing. */
    static ObjectNode charge(Plan plan, ObjectNode report, Prisoner suspect, Dice dice, Instant now) {
        boolean referred = plan.scenario().expected() == Expected.PRISON_DECIDED
                || plan.oddity().referred();
        String agency = plan.location();
        String happened = report.get("incidentDateAndTime").asText();
        String officer = Reports.username(plan, 's');
        Offence offence = offence(plan.scenario());
        ObjectNode charge = Json.object()
                .put("chargeNumber", String.format(Locale.ROOT, "%s-%06d", agency, plan.index()))
                .put("prisonerNumber", suspect.number())
                .put("prisonerName", suspect.firstName() + " " + suspect.lastName())
                .put("gender", suspect.gender().equals("Female") ? "FEMALE" : "MALE");
        charge.putObject("incidentDetails")
                .put("locationName", suspect.cell())
                .put("locationUuid", dice.uuid().toString())
                .put("dateTimeOfIncident", happened)
                .put("dateTimeOfDiscovery", happened)
                .put("handoverDeadline", Times.local(Times.instant(happened).plusSeconds(48 * 3600)));
        charge.put("isYouthOffender", false).putObject("incidentRole");
        ObjectNode details = charge.putObject("offenceDetails")
                .put("offenceCode", offence.code())
                .put("offenceCodeDescription", offence.description());
        details.putObject("offenceRule")
                .put("paragraphNumber", offence.paragraph())
                .put("paragraphDescription", offence.description());
        details.putArray("protectedCharacteristics");
        charge.putObject("incidentStatement")
                .put("statement", "Invented statement. " + Reports.text(plan, 80))
                .put("completed", true);
        charge.put("createdByUserId", officer)
                .put("createdDateTime", Times.local(now))
                .put("status", referred ? "REFER_POLICE" : "UNSCHEDULED")
                .putArray("damages");
        charge.putArray("evidence")
                .addObject()
                .put("code", "BODY_WORN_CAMERA")
                .put("identifier", "CAM" + plan.index())
                .put("details", "Camera worn by the first on scene. " + Reports.text(plan, 81))
                .put("reporter", officer);
        charge.putArray("witnesses")
                .addObject()
                .put("code", "OFFICER")
                .put("firstName", "Wynn-" + Canary.of('s', plan.index() * 2L))
                .put("lastName", "Officer-" + Canary.of('s', plan.index() * 2L + 1))
                .put("reporter", officer);
        charge.putArray("hearings");
        charge.putArray("disIssueHistory");
        outcomes(charge, plan, referred);
        charge.putArray("punishments");
        charge.putArray("punishmentComments");
        charge.put("outcomeEnteredInNomis", false)
                .put("originatingAgencyId", agency)
                .putArray("linkedChargeNumbers");
        return charge.put("canActionFromHistory", false);
    }

    private static void outcomes(ObjectNode charge, Plan plan, boolean referred) {
        charge.putArray("outcomes");
        if (referred) {
            charge.withArray("/outcomes")
                    .addObject()
                    .putObject("outcome")
                    .putObject("outcome")
                    .put("id", plan.index())
                    .put("code", "REFER_POLICE")
                    .put("details", "Referred. " + Reports.text(plan, 82))
                    .put("canRemove", true);
        }
    }

    private static Offence offence(Scenario scenario) {
        if (scenario.suspectRole().equals("FIGHTER")) {
            return FIGHT;
        }
        return switch (scenario.type()) {
            case "FIND_6" -> ARTICLE;
            case "FIRE_1" -> ARSON;
            case "DISORDER_2" -> scenario.name().equals("hostage") ? DETAINS : DENIES;
            default -> ASSAULT;
        };
    }
}
