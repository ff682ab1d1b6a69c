package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import sallyport.ledger.PollSources;

/** Poll sources in PostgreSQL. */
final class LedgerPollSources implements PollSources {

    private final Database database;
    private final Runnable wake;

    LedgerPollSources(LedgerNode node) {
        database = node.database();
        wake = node.dispatcher()::wake;
    }

    @Override
    public void ensure(String system, String stream) {
        database.sql()
                .update(
                        "INSERT INTO poll_source (system, stream) VALUES (:system, :stream) ON CONFLICT DO NOTHING",
                        with("system", system).addValue("stream", stream));
        wake.run();
    }
}
