package sallyport.connectors.prison.phonereports;

import org.apache.camel.builder.RouteBuilder;
import sallyport.connectors.wire.BodyCall;
import sallyport.connectors.wire.CallHealth;
import sallyport.connectors.wire.EdgeHeaders;

/**
 * The verbs of the mailbox: a {@link MailboxQuery} in and a {@link MailboxPage} out, and a {@link MailboxMark} of what is committed in and
 * whether they are put away out.
 */
final class PhoneReportsRoutes extends RouteBuilder {

    private final Mailbox mailbox;
    private final CallHealth health;

    PhoneReportsRoutes(Mailbox mailbox, CallHealth health) {
        this.mailbox = mailbox;
        this.health = health;
    }

    @Override
    public void configure() {
        from("direct:phone-reports-read")
                .routeId("phone-reports-read")
                .description("Reads the mails that have come to the mailbox of telephone reports")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(MailboxQuery.class, query -> health.observe(() -> mailbox.read(query))))
                .id("phone-reports-read-call");

        from("direct:phone-reports-put-away")
                .routeId("phone-reports-put-away")
                .description(
                        "Moves mails whose bytes are committed to the folder of those that are done, and refused ones to theirs")
                .process(EdgeHeaders.none())
                .process(BodyCall.of(MailboxMark.class, this::putAway))
                .id("phone-reports-put-away-call");
    }

    private Boolean putAway(MailboxMark mark) {
        return health.observe(() -> mailbox.putAway(mark));
    }
}
