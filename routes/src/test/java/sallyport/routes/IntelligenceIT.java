package sallyport.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sallyport.simulators.prison.IntelligenceUnit.HEADER;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import sallyport.Casebook;
import sallyport.Casebook.Case;
import sallyport.TestHub;
import sallyport.simulators.prison.IntelligenceUnit;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.Oddity;

/** A notice that intelligence exists reaches the force as a flag, or, where its code says so, nobody but the unit; its words reach nobody. */
class IntelligenceIT {

    private static final String CANARY = "Wharf4f1c under the third stair";

    private final TestHub hub = TestHub.shared();
    private final IntelligenceUnit unit = hub.simulators().intelligenceUnit();
    private final Casebook cases = new Casebook(hub);

    @BeforeEach
    void leaveTheCasesOpen() {
        cases.leaveOpen();
    }

    @AfterEach
    void letThemBeClosed() {
        cases.letThemBeClosed();
    }

    @Test
    void aNoticeIsInTheSupplementAndGoesWhenItIsTakenBack() {
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy("ihub"));
        Case known = cases.awaitDelivered(incident, 1);
        assertThat(cases.canonical(known, 1).path("intelligence").isMissingNode())
                .isTrue();

        drop(unit.ofIncident(incident, "P"));
        cases.awaitDelivered(incident, 2);

        assertThat(cases.canonical(known, 2).at("/intelligence/available").booleanValue())
                .isTrue();
        assertThat(cases.canonical(known, 2).at("/intelligence/contacts/0").toString())
                .isEqualTo("{\"handling\":\"P\",\"prison\":\"" + incident.prison()
                        + "\",\"unit\":\"SIU\",\"unitName\":\"Security and intelligence unit\"}");
        assertThat(Traces.records(Traces.whole(hub, known, 2), "/intelligence"))
                .containsExactly("intelligence-notices " + IntelligenceUnit.reference(incident));
        assertThat(cases.count(
                        "SELECT count(*) FROM evidence WHERE kind = 'COLLECTION' AND detail = ?",
                        "intelligence-notices/" + IntelligenceUnit.reference(incident)))
                .isEqualTo(1);

        drop(unit.withdrawal(incident));
        cases.awaitDelivered(incident, 3);
        assertThat(cases.canonical(known, 3).path("intelligence").isMissingNode())
                .isTrue();
    }

    @Test
    void ofARestrictedNoticeTheForceHearsNothing() {
        IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy("ihub"));
        Case known = cases.awaitDelivered(incident, 1);

        drop(unit.ofPrisoner(incident, "C"));

        String subject = IntelligenceUnit.reference(incident) + "/" + known.reference();
        await("a work item for the unit")
                .atMost(Duration.ofSeconds(90))
                .until(() ->
                        cases.count("SELECT count(*) FROM task WHERE kind = 'INTELLIGENCE' AND subject = ?", subject)
                                == 1);
        cases.awaitQuiet(known);
        assertThat(cases.deliveries(incident)).hasSize(1);
        assertThat(cases.canonical(known, 1).path("intelligence").isMissingNode())
                .isTrue();
    }

    @Test
    void aListWithContentIsRefusedAndItsWordsAreNowhereButBesideIt() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try {
            IncidentRecord incident = cases.order(Oddity.NONE, cases.prisonReachedBy("ihub"));
            long before = rejected();

            unit.drop(
                    "canary Wharf4f1c.csv",
                    (HEADER.strip() + ",content\r\n"
                                    + unit.ofIncident(incident, "P").strip() + "," + CANARY + "\r\n")
                            .getBytes(UTF_8));
            unit.drop(
                    "some.csv",
                    (HEADER
                                    + unit.ofIncident(incident, "P")
                                    + unit.ofIncident(incident, CANARY)
                                    + unit.ofIncident(incident, "P").replace("SIU", CANARY))
                            .getBytes(UTF_8));

            await("both are in rejected").until(() -> rejected() == before + 2);
            await("the good row is taken")
                    .until(() -> cases.count(
                                    "SELECT count(*) FROM source_record WHERE system = 'intelligence-notices' AND record_id = ?",
                                    IntelligenceUnit.reference(incident))
                            == 1);
            assertThat(everythingStored()).isNotEmpty().noneMatch(text -> text.contains("Wharf4f1c"));
            assertThat(log.list).noneMatch(event -> event.toString().contains("Wharf4f1c"));
            assertThat(hub.getUnknown("/actuator/prometheus").body()).doesNotContain("Wharf4f1c");
            try (Stream<Path> files = Files.list(unit.directory().resolve("rejected"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".why.txt"))
                                .map(IntelligenceIT::text)
                                .toList())
                        .anyMatch(why -> why.contains("unknown-column at /rows/1/12"))
                        .anyMatch(why -> why.contains("row 3: unknown-handling-code at /rows/3/handling")
                                && why.contains("row 4: unknown-unit at /rows/4/contact"))
                        .noneMatch(why -> why.contains("Wharf4f1c"));
            }
        } finally {
            root.detachAppender(log);
        }
    }

    private void drop(String rows) {
        unit.drop("notices.csv", (HEADER + rows).getBytes(UTF_8));
    }

    private long rejected() throws IOException {
        Path rejected = unit.directory().resolve("rejected");
        if (!Files.isDirectory(rejected)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(rejected)) {
            return files.filter(file -> !file.toString().endsWith(".why.txt")).count();
        }
    }

    /** Every row of every table, as text, and the bytes that may be text. */
    private List<String> everythingStored() {
        return hub
                .jdbc()
                .sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                .query(String.class)
                .list()
                .stream()
                .flatMap(table -> hub
                        .jdbc()
                        .sql("SELECT t::text FROM " + table + " t WHERE t::text LIKE '%Wharf4f1c%' OR t::text LIKE '%"
                                + hex("Wharf4f1c") + "%' OR t::text LIKE '%SP-%' LIMIT 50")
                        .query(String.class)
                        .list()
                        .stream())
                .map(text -> text.contains(hex("Wharf4f1c")) ? "Wharf4f1c" : text)
                .toList();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
