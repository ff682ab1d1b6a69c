package sallyport.connectors.prison.domainevents;

import sallyport.connectors.wire.CallHealth;

/** Whether the queue answered the last request. */
final class DomainEventsHealth extends CallHealth {

    DomainEventsHealth() {
        super("domain-events");
    }
}
