package sallyport.routes.replay;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import sallyport.connectors.wire.Answer;
import sallyport.connectors.wire.OneShotHttp;
import sallyport.connectors.wire.Unavailable;
import sallyport.connectors.wire.Unknown;
import sallyport.ledger.replay.ReplayProperties;
import sallyport.ledger.replay.Shadow;

/**
 * Posts to the one address on this machine that the settings name, whatever the lane: nothing of a message chooses where it goes.
 * Lane and message id travel in headers, because the bytes are the partner's own format.
 */
@Component
final class ShadowPost implements Shadow {

    private final @Nullable URI url;
    private final OneShotHttp http =
            new OneShotHttp(new OneShotHttp.Limits(Duration.ofSeconds(1), Duration.ofSeconds(3), 65_536));

    ShadowPost(ReplayProperties properties) {
        this.url = properties.shadowUrl();
    }

    @Override
    public String send(String lane, String messageId, String contentType, byte[] bytes) {
        if (url == null) {
            return "no-shadow";
        }
        try {
            Answer answer = http.write(
                    HttpMethod.POST,
                    url,
                    headers -> {
                        headers.set(HttpHeaders.CONTENT_TYPE, contentType);
                        headers.set("Sallyport-Lane", lane);
                        headers.set("Sallyport-Message-Id", messageId);
                    },
                    bytes);
            return answer.successful() ? "accepted" : "status-" + answer.status();
        } catch (Unavailable | Unknown noAnswer) {
            return "no-answer";
        }
    }
}
