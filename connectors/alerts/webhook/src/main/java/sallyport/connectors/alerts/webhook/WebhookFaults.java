package sallyport.connectors.alerts.webhook;

import sallyport.connectors.wire.Accepted;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.HttpFaults;

/**
 * What the service's answers mean: any 2xx is taken, everything else is as for every partner ({@link HttpFaults}). A message
 * without an answer may be repeated, for its id tells the receiver.
 */
final class WebhookFaults {

    private WebhookFaults() {}

    static Accepted of(Answer answer) {
        HttpFaults.ofWrite(answer);
        return new Accepted(Integer.toString(answer.status()), answer.body(), true);
    }
}
