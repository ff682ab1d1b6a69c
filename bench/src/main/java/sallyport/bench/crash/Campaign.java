package sallyport.bench.crash;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import sallyport.bench.crash.LedgerView.InFlight;
import sallyport.bench.crash.LedgerView.Unknown;
import sallyport.ledger.FaultPoint;

/** Strikes an installation, keeps account of what was under way each time, and compares when all has come to rest. */
final class Campaign {

    private static final Duration FOR_A_POINT = Duration.ofSeconds(15);
    private static final Set<FaultPoint> IN_TURNS = EnumSet.of(
            FaultPoint.CURSOR_ADVANCED,
            FaultPoint.CHAIN_WRITTEN,
            FaultPoint.CHECKPOINT_SIGNED,
            FaultPoint.CHECKPOINT_PUBLISHED,
            FaultPoint.MID_PURGE);
    private static final int AGED = 40;
    /** A duty of one node's falls to the other one when its lease is over. */
    private static final Duration FOR_A_TURN = Duration.ofSeconds(45);

    /** A hub looks ten times a second at what it is armed with. */
    private static final long UNTIL_NOTICED = 300;

    private static final Duration FOR_WORK = Duration.ofSeconds(10);
    private static final Duration PAST_THE_LEASE = Installation.LANE_LEASE.plusSeconds(4);

    private final Installation installation;
    private final LedgerView ledger;
    private final List<Account> accounts = new ArrayList<>();
    private final Set<Long> onTheWire = new HashSet<>();
    private final List<Window> drops = new ArrayList<>();
    private final Map<FaultPoint, Integer> reached = new EnumMap<>(FaultPoint.class);

    Campaign(Installation installation) {
        this.installation = installation;
        this.ledger = installation.ledger();
    }

    /** What one strike met. */
    record Account(Strike strike, InFlight inFlight, String what, double seconds) {

        @Override
        public String toString() {
            return "%s, in flight: %d claimed, %d being sent, %d waiting; took %.1f s"
                    .formatted(what, inFlight.claimed(), inFlight.sending(), inFlight.waiting(), seconds);
        }
    }

    private record Window(long from, long to) {

        boolean holds(long time) {
            return from <= time && time <= to;
        }
    }

    /** Who is to be struck works before it; who is down after it has been started again, and may still be starting. */
    Account strike(Strike strike) throws Exception {
        long start = System.nanoTime();
        HubNode victim = installation.hub(strike.hub());
        HubNode other = installation.hub(1 - strike.hub());
        cutLate(victim);
        cutLate(other);
        victim.awaitUp(Installation.START);
        if (strike.kind().needsBoth()) {
            other.awaitUp(Installation.START);
        }
        Waits.pause(strike.after());
        String what = strike + " on " + victim.name();
        InFlight inFlight;
        Duration clock = Duration.ZERO;
        switch (strike.kind()) {
            case KILL -> inFlight = kill(victim);
            case CLOCK -> {
                clock = Duration.ofMinutes(strike.nth() % 2 == 0 ? 7 : -7);
                what += ", next life " + clock.toMinutes() + " min wrong";
                inFlight = kill(victim);
            }
            case BOTH -> {
                what = strike + " hubs";
                awaitWork();
                victim.process().kill();
                other.process().kill();
                inFlight = after(victim, other);
            }
            case HALT -> {
                boolean there = halt(strike, victim, other);
                what += there ? "" : ", not reached: killed";
                inFlight = after(victim, other);
            }
            case FREEZE -> {
                awaitWork();
                inFlight = frozen(victim, () -> {});
            }
            case HALT_FROZEN -> {
                provoke(point(strike));
                victim.arm(point(strike), strike.nth(), true);
                boolean there = Waits.within(FOR_A_POINT, victim.process()::isFrozen);
                victim.disarm();
                what += there ? "" : ", not reached: frozen";
                count(strike, there);
                inFlight = frozen(victim, () -> {});
            }
            case FREEZE_AND_KILL -> {
                awaitWork();
                inFlight = frozen(victim, () -> {
                    other.process().kill();
                    onTheWire.addAll(ledger.sendingBy(other.node()));
                    other.start();
                });
            }
            case DATABASE -> {
                inFlight = awaitWork();
                installation.strikeDatabase(Duration.ofMillis(strike.after()));
                what = strike.toString();
            }
            case BROKER -> {
                inFlight = awaitWork();
                installation.strikeBroker(Duration.ofMillis(strike.after()));
                what = strike.toString();
            }
            case DROP -> inFlight = dropping(victim);
            case DISK_FULL -> {
                ledger.diskIsFull(true);
                Waits.pause(1000);
                inFlight = kill(victim);
                Waits.pause(500);
                ledger.diskIsFull(false);
            }
            default -> throw new IllegalStateException(strike.toString());
        }
        if (strike.kind() == Strike.Kind.HALT) {
            Waits.pause(UNTIL_NOTICED);
        }
        standAgain(victim, clock);
        standAgain(other, Duration.ZERO);
        Account account = new Account(strike, inFlight, what, (System.nanoTime() - start) / 1e9);
        accounts.add(account);
        return account;
    }

    /** A point that both hubs were armed with may cut the second one before it notices that it was disarmed again. */
    private void cutLate(HubNode hub) throws SQLException {
        if (hub.process().wasCut()) {
            standAgain(hub, Duration.ZERO);
        }
    }

