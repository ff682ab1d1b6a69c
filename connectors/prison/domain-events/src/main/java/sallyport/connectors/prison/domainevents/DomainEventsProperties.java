package sallyport.connectors.prison.domainevents;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;

/**
 * Where the queue is and how it is read; off until the address is set. Credentials come from the environment, as for every
 * AWS client.
 *
 * @param url the queue service, such as {@code https://sqs.eu-west-2.amazonaws.com}
 * @param queue its name, for the route that reads it
 * @param region what requests are signed for
 * @param connectTimeout until the connection stands
 * @param timeout for an answer, on top of the wait
 * @param poll how long a request for messages waits for the first, at most 20 s
 * @param pollers how many ask at the same time
 * @param backOff the pause after the first failure; it doubles up to {@code longestBackOff}
 */
@ConfigurationProperties("sallyport.domain-events")
public record DomainEventsProperties(
        URI url,
        String queue,
        @DefaultValue("eu-west-2") String region,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("20s") Duration poll,
        @DefaultValue("2") int pollers,
        @DefaultValue("1s") Duration backOff,
        @DefaultValue("60s") Duration longestBackOff) {

    public DomainEventsProperties {
        Settings.address("sallyport.domain-events.url", url);
        Settings.required("sallyport.domain-events.queue", queue);
        Settings.required("sallyport.domain-events.region", region);
        Settings.positive("sallyport.domain-events.connect-timeout", connectTimeout);
        Settings.positive("sallyport.domain-events.timeout", timeout);
        Settings.positive("sallyport.domain-events.poll", poll);
        Settings.between("sallyport.domain-events.poll", poll.toSeconds(), 1, 20);
        Settings.between("sallyport.domain-events.pollers", pollers, 1, 16);
        Settings.positive("sallyport.domain-events.back-off", backOff);
        Settings.positive("sallyport.domain-events.longest-back-off", longestBackOff);
    }
}
