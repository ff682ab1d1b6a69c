package sallyport;

import java.io.PrintStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import sallyport.ledger.EvidenceCheck;
import sallyport.ledger.Finding;
import sallyport.ledger.Verification;
import sallyport.ledger.engine.EvidenceAlone;
import sallyport.routes.control.StartFailure;

/**
 * {@code java -jar hub.jar verify}: the evidence log, checked against its checkpoints, beside a running hub or without one. Ends with
 * 0 when it is intact, 1 when it is not, 2 when it could not be checked.
 */
final class VerifyCommand {

    static final String NAME = "verify";

    private static final Pattern VARIABLE = Pattern.compile("\\bSALLYPORT_[A-Z_]+\\b");

    private VerifyCommand() {}

    static int run(PrintStream out) {
        Verification verification;
        try (var context = new SpringApplicationBuilder(EvidenceAlone.class)
                .web(WebApplicationType.NONE)
                // What it has to say is what it prints.
                .run(
                        "--logging.threshold.console=OFF",
                        "--spring.main.log-startup-info=false",
                        "--spring.datasource.hikari.maximum-pool-size=1",
                        "--spring.datasource.hikari.initialization-fail-timeout=-1")) {
            verification = context.getBean(EvidenceCheck.class).verify();
        } catch (RuntimeException failure) {
            out.println("Could not be checked: " + setting(failure));
            return Verification.State.UNCHECKED.exitCode();
        }
        print(verification, out);
        return verification.state().exitCode();
    }

    private static void print(Verification verification, PrintStream out) {
        out.println(verification.summary());
        for (Finding finding : verification.findings()) {
            out.println("  " + finding.text());
        }
        if (verification.found() > verification.findings().size()) {
            out.println("  ...");
        }
        if (verification.state() != Verification.State.UNCHECKED) {
            out.printf(
                    Locale.ROOT,
                    "%,d entries and %,d checkpoints were found as they were written, %,d entries are not chained yet; %.1f s.%n",
                    verification.entries(),
                    verification.checkpoints(),
                    verification.unchained(),
                    verification.took().toMillis() / 1000.0);
        }
    }

    private static String setting(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher unset = VARIABLE.matcher(String.valueOf(cause.getMessage()));
            if (cause instanceof IllegalArgumentException && unset.find()) {
                return unset.group() + " is not set.";
            }
        }
        return StartFailure.explain(failure)
                .orElseGet(() -> "the hub's settings cannot be read ("
                        + failure.getClass().getSimpleName() + ").");
    }
}
