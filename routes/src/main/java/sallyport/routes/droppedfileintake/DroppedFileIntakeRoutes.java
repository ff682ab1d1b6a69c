package sallyport.routes.droppedfileintake;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Files from directories, whichever feed they are for. */
@Component
final class DroppedFileIntakeRoutes extends RouteBuilder {

    private final DroppedFileIntake intake;

    DroppedFileIntakeRoutes(DroppedFileIntake intake) {
        this.intake = intake;
    }

    @Override
    public void configure() {
        from("direct:dropped-file-intake-receive")
                .routeId("dropped-file-intake-receive")
                .description("Commits what a dropped file leads to, and says whether it is done or rejected")
                // What fails is said once by whoever looks at the directory.
                .errorHandler(noErrorHandler())
                .bean(intake, "receive");
    }
}
