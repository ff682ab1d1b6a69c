package sallyport.connectors.police.cjse;

import java.time.Clock;
import java.util.List;
import org.apache.camel.component.cxf.common.DataFormat;
import org.apache.camel.component.cxf.jaxws.CxfEndpoint;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.police.forces.Forces;
import sallyport.connectors.police.forces.ForcesHealth;
import sallyport.connectors.wire.EdgeHeaders;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Tls;
import sallyport.connectors.wire.TlsProperties;
import sallyport.connectors.wire.WhenSet;

/**
 * The CJSE channel and our endpoint, present once {@code sallyport.forces-file} is set.
 *
 * <p>The route behind the endpoint begins with {@code cxf:bean:cjseInbound} and the bean {@code cjseArrival}, and ends with
 * {@code cjseAnswer}.
 */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.forces-file")
@EnableConfigurationProperties({CjseProperties.class, TlsProperties.class})
public class CjseConfiguration {

    @Bean
    Bus cjseBus() {
        Bus bus = BusFactory.newInstance().createBus();
        bus.setProperty(FaultListener.class.getName(), new QuietFaults());
        return bus;
    }

    @Bean
    DisposableBean cjseBusEnd(Bus cjseBus) {
        return () -> cjseBus.shutdown(true);
    }

    @Bean
    ForcesHealth cjseHealth() {
        return new ForcesHealth("cjse");
    }

    @Bean
    CjseRoutes cjseRoutes(
            Forces forces, CjseProperties properties, TlsProperties tls, Bus cjseBus, ForcesHealth cjseHealth) {
        OneShotHttp http = new OneShotHttp(properties.limits(), Tls.context(tls));
        return new CjseRoutes(forces, new CjseClients(forces, http, cjseBus), cjseHealth);
    }

    /** Behind the gate of the partner port, which lets exactly {@code /partner/cjse} through to it. */
    @Bean
    ServletRegistrationBean<CXFNonSpringServlet> cjseServlet(Bus cjseBus) {
        CXFNonSpringServlet cxf = new CXFNonSpringServlet();
        cxf.setBus(cjseBus);
        ServletRegistrationBean<CXFNonSpringServlet> servlet = new ServletRegistrationBean<>(cxf, "/partner/*");
        servlet.setName("CjseServlet");
        servlet.addInitParameter("hide-service-list-page", "true");
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    @Bean
    CxfEndpoint cjseInbound(Bus cjseBus) {
        CxfEndpoint endpoint = new CxfEndpoint();
        endpoint.setBus(cjseBus);
        endpoint.setAddress("/cjse");
        endpoint.setWsdlURL(CjseContract.WSDL);
        endpoint.setServiceNameAsQName(CjseContract.SERVICE);
        endpoint.setPortNameAsQName(CjseContract.PORT);
        endpoint.setDataFormat(DataFormat.PAYLOAD);
        endpoint.setAllowStreaming(false);
        // What arrives is stored first and then validated by the mappings, which name the element.
        endpoint.setSchemaValidationEnabled(false);
        endpoint.setHeaderFilterStrategy(EdgeHeaders.none());
        endpoint.setOutFaultInterceptors(List.of(new QuietFaults()));
        endpoint.setSkipFaultLogging(true);
        return endpoint;
    }

    @Bean
    CjseArrival cjseArrival(ObjectProvider<Clock> clock) {
        return new CjseArrival(clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    CjseAnswer cjseAnswer() {
        return new CjseAnswer();
    }
}
