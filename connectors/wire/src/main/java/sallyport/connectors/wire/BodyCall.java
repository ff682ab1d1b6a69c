package sallyport.connectors.wire;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/** A step of a route that replaces the body by what a method makes of it; another type of body is a defect and fails. */
public final class BodyCall implements Processor {

    /** Reads the body as what the method takes. */
    @FunctionalInterface
    private interface Step {
        Object apply(Exchange exchange) throws InvalidPayloadException;
    }

    private final Step step;

    private BodyCall(Step step) {
        this.step = step;
    }

    public static <T> BodyCall of(Class<T> body, Function<T, ?> method) {
        return new BodyCall(exchange -> method.apply(exchange.getMessage().getMandatoryBody(body)));
    }

    public static BodyCall of(Supplier<?> method) {
        return new BodyCall(exchange -> method.get());
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        exchange.getMessage().setBody(step.apply(exchange));
    }
}
