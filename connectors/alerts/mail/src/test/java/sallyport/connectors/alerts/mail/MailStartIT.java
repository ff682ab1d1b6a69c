package sallyport.connectors.alerts.mail;

import java.util.List;
import java.util.Map;
import sallyport.connectors.contract.StartContract;

class MailStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(MailConfiguration.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.alerts.mail.host";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of(
                "sallyport.alerts.mail.host", "mail.example",
                "sallyport.alerts.mail.user", "hub",
                "sallyport.alerts.mail.password", "x",
                "sallyport.alerts.mail.from", "hub@example.org",
                "sallyport.alerts.mail.to", "night@example.org,day@example.org");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.alerts.mail.port", "0"),
                new Wrong("sallyport.alerts.mail.security", "none"),
                new Wrong("sallyport.alerts.mail.password", ""),
                new Wrong("sallyport.alerts.mail.from", "not an address"),
                new Wrong("sallyport.alerts.mail.to", ""),
                new Wrong("sallyport.alerts.mail.to", "night@example.org,nobody"),
                new Wrong("sallyport.alerts.mail.timeout", "0s"));
    }

    @Override
    protected Class<?> bean() {
        return MailRoutes.class;
    }
}
