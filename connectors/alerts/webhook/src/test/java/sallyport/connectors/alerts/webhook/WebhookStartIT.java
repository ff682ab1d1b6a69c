package sallyport.connectors.alerts.webhook;

import java.util.List;
import java.util.Map;
import sallyport.connectors.contract.StartContract;

class WebhookStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(WebhookConfiguration.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.alerts.webhook.url";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of(
                "sallyport.alerts.webhook.url", "https://alerts.example/hook",
                "sallyport.alerts.webhook.secret", "a secret of more than 32 characters, for tests only");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.alerts.webhook.url", "alerts.example"),
                new Wrong("sallyport.alerts.webhook.url", "https://user:pass@alerts.example"),
                new Wrong("sallyport.alerts.webhook.url", "http://192.0.2.7/hook"),
                new Wrong("sallyport.alerts.webhook.secret", "too short"),
                new Wrong("sallyport.alerts.webhook.secret", ""),
                new Wrong("sallyport.alerts.webhook.timeout", "0s"),
                new Wrong("sallyport.alerts.webhook.timeout", "10m"),
                new Wrong("sallyport.alerts.webhook.answer-bytes", "0"));
    }

    @Override
    protected Class<?> bean() {
        return WebhookRoutes.class;
    }
}
