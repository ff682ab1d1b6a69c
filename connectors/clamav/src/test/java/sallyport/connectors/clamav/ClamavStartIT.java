package sallyport.connectors.clamav;

import java.util.List;
import java.util.Map;
import sallyport.connectors.contract.StartContract;

class ClamavStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(ClamavConfiguration.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.clamav.host";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of("sallyport.clamav.host", "127.0.0.1");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.clamav.port", "0"),
                new Wrong("sallyport.clamav.port", "65536"),
                new Wrong("sallyport.clamav.connect-timeout", "0s"),
                new Wrong("sallyport.clamav.timeout", "0s"),
                new Wrong("sallyport.clamav.timeout", "1h"));
    }

    @Override
    protected Class<?> bean() {
        return ClamavRoutes.class;
    }
}
