package sallyport.ledger.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.CasePerson;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.adjudication.Charges;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.triage.Matter;
import sallyport.mappings.triage.Signal;
import sallyport.mappings.triage.Signals;

/**
 * What charges and alerts that the ledger holds say about the people of a case whose part its report leaves open. Two queries, whoever
 * is in it; what cannot be read says nothing here, it is parked where it was read.
 */
final class CaseSignals {

    /** More people than this are a disorder, and nobody reads it person by person. */
    private static final int MOST_PEOPLE = 50;

    private static final String CHARGES =
            """
            SELECT v.raw FROM source_record s JOIN source_version v ON v.id = s.latest_version
             WHERE s.system = 'adjudications' AND s.record_id = ANY(:numbers) AND s.gone_at IS NULL AND v.erased_by IS NULL
             ORDER BY s.record_id
            """;

    private static final String ALERTS =
            """
            SELECT prisoner_number, code FROM prisoner_alert
             WHERE prisoner_number = ANY(:numbers) AND active_from <= current_date
               AND (active_to IS NULL OR active_to > current_date)
             ORDER BY prisoner_number, code
            """;

    private final JdbcClient jdbc;

    CaseSignals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Signal> of(String family, String prison, @Nullable Instant occurred, List<CasePerson> people) {
        if (occurred == null || !IncidentFamilies.all().contains(family)) {
            return List.of();
        }
        Map<String, Suspects.Part> parts = new LinkedHashMap<>();
        for (CasePerson person : people) {
            if (!person.former() && parts.size() < MOST_PEOPLE) {
                Arrays.stream(PrisonerRole.values())
                        .filter(role -> role.name().equals(person.role()))
                        .forEach(role -> Matter.add(parts, person.prisonerNumber(), Suspects.part(role, family)));
            }
        }
        if (parts.isEmpty()) {
            return List.of();
        }
        String[] numbers = parts.keySet().toArray(String[]::new);
        List<Adjudication> charges = new ArrayList<>();
        jdbc.sql(CHARGES)
                .param("numbers", numbers)
                .query((row, n) -> row.getBytes(1))
                .list()
                .forEach(raw -> charges.addAll(read(raw)));
        List<Signals.Alert> alerts = jdbc.sql(ALERTS)
                .param("numbers", numbers)
                .query((row, n) -> new Signals.Alert(row.getString(1), row.getString(2)))
                .list();
        return Signals.of(new Matter(family, prison, occurred, parts), charges, List.of(), alerts);
    }

    private static List<Adjudication> read(byte[] raw) {
        try {
            return Charges.read(raw).all();
        } catch (Rejected unreadable) {
            return List.of();
        }
    }
}
