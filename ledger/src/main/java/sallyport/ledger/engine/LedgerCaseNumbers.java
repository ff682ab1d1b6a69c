package sallyport.ledger.engine;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import sallyport.ledger.CaseNumbers;

/** Case numbers in blocks of twenty from a sequence; what is left of a block when the process ends is a gap. */
final class LedgerCaseNumbers implements CaseNumbers {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final String BLOCK = "SELECT nextval('case_reference_seq') FROM generate_series(1, 20)";

    private final Database database;
    private final Deque<Long> block = new ArrayDeque<>();

    LedgerCaseNumbers(LedgerNode node) {
        database = node.database();
    }

    @Override
    public CaseNumber next(Instant openedAt) {
        long number = take();
        int year = openedAt.atZone(LONDON).getYear();
        return new CaseNumber(number, String.format(Locale.ROOT, "SP-%d-%06d", year, number));
    }

    private synchronized long take() {
        if (block.isEmpty()) {
            block.addAll(database.sql().queryForList(BLOCK, new EmptySqlParameterSource(), Long.class));
        }
        return block.removeFirst();
    }
}
