package sallyport.routes.assembly;

import static sallyport.ledger.SourceKey.CHARGES;
import static sallyport.ledger.SourceKey.INCIDENTS;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.casenotes.CaseNoteQuery;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.CasePerson;
import sallyport.ledger.CaseState;
import sallyport.ledger.SourceVersion;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.routes.HubProperties;
import sallyport.routes.Policies;

/** Says what is to be asked of which prison system for one case. */
@Component
final class Gathering {

    static final String WORK = "sallyport.assembly";
    static final String PRISONERS = "sallyport.assembly.prisoners";
    static final String ADJUDICATIONS = "sallyport.assembly.adjudications";
    static final String NOTES = "sallyport.assembly.notes";

    private final HubProperties properties;
    private final Policies policies;

    Gathering(HubProperties properties, Policies policies) {
        this.policies = policies;
        this.properties = properties;
    }

    /** Everybody the report names: victims and witnesses are people of the package too. */
    List<String> people(AssemblyWork work) {
        return work.referralCase().state() == CaseState.WITHDRAWN
                ? List.of()
                : work.people().stream()
                        .filter(person -> !person.former())
                        .map(CasePerson::prisonerNumber)
                        .distinct()
                        .toList();
    }

    /** Whose charges count: suspects, and those whose role in the report does not say. */
    List<String> charged(@ExchangeProperty(WORK) AssemblyWork work) {
        if (work.referralCase().state() == CaseState.WITHDRAWN) {
            return List.of();
        }
        Suspects parts = Suspects.of(report(work));
        return Stream.concat(parts.suspects().stream(), parts.involved().stream())
                .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                .distinct()
                .toList();
    }

    /** Of suspects alone, and no sensitive ones: anybody else's, and those, take a person and a reason. */
    List<CaseNoteQuery> noteQueries(@ExchangeProperty(WORK) AssemblyWork work) {
        Instant occurred = work.referralCase().occurredAt();
        Map<String, List<String>> types =
                properties.noteTypes().stream().collect(Collectors.toMap(Function.identity(), type -> List.of()));
        // To the source no types mean all of them: with none configured none are asked for.
        if (occurred == null || types.isEmpty()) {
            return List.of();
        }
        if (work.referralCase().state() == CaseState.WITHDRAWN) {
            return List.of();
        }
        return Suspects.of(report(work)).suspects().stream()
                .map(IncidentReport.PrisonerInvolvement::prisonerNumber)
                .distinct()
                .map(number -> new CaseNoteQuery(
                        number,
                        occurred.minus(policies.notesBefore(work.referralCase())),
                        occurred.plus(policies.notesAfter(work.referralCase())),
                        types,
                        false))
                .toList();
    }

    /** The incident report, or the charge that opened the case for want of one. */
    static SourceVersion source(AssemblyWork work) {
        return of(work, INCIDENTS)
                .or(() -> of(work, CHARGES))
                .orElseThrow(() -> new Rejected("case-without-incident", "/incident"));
    }

    private static Optional<SourceVersion> of(AssemblyWork work, String system) {
        return work.records().stream()
                .filter(version -> version.key().system().equals(system))
                .findFirst();
    }

    static IncidentReport report(AssemblyWork work) {
        SourceVersion source = source(work);
        if (source.erased()) {
            throw new Rejected("erased-by-retention", "/incident");
        }
        IncidentReport report = source.key().system().equals(INCIDENTS)
                ? IncidentReport.read(source.raw())
                : ChargeAlone.report(charges(work));
        return report.renumbered(work.renumbered());
    }

    static List<Adjudication> charges(AssemblyWork work) {
        return work.records().stream()
                .filter(version -> version.key().system().equals(CHARGES) && !version.erased())
                .map(version -> Adjudication.readOne(version.raw()))
                .toList();
    }
}
