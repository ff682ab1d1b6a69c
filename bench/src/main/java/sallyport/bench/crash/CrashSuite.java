package sallyport.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sallyport.bench.crash.Campaign.Account;
import sallyport.bench.crash.LedgerView.Unknown;
import sallyport.ledger.FaultPoint;

/**
 * Kills an installation again and again while it works, and counts what was lost, doubled and out of order. Ends with 0 when nothing
 * was, when at least nine kills in ten met work under way, when everything came to rest before each comparison, and when a minute after
 * the last kill nothing was unfinished.
 */
public final class CrashSuite {

    private static final int COMPARE_EVERY = 10;
    private static final Duration AFTER_THE_LAST = Duration.ofSeconds(60);
    private static final Duration AT_MOST = Duration.ofMinutes(4);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<String> doubled = new LinkedHashSet<>();
    private final Set<String> disordered = new LinkedHashSet<>();
    private int stalls;
    private final int kills;
    private final long seed;
    private final int rate;

    private CrashSuite(int kills, long seed, int rate) {
        this.kills = kills;
        this.seed = seed;
        this.rate = rate;
    }

    /** Arguments: how many kills, the seed, incidents a minute, the directory of the jars, the directory for data. */
    public static void main(String[] arguments) {
        int status = 1;
        try {
            var suite = new CrashSuite(
                    Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
            Path data = Path.of(arguments[4]).resolve(STAMP.format(Instant.now()));
            status = suite.run(Programs.from(Path.of(arguments[3])), data) ? 0 : 1;
        } catch (Exception e) {
            System.err.println("crash: the suite itself failed");
            e.printStackTrace();
        }
        System.exit(status);
    }

    private boolean run(Programs programs, Path data) throws Exception {
        say("%d kills, seed %d, %d incidents a minute; data and logs in %s".formatted(kills, seed, rate, data));
        try (Installation installation = new Installation(data, programs, seed, rate)) {
            Campaign campaign = new Campaign(installation);
            int number = 0;
            for (Strike strike : Strike.schedule(seed, kills)) {
                Account account = campaign.strike(strike);
                say("%4d  %s".formatted(++number, account));
                if (number % COMPARE_EVERY == 0 && number < kills) {
                    between(campaign, installation);
                }
            }
            return end(campaign, installation);
        }
    }

    private void between(Campaign campaign, Installation installation) throws Exception {
        long start = System.nanoTime();
        List<String> unfinished = campaign.drain(AT_MOST);
        stalls += unfinished.isEmpty() ? 0 : 1;
        Comparison comparison = compare(installation);
        say("      compared after %.0f s: %d effects, %d lost, %d doubled, %d out of order%s"
                .formatted(
                        (System.nanoTime() - start) / 1e9,
                        comparison.effects(),
                        comparison.lost().size(),
                        comparison.doubled().size(),
                        comparison.disordered().size(),
                        unfinished.isEmpty() ? "" : ", unfinished: " + unfinished));
        installation.partners().goOn();
    }

    private Comparison compare(Installation installation) throws Exception {
        Comparison comparison = Comparison.of(installation);
        list("lost", comparison.lost(), lost);
        list("doubled", comparison.doubled(), doubled);
        list("out of order", comparison.disordered(), disordered);
        return comparison;
    }

    private static void list(String what, List<String> found, Set<String> known) {
        found.stream().filter(known::add).forEach(each -> say("      " + what + ": " + each));
    }

    private boolean end(Campaign campaign, Installation installation) throws Exception {
        long start = System.nanoTime();
        List<String> late = campaign.drain(AFTER_THE_LAST);
        List<String> unfinished = late.isEmpty() ? late : campaign.drain(AT_MOST);
        double rest = (System.nanoTime() - start) / 1e9;
        Comparison comparison = compare(installation);
        List<Unknown> unknown = installation.ledger().unknown();
        List<Unknown> unexplained = campaign.unexplained();
        List<String> parked = installation.ledger().parked();
        long met = campaign.accounts().stream()
                .filter(account -> account.inFlight().underWay() > 0)
                .count();

        say("");
        say("%d kills, %d lost, %d doubled, %d out of order"
                .formatted(kills, lost.size(), doubled.size(), disordered.size()));
        say("%d effects done; strikes: %s".formatted(comparison.effects(), String.join(", ", campaign.kinds())));
        say("work in flight at %d of %d kills (%d %%): %s"
                .formatted(met, kills, met * 100 / kills, inFlight(campaign.accounts())));
        say("points reached: " + campaign.reached() + missing(campaign));
        say("comparisons before which something stood still for %d minutes: %d".formatted(AT_MOST.toMinutes(), stalls));
        say("parked as unknown: %d, of which %d were not on the wire at a strike"
                .formatted(unknown.size(), unexplained.size()));
        unknown.forEach(each -> say("      " + each + (unexplained.contains(each) ? "  NOT ON THE WIRE" : "")));
        say("parked otherwise: " + (parked.isEmpty() ? "nothing" : ""));
        parked.forEach(each -> say("      " + each));
        say(
                late.isEmpty()
                        ? "at rest %.0f s after the last kill".formatted(rest)
                        : "unfinished %d s after the last kill: %d %s; after %.0f s: %s"
                                .formatted(AFTER_THE_LAST.toSeconds(), late.size(), kindsOf(late), rest, unfinished));
        say("seed " + seed + " repeats the schedule");
        keep(installation);
        return lost.isEmpty()
                && doubled.isEmpty()
                && disordered.isEmpty()
                && unexplained.isEmpty()
                && late.isEmpty()
                && stalls == 0
                && parked.stream().noneMatch(each -> each.contains(" DEFECT "))
                && met * 10 >= kills * 9L;
    }

    private static Set<String> kindsOf(List<String> unfinished) {
        return new LinkedHashSet<>(unfinished);
    }

    private static String inFlight(List<Account> accounts) {
        var figures = accounts.stream()
                .mapToLong(account -> account.inFlight().underWay())
                .summaryStatistics();
        return "%d to %d rows, %.1f on average".formatted(figures.getMin(), figures.getMax(), figures.getAverage());
    }

    private static String missing(Campaign campaign) {
        List<FaultPoint> missing = new ArrayList<>(Strike.POINTS);
        missing.removeAll(campaign.reached().keySet());
        return missing.isEmpty() ? "" : "; not reached: " + missing;
    }

    /** What was found, beside the logs. */
    private void keep(Installation installation) throws IOException {
        List<String> lines = new ArrayList<>();
        lost.forEach(each -> lines.add("lost: " + each));
        doubled.forEach(each -> lines.add("doubled: " + each));
        disordered.forEach(each -> lines.add("out of order: " + each));
        Files.write(installation.data().resolve("findings.txt"), lines);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
