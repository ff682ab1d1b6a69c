package sallyport.mappings.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import sallyport.mappings.Rejected;
import sallyport.mappings.adjudication.Adjudication;
import sallyport.mappings.casenote.CaseNotePage;
import sallyport.mappings.event.DomainEvent;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.prisoner.Prisoner;
import sallyport.mappings.prisoneralert.PrisonerAlertPage;
import sallyport.mappings.prisonregister.Prison;
import sallyport.mappings.triage.Triage;
import sallyport.mappings.triage.Verdict;

class AnyValidPayloadTest {

    private static final Map<String, Consumer<byte[]>> READERS = Map.of(
            "incidents", IncidentReport::read,
            "casenotes", CaseNotePage::read,
            "adjudications", Adjudication::readAll,
            "alerts", raw -> PrisonerAlertPage.read(page(raw)),
            "prisoner-search", Prisoner::readAll,
            "prison-register", Prison::readAll);

    /** The facts are about alerts; the page around them, of which the contract requires nothing, is the connector's to check. */
    private static byte[] page(byte[] alerts) {
        return ("{\"content\":" + new String(alerts, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** A payload of one of the systems. */
    record Payload(String system, JsonNode json) {

        void read() {
            READERS.get(system).accept(ValidPayloads.bytes(json));
        }

        @Override
        public String toString() {
            String text = json.toString();
            return system + " " + text.substring(0, Math.min(text.length(), 2_000));
        }
    }

    @Provide
    Arbitrary<Payload> payloads() {
        return Arbitraries.of(ContractFacts.SYSTEMS)
                .flatMap(system -> new ValidPayloads(system).arbitrary().map(json -> new Payload(system, json)));
    }

    @Provide
    Arbitrary<JsonNode> reports() {
        return new ValidPayloads("incidents").arbitrary();
    }

    @Property(tries = 3_000)
    void isRead(@ForAll("payloads") Payload payload) {
        payload.read();
    }

    @Property(tries = 1_000)
    void keepsEveryPersonQuestionAndTimeOfAReport(@ForAll("reports") JsonNode json) {
        IncidentReport report = IncidentReport.read(ValidPayloads.bytes(json));

        assertThat(report.id()).isEqualToIgnoringCase(json.get("id").asText());
        assertThat(report.modifiedAt().text()).isEqualTo(json.get("modifiedAt").asText());
        assertThat(report.title()).hasSameSizeAs(json.get("title").asText());
        assertThat(report.prisonersInvolved())
                .hasSize(json.get("prisonersInvolved").size());
        assertThat(report.questions()).hasSize(json.get("questions").size());
        assertThat(report.history()).hasSize(json.get("history").size());
        assertThat(json.get("type").asText()).startsWith(report.family() + "_");
        Suspects people = Suspects.of(report);
        assertThat(people.suspects().size()
                        + people.victims().size()
                        + people.witnesses().size()
                        + people.subjects().size()
                        + people.involved().size())
                .isEqualTo(report.prisonersInvolved().size());
        assertThat(people.staffSuspects().size()
                        + people.staffVictims().size()
                        + people.staffWitnesses().size())
                .isEqualTo(report.staffInvolved().size());
    }

    @Property(tries = 1_000)
    void getsOneVerdictWithReasons(@ForAll("reports") JsonNode json) {
        IncidentReport report = IncidentReport.read(ValidPayloads.bytes(json));

        Verdict verdict = Triage.rules().decide(report);

        assertThat(verdict.reasons()).isNotEmpty();
        assertThat(verdict.explanationJson())
                .isEqualTo(Triage.rules().decide(report).explanationJson());
        if (report.emptiedByTypeChange()) {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.NEEDS_REVIEW);
        }
    }

    @Property(tries = 3_000)
    void spoiltInOnePlaceItIsReadOrRejectedWithThatPlace(@ForAll("payloads") Payload payload, @ForAll Random random) {
        spoil(payload.json(), random);

        try {
            payload.read();
        } catch (Rejected rejected) {
            assertThat(rejected.code()).isIn("schema-invalid", "unknown-code", "unknown-incident-type");
            assertThat(rejected.where()).startsWith("/");
        }
    }

    @Property(tries = 1_000)
    void bytesOfAnyKindAreReadOrRejected(@ForAll @Size(max = 200) byte[] bytes) {
        List<Consumer<byte[]>> readers = new ArrayList<>(READERS.values());
        readers.add(DomainEvent::read);
        for (Consumer<byte[]> reader : readers) {
            try {
                reader.accept(bytes);
            } catch (Rejected rejected) {
                assertThat(rejected.code()).isIn("not-json", "schema-invalid");
            }
        }
    }

    /** Removes, empties or replaces one value somewhere in the tree. */
    private static void spoil(JsonNode json, Random random) {
        List<ContainerNode<?>> containers = new ArrayList<>();
        collect(json, containers);
        if (containers.isEmpty()) {
            return;
        }
        JsonNode wrong = List.<JsonNode>of(
                        JsonNodeFactory.instance.nullNode(),
                        JsonNodeFactory.instance.numberNode(1.5),
                        JsonNodeFactory.instance.textNode("NOT_A_CODE\u0000"),
                        JsonNodeFactory.instance.booleanNode(true),
                        JsonNodeFactory.instance.arrayNode().add(1),
                        JsonNodeFactory.instance.objectNode())
                .get(random.nextInt(6));
        ContainerNode<?> target = containers.get(random.nextInt(containers.size()));
        if (target instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextBoolean()) {
                object.remove(name);
            } else {
                object.set(name, wrong);
            }
        } else if (target instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), wrong);
        }
    }

    private static void collect(JsonNode json, List<ContainerNode<?>> containers) {
        if (json instanceof ContainerNode<?> container && !container.isEmpty()) {
            containers.add(container);
            container.forEach(child -> collect(child, containers));
        }
    }
}
