package sallyport.console.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error of the API as RFC 9457 has it. It never repeats what was sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error (RFC 9457). It never repeats what was sent.")
public record Problem(
        @Schema(description = "Always about:blank: the status says what kind it is") String type,
        @Schema(description = "The status in words") String title,
        @Schema(description = "The HTTP status") int status,
        @Schema(description = "What is wrong, for a person") String detail,
        @Schema(description = "The parameter or field that is wrong, for 400") @Nullable String parameter,
        @Schema(description = "What that parameter may be, where that is a list") @Nullable List<String> allowed) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null);
    }

    public static Problem of(int status) {
        return switch (status) {
            case 400 -> of(400, "Bad Request", "The request is not what was expected.");
            case 401 -> of(401, "Unauthorized", "A user name and a password are needed, and these are not it.");
            case 403 -> of(403, "Forbidden", "Your role does not allow this.");
            case 404 -> of(404, "Not Found", "There is no such thing, or it is outside your scope.");
            case 405 -> of(405, "Method Not Allowed", "This cannot be done with this method.");
            case 406 -> of(406, "Not Acceptable", "The answer is application/json.");
            case 410 -> of(410, "Gone", "Its content was erased when its time was over. The case says when.");
            case 413 -> of(413, "Content Too Large", "The body is too large.");
            case 415 -> of(415, "Unsupported Media Type", "The body is not of a type that is taken here.");
            case 429 -> of(429, "Too Many Requests", "Too many failed attempts. Wait as long as Retry-After says.");
            case 503 ->
                of(503, "Service Unavailable", "Too many are asking for this at once. Try again in a few seconds.");
            default ->
                status >= 500
                        ? of(status, "Internal Server Error", "Something went wrong. It is in the log.")
                        : of(status, "Error", "The request could not be answered.");
        };
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(JSON.writeValueAsBytes(this));
    }
}
