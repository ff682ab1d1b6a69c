package sallyport.connectors.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import sallyport.mappings.Rejected;

/**
 * What an HTTP status means where a partner has no rule of its own: a success is handed on, anything else is thrown as
 * {@link Rejected}, {@link Unavailable} or {@link Unknown}. A connector's own table looks first and falls through to here.
 *
 * <p>401 and 403 are {@code Unavailable}: nothing was taken, and an operator can mend it, not the owner of the data.
 */
public final class HttpFaults {

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /** Not taken, and may be taken later. */
    private static final Set<Integer> LATER = Set.of(408, 421, 425, 429, 503);

    private HttpFaults() {}

    public static Answer ofRead(Answer answer) {
        if (answer.successful()) {
            return answer;
        }
        RuntimeException refused = notTaken(answer);
        // Nothing was to change, so a server's fault or a redirect is only one more way of not answering.
        throw refused != null ? refused : unavailable(answer, "http-" + answer.status());
    }

    public static Answer ofWrite(Answer answer) {
        if (answer.successful()) {
            return answer;
        }
        RuntimeException refused = notTaken(answer);
        // A 500, 502, 504 or redirect does not say whether the partner had already acted.
        throw refused != null ? refused : new Unknown("http-" + answer.status(), "no word whether it was taken", null);
    }

    /**
     * What a 404 or 410 says about a record: true, the partner does not know it (any more); false, it was another status.
     *
     * @throws Unavailable when the body is not JSON: then something in between answered that does not know the partner, and
     *     believing it would make every record look deleted
     */
    public static boolean gone(Answer answer) {
        if (answer.status() != 404 && answer.status() != 410) {
            return false;
        }
        String type = answer.headers().getFirst(HttpHeaders.CONTENT_TYPE);
        if (answer.body().length == 0 || type != null && type.contains("json")) {
            return true;
        }
        throw unavailable(answer, "http-" + answer.status());
    }

    /** Like {@link #ofRead} where the address is not that of a record: a 404 or 410 means that the address is wrong. */
    public static Answer ofList(Answer answer) {
        if (answer.status() == 404 || answer.status() == 410) {
            throw unavailable(answer, "http-" + answer.status());
        }
        return ofRead(answer);
    }

    private static @Nullable RuntimeException notTaken(Answer answer) {
        int status = answer.status();
        if (status == 401) {
            return unavailable(answer, "unauthorised");
        }
        if (status == 403) {
            return unavailable(answer, "forbidden");
        }
        if (LATER.contains(status)) {
            return unavailable(answer, "http-" + status);
        }
        return status >= 400 && status < 500 ? new Rejected("http-" + status, "/") : null;
    }

    private static Unavailable unavailable(Answer answer, String code) {
        return new Unavailable(code, "status " + answer.status(), retryAfter(answer.headers()), null);
    }

    /** {@code Retry-After} as seconds or, with the partner's own {@code Date}, as a time; at most a day, else nothing. */
    public static @Nullable Duration retryAfter(HttpHeaders headers) {
        String text = headers.getFirst(HttpHeaders.RETRY_AFTER);
        if (text == null) {
            return null;
        }
        try {
            Duration wait = text.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text.strip()))
                    : untilTime(text.strip(), headers.getFirst(HttpHeaders.DATE));
            if (wait == null || wait.isNegative()) {
                return null;
            }
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static @Nullable Duration untilTime(String until, @Nullable String partnersNow) {
        if (partnersNow == null) {
            return null;
        }
        DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME;
        return Duration.between(ZonedDateTime.parse(partnersNow, format), ZonedDateTime.parse(until, format));
    }
}
