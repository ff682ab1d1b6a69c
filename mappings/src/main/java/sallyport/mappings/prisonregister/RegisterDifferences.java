package sallyport.mappings.prisonregister;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import sallyport.mappings.force.PrisonForce;

/** Where the prison register and the table of prisons and forces do not fit together; the table is the hub's, the register the prisons'. */
public final class RegisterDifferences {

    private static final Set<String> PLACES_WITHOUT_REFERRALS = Set.of("IRC", "STC");

    private RegisterDifferences() {}

    /** What does not fit. */
    public enum Kind {
        /** An active prison that has no row: its incidents wait for a person. */
        NO_FORCE,
        /** A row for a prison that the register calls closed. */
        CLOSED,
        /** A row for a prison that the register does not have. */
        UNKNOWN,
        /** Near a boundary, and the register has another postcode than the one from which the force was found. */
        POSTCODE
    }

    /** @param detail one line for whoever mends it */
    public record Difference(Kind kind, String prisonId, String detail) {

        /** Names it among the work items, the same as long as it lasts. */
        public String subject() {
            return RegisterDifferences.subject(kind, prisonId);
        }
    }

    /** In the order of the prisons' ids. */
    public static List<Difference> between(List<Prison> register, Collection<PrisonForce> table) {
        Map<String, Prison> registered = register.stream()
                .collect(Collectors.toMap(Prison::prisonId, Function.identity(), (one, same) -> one, TreeMap::new));
        Map<String, PrisonForce> rows = table.stream()
                .collect(
                        Collectors.toMap(PrisonForce::prisonId, Function.identity(), (one, same) -> one, TreeMap::new));
        List<Difference> differences = new ArrayList<>();
        for (Prison prison : registered.values()) {
            if (prison.active() && refers(prison) && !rows.containsKey(prison.prisonId())) {
                differences.add(
                        new Difference(
                                Kind.NO_FORCE,
                                prison.prisonId(),
                                "Prison " + prison.prisonId()
                                        + " is open and has no police force in the table of prisons and forces: add a row for it"));
            }
        }
        for (PrisonForce row : rows.values()) {
            compare(row, registered, differences);
        }
        return List.copyOf(differences);
    }

    /** All that could have been a difference of these prisons and is none: their work items are to be closed. */
    public static Set<String> mended(
            List<Prison> register, Collection<PrisonForce> table, Collection<Difference> differences) {
        Set<String> mended = new TreeSet<>();
        for (Kind kind : Kind.values()) {
            register.forEach(prison -> mended.add(subject(kind, prison.prisonId())));
            table.forEach(row -> mended.add(subject(kind, row.prisonId())));
        }
        differences.forEach(difference -> mended.remove(difference.subject()));
        return mended;
    }

    private static void compare(PrisonForce row, Map<String, Prison> registered, List<Difference> differences) {
        Prison prison = registered.get(row.prisonId());
        String id = row.prisonId();
        if (prison == null) {
            differences.add(new Difference(
                    Kind.UNKNOWN,
                    id,
                    "Prison " + id + " has a row in the table of prisons and forces and is not in the register"));
        } else if (!prison.active()) {
            differences.add(new Difference(
                    Kind.CLOSED,
                    id,
                    "Prison " + id
                            + " is closed by the register and has a row in the table of prisons and forces: take it out once"
                            + " its cases are closed"));
        } else if (row.boundary() && !prison.addresses().isEmpty() && !hasPostcode(prison, row.postcode())) {
            differences.add(new Difference(
                    Kind.POSTCODE,
                    id,
                    "Prison " + id
                            + " stands near a boundary of forces, and the register no longer has the postcode from which force "
                            + row.force().value() + " was found: confirm the force, then mend the table"));
        }
    }

    /** Removal centres and training centres are in the register; no incident of theirs is reported to the hub. */
    private static boolean refers(Prison prison) {
        return prison.types().isEmpty() || !PLACES_WITHOUT_REFERRALS.containsAll(prison.types());
    }

    private static boolean hasPostcode(Prison prison, String postcode) {
        return prison.addresses().stream()
                .anyMatch(address -> plain(address.postcode()).equals(plain(postcode)));
    }

    private static String plain(String postcode) {
        return postcode.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    private static String subject(Kind kind, String prisonId) {
        return "register/" + kind + "/" + prisonId;
    }
}
