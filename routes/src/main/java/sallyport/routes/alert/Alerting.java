package sallyport.routes.alert;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import sallyport.connectors.alerts.mail.AlertMail;
import sallyport.connectors.wire.Outbound;
import sallyport.connectors.wire.Unavailable;
import sallyport.ledger.AlertChannels;
import sallyport.ledger.AlertWork;
import sallyport.ledger.Claim;
import sallyport.ledger.Effects;
import sallyport.ledger.WorkClaim;
import sallyport.mappings.Rejected;
import sallyport.mappings.alert.AlertNotice;

/** From a promised notice to what a channel carries; channels are those whose settings are there. */
@Component
final class Alerting implements AlertChannels {

    private static final Logger log = LoggerFactory.getLogger(Alerting.class);

    private static final String WEBHOOK = "webhook";
    private static final String MAIL = "mail";

    private final Set<String> channels = new TreeSet<>();

    Alerting(Environment environment) {
        if (StringUtils.hasText(environment.getProperty("sallyport.alerts.webhook.url"))) {
            channels.add(WEBHOOK);
        }
        if (StringUtils.hasText(environment.getProperty("sallyport.alerts.mail.host"))) {
            channels.add(MAIL);
        }
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(channels);
    }

    /** Nobody hears of an end before they heard of the beginning. */
    AlertWork inTurn(@Body AlertWork work) {
        if (work.untold()) {
            throw new Unavailable("not-its-turn", "the opening of the alert is still to be told", null, null);
        }
        return work;
    }

    boolean byWebhook(Exchange exchange) {
        return channel(exchange).equals(WEBHOOK);
    }

    boolean byMail(Exchange exchange) {
        return channel(exchange).equals(MAIL);
    }

    private static String channel(Exchange exchange) {
        return exchange.getMessage().getBody(AlertWork.class).channel();
    }

    Outbound outbound(@Body AlertWork work) {
        AlertNotice notice = notice(work);
        return new Outbound("alerts", notice.messageId(), "", "application/json", notice.json());
    }

    AlertMail mail(@Body AlertWork work) {
        AlertNotice notice = notice(work);
        return new AlertMail(notice.messageId(), notice.subjectLine(), notice.text());
    }

    void noSuchChannel() {
        throw new Rejected("no-such-channel", "/channel");
    }

    Effects told(@ExchangeProperty(Claim.PROPERTY) WorkClaim claim) {
        log.info("alert {} told, attempt {}", claim.key(), claim.attempt());
        return Effects.none();
    }

    private static AlertNotice notice(AlertWork work) {
        boolean opened = work.transition().equals(AlertWork.OPENED);
        return new AlertNotice(
                work.id(),
                opened,
                work.kind(),
                work.subject(),
                work.what(),
                work.todo(),
                work.count(),
                work.openedAt(),
                opened ? null : work.clearedAt());
    }
}
