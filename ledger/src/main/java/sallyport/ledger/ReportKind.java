package sallyport.ledger;

import java.util.Optional;
import java.util.Set;

/** Reports that belong to an incident report and share no key with it. */
public enum ReportKind {
    /** What a prison told by telephone; the incident report follows. */
    TELEPHONE(
            SourceKey.TELEPHONE_REPORTS,
            Step.TELEPHONE_MATCH,
            4,
            "TELEPHONE_REPORT",
            "telephone-report",
            "telephone report"),
    /** What a prison reported of the use of force in an incident. */
    USE_OF_FORCE(
            SourceKey.USE_OF_FORCE, Step.USE_OF_FORCE_MATCH, 2, "USE_OF_FORCE", "use-of-force", "use of force report");

    private final String system;
    private final Step step;
    private final int daysAround;
    private final String task;
    private final String target;
    private final String words;

    ReportKind(String system, Step step, int daysAround, String task, String target, String words) {
        this.system = system;
        this.step = step;
        this.daysAround = daysAround;
        this.task = task;
        this.target = target;
        this.words = words;
    }

    /** Of its source records. */
    public String system() {
        return system;
    }

    /** Looks which incident report one belongs to; its key is the record id. */
    public Step step() {
        return step;
    }

    /** How many days before and after it an incident report may lie: one more than a match may be away, since days are London's. */
    public int daysAround() {
        return daysAround;
    }

    /** Kind of its work items. */
    public String task() {
        return task;
    }

    /** What one is called in sentences. */
    public String words() {
        return words;
    }

    /** What commands and work items call one. */
    public String target(long record) {
        return target + "/" + record;
    }

    /** Subject of the work item that asks which incident report it belongs to. */
    public String which(long record) {
        return target(record) + "/which";
    }

    /** Subject of the work item that says that its incident report has not come in time. */
    public String notFollowed(long record) {
        return target(record) + "/not-followed";
    }

    public Set<String> subjects(long record) {
        return Set.of(which(record), notFollowed(record));
    }

    /** Of what a command is about, if it is about such a report. */
    public static Optional<ReportKind> ofTarget(String target) {
        for (ReportKind kind : values()) {
            if (target.startsWith(kind.target + "/")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The row that a command's target names. */
    public long record(String of) {
        return Long.parseLong(of.substring(target.length() + 1));
    }
}
