package sallyport.simulators.world;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sallyport.simulators.journal.CsvTable;

/** The establishments of England and Wales and their forces, from the table. */
public final class Prisons {

    /** Closed, but still known to the register: a referral from here has no force. */
    public static final String CLOSED = "WOI";

    private final List<Prison> all;
    private final Map<String, List<Prison>> byForce;

    private Prisons(List<Prison> all) {
        this.all = all;
        this.byForce = all.stream()
                .filter(prison -> !prison.boundary())
                .collect(Collectors.groupingBy(Prison::force, TreeMap::new, Collectors.toList()));
    }

    public static Prisons read() {
        return new Prisons(CsvTable.rows("prison-to-force.csv").stream()
                .map(Prisons::prison)
                .toList());
    }

    private static Prison prison(Map<String, String> row) {
        return new Prison(
                row.get("nomis_id"),
                row.get("name"),
                row.get("type"),
                row.get("category"),
                row.get("gender"),
                "Y".equals(row.get("contracted")),
                row.get("town"),
                row.get("postcode"),
                row.get("pnc_force_code"),
                row.get("police_force"),
                "D?".equals(row.get("evidence")));
    }

    public List<Prison> all() {
        return all;
    }

    public List<Prison> boundary() {
        return all.stream().filter(Prison::boundary).toList();
    }

    /** Force codes in order, each with its prisons that are beyond doubt its own. */
    public Map<String, List<Prison>> byForce() {
        return byForce;
    }

    public Prison byId(String id) {
        return all.stream()
                .filter(prison -> prison.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no prison " + id));
    }
}
