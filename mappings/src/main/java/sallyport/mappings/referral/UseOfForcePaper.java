package sallyport.mappings.referral;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.referral.ReferralPackage.When;

/**
 * A use of force report that belongs to the incident, and what it lists: who used force on whom, why and with what, who was hurt, and
 * which statements there are. The words of the statements stay where they are, to be asked for.
 *
 * @param reportId its number at the use of force service, to be quoted
 * @param prisonerNumber against whom force was used
 * @param prisonerRole that prisoner's part in the incident report; absent where it does not name them
 * @param complete whether every statement has been written
 * @param primaryReason code, among {@code reasons}
 * @param planned absent: the form does not say
 * @param staff names of those who used force
 * @param witnesses names
 * @param witnessesNamed how many, for whom the names are not; absent in packages of before it was said
 * @param means what was drawn or used: BATON_DRAWN, BATON_USED, PAVA_DRAWN, PAVA_USED, TASER_DRAWN, HANDCUFFS
 * @param weapons that the prisoner was seen with, in words
 * @param injuryFormBy who filled in the form of injuries (F213)
 */
public record UseOfForcePaper(
        String reportId,
        String prisonerNumber,
        ReferralPackage.@Nullable Role prisonerRole,
        When occurred,
        @Nullable When submitted,
        boolean complete,
        @Nullable String primaryReason,
        List<String> reasons,
        @Nullable Boolean planned,
        @Nullable String authorisedBy,
        List<String> staff,
        List<String> witnesses,
        @Nullable Integer witnessesNamed,
        List<String> means,
        List<String> weapons,
        @Nullable Boolean prisonerInjured,
        @Nullable Boolean prisonerInHospital,
        @Nullable String injuryFormBy,
        List<Treated> staffTreated,
        List<Listed> statements) {

    public UseOfForcePaper {
        reasons = listOf(reasons);
        staff = listOf(staff);
        witnesses = listOf(witnesses);
        means = listOf(means);
        weapons = listOf(weapons);
        staffTreated = listOf(staffTreated);
        statements = listOf(statements);
    }

    // Absent and empty lists are written alike, so a package read back has to compare equal.
    private static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** @param hospital absent: the form does not say */
    public record Treated(String name, @Nullable Boolean hospital) {}

    /**
     * A statement that exists, or is awaited.
     *
     * @param author absent where the extract does not name them, or they asked to be taken out
     * @param state SUBMITTED, PENDING: it is awaited, or REMOVAL_REQUESTED: whoever was to write it asked to be taken out
     * @param amendments how often something was added
     */
    public record Listed(@Nullable String author, String state, @Nullable When submitted, int amendments) {}
}
