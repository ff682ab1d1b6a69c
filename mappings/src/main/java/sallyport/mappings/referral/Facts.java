package sallyport.mappings.referral;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.triage.Verdict;
import sallyport.mappings.useofforce.UseOfForceReport;

/**
 * All that goes into one version of a package; the order of the lists does not matter.
 *
 * @param version the number this version gets
 * @param prisonName from the prison register; absent: from the table of prisons and forces
 * @param incidentSource the stored version that {@code incident} was read from
 * @param prisoners what prisoner search knows of the people in the report
 * @param adjudications of the suspects; others are left out
 * @param caseNotes of the suspects, chosen by the flow that logs why; others are left out
 * @param otherSources the stored versions of everything but the incident
 * @param answers what people said of readiness items that no system holds
 * @param documents of the case that were found clean, in the order they came
 * @param intelligence a person's word and the units' notices; absent if nobody has said anything
 * @param terrorismConnected a person's word; absent if nobody was asked
 * @param previous the version before this one
 * @param useOfForce reports of the use of force that belong to the incident; those that do not count are left out
 * @param linkedCharges numbers of charges that are linked with the case
 * @param series that cases which the force has make with this one; one of somebody who is no suspect of it is left out
 * @param unreadCharges how many charges there are that could not be read
 */
public record Facts(
        CaseReference caseReference,
        int version,
        ReferralPackage.Kind kind,
        ReferralPackage.Marking marking,
        ForceCode force,
        @Nullable String prisonName,
        IncidentReport incident,
        SourceVersion incidentSource,
        Verdict verdict,
        List<Prisoner> prisoners,
        List<Adjudication> adjudications,
        List<CaseNote> caseNotes,
        List<SourceVersion> otherSources,
        List<Fact> answers,
        List<ReferralPackage.Document> documents,
        ReferralPackage.@Nullable Intelligence intelligence,
        @Nullable Boolean terrorismConnected,
        @Nullable ReferralPackage previous,
        Instant builtAt,
        List<UseOfForceReport> useOfForce,
        List<Series> series,
        Set<String> linkedCharges,
        int unreadCharges) {

    public Facts {
        prisoners = List.copyOf(prisoners);
        adjudications = List.copyOf(adjudications);
        caseNotes = List.copyOf(caseNotes);
        otherSources = List.copyOf(otherSources);
        answers = List.copyOf(answers);
        documents = List.copyOf(documents);
        useOfForce = List.copyOf(useOfForce);
        series = List.copyOf(series);
        linkedCharges = Set.copyOf(linkedCharges);
    }

    /** Where no use of force report has come and no series is known. */
    public Facts(
            CaseReference caseReference,
            int version,
            ReferralPackage.Kind kind,
            ReferralPackage.Marking marking,
            ForceCode force,
            @Nullable String prisonName,
            IncidentReport incident,
            SourceVersion incidentSource,
            Verdict verdict,
            List<Prisoner> prisoners,
            List<Adjudication> adjudications,
            List<CaseNote> caseNotes,
            List<SourceVersion> otherSources,
            List<Fact> answers,
            List<ReferralPackage.Document> documents,
            ReferralPackage.@Nullable Intelligence intelligence,
            @Nullable Boolean terrorismConnected,
            @Nullable ReferralPackage previous,
            Instant builtAt) {
        this(
                caseReference,
                version,
                kind,
                marking,
                force,
                prisonName,
                incident,
                incidentSource,
                verdict,
                prisoners,
                adjudications,
                caseNotes,
                otherSources,
                answers,
                documents,
                intelligence,
                terrorismConnected,
                previous,
                builtAt,
                List.of(),
                List.of(),
                Set.of(),
                0);
    }

    /** The same, and these reports of the use of force. */
    public Facts withUseOfForce(List<UseOfForceReport> reports) {
        return with(reports, series, linkedCharges, unreadCharges);
    }

    /** The same, and these series. */
    public Facts withSeries(List<Series> told) {
        return with(useOfForce, told, linkedCharges, unreadCharges);
    }

    /** The same, and these charges as linked with the case. */
    public Facts withLinkedCharges(Set<String> numbers) {
        return with(useOfForce, series, numbers, unreadCharges);
    }

    /** The same, and that so many charges could not be read. */
    public Facts withUnreadCharges(int unread) {
        return with(useOfForce, series, linkedCharges, unread);
    }

    private Facts with(List<UseOfForceReport> reports, List<Series> told, Set<String> linked, int unread) {
        return new Facts(
                caseReference,
                version,
                kind,
                marking,
                force,
                prisonName,
                incident,
                incidentSource,
                verdict,
                prisoners,
                adjudications,
                caseNotes,
                otherSources,
                answers,
                documents,
                intelligence,
                terrorismConnected,
                previous,
                builtAt,
                reports,
                told,
                linked,
                unread);
    }
}
