package sallyport.routes.phonereportintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.WhenSet;
import sallyport.ledger.PollSources;
import sallyport.ledger.SourceKey;

/** The mailbox of telephone reports, where there is one. */
@Component
@WhenSet("sallyport.phone-reports.host")
final class MailboxRoutes extends RouteBuilder {

    private final Mailbox mailbox;
    private final PollSources polls;

    MailboxRoutes(Mailbox mailbox, PollSources polls) {
        this.mailbox = mailbox;
        this.polls = polls;
    }

    @Override
    public void configure() {
        polls.ensure(SourceKey.TELEPHONE_MAILS, "mailbox");
        from("ledger:polls/telephone-mails")
                .routeId("phone-report-intake-mailbox")
                .description("Takes in mails with telephone reports, and puts away those that are in the ledger")
                .bean(mailbox, "committed")
                .to("direct:phone-reports-put-away")
                .setProperty(Mailbox.PUT_AWAY, body())
                .bean(mailbox, "next")
                .to("direct:phone-reports-read")
                .bean(mailbox, "keep");
    }
}
