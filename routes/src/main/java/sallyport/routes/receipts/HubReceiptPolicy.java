package sallyport.routes.receipts;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.ledger.CaseClass;
import sallyport.ledger.ReceiptPolicy;
import sallyport.ledger.Rung;

/** Which rungs each channel can give, and by when: a rung that a channel never gives is not waited for. */
@Component
final class HubReceiptPolicy implements ReceiptPolicy {

    private static final String FORCE = "force:";

    /** What the hub hears back of a package by this channel, besides its acceptance. The force's own words come by any. */
    private static final Map<String, Set<Rung>> GIVEN = Map.of(
            // A 201 comes after the force has stored it: nothing more is said of the package.
            "ihub", Set.of(),
            "cjse", Set.of(Rung.DELIVERED),
            // A mail server tells where it has passed a mail on; nobody tells whether it was opened.
            "secure-mail", Set.of(Rung.RELAYED),
            "file-drop", Set.of(Rung.RETRIEVED),
            "force-queue", Set.of(Rung.DELIVERED));

    private static final Map<Rung, List<Duration>> IMMEDIATE = Map.of(
            Rung.ACCEPTED, List.of(Duration.ofMinutes(15), Duration.ofMinutes(30)),
            Rung.RELAYED, List.of(Duration.ofMinutes(30), Duration.ofHours(1)),
            Rung.DELIVERED, List.of(Duration.ofHours(1), Duration.ofHours(2)),
            Rung.RETRIEVED, List.of(Duration.ofHours(2), Duration.ofHours(4)),
            Rung.CRIME_REFERENCE, List.of(Duration.ofHours(12), Duration.ofHours(24)),
            Rung.OFFICER_ALLOCATED, List.of(Duration.ofHours(24), Duration.ofHours(48)),
            Rung.OUTCOME, List.of(Duration.ofDays(14), Duration.ofDays(28)));

    private static final Map<Rung, List<Duration>> ROUTINE = Map.of(
            Rung.ACCEPTED, List.of(Duration.ofHours(12), Duration.ofHours(48)),
            Rung.RELAYED, List.of(Duration.ofHours(4), Duration.ofHours(24)),
            Rung.DELIVERED, List.of(Duration.ofHours(24), Duration.ofHours(72)),
            Rung.RETRIEVED, List.of(Duration.ofHours(48), Duration.ofDays(5)),
            Rung.CRIME_REFERENCE, List.of(Duration.ofHours(48), Duration.ofHours(72)),
            Rung.OFFICER_ALLOCATED, List.of(Duration.ofDays(5), Duration.ofDays(10)),
            Rung.OUTCOME, List.of(Duration.ofDays(60), Duration.ofDays(90)));

    private final ReceiptProperties properties;

    HubReceiptPolicy(ReceiptProperties properties) {
        this.properties = properties;
    }

    @Override
    public List<Awaited> awaited(String lane, @Nullable String channel, CaseClass caseClass, boolean withdrawal) {
        if (!lane.startsWith(FORCE)) {
            return List.of();
        }
        ReceiptProperties.Own own = properties.of(lane.substring(FORCE.length()));
        return rungs(channel, withdrawal).stream()
                .filter(rung -> !own.never().contains(rung))
                .map(rung -> awaited(rung, own, caseClass == CaseClass.IMMEDIATE))
                .toList();
    }

    private static Set<Rung> rungs(@Nullable String channel, boolean withdrawal) {
        if (channel == null) {
            return Set.of(Rung.ACCEPTED);
        }
        Set<Rung> rungs = EnumSet.noneOf(Rung.class);
        rungs.addAll(GIVEN.getOrDefault(channel, Set.of()));
        if (!withdrawal) {
            rungs.addAll(EnumSet.range(Rung.CRIME_REFERENCE, Rung.OUTCOME));
        }
        return rungs;
    }

    private Awaited awaited(Rung rung, ReceiptProperties.Own own, boolean immediate) {
        List<Duration> times = immediate
                ? own.immediate().getOrDefault(rung, properties.immediate().getOrDefault(rung, IMMEDIATE.get(rung)))
                : own.routine().getOrDefault(rung, properties.routine().getOrDefault(rung, ROUTINE.get(rung)));
        return new Awaited(
                rung,
                rung.compareTo(Rung.DELIVERED) <= 0 ? Awaited.OPERATOR : Awaited.CRIME_DESK,
                times.get(0),
                times.get(1));
    }
}
