package sallyport.mappings.phonereport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sallyport.mappings.incident.IncidentReport;
import sallyport.mappings.time.LondonTime;

/**
 * How well an incident report fits a telephone report: no key is shared between the two, so it is a score with its reasons
 * ({@code sallyport/phonereport/points.csv}).
 *
 * @param reportId of the incident report
 * @param score 0 to 100
 * @param reasons what speaks for it and against it; a score that is cut off at either end is less or more than their sum
 */
public record PhoneMatch(String reportId, int score, List<Reason> reasons) {

    private static final int ALIKE = 50;
    private static final int SOMEWHAT_ALIKE = 25;
    private static final int MOST_FURTHER = 2;
    private static final Duration HOUR_OF_OCTOBER = Duration.ofHours(1);

    public PhoneMatch {
        reasons = List.copyOf(reasons);
    }

    /** One reason, a row of the table. */
    public record Reason(String code, int points) {

        @Override
        public String toString() {
            return code + (points < 0 ? " " : " +") + points;
        }
    }

    /** As it is stored and shown: codes and numbers only. */
    public String explained() {
        return reasons.stream().map(Reason::toString).collect(Collectors.joining(", "));
    }

    /** How far an incident may be from the time that was told: beyond it nothing is a candidate. */
    public static Duration furthestApart() {
        return Duration.ofMinutes(Points.inForce().mostMinutes()).plus(HOUR_OF_OCTOBER);
    }

    /** Empty when the incident report is none that may have been meant: another prison, or another time. */
    public static Optional<PhoneMatch> of(PhoneReport told, IncidentReport incident) {
        Points points = Points.inForce();
        Optional<Reason> time = points.apart(apart(told.occurredAt(), incident.incidentDateAndTime()));
        if (!told.prison().equals(incident.location()) || time.isEmpty()) {
            return Optional.empty();
        }
        List<Reason> reasons = new ArrayList<>(List.of(points.of(Points.SAME_PRISON), time.get()));
        if (!told.families().isEmpty()) {
            boolean same = told.families().contains(incident.family());
            reasons.add(points.of(same ? Points.SAME_TYPE : Points.OTHER_TYPE));
        }
        addPrisoners(reasons, points, told, incident);
        int shared = TellingWords.shared(
                TellingWords.of(told.summary()), TellingWords.of(incident.title() + "\n" + incident.description()));
        if (shared >= SOMEWHAT_ALIKE) {
            reasons.add(points.of(shared >= ALIKE ? Points.WORDS_ALIKE : Points.WORDS_SOMEWHAT_ALIKE));
        }
        int sum = reasons.stream().mapToInt(Reason::points).sum();
        return Optional.of(new PhoneMatch(incident.id(), Math.max(0, Math.min(100, sum)), reasons));
    }

    private static void addPrisoners(List<Reason> reasons, Points points, PhoneReport told, IncidentReport incident) {
        Set<String> involved = new TreeSet<>();
        incident.prisonersInvolved()
                .forEach(prisoner ->
                        involved.add(prisoner.prisonerNumber().strip().toUpperCase(Locale.ROOT)));
        if (told.prisoners().isEmpty() || involved.isEmpty()) {
            return;
        }
        long both = told.prisoners().stream().filter(involved::contains).count();
        if (both > 0) {
            reasons.add(points.of(Points.SAME_PRISONER));
            for (long more = 1; more < both && more <= MOST_FURTHER; more++) {
                reasons.add(points.of(Points.FURTHER_PRISONER));
            }
        } else if (told.unreadableNumbers() == 0) {
            reasons.add(points.of(Points.OTHER_PRISONERS));
        }
    }

    /** A time that October repeats may be either. */
    private static long apart(LondonTime one, LondonTime other) {
        long seconds = seconds(one.instant(), other.instant());
        if (one.ambiguous()) {
            seconds = Math.min(seconds, seconds(one.instant().plus(HOUR_OF_OCTOBER), other.instant()));
        }
        if (other.ambiguous()) {
            seconds = Math.min(seconds, seconds(one.instant(), other.instant().plus(HOUR_OF_OCTOBER)));
        }
        return seconds;
    }

    private static long seconds(Instant one, Instant other) {
        // Beyond any year that a report can name no duration overflows.
        return Math.abs(one.getEpochSecond() - other.getEpochSecond());
    }

    /**
     * When a match is made without a person.
     *
     * @param link at least this score
     * @param lead and at least so much more than the next best
     * @param ask below this score nobody is asked either
     */
    public record Policy(int link, int lead, int ask) {

        public Policy {
            if (ask < 1 || link < ask || link > 100 || lead < 1 || lead > 100) {
                throw new IllegalArgumentException("1 <= ask <= link <= 100 and 1 <= lead <= 100");
            }
        }
    }

    /** What becomes of a telephone report. */
    public enum Verdict {
        /** The first match is the one. */
        LINK,
        /** A person says which it is, or that it is none of them. */
        ASK,
        /** No incident report fits, so far. */
        WAIT
    }

    /** @param matches best first; those that nobody is asked about are left out */
    public record Choice(Verdict verdict, List<PhoneMatch> matches) {

        public Choice {
            matches = List.copyOf(matches);
        }

        /** @param refused reports that a person has said are not meant */
        public static Choice of(PhoneReport told, List<IncidentReport> incidents, Set<String> refused, Policy policy) {
            List<PhoneMatch> matches = incidents.stream()
                    .filter(incident -> !refused.contains(incident.id()))
                    .flatMap(incident -> PhoneMatch.of(told, incident).stream())
                    .filter(match -> match.score() >= policy.ask())
                    .sorted(Comparator.comparingInt(PhoneMatch::score)
                            .reversed()
                            .thenComparing(PhoneMatch::reportId))
                    .toList();
            if (matches.isEmpty()) {
                return new Choice(Verdict.WAIT, matches);
            }
            int best = matches.get(0).score();
            boolean alone = matches.size() == 1 || best - matches.get(1).score() >= policy.lead();
            return new Choice(best >= policy.link() && alone ? Verdict.LINK : Verdict.ASK, matches);
        }
    }
}
