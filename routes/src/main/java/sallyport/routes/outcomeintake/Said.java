package sallyport.routes.outcomeintake;

import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.outcome.OutcomeMessage;
import sallyport.mappings.police.CjseInbound;
import sallyport.mappings.police.CjseOutcome;
import sallyport.mappings.police.MessageIds;
import sallyport.mappings.police.RouteDataResponse;

/** What a partner said, by whichever channel: an outcome, or the answer to something we sent. Exactly one of the two is there. */
record Said(@Nullable OutcomeMessage outcome, @Nullable RouteDataResponse answer, @Nullable String requestId) {

    static final String REST = "rest";
    static final String CJSE = "cjse";

    /** @throws Rejected naming the field or element */
    static Said read(String channel, byte[] raw) {
        if (channel.equals(REST)) {
            return new Said(OutcomeMessage.read(raw), null, null);
        }
        CjseInbound inbound = CjseInbound.read(raw);
        return inbound instanceof CjseOutcome said
                ? new Said(said.outcome(), null, said.requestId())
                : new Said(null, (RouteDataResponse) inbound, inbound.requestId());
    }

    String messageId() {
        return outcome != null ? outcome.messageId() : answerHere().correlationId();
    }

    /** Of what an outcome says; a force may answer one message of ours more than once. */
    byte @Nullable [] contentSha256() {
        return outcome == null ? null : Sha256.of(outcome.canonical());
    }

    /** The case it is about, if it names one. */
    @Nullable
    String caseReference() {
        if (outcome != null) {
            return outcome.caseReference().value();
        }
        return MessageIds.packageOf(answerHere().correlationId())
                .map(sent -> sent.caseReference().value())
                .orElse(null);
    }

    RouteDataResponse answerHere() {
        if (answer == null) {
            throw new IllegalStateException("neither an outcome nor an answer");
        }
        return answer;
    }
}
