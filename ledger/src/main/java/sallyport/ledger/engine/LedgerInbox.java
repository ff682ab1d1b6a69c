package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Inbox;
import sallyport.ledger.Step;

/** What partners send, in PostgreSQL. */
final class LedgerInbox implements Inbox {

    /** Long enough for a node to judge what it has just stored, short enough that nobody waits when it died. */
    private static final Duration UNJUDGED = Duration.ofMinutes(1);

    private static final String STORE =
            """
            INSERT INTO inbound (channel, sender, raw, sha256) VALUES (:channel, :sender, :raw, :sha256)
            ON CONFLICT (channel, sender, sha256) DO NOTHING
            RETURNING id
            """;

    private static final String FIRST =
            """
            SELECT id, state, code, code_where FROM inbound WHERE channel = :channel AND sender = :sender AND sha256 = :sha256
            """;

    private static final String JUDGE =
            """
            UPDATE inbound
               SET state = :state, message_id = :messageId, case_reference = :caseReference, code = :code, code_where = :where
             WHERE id = :id AND state = 'RECEIVED'
            """;

    /** A refused message needs no run of its step, unless one is already under way. */
    private static final String NOT_NEEDED =
            """
            UPDATE work SET done = requested
             WHERE step = :step AND key = :key AND (claimed IS NULL OR next_at <= now())
            """;

    private final Database database;
    private final WorkRequests requests;
    private final Runnable wake;

    LedgerInbox(LedgerNode node) {
        database = node.database();
        requests = node.requests();
        wake = node.dispatcher()::wake;
    }

    @Override
    public Stored store(String channel, String sender, byte[] raw) {
        var parameters = with("channel", channel)
                .addValue("sender", sender)
                .addValue("raw", raw)
                .addValue("sha256", Digests.sha256(raw));
        return database.inTransactionAgain(() -> {
            List<Long> fresh = database.sql().queryForList(STORE, parameters, Long.class);
            if (!fresh.isEmpty()) {
                long id = fresh.get(0);
                requests.ask(List.of(new RequestWork(Step.OUTCOME, Long.toString(id), UNJUDGED, UNJUDGED)));
                return new Stored(id, false, "RECEIVED", null, null);
            }
            return database.sql()
                    .query(
                            FIRST,
                            parameters,
                            (row, n) -> new Stored(
                                    row.getLong("id"),
                                    true,
                                    row.getString("state"),
                                    row.getString("code"),
                                    row.getString("code_where")))
                    .get(0);
        });
    }

    @Override
    public void judge(
            long inboundId,
            boolean valid,
            @Nullable String messageId,
            @Nullable String caseReference,
            @Nullable String code,
            @Nullable String where) {
        String key = Long.toString(inboundId);
        int changed = database.inTransactionAgain(() -> {
            int judged = database.sql()
                    .update(
                            JUDGE,
                            with("id", inboundId)
                                    .addValue("state", valid ? "VALID" : "REJECTED")
                                    .addValue("messageId", messageId)
                                    .addValue("caseReference", caseReference)
                                    .addValue("code", code)
                                    .addValue("where", where));
            if (judged > 0 && valid) {
                requests.ask(List.of(RequestWork.now(Step.OUTCOME, key)));
            } else if (judged > 0) {
                database.sql()
                        .update(NOT_NEEDED, with("step", Step.OUTCOME.path()).addValue("key", key));
            }
            return judged;
        });
        if (valid && changed > 0) {
            wake.run();
        }
    }
}
