package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import sallyport.ground.TestPostgres;
import sallyport.ledger.CaseNumbers;
import sallyport.ledger.Hints;
import sallyport.ledger.Inbox;
import sallyport.ledger.PollSources;
import sallyport.ledger.RouteStates;
import sallyport.ledger.desk.WakeUp;

class LedgerConfigurationIT {

    @Test
    void bringsUpTheSchemaAndEveryBeanFromADataSourceAndAPolicy() throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var dataSource = new HikariDataSource();
                var context = new AnnotationConfigApplicationContext()) {
            dataSource.setJdbcUrl(TestPostgres.shared().createDatabase());
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test",
                            Map.of(
                                    "sallyport.ledger.node",
                                    "hub-1",
                                    "sallyport.ledger.pseudonym-key",
                                    "0123456789abcdef0123456789abcdef")));
            context.registerBean(DataSource.class, () -> dataSource);
            context.registerBean(TestPolicy.class, TestPolicy::new);
            context.registerBean(MeterRegistry.class, () -> meters);
            context.register(LedgerConfiguration.class);
            context.refresh();

            for (Class<?> type : List.of(
                    Hints.class,
                    Inbox.class,
                    PollSources.class,
                    RouteStates.class,
                    CaseNumbers.class,
                    WakeUp.class,
                    DurabilityCheck.class,
                    Flyway.class)) {
                assertThat(context.getBeanNamesForType(type))
                        .as(type.getSimpleName())
                        .hasSize(1);
            }
            assertThat(dataSource.getDataSourceProperties()).containsEntry("logServerErrorDetail", "false");
            assertThat(context.getBean(DurabilityCheck.class).problem()).isEmpty();
            assertThat(context.getBean(RouteStates.class).wanted()).isEmpty();
            assertThat(context.getBean(LedgerNode.class).properties().nodeName())
                    .isEqualTo("hub-1");
            try (var camel = new DefaultCamelContext()) {
                camel.addComponent("ledger", context.getBean("ledger", LedgerComponent.class));
                camel.start();
                assertThat(camel.getEndpoint("ledger:lanes/force?concurrency=4"))
                        .isInstanceOf(LedgerEndpoint.class);
            }
            assertThat(meters.find("sallyport.ledger.claims").counter()).isNotNull();
        }
    }
}
