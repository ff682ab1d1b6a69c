package sallyport.mappings.event;

import java.util.HashMap;
import java.util.Map;
import sallyport.mappings.table.CsvTable;

/** What a domain event leads to, by its type; the table says why where it is nothing. */
public enum EventWork {
    /** The incident report is fetched. */
    INCIDENT,
    /** Open cases are known under another number. */
    PERSON_NUMBER,
    /** Case notes of people in open cases are read again. */
    CASE_NOTE,
    /** Charges of people in open cases, or with a charge at the police, are read again. */
    CHARGE,
    /** Charges are read whoever it is about. */
    REFERRED,
    /** Alerts of people in open cases are read again. */
    ALERT,
    /** Packages of approved cases in which the person is are looked at again. */
    PERSON,
    /** It is counted and nothing else. */
    COUNTED;

    private static final String ANY = "*";

    private static final Map<String, EventWork> BY_TYPE = read();

    /** A type that has no row, nor one that stands for it, is counted. */
    public static EventWork of(DomainEvent event) {
        EventWork work = ofType(event.eventType());
        return work == REFERRED && !event.referredToPolice() ? CHARGE : work;
    }

    static EventWork ofType(String type) {
        EventWork exact = BY_TYPE.get(type);
        if (exact != null) {
            return exact;
        }
        for (int dot = type.lastIndexOf('.'); dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
            EventWork those = BY_TYPE.get(type.substring(0, dot + 1) + ANY);
            if (those != null) {
                return those;
            }
        }
        return COUNTED;
    }

    private static Map<String, EventWork> read() {
        Map<String, EventWork> works = new HashMap<>();
        CsvTable.rows("sallyport/event/event-types.csv")
                .forEach(row -> works.put(row.get("type"), EventWork.valueOf(row.get("work"))));
        return Map.copyOf(works);
    }
}
