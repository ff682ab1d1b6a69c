package sallyport.connectors.prison.hmppsauth;

import java.util.List;
import java.util.Map;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import sallyport.connectors.contract.StartContract;

final class HmppsAuthStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(HmppsAuthConfiguration.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.hmpps-auth.url";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of(
                "sallyport.hmpps-auth.url", "http://localhost:1/auth",
                "sallyport.hmpps-auth.client-id", "hub",
                "sallyport.hmpps-auth.client-secret", "secret");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.hmpps-auth.url", "ftp://localhost/auth"),
                new Wrong("sallyport.hmpps-auth.url", "https://user:pass@localhost/auth"),
                new Wrong("sallyport.hmpps-auth.client-id", " "),
                new Wrong("sallyport.hmpps-auth.client-secret", ""),
                new Wrong("sallyport.hmpps-auth.timeout", "0s"),
                new Wrong("sallyport.hmpps-auth.renew-before", "-1s"));
    }

    @Override
    protected Class<?> bean() {
        return ClientHttpRequestInterceptor.class;
    }
}
