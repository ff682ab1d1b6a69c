package sallyport.routes.outcomeintake;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.connectors.police.forces.CallingForce;
import sallyport.ledger.FaultPoint;
import sallyport.ledger.Inbox;
import sallyport.mappings.Rejected;
import sallyport.mappings.police.CjseAnswers;
import sallyport.mappings.police.CjseInbound;
import sallyport.mappings.police.CjseStatus;

/**
 * Stores what a partner sends, then judges it, then lets it be answered. The same bytes again are answered as the first time; an
 * acknowledgement means stored, applying it is later work.
 */
@Component
final class Reception {

    /** What the contract says of a request that names no id. */
    private static final String UNKNOWN_REQUEST = "unknown";

    private static final Rejected REUSED = new Rejected(Inbox.MESSAGE_ID_REUSED, "/messageId");

    private final Inbox inbox;

    Reception(Inbox inbox) {
        this.inbox = inbox;
    }

    /** @throws Rejected after it is stored, naming the field */
    void rest(@Body byte[] raw, @ExchangeProperty(CallingForce.PROPERTY) String force) {
        Rejected rejected = judged(Said.REST, force, raw).rejected();
        if (rejected != null) {
            throw rejected;
        }
    }

    /** @return the {@code SubmitResponseMes} that answers it; a refusal is stored too, and names the element */
    byte[] cjse(@Body byte[] raw, @ExchangeProperty(CallingForce.PROPERTY) String force) {
        Receipt receipt = judged(Said.CJSE, force, raw);
        // What is refused is answered by its own id too, as far as one can be found in it.
        String requestId =
                receipt.requestId() == null ? CjseInbound.requestId(raw).orElse(UNKNOWN_REQUEST) : receipt.requestId();
        return receipt.rejected() == null
                ? CjseAnswers.submitResponse(requestId, CjseStatus.SUCCESS.code(), "stored")
                : CjseAnswers.refusal(requestId, receipt.rejected());
    }

    private Receipt judged(String channel, String sender, byte[] raw) {
        Receipt receipt = receive(channel, sender, raw);
        FaultPoint.INBOUND_JUDGED.reached();
        return receipt;
    }

    private Receipt receive(String channel, String sender, byte[] raw) {
        Inbox.Stored stored = inbox.store(channel, sender, raw);
        FaultPoint.INBOUND_STORED.reached();
        if (stored.seenBefore() && !stored.state().equals("RECEIVED")) {
            return repeated(channel, raw, stored);
        }
        try {
            Said said = Said.read(channel, raw);
            boolean admitted = inbox.admit(stored.id(), said.messageId(), said.caseReference(), said.contentSha256());
            return new Receipt(stored.id(), admitted ? null : REUSED, said.requestId());
        } catch (Rejected rejected) {
            inbox.reject(stored.id(), rejected.code(), rejected.where());
            return new Receipt(stored.id(), rejected, null);
        }
    }

    private static Receipt repeated(String channel, byte[] raw, Inbox.Stored stored) {
        if (stored.refused() && stored.code() != null && stored.where() != null) {
            return new Receipt(stored.id(), new Rejected(stored.code(), stored.where()), null);
        }
        return new Receipt(stored.id(), null, Said.read(channel, raw).requestId());
    }

    /**
     * @param id of the stored message, for the partner to quote
     * @param rejected what is wrong with it, if anything
     * @param requestId of a CJSE request
     */
    record Receipt(long id, @Nullable Rejected rejected, @Nullable String requestId) {}
}
