package sallyport.routes.phonereportintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Telephone reports: cut out of what came, and matched with the incident report that follows. */
@Component
final class PhoneReportIntakeRoutes extends RouteBuilder {

    private final PhoneReportIntake intake;

    PhoneReportIntakeRoutes(PhoneReportIntake intake) {
        this.intake = intake;
    }

    @Override
    public void configure() {
        from("ledger:telephone-mail")
                .routeId("phone-report-intake-open")
                .description("Opens a mail and stores each telephone report in it, readable or not")
                .bean(intake, "open");

        from("ledger:telephone-match")
                .routeId("phone-report-intake-match")
                .description("Looks for the incident report that a telephone report announced, or asks a person")
                .bean(intake, "match");
    }
}
