package sallyport.ledger.engine;

import sallyport.ledger.Finding;

/** What can be wrong with the evidence log, in words. */
final class Findings {

    private Findings() {}

    static Finding changed(long entry, long id) {
        return new Finding(
                "entry-changed",
                entry,
                id,
                null,
                "Entry " + entry + " (row " + id + ") was changed after it was written.");
    }

    static Finding missing(long entry) {
        return new Finding("entry-missing", entry, null, null, "Entry " + entry + " is missing: it was removed.");
    }

    static Finding outOfOrder(long entry, long id) {
        return new Finding(
                "entry-out-of-order",
                entry,
                id,
                null,
                "Entry " + entry + " (row " + id
                        + ") does not follow the one before it: entries were exchanged, put in or" + " removed here.");
    }

    static Finding twice(long entry, long id) {
        return new Finding(
                "entry-twice", entry, id, null, "Entry " + entry + " is there twice: row " + id + " was put in.");
    }

    static Finding foreign(long entry, long id) {
        return new Finding(
                "entry-foreign", entry, id, null, "Row " + id + " bears the number " + entry + ", which no entry has.");
    }

    static Finding cutOff(long first, long signed, long checkpoint) {
        return new Finding(
                "entries-cut-off",
                first,
                null,
                checkpoint,
                "The log ends before entry " + first + ", and checkpoint " + checkpoint + " says that it went to "
                        + signed + ": the rest was cut off.");
    }

    static Finding rewritten(long first, long last, long checkpoint) {
        return new Finding(
                "entries-rewritten",
                first,
                null,
                checkpoint,
                "The log was rewritten: what checkpoint " + checkpoint + " signed of entry " + last
                        + " is not what is there. The first changed entry is one of " + first + " to " + last + ".");
    }

    static Finding prunedElsewhere(long entry, long id) {
        return new Finding(
                "entry-changed",
                entry,
                id,
                null,
                "Entry " + entry + " (row " + id + ") is not the one up to which the log is said to be cut off.");
    }

    static Finding checkpoint(String code, long checkpoint, String what) {
        return new Finding("checkpoint-" + code, null, null, checkpoint, "Checkpoint " + checkpoint + " " + what);
    }
}
