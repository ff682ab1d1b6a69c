package sallyport.connectors.police.forces;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All forces of this hub, read once at the start and never changed after: the only place where a force code becomes an
 * address and a certificate becomes a force.
 */
public final class Forces {

    private final Map<String, Force> byCode;
    private final Map<String, Force> byCommonName;

    /** Two forces may share neither a code nor a common name: see {@link ForcesFile}. */
    Forces(List<Force> forces) {
        Map<String, Force> codes = new LinkedHashMap<>();
        Map<String, Force> names = new LinkedHashMap<>();
        for (Force force : forces) {
            codes.put(force.code(), force);
            force.certificateSubjects().forEach(commonName -> names.put(commonName, force));
        }
        this.byCode = Collections.unmodifiableMap(codes);
        this.byCommonName = Collections.unmodifiableMap(names);
    }

    /** @throws InvalidForcesFile when the file is missing, unreadable or wrong in any field */
    public static Forces read(Path file) {
        return ForcesFile.read(file);
    }

    /** A hub that is connected to no force yet. */
    public static Forces none() {
        return new Forces(List.of());
    }

    public Optional<Force> byCode(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** Exact match: a common name that only resembles a listed one belongs to nobody. */
    public Optional<Force> byCommonName(String commonName) {
        return Optional.ofNullable(byCommonName.get(commonName));
    }

    /** In the order of the file. */
    public Collection<Force> all() {
        return byCode.values();
    }

    @Override
    public String toString() {
        return "Forces" + byCode.keySet();
    }
}
