package sallyport.mappings.referral;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.referral.ReferralPackage.Exhibit;
import sallyport.mappings.referral.ReferralPackage.Media;
import sallyport.mappings.referral.ReferralPackage.Person;
import sallyport.mappings.referral.ReferralPackage.Role;
import sallyport.mappings.referral.ReferralPackage.When;
import sallyport.mappings.referral.UseOfForcePaper.Listed;
import sallyport.mappings.referral.UseOfForcePaper.Treated;
import sallyport.mappings.time.LondonTime;
import sallyport.mappings.useofforce.Answer;
import sallyport.mappings.useofforce.UseOfForceReport;
import sallyport.mappings.useofforce.UseOfForceReport.Means;
import sallyport.mappings.useofforce.UseOfForceReport.Statement;
import sallyport.mappings.useofforce.UseOfForceReport.StatementStatus;
import sallyport.mappings.useofforce.UseOfForceReport.Status;

/** What a package takes from the use of force reports of its incident. Those that are being written, or were deleted, say nothing. */
final class UseOfForcePapers {

    static final String SOURCE = "USE_OF_FORCE";

    private final List<UseOfForceReport> reports;

    UseOfForcePapers(List<UseOfForceReport> reports) {
        this.reports = reports.stream()
                .filter(UseOfForceReport::counts)
                .sorted(comparing(
                                (UseOfForceReport report) -> report.occurredAt().instant())
                        .thenComparing(UseOfForceReport::id))
                .toList();
    }

    /** @param persons of the incident report */
    List<UseOfForcePaper> papers(List<Person> persons) {
        return reports.stream()
                .map(report -> paper(report, role(report.prisonerNumber(), persons)))
                .toList();
    }

    /** Of several parts the first counts: whoever is a suspect is one. */
    private static @Nullable Role role(String prisonerNumber, List<Person> persons) {
        return persons.stream()
                .filter(person -> person.prisonerNumber() != null
                        && person.prisonerNumber().value().equals(prisonerNumber))
                .map(Person::role)
                .min(naturalOrder())
                .orElse(null);
    }

    /** What was bagged, by its tag. */
    Stream<Exhibit> exhibits() {
        return reports.stream().flatMap(report -> report.evidence().tags().stream()
                .map(tag -> Exhibit.existing(
                        SOURCE,
                        "BAGGED_AND_TAGGED",
                        tag.reference(),
                        tag.description() == null ? "Not described" : tag.description(),
                        null)));
    }

    /** Body-worn cameras by their numbers, and that there is a recording or a photograph. */
    Stream<Media> media() {
        return reports.stream().flatMap(report -> {
            UseOfForceReport.Evidence evidence = report.evidence();
            Stream.Builder<Media> media = Stream.builder();
            evidence.cameras().forEach(number -> media.add(media("BODY_WORN_CAMERA", number, "Camera " + number)));
            if (evidence.cameras().isEmpty() && evidence.bodyWornCamera() == Answer.YES) {
                media.add(media("BODY_WORN_CAMERA", null, "A camera without its number"));
            }
            if (evidence.cctv() == Answer.YES) {
                media.add(media("CCTV", null, "The use of force was recorded"));
            }
            if (evidence.photographs() == Answer.YES) {
                media.add(media("PHOTO", null, "Photographs were taken"));
            }
            return media.build();
        });
    }

    private static Media media(String kind, @Nullable String reference, String description) {
        return Media.existing(SOURCE, kind, reference, description, null);
    }

    private static UseOfForcePaper paper(UseOfForceReport report, @Nullable Role role) {
        return new UseOfForcePaper(
                report.id(),
                report.prisonerNumber(),
                role,
                when(report.occurredAt()),
                maybe(report.submittedAt()),
                report.status() == Status.COMPLETE,
                report.primaryReason(),
                report.reasons(),
                said(report.planned()),
                report.authorisedBy(),
                report.staff().stream()
                        .map(member -> member.name() == null ? "not named" : member.name())
                        .toList(),
                report.witnesses(),
                report.witnesses().size(),
                means(report.means()),
                report.means().weapons(),
                said(report.harm().prisonerInjured()),
                said(report.harm().prisonerInHospital()),
                report.harm().injuryFormBy(),
                report.harm().staffTreated().stream()
                        .map(treated -> new Treated(treated.name(), said(treated.hospital())))
                        .toList(),
                report.statements().stream().map(UseOfForcePapers::listed).toList());
    }

    private static Listed listed(Statement statement) {
        return new Listed(
                statement.status() == StatementStatus.REMOVAL_REQUESTED ? null : statement.author(),
                statement.status().name(),
                maybe(statement.submittedAt()),
                statement.amendments().size());
    }

    private static List<String> means(Means used) {
        List<String> means = new ArrayList<>();
        add(means, "BATON_DRAWN", used.batonDrawn());
        add(means, "BATON_USED", used.batonUsed());
        add(means, "PAVA_DRAWN", used.pavaDrawn());
        add(means, "PAVA_USED", used.pavaUsed());
        add(means, "TASER_DRAWN", used.taserDrawn());
        add(means, "HANDCUFFS", used.handcuffs());
        return means;
    }

    private static void add(List<String> means, String code, @Nullable Answer answer) {
        if (answer == Answer.YES) {
            means.add(code);
        }
    }

    /** Whoever does not know says nothing. */
    private static @Nullable Boolean said(@Nullable Answer answer) {
        return answer == null || answer == Answer.NOT_KNOWN ? null : answer == Answer.YES;
    }

    private static @Nullable When maybe(@Nullable LondonTime time) {
        return time == null ? null : when(time);
    }

    private static When when(LondonTime time) {
        return new When(time.text(), time.instant(), time.ambiguous());
    }
}
