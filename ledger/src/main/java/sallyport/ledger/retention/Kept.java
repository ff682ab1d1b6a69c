package sallyport.ledger.retention;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of record that have a policy each. The name is used in settings, metrics, certificates and addresses. */
public enum Kept {
    /** Incident reports that became no case because they are not referable, were withdrawn, or whose case is erased. */
    UNREFERRED_REPORTS(
            "unreferred-reports", "Raw bytes of reports that are not referable or withdrawn; hash and verdict stay"),
    /** Drafts and reopened reports at the prison that nobody finished. */
    WATCHED_REPORTS("watched-reports", "Raw bytes of drafts that nobody finished; the hash stays"),
    /** Records of other prison systems that belong to no case. */
    LOOSE_RECORDS("loose-records", "Raw bytes of other records that belong to no case; the hash stays"),
    /** The bytes that were sent, per channel. */
    RENDERINGS("renderings", "Bytes as they were sent, of finished cases; hash and receipts stay"),
    PACKAGES("packages", "Content of packages of closed cases; the hash stays"),
    CLOSED_CASES(
            "closed-cases", "Everything personal in cases that are closed or withdrawn; number, state and hashes stay"),
    DELIVERED_CASES("delivered-cases", "Everything personal in delivered cases that no outcome ever closed"),
    INTERNAL_CASES("internal-cases", "Everything personal in cases that were kept internal"),
    /** Why an outcome was what it was, and who said so. */
    OUTCOMES("outcomes", "Officer and reason of outcomes; type, date and reference stay"),
    INBOUND("inbound", "Messages of partners as they came; hash and judgement stay"),
    ATTEMPTS("attempts", "Tries to send of finished cases; the count stays with what was sent"),
    HINTS("hints", "Domain events"),
    WORK("work", "Finished work inside the hub"),
    COMMANDS("commands", "What people asked for and was carried out"),
    TASKS("tasks", "Tasks that are closed and about no case; a case's go with it"),
    TALLIES("tallies", "Counts per day"),
    SOURCE_LISTS(
            "source-lists",
            "What a prison system said, day by day, that it has; those days cannot be accounted for any more"),
    MANIFESTS("manifests", "What a force said, day by day, that it has received"),
    /** Those that a person asked for and nobody chose for the package. */
    UNUSED_NOTES("unused-notes", "Case notes that somebody asked for and nobody chose; the hash stays"),
    EVIDENCE("evidence", "Entries of the evidence log; the chain stays verifiable");

    private final String label;
    private final String what;

    Kept(String label, String what) {
        this.label = label;
        this.what = what;
    }

    /** As in settings and addresses: {@code unreferred-reports}. */
    public String label() {
        return label;
    }

    /** One line that says what goes and what stays. */
    public String what() {
        return what;
    }

    public static Optional<Kept> of(String label) {
        return Arrays.stream(values()).filter(kept -> kept.label.equals(label)).findFirst();
    }
}
