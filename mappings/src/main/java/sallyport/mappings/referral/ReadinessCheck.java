package sallyport.mappings.referral;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.adjudication.ChargeAlone;
import sallyport.mappings.referral.Readiness.State;
import sallyport.mappings.referral.ReferralPackage.Injury;
import sallyport.mappings.referral.ReferralPackage.Person;
import sallyport.mappings.referral.ReferralPackage.Role;
import sallyport.mappings.referral.ReferralPackage.Staff;

/**
 * The checklist, worked out from what the prison's systems say in the package. What no system holds is MISSING until a person answers
 * it, see {@link Checklist}.
 */
final class ReadinessCheck {

    private static final String NOBODY_ASKED = "Nobody has been asked.";

    private final Map<ReadinessItem, Readiness> items = new EnumMap<>(ReadinessItem.class);

    private ReadinessCheck() {}

    /** Where nothing is known of charges that could not be read. */
    static List<Readiness> found(ReferralPackage pkg, List<Fact> facts) {
        return found(pkg, facts, 0);
    }

    /** What the prison's systems say, whatever people's answers have put into the package. */
    static List<Readiness> found(ReferralPackage pkg, List<Fact> facts, int unreadCharges) {
        ReadinessCheck check = new ReadinessCheck();
        check.people(pkg);
        check.harm(pkg);
        check.material(pkg);
        check.flags(pkg, facts);
        check.peopleOnly(pkg);
        check.report(pkg);
        check.unread(unreadCharges);
        return new ArrayList<>(check.items.values());
    }

    private void people(ReferralPackage pkg) {
        List<Person> suspects = pkg.persons(Role.SUSPECT);
        boolean staffSuspect = pkg.staff().stream().anyMatch(member -> member.role() == Role.SUSPECT);
        set(
                ReadinessItem.SUSPECT_NAMED,
                state(!suspects.isEmpty() || staffSuspect),
                suspects.isEmpty() && !staffSuspect ? "The report names no suspect." : null);

        long unknown = pkg.persons().stream()
                .filter(person -> !person.knownToPrisonerSearch())
                .count();
        set(
                ReadinessItem.PERSON_IDENTIFIED,
                pkg.persons().isEmpty() ? State.NOT_APPLICABLE : state(unknown == 0),
                unknown == 0 ? null : unknown + " of the prisoners in the report are not known to prisoner search.");

        long withoutPnc =
                suspects.stream().filter(person -> person.pncId() == null).count();
        boolean wrongPnc = suspects.stream().anyMatch(person -> person.pncIdAsReceived() != null);
        set(
                ReadinessItem.PNC_CHECKED,
                suspects.isEmpty() ? State.NOT_APPLICABLE : state(withoutPnc == 0),
                wrongPnc
                        ? "A PNC ID in prisoner search fails its check; it is in the package as received."
                        : withoutPnc == 0 ? null : "Prisoner search has no PNC ID for a suspect.");

        boolean wrongCro = suspects.stream().anyMatch(person -> person.croNumberAsReceived() != null);
        boolean anyCro = suspects.stream().anyMatch(person -> person.croNumber() != null);
        set(
                ReadinessItem.CRO_CHECKED,
                wrongCro ? State.MISSING : anyCro ? State.PRESENT : State.NOT_APPLICABLE,
                wrongCro ? "A CRO number in prisoner search fails its check; it is in the package as received." : null);

        boolean datesMissing = suspects.stream().anyMatch(person -> !saysWhen(person));
        boolean passed = suspects.stream()
                .anyMatch(person -> !saysWhen(person)
                        && person.releaseDates() != null
                        && person.releaseDates().haveRelease());
        set(
                ReadinessItem.RELEASE_DATES,
                suspects.isEmpty() ? State.NOT_APPLICABLE : state(!datesMissing),
                passed
                        ? "Every release date that prisoner search has of a suspect has passed: ask the prison."
                        : datesMissing
                                ? "Prisoner search has no release date for a suspect, who may be on remand."
                                : null);
    }

    private static boolean saysWhen(Person person) {
        return person.releaseDates() != null && person.releaseDates().sayWhen();
    }

