package sallyport.connectors.police.partnerport;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.WhenSet;

/**
 * The partner port, present once {@code sallyport.forces-file} is set; without forces nobody may call.
 *
 * <p>Routes begin with {@code servlet:/outcomes?servletName=PartnerServlet&…} and the bean {@code partnerArrival}.
 */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.forces-file")
@EnableConfigurationProperties({PartnerPortProperties.class, TlsProperties.class})
public class PartnerPortConfiguration {

    static final String SERVLET = "PartnerServlet";

    @Bean
    PartnerConnector partnerConnector(PartnerPortProperties properties, TlsProperties tls) {
        return new PartnerConnector(properties, tls);
    }

    /** First of all filters: nothing of the console, its log-in included, may act on a partner's request. */
    @Bean
    FilterRegistrationBean<PartnerGate> partnerGate(
            PartnerConnector connector, Forces forces, PartnerPortProperties properties) {
        FilterRegistrationBean<PartnerGate> gate =
                new FilterRegistrationBean<>(new PartnerGate(connector, new PartnerIdentity(forces), properties));
        gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
        gate.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
        return gate;
    }

    @Bean
    ServletRegistrationBean<CamelHttpTransportServlet> partnerServlet() {
        ServletRegistrationBean<CamelHttpTransportServlet> servlet =
                new ServletRegistrationBean<>(new CamelHttpTransportServlet(), "/partner/v1/*");
        servlet.setName(SERVLET);
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    @Bean
    EdgeHeaders partnerHeaders() {
        return EdgeHeaders.none();
    }

    @Bean
    PartnerArrival partnerArrival() {
        return new PartnerArrival();
    }

    @Bean
    PartnerAnswer partnerAnswer() {
        return new PartnerAnswer();
    }

    @Bean
    PartnerPortHealth partnerPortHealth(PartnerConnector connector) {
        return new PartnerPortHealth(connector);
    }
}
