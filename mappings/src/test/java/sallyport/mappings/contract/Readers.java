package sallyport.mappings.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.document.PrisonDocument;
import sallyport.mappings.event.DomainEvent;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.prisoneralert.PrisonerAlertPage;
import sallyport.mappings.prisonregister.Prison;

/** Who reads what a system sends, by the name of its fact file; {@code domain-events} has none. */
final class Readers {

    static final String DOMAIN_EVENTS = "domain-events";

    private static final Map<String, Function<byte[], Object>> BY_SYSTEM = new TreeMap<>(Map.of(
            "incidents",
            IncidentReport::read,
            "casenotes",
            CaseNotePage::read,
            "adjudications",
            Adjudication::readAll,
            "alerts",
            raw -> PrisonerAlertPage.read(page(raw)),
            "prisoner-search",
            Prisoner::readAll,
            "prison-register",
            Prison::readAll,
            "documents",
            PrisonDocument::readPage,
            DOMAIN_EVENTS,
            DomainEvent::read));

    static final List<String> ALL = List.copyOf(BY_SYSTEM.keySet());

    private Readers() {}

    static Object read(String system, byte[] payload) {
        return BY_SYSTEM.get(system).apply(payload);
    }

    /** The facts are about alerts; the page around them, of which the contract requires nothing, is the connector's to check. */
    private static byte[] page(byte[] alerts) {
        byte[] before = "{\"content\":".getBytes(StandardCharsets.UTF_8);
        byte[] page = new byte[before.length + alerts.length + 1];
        System.arraycopy(before, 0, page, 0, before.length);
        System.arraycopy(alerts, 0, page, before.length, alerts.length);
        page[page.length - 1] = '}';
        return page;
    }
}
