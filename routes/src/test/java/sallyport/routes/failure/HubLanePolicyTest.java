package sallyport.routes.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import sallyport.connectors.police.forces.Forces;
import sallyport.ledger.AfterUnknown;
import sallyport.ledger.CaseClass;
import sallyport.ledger.Failure;
import sallyport.ledger.LanePolicy.Rate;

/** Ladders, limits and breakers, as the settings say. */
class HubLanePolicyTest {

    private static final Failure DOWN = new Failure(Failure.Kind.UNAVAILABLE, "connection-refused", null, "down", null);

    private final HubLanePolicy policy = policy(Map.of("sallyport.ladders.jitter", "0"));

    private static HubLanePolicy policy(Map<String, String> settings) {
        var binder = new Binder(new MapConfigurationPropertySource(settings));
        LadderProperties ladders = binder.bindOrCreate("sallyport.ladders", LadderProperties.class);
        LaneProperties lanes = binder.bindOrCreate("sallyport.lanes", LaneProperties.class);
        return new HubLanePolicy(ladders, lanes, new LaneBreakers(lanes, new SimpleMeterRegistry()), Forces.none());
    }

    @Test
    void theRoutineClassClimbsForADayAndIhubGivesUpAfterSixSends() {
        assertThat(ladder("force:46", "cjse", CaseClass.ROUTINE))
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofHours(4),
                        Duration.ofHours(12),
                        Duration.ofHours(24));
        assertThat(ladder("force:46", "ihub", CaseClass.ROUTINE)).hasSize(5);
        assertThat(ladder("force:46", "ihub", CaseClass.IMMEDIATE))
                .containsExactly(
                        Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    @Test
    void aForceThatSaysWhatItHasIsAskedAndNobodyElse(@TempDir Path directory) throws Exception {
        String manifest = "\"manifest\":{\"url\":\"https://force.example/manifests\",\"asked\":%s,"
                + "\"key\":\"MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"},";
        String force =
                "{\"code\":\"%s\",\"channels\":[\"ihub\"],\"ihub\":{\"url\":\"https://force.example\",\"key\":\"k\","
                        + "\"secret\":\"s\",\"forceIdentifier\":\"1\",\"brand\":\"1\",\"dedupes\":%s},%s\"certificateSubjects\":[]}";
        Forces forces = Forces.read(Files.writeString(
                directory.resolve("forces.json"),
                "{\"forces\":["
                        + String.join(
                                ",",
                                force.formatted("46", false, manifest.formatted(true)),
                                force.formatted("06", false, manifest.formatted(false)),
                                force.formatted("01", true, manifest.formatted(true)))
                        + "]}"));
        LadderProperties ladders = LADDERS.bindOrCreate("sallyport.ladders", LadderProperties.class);
        LaneProperties lanes = LADDERS.bindOrCreate("sallyport.lanes", LaneProperties.class);
        var asking = new HubLanePolicy(ladders, lanes, new LaneBreakers(lanes, new SimpleMeterRegistry()), forces);
        Failure unknown = new Failure(Failure.Kind.UNKNOWN, "no-answer", null, "none", null);

        assertThat(asking.afterUnknown("force:46", "ihub")).isEqualTo(AfterUnknown.ASK);
        assertThat(asking.afterUnknown("force:06", "ihub")).isEqualTo(AfterUnknown.PARK);
        assertThat(asking.afterUnknown("force:01", "ihub")).isEqualTo(AfterUnknown.RESEND);
        assertThat(asking.nextSend("force:46", "ihub", CaseClass.ROUTINE, 1, unknown))
                .contains(Duration.ofMinutes(3));
        // That the manifest cannot be read is an ordinary failure with an ordinary ladder.
        assertThat(asking.nextSend("force:46", "ihub", CaseClass.ROUTINE, 1, DOWN))
                .contains(Duration.ofSeconds(10));
    }

    private static final Binder LADDERS =
            new Binder(new MapConfigurationPropertySource(Map.of("sallyport.ladders.jitter", "0")));