    private void standAgain(HubNode hub, Duration clock) throws SQLException {
        if (!hub.process().isAlive()) {
            onTheWire.addAll(ledger.sendingBy(hub.node()));
            hub.start(clock);
        }
    }

    /** What only one node does at a time may never come by on one of them: then the other one is struck as well. */
    private boolean halt(Strike strike, HubNode victim, HubNode other) throws SQLException {
        FaultPoint point = point(strike);
        provoke(point);
        boolean inTurns = IN_TURNS.contains(point);
        victim.arm(point, inTurns ? 1 : strike.nth(), false);
        if (inTurns) {
            other.arm(point, 1, false);
        }
        boolean there = Waits.within(
                inTurns ? FOR_A_TURN : FOR_A_POINT,
                () -> !victim.process().isAlive() || !other.process().isAlive());
        victim.disarm();
        other.disarm();
        count(strike, there);
        if (!there) {
            victim.process().kill();
        }
        return there;
    }

    /** No record of a young ledger is past its term by itself. */
    private void provoke(FaultPoint point) throws SQLException {
        if (point == FaultPoint.MID_PURGE) {
            ledger.age(AGED);
        }
    }

    private void count(Strike strike, boolean there) {
        if (there) {
            reached.merge(point(strike), 1, Integer::sum);
        }
    }

    private static FaultPoint point(Strike strike) {
        return Objects.requireNonNull(strike.point(), "a halt has a point");
    }

    private InFlight kill(HubNode victim) throws SQLException {
        awaitWork();
        victim.process().kill();
        return after(victim);
    }

    /** What the dead have left: their claims stand until the leases are over. */
    private InFlight after(HubNode... victims) throws SQLException {
        InFlight inFlight = ledger.inFlight();
        for (HubNode victim : victims) {
            if (!victim.process().isAlive()) {
                onTheWire.addAll(ledger.sendingBy(victim.node()));
            }
        }
        return inFlight;
    }

    private interface Meanwhile {
        void happens() throws SQLException;
    }

    private InFlight frozen(HubNode victim, Meanwhile meanwhile) throws SQLException {
        victim.process().freeze();
        InFlight inFlight = ledger.inFlight();
        onTheWire.addAll(ledger.sendingBy(victim.node()));
        meanwhile.happens();
        Waits.pause(PAST_THE_LEASE.toMillis());
        victim.process().thaw();
        return inFlight;
    }

    private InFlight dropping(HubNode victim) throws Exception {
        Partners partners = installation.partners();
        long from = System.currentTimeMillis();
        partners.drop("ihub", true);
        partners.drop("tracker", true);
        int before = partners.arrivals().size();
        Waits.within(Duration.ofSeconds(4), () -> partners.arrivals().size() > before + 1);
        InFlight inFlight = kill(victim);
        partners.drop("tracker", false);
        partners.drop("ihub", false);
        // What was being sent just before also breaks off; what begins later has been answered.
        drops.add(new Window(from - 10_000, System.currentTimeMillis() + 1000));
        return inFlight;
    }

    /** An idle moment proves nothing: waits a little until something is under way. */
    private InFlight awaitWork() throws SQLException {
        long until = System.nanoTime() + FOR_WORK.toNanos();
        InFlight now = ledger.inFlight();
        while (now.underWay() == 0 && System.nanoTime() - until < 0) {
            now = ledger.inFlight();
        }
        return now;
    }

    /**
     * Lets everything that the partners still have to say happen now, and waits until nothing is under way.
     *
     * @return what is unfinished after that time; nothing, as a rule
     */
    List<String> drain(Duration patience) throws Exception {
        for (HubNode hub : installation.hubs()) {
            cutLate(hub);
            hub.awaitUp(Installation.START);
        }
        installation.partners().settle();
        Waits.within(patience, () -> {
            boolean rests =
                    installation.partners().rest() && ledger.unfinished().isEmpty();
            if (rests) {
                // A step may just be asking for the next one.
                Waits.pause(300);
                rests = installation.partners().rest() && ledger.unfinished().isEmpty();
            }
            return rests;
        });
        List<String> unfinished = new ArrayList<>(ledger.unfinished());
        if (!installation.partners().rest()) {
            unfinished.add("partners " + installation.partners().standing());
        }
        return unfinished;
    }

    List<Account> accounts() {
        return accounts;
    }

    Map<FaultPoint, Integer> reached() {
        return reached;
    }

    /** Parked unknown effects of which no strike can say that they were on the wire. */
    List<Unknown> unexplained() throws SQLException {
        return ledger.unknown().stream()
                .filter(each -> !onTheWire.contains(each.attempt()))
                .filter(each -> drops.stream().noneMatch(drop -> drop.holds(each.started())))
                .toList();
    }

    /** How often each kind struck, for the record. */
    Set<String> kinds() {
        Set<String> kinds = new LinkedHashSet<>();
        for (Strike.Kind kind : Strike.Kind.values()) {
            long times = accounts.stream()
                    .filter(account -> account.strike().kind() == kind)
                    .count();
            if (times > 0) {
                kinds.add(kind + " " + times);
            }
        }
        return kinds;
    }
}
