package sallyport.simulators.rest;

import com.github.tomakehurst.wiremock.http.Request;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request, as far as a partner looks at it. */
public record Asked(Request request) {

    public String method() {
        return request.getMethod().getName();
    }

    public String path() {
        return URI.create(request.getUrl()).getPath();
    }

    /** Path segments, decoded, from 0. */
    public String segment(int position) {
        String[] segments =
                URI.create(request.getUrl()).getRawPath().substring(1).split("/");
        return position < segments.length ? URLDecoder.decode(segments[position], StandardCharsets.UTF_8) : "";
    }

    public int segments() {
        return URI.create(request.getUrl()).getRawPath().substring(1).split("/").length;
    }

    /** Every value of a query parameter, repeated or separated by commas. */
    public List<String> all(String parameter) {
        var values = request.queryParameter(parameter);
        return values.isPresent()
                ? values.values().stream()
                        .flatMap(value -> List.of(value.split(",")).stream())
                        .toList()
                : List.of();
    }

    /** The query parameter as given, commas and all. */
    public Optional<String> one(String parameter) {
        var values = request.queryParameter(parameter);
        return values.isPresent() ? Optional.of(values.firstValue()) : Optional.empty();
    }

    public List<String> raw(String parameter) {
        var values = request.queryParameter(parameter);
        return values.isPresent() ? values.values() : List.of();
    }

    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    public byte[] body() {
        byte[] body = request.getBody();
        return body == null ? new byte[0] : body;
    }
}