    private void harm(ReferralPackage pkg) {
        boolean hurt = pkg.injuries().stream().anyMatch(ReadinessCheck::saysHurt);
        boolean victims = !pkg.persons(Role.VICTIM).isEmpty()
                || pkg.staff().stream().map(Staff::role).anyMatch(Role.VICTIM::equals);
        boolean witnesses = !pkg.persons(Role.WITNESS).isEmpty()
                || pkg.staff().stream().map(Staff::role).anyMatch(Role.WITNESS::equals);
        set(ReadinessItem.INJURIES_DESCRIBED, pkg.injuries().isEmpty() ? State.NOT_APPLICABLE : State.PRESENT, null);
        set(ReadinessItem.INJURY_PHOTOGRAPHS, hurt ? State.MISSING : State.NOT_APPLICABLE, null);
        set(ReadinessItem.MEDICAL_CONSENT, hurt ? State.MISSING : State.NOT_APPLICABLE, null);
        set(ReadinessItem.VICTIM_STATEMENT, victims ? State.MISSING : State.NOT_APPLICABLE, null);
        set(ReadinessItem.WITNESS_STATEMENTS, witnesses ? State.MISSING : State.NOT_APPLICABLE, null);
        set(ReadinessItem.VICTIM_WISHES, victims ? State.MISSING : State.NOT_APPLICABLE, null);
        set(ReadinessItem.VICTIM_VULNERABILITY, victims ? State.MISSING : State.NOT_APPLICABLE, null);
        set(ReadinessItem.VICTIM_PERSONAL_STATEMENT, victims ? State.MISSING : State.NOT_APPLICABLE, null);
        set(ReadinessItem.WITNESS_AVAILABILITY, pkg.staff().isEmpty() ? State.NOT_APPLICABLE : State.MISSING, null);
    }

    private static boolean saysHurt(Injury injury) {
        String answer = injury.answer().strip();
        return !answer.equalsIgnoreCase("no");
    }

    private void material(ReferralPackage pkg) {
        set(ReadinessItem.OFFENCE_PROPOSED, state(!pkg.proposedOffences().isEmpty()), null);
        history(pkg);
        set(
                ReadinessItem.CASE_NOTES,
                pkg.persons(Role.SUSPECT).isEmpty()
                        ? State.NOT_APPLICABLE
                        : state(!pkg.caseNotes().isEmpty()),
                null);
        List<ReferralPackage.Media> footage = pkg.media().stream()
                .filter(media -> !media.source().equals(PackageMapping.FROM_PERSON))
                .toList();
        boolean toBeEvidenced =
                footage.stream().anyMatch(media -> media.evidence() == ReferralPackage.MediaEvidence.TO_BE_EVIDENCED);
        set(
                ReadinessItem.FOOTAGE,
                footage.isEmpty() ? State.NOT_APPLICABLE : state(!toBeEvidenced),
                toBeEvidenced ? "The prison says that it exists; it has not been handed over." : null);
        List<ReferralPackage.Exhibit> exhibits = pkg.exhibits().stream()
                .filter(exhibit -> !exhibit.source().equals(PackageMapping.FROM_PERSON))
                .toList();
        boolean unsealed = exhibits.stream().anyMatch(exhibit -> exhibit.reference() == null);
        set(
                ReadinessItem.EXHIBITS,
                exhibits.isEmpty() ? State.NOT_APPLICABLE : state(!unsealed),
                unsealed ? "An exhibit has no seal or bag number." : null);
        set(ReadinessItem.CONTINUITY, pkg.exhibits().isEmpty() ? State.NOT_APPLICABLE : State.MISSING, null);
    }

    /** That there is none is an answer too, if everybody could be looked up. */
    private void history(ReferralPackage pkg) {
        List<Person> suspects = pkg.persons(Role.SUSPECT);
        boolean some = !pkg.adjudications().isEmpty();
        boolean known =
                suspects.stream().allMatch(person -> person.prisonerNumber() != null && person.knownToPrisonerSearch());
        set(
                ReadinessItem.ADJUDICATION_HISTORY,
                suspects.isEmpty() ? State.NOT_APPLICABLE : state(some || known),
                suspects.isEmpty() || some
                        ? null
                        : known ? "None: no suspect has been charged in prison." : "A suspect could not be looked up.");
    }

