package sallyport.mappings.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which prison, which force and what else a row of a policy table is for; {@code *} is for all. Of several rows that apply the one that
 * fits best counts: one that names the prison before one that names the force before one that names neither.
 *
 * @param more what else the table tells apart, such as a family of incidents; {@code *} where it tells nothing else apart
 */
public record AppliesTo(String prison, String force, String more) {

    public static final String ANY = "*";

    /**
     * Of a row with columns {@code prison} and {@code force}.
     *
     * @throws IllegalArgumentException when one of them is neither {@code *} nor of the form
     */
    public static AppliesTo read(Map<String, String> row, String more) {
        String prison = row.getOrDefault("prison", "");
        String force = row.getOrDefault("force", "");
        if (!prison.matches("[*]|[A-Z0-9]{2,6}") || !force.matches("[*]|[0-9]{2}")) {
            throw new IllegalArgumentException(
                    "names a prison by its NOMIS id and a force by its two digits, or * for all");
        }
        return new AppliesTo(prison, force, more);
    }

    /** @param force two digits, or null while nobody knows it */
    public boolean fits(String prison, @Nullable String force, String more) {
        return in(this.prison, prison) && in(this.force, force) && in(this.more, more);
    }

    private static boolean in(String row, @Nullable String asked) {
        return row.equals(ANY) || row.equals(asked);
    }

    /** The greater the better it fits; 0 for all. */
    public int precision() {
        return (prison.equals(ANY) ? 0 : 4) + (force.equals(ANY) ? 0 : 2) + (more.equals(ANY) ? 0 : 1);
    }
}
