package sallyport.simulators.world;

import java.util.List;

/** Where domain events go once they are on disk. */
public interface EventSink {

    void publish(List<DomainEvent> events);
}
