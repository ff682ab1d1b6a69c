package sallyport;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;
import sallyport.routes.control.StartFailure;
import sallyport.routes.control.UnfilledPlaceholders;

/** The hub: pulls from the prison systems, delivers to the forces, brings the outcomes back. */
@SpringBootApplication(exclude = {ArtemisAutoConfiguration.class, JmsAutoConfiguration.class})
@ConfigurationPropertiesScan("sallyport.routes")
@EnableScheduling
public class Hub {

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    /** The hub as it starts in production; tests start the same. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Hub.class).listeners(new UnfilledPlaceholders());
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(VerifyCommand.NAME)) {
            System.exit(VerifyCommand.run(System.out));
        }
        try {
            application().run(arguments);
        } catch (RuntimeException failure) {
            Optional<String> setting = StartFailure.explain(failure);
            if (setting.isEmpty()) {
                LOG.error("cannot start", failure);
            } else {
                LOG.error("cannot start: {}", setting.get());
            }
            System.exit(1);
        }
    }
}
