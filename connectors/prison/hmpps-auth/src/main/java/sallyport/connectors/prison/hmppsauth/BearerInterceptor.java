package sallyport.connectors.prison.hmppsauth;

import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import sallyport.connectors.wire.OneShotHttp;

/**
 * Puts the token on every request. A 401 drops the token; a read is then repeated once with a fresh one, and a second 401
 * is handed on, so there is no loop. Must stand last in the chain.
 */
final class BearerInterceptor implements ClientHttpRequestInterceptor {

    private static final int UNAUTHORISED = 401;

    private final Tokens tokens;

    BearerInterceptor(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        String token = tokens.current();
        request.getHeaders().setBearerAuth(token);
        ClientHttpResponse response = execution.execute(request, body);
        if (response.getStatusCode().value() != UNAUTHORISED) {
            return response;
        }
        tokens.invalidate(token);
        if (!Boolean.TRUE.equals(request.getAttributes().get(OneShotHttp.READS))) {
            return response;
        }
        response.close();
        request.getHeaders().setBearerAuth(tokens.current());
        return execution.execute(request, body);
    }
}
