package sallyport.routes.control;

import org.apache.camel.CamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * One retrier only: the ledger. Camel's own error handler neither sends again nor logs the failed message, whose text would hold
 * personal data; every failure goes up to the claim, which knows what follows from it.
 */
@Component
final class OneRetrier implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // Nothing to do: the policy is set before the first route is made.
    }
}
