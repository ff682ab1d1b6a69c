package sallyport.mappings.useofforce;

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
 * How well an incident report fits a use of force report: no key is shared between the two, so it is a score with its reasons
 * ({@code sallyport/useofforce/points.csv}).
 *
 * @param reportId of the incident report
 * @param score 0 to 100
 * @param reasons what speaks for it and against it; a score that is cut off at either end is less or more than their sum
 */
public record UseOfForceMatch(String reportId, int score, List<Reason> reasons) {

    private static final Duration HOUR_OF_OCTOBER = Duration.ofHours(1);

    public UseOfForceMatch {
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

    /** Empty when the incident report cannot be the matter: another prison, or another time. */
    public static Optional<UseOfForceMatch> of(UseOfForceReport used, IncidentReport incident) {
        Points points = Points.inForce();
        Optional<Reason> time = points.apart(apart(used.occurredAt(), incident.incidentDateAndTime()));
        if (!used.prison().equals(incident.location()) || time.isEmpty()) {
            return Optional.empty();
        }
        List<Reason> reasons = new ArrayList<>(List.of(points.of(Points.SAME_PRISON), time.get()));
        Set<String> involved = new TreeSet<>();
        incident.prisonersInvolved()
                .forEach(prisoner ->
                        involved.add(prisoner.prisonerNumber().strip().toUpperCase(Locale.ROOT)));
        if (!involved.isEmpty()) {
            reasons.add(points.of(
                    involved.contains(used.prisonerNumber()) ? Points.SAME_PRISONER : Points.OTHER_PRISONERS));
        }
        Set<String> families = families(used);
        if (!families.isEmpty()) {
            reasons.add(points.of(families.contains(incident.family()) ? Points.FITTING_REASON : Points.OTHER_REASON));
        }
        int sum = reasons.stream().mapToInt(Reason::points).sum();
        return Optional.of(new UseOfForceMatch(incident.id(), Math.max(0, Math.min(100, sum)), reasons));
    }

    private static Set<String> families(UseOfForceReport used) {
        Set<String> families = new TreeSet<>();
        used.reasons().forEach(reason -> families.addAll(Reasons.families(reason)));
        return families;
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
     * When a match is made without a person ({@code sallyport/useofforce/thresholds.csv}).
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

        public static Policy inForce() {
            return Points.policyInForce();
        }
    }

    /** What becomes of a use of force report. */
    public enum Verdict {
        /** The first match is the one. */
        LINK,
        /** A person says which it is, or that it is none of them. */
        ASK,
        /** No incident report fits, so far. */
        WAIT
    }

    /** @param matches best first; those that nobody is asked about are left out */
    public record Choice(Verdict verdict, List<UseOfForceMatch> matches) {

        public Choice {
            matches = List.copyOf(matches);
        }

        /**
         * One that is being written, or was deleted, waits.
         *
         * @param refused reports that a person has said are not meant
         */
        public static Choice of(
                UseOfForceReport used, List<IncidentReport> incidents, Set<String> refused, Policy policy) {
            if (!used.counts()) {
                return new Choice(Verdict.WAIT, List.of());
            }
            List<UseOfForceMatch> matches = incidents.stream()
                    .filter(incident -> !refused.contains(incident.id()))
                    .flatMap(incident -> UseOfForceMatch.of(used, incident).stream())
                    .filter(match -> match.score() >= policy.ask())
                    .sorted(Comparator.comparingInt(UseOfForceMatch::score)
                            .reversed()
                            .thenComparing(UseOfForceMatch::reportId))
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
