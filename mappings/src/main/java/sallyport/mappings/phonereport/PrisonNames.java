package sallyport.mappings.phonereport;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import sallyport.mappings.force.PrisonForce;
import sallyport.mappings.force.PrisonForces;
import sallyport.mappings.identity.PrisonId;

/** A prison by its NOMIS id, or by its name as people write it: {@code HMP Leeds}, {@code Leeds (HMP)}. */
final class PrisonNames {

    private static final Pattern AROUND =
            Pattern.compile("\\b(hmp|hmyoi|yoi|hmpyoi|young offender institution|prison)\\b|[^a-z0-9]+");
    /** A prison that has opened since the table was made. */
    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]{2}");

    private static final Map<String, PrisonId> BY_NAME = read();

    private PrisonNames() {}

    static Optional<PrisonId> find(String text) {
        String id = text.strip().toUpperCase(Locale.ROOT);
        if (ID.matcher(id).matches()) {
            return Optional.of(new PrisonId(id));
        }
        return Optional.ofNullable(BY_NAME.get(plain(text)));
    }

    private static Map<String, PrisonId> read() {
        Map<String, PrisonId> names = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (PrisonForce prison : PrisonForces.all()) {
            String name = plain(prison.prisonName());
            if (names.putIfAbsent(name, new PrisonId(prison.prisonId())) != null) {
                twice.add(name);
            }
        }
        twice.forEach(names::remove);
        return Map.copyOf(names);
    }

    private static String plain(String name) {
        return AROUND.matcher(name.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip()
                .replaceAll(" +", " ");
    }
}
