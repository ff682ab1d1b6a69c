package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import java.sql.Types;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Inbox;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

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

    private static final String REJECT =
            "UPDATE inbound SET state = 'REJECTED', code = :code, code_where = :where WHERE id = :id AND state = 'RECEIVED'";

    private static final String ADMIT =
            """
            UPDATE inbound n
               SET message_id = :messageId, case_reference = :caseReference, content_sha256 = :content,
                   state = CASE WHEN reused.so THEN 'CONFLICT' ELSE 'VALID' END,
                   code = CASE WHEN reused.so THEN :code END, code_where = CASE WHEN reused.so THEN '/messageId' END
              FROM (SELECT coalesce((SELECT e.content_sha256 <> :content
                                       FROM inbound e JOIN inbound i ON i.id = :id
                                      WHERE e.sender = i.sender AND e.message_id = :messageId AND e.id <> i.id
                                      ORDER BY e.id LIMIT 1), false) AS so) AS reused
             WHERE n.id = :id AND n.state = 'RECEIVED'
            RETURNING n.state
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
                .addValue("sha256", Sha256.of(raw));
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
    public void reject(long inboundId, String code, String where) {
        database.inTransactionAgain(() -> {
            int judged = database.sql()
                    .update(REJECT, with("id", inboundId).addValue("code", code).addValue("where", where));
            if (judged > 0) {
                notNeeded(inboundId);
            }
            return judged;
        });
    }

    @Override
    public boolean admit(
            long inboundId, String messageId, @Nullable String caseReference, byte @Nullable [] contentSha256) {
        List<String> state = database.inTransactionAgain(() -> {
            List<String> judged = database.sql()
                    .queryForList(
                            ADMIT,
                            with("id", inboundId)
                                    .addValue("messageId", messageId)
                                    .addValue("caseReference", caseReference)
                                    .addValue("content", contentSha256, Types.BINARY)
                                    .addValue("code", MESSAGE_ID_REUSED),
                            String.class);
            if (judged.contains("VALID")) {
                requests.ask(List.of(RequestWork.now(Step.OUTCOME, Long.toString(inboundId))));
            } else if (!judged.isEmpty()) {
                notNeeded(inboundId);
            }
            return judged;
        });
        if (state.contains("VALID")) {
            wake.run();
        }
        return !state.contains("CONFLICT");
    }

    private void notNeeded(long inboundId) {
        database.sql().update(NOT_NEEDED, with("step", Step.OUTCOME.path()).addValue("key", Long.toString(inboundId)));
    }
}
