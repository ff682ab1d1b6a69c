package sallyport.connectors.prison.prisonregister;

import java.util.List;
import java.util.Map;
import sallyport.connectors.contract.StartContract;

final class PrisonRegisterStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(PrisonRegisterConfiguration.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.prison-register.url";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of("sallyport.prison-register.url", "http://localhost:1");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.prison-register.url", "localhost:8080"),
                new Wrong("sallyport.prison-register.connect-timeout", "0s"),
                new Wrong("sallyport.prison-register.timeout", "-5s"),
                new Wrong("sallyport.prison-register.max-answer", "0B"));
    }

    @Override
    protected Class<?> bean() {
        return PrisonRegisterRoutes.class;
    }
}
