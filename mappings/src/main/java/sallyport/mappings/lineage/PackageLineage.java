package sallyport.mappings.lineage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where every value of one package came from.
 *
 * @param mappingVersion that built the package
 * @param ruleVersion that judged the report
 * @param tracedBy the mapping version and the hash of the table by which the values were traced
 * @param fields one for each value, in the order of the package
 */
public record PackageLineage(
        String caseReference,
        int version,
        @Nullable String mappingVersion,
        @Nullable String ruleVersion,
        String tracedBy,
        List<FieldOrigin> fields) {

    public PackageLineage {
        fields = List.copyOf(fields);
    }
}
