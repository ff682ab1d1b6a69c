package sallyport.ledger.engine;

import java.time.Clock;
import java.util.HexFormat;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.Log;
import sallyport.ledger.Evidence;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.ledger.TelephoneLists;
import sallyport.mappings.canonical.Sha256;

/** Lists that are handed in, in PostgreSQL. */
final class LedgerTelephoneLists implements TelephoneLists {

    private final Database database;
    private final SourceWriter sources;
    private final EvidenceWriter evidence;
    private final WorkRequests requests;
    private final Runnable wake;
    private final Clock clock;

    LedgerTelephoneLists(LedgerNode node, Clock clock) {
        database = node.database();
        sources = new SourceWriter(database);
        evidence = new EvidenceWriter(database, Pseudonyms.of(node.properties()));
        requests = node.requests();
        wake = node.dispatcher()::wake;
        this.clock = clock;
    }

    @Override
    public String take(byte[] list, String actor, String reason) {
        byte[] sha256 = Sha256.of(list);
        var key = new SourceKey(SourceKey.TELEPHONE_REPORTS, TelephoneLists.recordId(list));
        database.inTransactionAgain(() -> {
            var batch = new EffectBatch();
            batch.add(new Effect.StoreSource(
                    key, list, null, null, false, clock.instant(), "handed in", null, null, Step.TELEPHONE_MATCH));
            batch.add(new Log(new Evidence(
                    Evidence.Kind.COLLECTION,
                    null,
                    null,
                    actor,
                    reason,
                    null,
                    sha256,
                    null,
                    null,
                    key.system() + "/" + key.recordId())));
            requests.ask(sources.write(batch));
            evidence.write(batch.of(Log.class));
            return true;
        });
        wake.run();
        return HexFormat.of().formatHex(sha256);
    }
}
