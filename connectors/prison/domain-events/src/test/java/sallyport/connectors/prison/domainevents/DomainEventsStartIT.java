package sallyport.connectors.prison.domainevents;

import java.util.List;
import java.util.Map;
import sallyport.connectors.contract.StartContract;

final class DomainEventsStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(DomainEventsConfiguration.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.domain-events.url";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of("sallyport.domain-events.url", "http://localhost:1", "sallyport.domain-events.queue", "events");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.domain-events.url", "sqs.example"),
                new Wrong("sallyport.domain-events.queue", ""),
                new Wrong("sallyport.domain-events.region", ""),
                new Wrong("sallyport.domain-events.poll", "21s"),
                new Wrong("sallyport.domain-events.pollers", "0"),
                new Wrong("sallyport.domain-events.back-off", "0s"));
    }

    @Override
    protected Class<?> bean() {
        return DomainEventsComponent.class;
    }
}
