package sallyport.connectors.prison.phonereports;

import java.util.List;
import java.util.Map;
import sallyport.connectors.contract.StartContract;

class PhoneReportsStartIT extends StartContract {

    @Override
    protected List<Class<?>> configurations() {
        return List.of(PhoneReportsConfiguration.class);
    }

    @Override
    protected String switchedOnBy() {
        return "sallyport.phone-reports.host";
    }

    @Override
    protected Map<String, Object> complete() {
        return Map.of(
                "sallyport.phone-reports.host", "mail.example",
                "sallyport.phone-reports.user", "hub",
                "sallyport.phone-reports.password", "x",
                "sallyport.phone-reports.truststore-password", "x",
                "sallyport.phone-reports.senders", "desk@example.org,@unit.example.org");
    }

    @Override
    protected List<Wrong> wrong() {
        return List.of(
                new Wrong("sallyport.phone-reports.port", "0"),
                new Wrong("sallyport.phone-reports.security", "none"),
                new Wrong("sallyport.phone-reports.truststore", "/nowhere.p12"),
                new Wrong("sallyport.phone-reports.user", ""),
                new Wrong("sallyport.phone-reports.password", ""),
                new Wrong("sallyport.phone-reports.folder", ""),
                new Wrong("sallyport.phone-reports.processed-folder", "inbox"),
                new Wrong("sallyport.phone-reports.senders", ""),
                new Wrong("sallyport.phone-reports.senders", "desk@example.org,nobody"),
                new Wrong("sallyport.phone-reports.senders", "@"),
                new Wrong("sallyport.phone-reports.max-mail", "2GB"),
                new Wrong("sallyport.phone-reports.mails-per-read", "0"),
                new Wrong("sallyport.phone-reports.connect-timeout", "0s"),
                new Wrong("sallyport.phone-reports.timeout", "-1s"),
                new Wrong("sallyport.phone-reports.total-timeout", "0s"));
    }

    @Override
    protected Class<?> bean() {
        return PhoneReportsRoutes.class;
    }
}
