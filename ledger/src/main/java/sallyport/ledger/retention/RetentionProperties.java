package sallyport.ledger.retention;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sallyport.retention.*}: how long each kind of record is kept, counted in whole days that end at midnight UTC. A value that
 * cannot be meant stops the start with one line that names it; there is no value for "for ever".
 *
 * @param every the pause between two looks for what is due
 * @param batch how many records one transaction erases at most
 * @param rowsPerRun how many records of one kind one run erases at most; the next run goes on
 * @param maxShare which part of all records of a kind may go in one run without a person's word
 * @param maxShareFrom a run that erases no more records than this is never refused for its share
 * @param maxClockDifference by how much this node's clock and the database's may differ
 * @param unreferredReports reports that became no case, since the last that was heard of them
 * @param watchedReports drafts that nobody finished, since the last that was heard of them
 * @param looseRecords records of other systems that belong to no case, since they were fetched
 * @param renderings the bytes that were sent, since the case's delivery or end
 * @param packages packages of closed cases, since the case's end
 * @param closedCases closed and withdrawn cases, since anything happened to them
 * @param deliveredCases delivered cases without a closing outcome, since anything happened to them
 * @param internalCases cases kept internal, since anything happened to them
 * @param outcomes officer and reason of outcomes, since they were applied
 * @param inbound messages of partners, since they came
 * @param attempts tries to send, since they ended
 * @param hints domain events, since they came; longer than a queue can hold one back
 * @param work finished work, since its last run
 * @param commands what people asked for, since it was carried out
 * @param tasks closed tasks, since they were closed
 * @param tallies counts per day
 * @param sourceLists a prison system's own list of a day
 * @param manifests a force's manifest of a day
 * @param unusedNotes case notes that a person asked for and nobody chose for the package, since they came or were left out
 * @param evidence entries of the evidence log; not shorter than any case is kept
 */
@ConfigurationProperties("sallyport.retention")
public record RetentionProperties(
        @DefaultValue("15m") Duration every,
        @DefaultValue("500") int batch,
        @DefaultValue("100000") int rowsPerRun,
        @DefaultValue("0.25") double maxShare,
        @DefaultValue("200") int maxShareFrom,
        @DefaultValue("1m") Duration maxClockDifference,
        @DefaultValue("90d") Duration unreferredReports,
        @DefaultValue("365d") Duration watchedReports,
        @DefaultValue("90d") Duration looseRecords,
        @DefaultValue("90d") Duration renderings,
        @DefaultValue("2192d") Duration packages,
        @DefaultValue("3653d") Duration closedCases,
        @DefaultValue("3653d") Duration deliveredCases,
        @DefaultValue("730d") Duration internalCases,
        @DefaultValue("3653d") Duration outcomes,
        @DefaultValue("365d") Duration inbound,
        @DefaultValue("730d") Duration attempts,
        @DefaultValue("30d") Duration hints,
        @DefaultValue("30d") Duration work,
        @DefaultValue("3653d") Duration commands,
        @DefaultValue("730d") Duration tasks,
        @DefaultValue("1096d") Duration tallies,
        @DefaultValue("1096d") Duration sourceLists,
        @DefaultValue("1096d") Duration manifests,
        @DefaultValue("28d") Duration unusedNotes,
        @DefaultValue("4018d") Duration evidence) {

    private static final Duration LONGEST = Duration.ofDays(36_525);
    /** A queue of the event service holds a message back for 14 days at most: one that comes again later would be new. */
    private static final Duration LONGER_THAN_A_QUEUE = Duration.ofDays(15);

    public RetentionProperties {
        require(every.compareTo(Duration.ofSeconds(1)) >= 0, "every must be at least 1s");
        require(batch >= 1 && batch <= 5_000, "batch must be between 1 and 5000");
        require(rowsPerRun >= batch, "rows-per-run must not be smaller than batch");
        require(maxShare > 0 && maxShare <= 1, "max-share must be above 0 and at most 1");
        require(maxShareFrom >= 0, "max-share-from must not be negative");
        require(
                maxClockDifference.compareTo(Duration.ofSeconds(1)) >= 0
                        && maxClockDifference.compareTo(Duration.ofHours(1)) <= 0,
                "max-clock-difference must be between 1s and 1h");
        term("unreferred-reports", unreferredReports);
        term("watched-reports", watchedReports);
        term("loose-records", looseRecords);
        term("renderings", renderings);
        term("packages", packages);
        term("closed-cases", closedCases);
        term("delivered-cases", deliveredCases);
        term("internal-cases", internalCases);
        term("outcomes", outcomes);
        term("inbound", inbound);
        term("attempts", attempts);
        term("hints", hints);
        term("work", work);
        term("commands", commands);
        term("tasks", tasks);
        term("tallies", tallies);
        term("source-lists", sourceLists);
        term("manifests", manifests);
        term("unused-notes", unusedNotes);
        term("evidence", evidence);
        require(
                hints.compareTo(LONGER_THAN_A_QUEUE) >= 0,
                "hints must be at least 15d: a queue may bring one that old");
        for (Duration cases : List.of(closedCases, deliveredCases, internalCases)) {
            require(evidence.compareTo(cases) >= 0, "evidence must not be shorter than any case is kept");
        }
    }

    /** How long this kind is kept. */
    public Duration term(Kept kept) {
        return switch (kept) {
            case UNREFERRED_REPORTS -> unreferredReports;
            case WATCHED_REPORTS -> watchedReports;
            case LOOSE_RECORDS -> looseRecords;
            case RENDERINGS -> renderings;
            case PACKAGES -> packages;
            case CLOSED_CASES -> closedCases;
            case DELIVERED_CASES -> deliveredCases;
            case INTERNAL_CASES -> internalCases;
            case OUTCOMES -> outcomes;
            case INBOUND -> inbound;
            case ATTEMPTS -> attempts;
            case HINTS -> hints;
            case WORK -> work;
            case COMMANDS -> commands;
            case TASKS -> tasks;
            case TALLIES -> tallies;
            case SOURCE_LISTS -> sourceLists;
            case MANIFESTS -> manifests;
            case UNUSED_NOTES -> unusedNotes;
            case EVIDENCE -> evidence;
        };
    }

    /** The policy in words, as certificates and pages say it. */
    public String policy(Kept kept) {
        return kept.label() + ", kept for " + term(kept).toDays() + " days";
    }

    private static void term(String name, Duration term) {
        require(
                term.compareTo(Duration.ofDays(1)) >= 0
                        && term.compareTo(LONGEST) <= 0
                        && term.equals(Duration.ofDays(term.toDays())),
                name + " must be whole days, from 1d to 36525d, not " + term);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("sallyport.retention." + otherwise);
        }
    }
}
