package sallyport.ledger;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which rungs of the receipt ladder are awaited, from whom and by when. Supplied by the application; asked often. */
public interface ReceiptPolicy {

    /** No rung is awaited. */
    ReceiptPolicy NONE = (lane, channel, caseClass, withdrawal) -> List.of();

    /**
     * What is awaited from now on: the first rung when a package is promised, the others when a channel has accepted it.
     *
     * @param channel that accepted it; null when it is only promised
     * @param withdrawal whether the package takes the case back
     */
    List<Awaited> awaited(String lane, @Nullable String channel, CaseClass caseClass, boolean withdrawal);

    /**
     * @param owner who must act when it does not come: one of the constants below
     * @param warn after which it is marked as soon due
     * @param overdue after which a person gets a task; longer than {@code warn}
     */
    record Awaited(Rung rung, String owner, Duration warn, Duration overdue) {

        public static final String OPERATOR = "hub-operator";
        public static final String CRIME_DESK = "force-crime-desk";
        public static final String PRISON = "prison";

        public Awaited {
            if (warn.isNegative() || overdue.compareTo(warn) < 0) {
                throw new IllegalArgumentException("a rung warns first and is overdue then");
            }
        }
    }
}
