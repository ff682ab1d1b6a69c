package sallyport.connectors.prison.domainevents;

import sallyport.connectors.wire.Unavailable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What a failure of the queue means: always {@link Unavailable}, because every message stays in it until it is deleted. */
final class DomainEventsFaults {

    private DomainEventsFaults() {}

    /** Without its cause: the SDK's messages name addresses and request ids, and may quote the answer. */
    static Unavailable of(SdkException failure) {
        return new Unavailable(code(failure), failure.getClass().getSimpleName(), null, null);
    }

    private static String code(SdkException failure) {
        if (failure instanceof QueueDoesNotExistException) {
            return "no-such-queue";
        }
        if (failure instanceof SqsException refused) {
            return switch (refused.statusCode()) {
                case 401 -> "unauthorised";
                case 403 -> "forbidden";
                default -> "http-" + refused.statusCode();
            };
        }
        return failure instanceof ApiCallTimeoutException ? "time-out" : "no-answer";
    }
}
