package sallyport.ledger.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.ledger.AlertChannels;
import sallyport.ledger.CaseNumbers;
import sallyport.ledger.Chore;
import sallyport.ledger.Drops;
import sallyport.ledger.FailurePolicy;
import sallyport.ledger.Hints;
import sallyport.ledger.Inbox;
import sallyport.ledger.LanePolicy;
import sallyport.ledger.PollSources;
import sallyport.ledger.ReceiptPolicy;
import sallyport.ledger.RouteStates;
import sallyport.ledger.TelephoneLists;
import sallyport.ledger.desk.Causes;
import sallyport.ledger.desk.WakeUp;

/**
 * The ledger's beans. The application supplies the {@link DataSource} and the {@link FailurePolicy}; the schema is brought up to
 * date before anything else of the ledger exists, and a migration that fails stops the start.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerProperties.class, AlertProperties.class, SilenceProperties.class})
public class LedgerConfiguration {

    @Bean
    static BeanPostProcessor ledgerPool() {
        return new LedgerPool();
    }

    /** Boot's own migration stands back when there is this bean. */
    @Bean(initMethod = "migrate")
    Flyway flyway(DataSource dataSource) {
        return LedgerSchema.of(dataSource);
    }

    @Bean
    LedgerNode ledgerNode(
            DataSource dataSource,
            FailurePolicy failures,
            LanePolicy lanes,
            ObjectProvider<ReceiptPolicy> receipts,
            LedgerProperties properties,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<Clock> clock,
            Flyway migrated) {
        return new LedgerNode(
                dataSource,
                failures,
                lanes,
                receipts.getIfAvailable(() -> ReceiptPolicy.NONE),
                properties,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean(initMethod = "register")
    DisclosureRegister disclosureRegister(DataSource dataSource, Flyway migrated) {
        return new DisclosureRegister(dataSource);
    }

    /** Named as in the URIs, {@code ledger:…}; Camel starts and stops it, and with it the node. */
    @Bean(name = "ledger", destroyMethod = "")
    LedgerComponent ledger(LedgerNode node, ObjectProvider<Chore> chores) {
        node.does(chores.orderedStream().toList());
        return new LedgerComponent(node);
    }

    @Bean
    Chore alertWatch(
            LedgerNode node,
            DataSource dataSource,
            LanePolicy lanes,
            ObjectProvider<AlertChannels> channels,
            AlertProperties properties,
            ObjectProvider<Clock> clock) {
        return new AlertWatch(
                node.database(),
                node.duties(),
                new Causes(dataSource),
                lanes,
                channels.getIfAvailable(() -> AlertChannels.NONE),
                properties,
                clock.getIfAvailable(Clock::systemUTC),
                node.dispatcher()::wake);
    }

    @Bean
    Duties duties(LedgerNode node) {
        return node.duties();
    }

    @Bean
    Tasks tasks(LedgerNode node) {
        return node.tasks();
    }

    @Bean
    Chore silence(LedgerNode node, SilenceProperties properties, ObjectProvider<Clock> clock) {
        return new Silence(
                node.database(), node.duties(), node.tasks(), properties, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Chore gapsClosed(LedgerNode node) {
        return new GapsClosed(node.database(), node.duties(), node.tasks());
    }

    @Bean
    Hints hints(LedgerNode node) {
        return new LedgerHints(node);
    }

    @Bean
    TelephoneLists telephoneLists(LedgerNode node, ObjectProvider<Clock> clock) {
        return new LedgerTelephoneLists(node, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Inbox inbox(LedgerNode node) {
        return new LedgerInbox(node);
    }

    @Bean
    Chore intelligenceWatch(LedgerNode node) {
        return new IntelligenceWatch(node);
    }

    @Bean
    Chore footageClock(LedgerNode node, ObjectProvider<Clock> clock) {
        return new FootageClock(node.database(), node.duties(), node.tasks(), clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Drops drops(LedgerNode node) {
        return new LedgerDrops(node);
    }

    @Bean
    PollSources pollSources(LedgerNode node) {
        return new LedgerPollSources(node);
    }

    @Bean
    RouteStates routeStates(LedgerNode node) {
        return new LedgerRouteStates(node);
    }

    @Bean
    CaseNumbers caseNumbers(LedgerNode node) {
        return new LedgerCaseNumbers(node);
    }

    /** People need not wait for the next poll either. */
    @Bean
    WakeUp wakeUp(LedgerNode node) {
        return step -> node.dispatcher().wake();
    }

    @Bean
    DurabilityCheck durabilityCheck(DataSource dataSource, Flyway migrated) {
        return new DurabilityCheck(dataSource);
    }
}