    @Test
    void oneLaneMayHaveALadderAndLimitsOfItsOwn() {
        HubLanePolicy own = policy(Map.of(
                "sallyport.ladders.jitter", "0",
                "sallyport.lanes.only.force-46.routine", "1s,2s",
                "sallyport.lanes.only.force-46.concurrency", "1",
                "sallyport.lanes.only.force-46.per-second", "5",
                "sallyport.lanes.only.force-46.last-patience.routine", "3h",
                "sallyport.lanes.only.feed-regional-north.per-second", "500"));

        assertThat(ladder(own, "force:46", "cjse", CaseClass.ROUTINE))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(ladder(own, "force:06", "cjse", CaseClass.ROUTINE)).hasSize(7);
        assertThat(own.concurrency("force:46")).isEqualTo(1);
        assertThat(own.concurrency("force:06")).isEqualTo(4);
        assertThat(own.rate("force:46")).contains(new Rate(5, 1));
        assertThat(own.rate("feed:regional-north")).contains(new Rate(500, 50));
        assertThat(own.rate("force:06")).isEqualTo(Optional.empty());
        assertThat(own.patience("force:46", "cjse", CaseClass.ROUTINE, true)).isEqualTo(Duration.ofHours(3));
        assertThat(own.patience("force:06", "cjse", CaseClass.ROUTINE, true)).isEqualTo(Duration.ofHours(48));
        assertThat(own.patience("force:46", "ihub", CaseClass.IMMEDIATE, false)).isEqualTo(Duration.ofMinutes(20));
        assertThat(own.patience("tracker", "rest", CaseClass.ROUTINE, true)).isNull();
    }

    @Test
    void waitsAreSpreadByTheJitterAndNeverShorterThanThePartnerAsked() {
        HubLanePolicy spread = policy(Map.of());
        for (int i = 0; i < 200; i++) {
            assertThat(spread.nextSend("force:46", "cjse", CaseClass.ROUTINE, 2, DOWN)
                            .orElseThrow()
                            .toMillis())
                    .isCloseTo(60_000, within(6_000L));
        }
        Failure asked = new Failure(Failure.Kind.UNAVAILABLE, "http-503", null, "later", Duration.ofHours(3));
        assertThat(policy.nextSend("force:46", "cjse", CaseClass.ROUTINE, 1, asked))
                .contains(Duration.ofHours(3));
        assertThat(policy.nextSend("force:46", "cjse", CaseClass.IMMEDIATE, 1, asked))
                .contains(Duration.ofSeconds(10));
    }

    @Test
    void aSuspendedVerbIsNoSend() {
        Failure suspended = new Failure(Failure.Kind.UNAVAILABLE, HubFailurePolicy.SUSPENDED, null, "off", null);

        assertThat(policy.nextSend("force:46", "cjse", CaseClass.ROUTINE, 99, suspended))
                .isPresent();
    }

    @Test
    void onlyWhereThePartnerKnowsAMessageAgainIsItSentAgain() {
        assertThat(policy.afterUnknown("force:46", "cjse")).isEqualTo(AfterUnknown.RESEND);
        assertThat(policy.afterUnknown("force:46", "ihub")).isEqualTo(AfterUnknown.PARK);
        assertThat(policy.afterUnknown("tracker", "rest")).isEqualTo(AfterUnknown.RESEND);
        assertThat(policy.afterUnknown("feed:regional-north", "queue")).isEqualTo(AfterUnknown.RESEND);
    }

    @Test
    void aBreakerOpensForItsChannelOfItsLaneAndLetsProbesThroughAfterAPause() {
        HubLanePolicy quick = policy(Map.of("sallyport.lanes.breaker.pause", "50ms"));
        for (int i = 0; i < 5; i++) {
            quick.ended("force:46", "ihub", DOWN);
        }
        assertThat(quick.permits("force:46", "ihub")).isZero();
        assertThat(quick.permits("force:46", "cjse")).isEqualTo(Integer.MAX_VALUE);
        assertThat(quick.permits("force:06", "ihub")).isEqualTo(Integer.MAX_VALUE);

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> quick.permits("force:46", "ihub") == 2);
        quick.ended("force:46", "ihub", null);
        quick.ended("force:46", "ihub", null);
        assertThat(quick.permits("force:46", "ihub")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatAPartnerRefusesAndWhatIsOurFaultOpenNoBreaker() {
        for (Failure failure : List.of(
                new Failure(Failure.Kind.REJECTED, "http-422", "/data", "refused", null),
                new Failure(Failure.Kind.DEFECT, "NullPointerException", null, "Delivery.java:1", null),
                new Failure(Failure.Kind.UNAVAILABLE, HubFailurePolicy.SUSPENDED, null, "off", null),
                new Failure(Failure.Kind.UNAVAILABLE, "lease-expired", null, "late", null))) {
            for (int i = 0; i < 40; i++) {
                policy.ended("force:46", "ihub", failure);
            }
            assertThat(policy.permits("force:46", "ihub")).as(failure.code()).isEqualTo(Integer.MAX_VALUE);
        }
    }

    private List<Duration> ladder(String lane, String channel, CaseClass caseClass) {
        return ladder(policy, lane, channel, caseClass);
    }

    private static List<Duration> ladder(HubLanePolicy policy, String lane, String channel, CaseClass caseClass) {
        return java.util.stream.IntStream.rangeClosed(1, 20)
                .mapToObj(attempt -> policy.nextSend(lane, channel, caseClass, attempt, DOWN))
                .flatMap(Optional::stream)
                .toList();
    }
}
