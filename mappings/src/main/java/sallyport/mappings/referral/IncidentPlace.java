package sallyport.mappings.referral;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.incident.IncidentReport;

/**
 * Where in the prison it happened, as a key that is equal for equal places: the answers to the questions of where, with what was
 * written beside them but for case, spaces and signs. A digest, because what people write beside an answer may name somebody.
 */
public final class IncidentPlace {

    private IncidentPlace() {}

    /** Empty where the report does not say. */
    public static Optional<String> of(IncidentReport report) {
        List<String> answers = ReportAnswers.of(report, ReportAnswers.Part.PLACE).stream()
                .map(answer -> answer.question().code() + "\n"
                        + plain(answer.response().label()) + "\n"
                        + plain(answer.response().additionalInformation()))
                .distinct()
                .sorted()
                .toList();
        return answers.isEmpty()
                ? Optional.empty()
                : Optional.of(Sha256.hex(String.join("\n\n", answers).getBytes(StandardCharsets.UTF_8)));
    }

    private static String plain(@Nullable String text) {
        return text == null
                ? ""
                : text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip();
    }
}
