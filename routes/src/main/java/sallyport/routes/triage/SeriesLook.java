package sallyport.routes.triage;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.FindSeries;
import sallyport.ledger.ReferralCase;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.referral.IncidentPlace;
import sallyport.mappings.triage.SeriesRules;
import sallyport.mappings.triage.SeriesRules.Kind;
import sallyport.mappings.triage.SeriesRules.Rule;

/** Which earlier cases would make a series with a case, by the series table; the ledger looks for them. */
public final class SeriesLook {

    private SeriesLook() {}

    /** @param referralCase as this report has it */
    static FindSeries of(ReferralCase referralCase, IncidentReport report, List<String> suspects) {
        Instant occurred = report.incidentDateAndTime().instant();
        Rule ofSuspects = rule(Kind.SAME_SUSPECT, referralCase);
        Rule ofPlace = rule(Kind.SAME_PLACE, referralCase);
        return new FindSeries(
                referralCase.id(),
                referralCase.prison(),
                report.family(),
                IncidentPlace.of(report).orElse(null),
                occurred,
                ofSuspects == null
                        ? null
                        : new FindSeries.OfSuspects(
                                Set.copyOf(suspects),
                                suspectRoles(report.family()),
                                ofSuspects.since(occurred),
                                ofSuspects.least()),
                ofPlace == null ? null : new FindSeries.OfPlace(ofPlace.since(occurred), ofPlace.least()));
    }

    /**
     * Of a case that charges alone tell of: it has no family of its own, so cases of those that the paragraphs go with count. The place in a
     * charge is no answer of a report, and is not compared.
     */
    public static FindSeries ofCharges(ReferralCase opened, List<Adjudication> charges) {
        Rule ofSuspects = rule(Kind.SAME_SUSPECT, opened);
        Instant occurred = Objects.requireNonNull(opened.occurredAt());
        Set<String> families = ChargeAlone.families(charges);
        return new FindSeries(
                opened.id(),
                opened.prison(),
                ChargeAlone.TYPE,
                families,
                null,
                occurred,
                ofSuspects == null
                        ? null
                        : new FindSeries.OfSuspects(
                                charges.stream()
                                        .map(Adjudication::prisonerNumber)
                                        .collect(Collectors.toSet()),
                                families.stream()
                                        .flatMap(family -> suspectRoles(family).stream())
                                        .collect(Collectors.toSet()),
                                ofSuspects.since(occurred),
                                ofSuspects.least()),
                null);
    }

    private static @Nullable Rule rule(Kind kind, ReferralCase known) {
        return SeriesRules.find(kind, known.family(), known.prison(), known.force())
                .orElse(null);
    }

    private static Set<String> suspectRoles(String family) {
        return Arrays.stream(PrisonerRole.values())
                .filter(role -> Suspects.part(role, family) == Suspects.Part.SUSPECT)
                .map(PrisonerRole::name)
                .collect(Collectors.toSet());
    }
}