    /** A person's word: an answer that is taken back leaves nothing. */
    private void flags(ReferralPackage pkg, List<Fact> facts) {
        boolean intelligence = pkg.intelligence() != null && !isAnswered(facts, ReadinessItem.INTELLIGENCE_FLAG);
        set(ReadinessItem.INTELLIGENCE_FLAG, state(intelligence), intelligence ? null : NOBODY_ASKED);
        boolean terrorism = pkg.grounds() != null
                && pkg.grounds().terrorismConnected() != null
                && !isAnswered(facts, ReadinessItem.TERRORISM_CONNECTION);
        set(ReadinessItem.TERRORISM_CONNECTION, state(terrorism), terrorism ? null : NOBODY_ASKED);
    }

    private static boolean isAnswered(List<Fact> facts, ReadinessItem item) {
        return facts.stream().anyMatch(fact -> fact.item() == item);
    }

    /** Held by no system at all, unless an extract has come of the use of force. */
    private void peopleOnly(ReferralPackage pkg) {
        set(ReadinessItem.COMMUNITY_IMPACT_STATEMENT, State.MISSING, null);
        useOfForce(pkg);
        set(ReadinessItem.STATEMENT_QUALITY, State.NOT_APPLICABLE, null);
        set(ReadinessItem.ANCILLARY_ORDERS, State.MISSING, NOBODY_ASKED);
        // Long after the referral, and only where somebody is charged by post.
        set(ReadinessItem.CHARGE_SERVICE, State.NOT_APPLICABLE, null);
        set(ReadinessItem.PLATFORMS, State.MISSING, NOBODY_ASKED);
        // Only where somebody knows of one that the report does not ask for.
        set(ReadinessItem.GROUNDS_SAID, State.NOT_APPLICABLE, Checklist.NONE_ADDED);
    }

    /** A report that came counts; else a paper of it that people added and a scanner found clean. */
    private void useOfForce(ReferralPackage pkg) {
        boolean came = !pkg.useOfForce().isEmpty();
        boolean awaited = pkg.useOfForce().stream().anyMatch(paper -> !paper.complete());
        Long paper = pkg.documents().stream()
                .filter(document -> document.kind().equals("use-of-force"))
                .map(ReferralPackage.Document::number)
                .findFirst()
                .orElse(null);
        set(
                ReadinessItem.USE_OF_FORCE,
                state(came || paper != null),
                awaited
                        ? "Statements of staff are still to come."
                        : came
                                ? null
                                : paper != null
                                        ? "As a paper: document " + paper + "."
                                        : "Use of force has no interface: ask the prison.");
    }

    /** Where there is no incident report: the force is told beside the charge, the prison by its own item. */
    private void report(ReferralPackage pkg) {
        if (pkg.incident() != null && ChargeAlone.isType(pkg.incident().type())) {
            Readiness charges = items.get(ReadinessItem.ADJUDICATION_HISTORY);
            set(ReadinessItem.ADJUDICATION_HISTORY, charges.state(), ChargeAlone.NO_REPORT);
            set(
                    ReadinessItem.PLATFORMS,
                    State.MISSING,
                    "There is no incident report in IRS: ask the prison to write it.");
        }
    }

    private void unread(int charges) {
        if (charges > 0) {
            String note = items.get(ReadinessItem.ADJUDICATION_HISTORY).note();
            set(
                    ReadinessItem.ADJUDICATION_HISTORY,
                    State.MISSING,
                    (note == null ? "" : note + " ") + "Charges that could not be read and are not in the package: "
                            + charges + ". Ask the prison.");
        }
    }

    private void set(ReadinessItem item, State state, @Nullable String note) {
        items.put(item, new Readiness(item, state, note));
    }

    private static State state(boolean present) {
        return present ? State.PRESENT : State.MISSING;
    }
}
