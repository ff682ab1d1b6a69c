package sallyport.connectors.feeds;

import java.util.Optional;
import sallyport.connectors.wire.Health;

/** Up while the connection to the broker stands; it is kept open, so nothing has to be sent to know. */
final class FeedsHealth implements Health {

    private final FeedPublisher publisher;

    FeedsHealth(FeedPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "feeds";
    }

    @Override
    public Optional<String> problem() {
        return publisher.problem();
    }
}
