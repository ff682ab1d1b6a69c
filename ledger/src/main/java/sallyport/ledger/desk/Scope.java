package sallyport.ledger.desk;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Whose cases a person may see: those of the prisons and those of the forces named here. {@code *} on either side sees all, an
 * empty scope sees nothing.
 */
public record Scope(Set<String> prisons, Set<String> forces) {

    /** Stands for every prison, or every force. */
    public static final String ALL = "*";

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,8}");

    /** @throws IllegalArgumentException when a code is neither {@code *} nor 1 to 8 upper-case letters and digits */
    public Scope {
        prisons = Set.copyOf(prisons);
        forces = Set.copyOf(forces);
        for (var codes : List.of(prisons, forces)) {
            for (var code : codes) {
                if (!code.equals(ALL) && !CODE.matcher(code).matches()) {
                    throw new IllegalArgumentException("a scope holds codes of prisons and forces, or *");
                }
            }
        }
    }

    public static Scope everything() {
        return new Scope(Set.of(ALL), Set.of(ALL));
    }

    public static Scope nothing() {
        return new Scope(Set.of(), Set.of());
    }

    public boolean seesEverything() {
        return prisons.contains(ALL) || forces.contains(ALL);
    }

    /** The condition for rows of {@code referral_case} under this alias; {@link #bind} supplies its parameters. For the ledger's own queries. */
    public static String covers(String alias) {
        return "(:scopeAll OR %1$s.prison = ANY(string_to_array(:scopePrisons, ',')) OR %1$s.force = ANY(string_to_array(:scopeForces, ',')))"
                .formatted(alias);
    }

    public StatementSpec bind(StatementSpec statement) {
        return statement
                .param("scopeAll", seesEverything())
                .param("scopePrisons", String.join(",", prisons))
                .param("scopeForces", String.join(",", forces));
    }
}
