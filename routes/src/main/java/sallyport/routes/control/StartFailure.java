package sallyport.routes.control;

import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says in one line, with the name of the setting and never its value, why the hub could not start. */
public final class StartFailure {

    private StartFailure() {}

    /** Empty when no setting is to blame: then it is our defect, and the whole trace is wanted. */
    public static Optional<String> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfigurationPropertyValueException wrong) {
                return Optional.of(wrong.getName() + " " + wrong.getReason());
            }
            if (cause instanceof BindValidationException invalid) {
                return Optional.of(invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> invalid.getValidationErrors().getName() + ": " + error.getDefaultMessage()
                                + fieldOf(error))
                        .collect(Collectors.joining("; ")));
            }
            if (cause instanceof PortInUseException taken) {
                return Optional.of(
                        "port " + taken.getPort() + " is taken: set SALLYPORT_PORT or SALLYPORT_PARTNER_PORT");
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException unreadable) {
                return Optional.of(unreadable.getName() + " cannot be read as what it should be");
            }
        }
        return Optional.empty();
    }

    private static String fieldOf(ObjectError error) {
        return error instanceof FieldError field ? " (" + field.getField() + ")" : "";
    }
}
