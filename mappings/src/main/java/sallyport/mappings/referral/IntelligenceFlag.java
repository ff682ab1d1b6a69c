package sallyport.mappings.referral;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.intelligence.HandlingCodes;
import sallyport.mappings.intelligence.IntelligenceUnits;
import sallyport.mappings.referral.ReferralPackage.Intelligence;
import sallyport.mappings.referral.ReferralPackage.IntelligenceContact;

/** What a package says of intelligence: that there is some, and whom to ask, as far as the handling codes of the notices allow it. */
public final class IntelligenceFlag {

    private IntelligenceFlag() {}

    /** A notice that fits the case. */
    public record Notice(String handling, String prison, String unit) {}

    /**
     * Null when nobody has said anything that may be passed on. A notice whose code does not let the force know leaves no trace.
     *
     * @param word a person's; null where nobody was asked
     */
    public static @Nullable Intelligence of(@Nullable Boolean word, Collection<Notice> notices) {
        List<IntelligenceContact> contacts = notices.stream()
                .flatMap(notice -> contact(notice).stream())
                .distinct()
                .sorted(Comparator.comparing(IntelligenceContact::prison)
                        .thenComparing(IntelligenceContact::unit)
                        .thenComparing(IntelligenceContact::handling))
                .toList();
        if (contacts.isEmpty()) {
            return word == null ? null : new Intelligence(word, List.of());
        }
        return new Intelligence(true, contacts);
    }

    /** A code or a unit that the tables do not have any more is told to nobody. */
    private static Optional<IntelligenceContact> contact(Notice notice) {
        return HandlingCodes.find(notice.handling())
                .filter(HandlingCodes.HandlingCode::toForce)
                .flatMap(code -> IntelligenceUnits.find(notice.unit())
                        .map(name -> new IntelligenceContact(code.code(), notice.prison(), notice.unit(), name)));
    }
}
