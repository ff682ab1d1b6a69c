package sallyport.connectors.feeds;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.ResourceAllocationException;
import org.apache.activemq.artemis.api.core.ActiveMQAddressDoesNotExistException;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;

/**
 * What the broker's refusals mean.
 *
 * <p>A refusal with a reason stored nothing and is the operator's to mend, so it is {@link Unavailable}. Anything else may
 * have been stored before the answer was lost: {@link Unknown}, which the lane repeats, for the broker drops a second
 * message with the same id.
 */
final class FeedsFaults {

    private FeedsFaults() {}

    static RuntimeException of(Exception failure) {
        Unavailable refused = refused(failure);
        return refused != null ? refused : noAnswer(failure);
    }

    static RuntimeException beforeSending(Exception failure) {
        Unavailable refused = refused(failure);
        return refused != null
                ? refused
                : new Unavailable(
                        "broker-unreachable", "the broker did not say whether it has the queue", null, failure);
    }

    private static @Nullable Unavailable refused(Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof JMSSecurityException || t instanceof ActiveMQSecurityException) {
                return refused("not-authorised", "the broker does not let this user send to the queue", failure);
            }
            if (t instanceof InvalidDestinationException
                    || t instanceof ActiveMQNonExistentQueueException
                    || t instanceof ActiveMQAddressDoesNotExistException) {
                return refused("no-such-queue", "the broker has no such queue", failure);
            }
            if (t instanceof ResourceAllocationException || t instanceof ActiveMQAddressFullException) {
                return refused("queue-full", "the broker takes no more messages for this queue", failure);
            }
        }
        return null;
    }

    static RuntimeException notConnected(String reason) {
        return new Unavailable("broker-unreachable", reason, null, null);
    }

    static RuntimeException full() {
        return new Unavailable("feeds-busy", "too many messages wait for the broker already", null, null);
    }

    static RuntimeException noAnswer(Exception cause) {
        return new Unknown("no-answer", "the connection to the broker ended before it confirmed", cause);
    }

    /** One short line for the health page: the kind of failure and never its text, which can quote a host's internals. */
    static String reason(Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof JMSSecurityException || t instanceof ActiveMQSecurityException) {
                return "the broker refuses this user";
            }
        }
        return failure instanceof JMSException ? "the broker cannot be reached" : "the broker cannot be used";
    }

    private static Unavailable refused(String code, String detail, Exception cause) {
        return new Unavailable(code, detail, null, cause);
    }
}
