package sallyport.ledger.desk;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;
import sallyport.ledger.Chore;
import sallyport.ledger.TelephoneLists;
import sallyport.ledger.retention.RetentionProperties;

/** The desk over the ledger's own database. A {@link WakeUp} and a {@link Clock} are used if there are any. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DocumentProperties.class, RetentionProperties.class})
class DeskConfiguration {

    @Bean
    CaseDesk caseDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        return new CaseDesk(dataSource, transactions);
    }

    @Bean
    PackageDesk packageDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        return new PackageDesk(dataSource, transactions);
    }

    @Bean
    LineageDesk lineageDesk(DataSource dataSource, PlatformTransactionManager transactions) {
        return new LineageDesk(dataSource, transactions);
    }

    @Bean
    Counts counts(DataSource dataSource, ObjectProvider<Clock> clock) {
        return new Counts(dataSource, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Alerts alerts(DataSource dataSource) {
        return new Alerts(dataSource);
    }

    @Bean
    PrisonerAlerts prisonerAlerts(
            DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<Clock> clock) {
        return new PrisonerAlerts(dataSource, transactions, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    IntelligenceNotices intelligenceNotices(DataSource dataSource, PlatformTransactionManager transactions) {
        return new IntelligenceNotices(dataSource, transactions);
    }

    @Bean
    Causes causes(DataSource dataSource) {
        return new Causes(dataSource);
    }

    @Bean
    Ladders ladders(DataSource dataSource) {
        return new Ladders(dataSource);
    }

    @Bean
    ConflictDesk conflictDesk(DataSource dataSource) {
        return new ConflictDesk(dataSource);
    }

    @Bean
    Accounting accounting(DataSource dataSource) {
        return new Accounting(dataSource);
    }

    @Bean
    DayComparisons dayComparisons(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            ObjectProvider<Clock> clock,
            ObjectProvider<WakeUp> wakeUp) {
        return new DayComparisons(
                dataSource, transactions, clock.getIfAvailable(Clock::systemUTC), step -> wakeUp.orderedStream()
                        .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    TaskDesk taskDesk(DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<Clock> clock) {
        return new TaskDesk(dataSource, transactions, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Commands commands(DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<WakeUp> wakeUp) {
        return new Commands(dataSource, transactions, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    CaseFacts caseFacts(DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<WakeUp> wakeUp) {
        return new CaseFacts(dataSource, transactions, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    CaseNoteDesk caseNoteDesk(
            DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<WakeUp> wakeUp) {
        return new CaseNoteDesk(dataSource, transactions, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    PhotoDesk photoDesk(DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<WakeUp> wakeUp) {
        return new PhotoDesk(dataSource, transactions, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    ReportDesk reportDesk(
            DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<WakeUp> wakeUp) {
        return new ReportDesk(dataSource, transactions, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    TelephoneHandIn telephoneHandIn(TelephoneLists lists) {
        return new TelephoneHandIn(lists);
    }

    @Bean
    ChargeDesk chargeDesk(
            DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<WakeUp> wakeUp) {
        return new ChargeDesk(dataSource, transactions, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    DocumentPieces documentBytes(DataSource dataSource) {
        return new DocumentPieces(dataSource);
    }

    @Bean
    CaseDocuments caseDocuments(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            DocumentProperties properties,
            DocumentPieces bytes,
            ObjectProvider<WakeUp> wakeUp) {
        return new CaseDocuments(dataSource, transactions, properties, bytes, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    DroppedFiles droppedFiles(DataSource dataSource) {
        return new DroppedFiles(dataSource);
    }

    @Bean
    Establishments establishments(DataSource dataSource) {
        return new Establishments(dataSource);
    }

    @Bean
    OpenCasePrisons reportingPrisons(DataSource dataSource) {
        return new OpenCasePrisons(dataSource);
    }

    @Bean
    IncomingDocuments incomingDocuments(DataSource dataSource, DocumentProperties properties) {
        return new IncomingDocuments(dataSource, properties);
    }

    @Bean
    PrisonDocumentDesk prisonDocumentDesk(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Environment environment,
            ObjectProvider<WakeUp> wakeUp) {
        boolean types = StringUtils.hasText(environment.getProperty("sallyport.hmpps-documents.types"))
                || environment.containsProperty("sallyport.hmpps-documents.types[0]");
        return new PrisonDocumentDesk(dataSource, transactions, types, step -> wakeUp.orderedStream()
                .forEach(dispatcher -> dispatcher.workAskedFor(step)));
    }

    @Bean
    Chore abandonedUploads(DataSource dataSource, DocumentProperties properties) {
        return new AbandonedUploads(dataSource, properties);
    }

    @Bean
    LegalHolds legalHolds(DataSource dataSource, PlatformTransactionManager transactions) {
        return new LegalHolds(dataSource, transactions);
    }

    @Bean
    RetentionDesk retentionDesk(
            DataSource dataSource, PlatformTransactionManager transactions, RetentionProperties properties) {
        return new RetentionDesk(dataSource, transactions, properties);
    }

    @Bean
    Users users(DataSource dataSource, PlatformTransactionManager transactions) {
        return new Users(dataSource, transactions);
    }
}
