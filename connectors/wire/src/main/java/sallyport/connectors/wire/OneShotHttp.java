package sallyport.connectors.wire;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * HTTP that asks once: HTTP/1.1, no redirect followed, no cookie kept, nothing sent again, an end to every wait and to every
 * answer's size. What goes wrong on the wire is an {@link Unavailable} or an {@link Unknown}; every status comes back as an
 * {@link Answer} for {@link HttpFaults} to judge.
 *
 * <p>"Not sent" is refused, unknown host, connect time-out, TLS handshake or certificate alert, and any failure before the
 * first byte of a body was asked for: the partner cannot have a complete request then. A read without an answer is
 * {@code Unavailable} too; a write that left and has no complete answer is {@code Unknown}.
 */
public final class OneShotHttp {

    /** Attribute of a request that only reads: an interceptor may repeat it. */
    public static final String READS = OneShotHttp.class.getName() + ".reads";

    private static final String STREAMS = OneShotHttp.class.getName() + ".streams";
    private static final String DEADLINE = OneShotHttp.class.getName() + ".deadline";
    private static final String KEEP_ALIVE_SECONDS = "jdk.httpclient.keepalive.timeout";

    /** The JDK's client sets these itself and refuses them from others. */
    private static final Set<String> SET_BY_THE_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    static {
        // The JDK keeps idle connections for 20 minutes. A write on one that a firewall forgot would end as Unknown.
        if (System.getProperty(KEEP_ALIVE_SECONDS) == null) {
            System.setProperty(KEEP_ALIVE_SECONDS, "5");
        }
    }

    /**
     * Where every wait and every answer ends.
     *
     * @param connect until the TCP connection stands
     * @param total from the first step, tokens included, to the last byte of the answer
     * @param answerBytes the largest body that is read
     */
    public record Limits(Duration connect, Duration total, long answerBytes) {}

    private final Limits limits;
    private final HttpClient client;
    private final RestClient rest;
    private final PartnerPauses pauses = new PartnerPauses();

    public OneShotHttp(Limits limits, ClientHttpRequestInterceptor... interceptors) {
        this(limits, null, interceptors);
    }

    /** @param tls own identity and trusted authorities; without it the JVM's */
    public OneShotHttp(Limits limits, @Nullable SSLContext tls, ClientHttpRequestInterceptor... interceptors) {
        this.limits = limits;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .sslParameters(modernTls());
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.client = builder.build();
        this.rest = RestClient.builder()
                .requestFactory(OneShotRequest::new)
                .requestInterceptors(chain -> chain.addAll(List.of(interceptors)))
                .build();
    }

    private static SSLParameters modernTls() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return parameters;
    }

    /** The same way out for a library that brings its own {@link RestClient}; what it sends counts as a read. */
    public ClientHttpRequestFactory requestFactory() {
        return (uri, method) -> {
            OneShotRequest request = new OneShotRequest(uri, method);
            request.getAttributes().put(READS, true);
            return request;
        };
    }

    /**
     * Asks for something; whatever the method, the partner changes nothing.
     *
     * @throws Unavailable when no complete answer came
     */
    public Answer read(HttpMethod method, URI uri, Consumer<HttpHeaders> headers, byte @Nullable [] body) {
        return exchange(method, uri, headers, body, true);
    }

    /** Asks for what is at an address, as JSON. */
    public Answer get(URI uri) {
        return read(HttpMethod.GET, uri, headers -> headers.set(HttpHeaders.ACCEPT, "application/json"), null);
    }

    /** Asks a question that is too long for an address, JSON for JSON; the partner changes nothing. */
    public Answer query(URI uri, byte[] json) {
        return read(
                HttpMethod.POST,
                uri,
                headers -> {
                    headers.set(HttpHeaders.ACCEPT, "application/json");
                    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
                },
                json);
    }

    /**
     * Has the partner change something, once.
     *
     * @throws Unavailable when it provably did not reach the partner
     * @throws Unknown when it may have reached the partner and no complete answer came
     */
    public Answer write(HttpMethod method, URI uri, Consumer<HttpHeaders> headers, byte[] body) {
        return exchange(method, uri, headers, body, false);
    }

    /**
     * Asks for what is too large for memory. The reader gets a successful answer while it comes: its body is empty in the
     * {@link Answer} and is read from the stream, which ends as {@link Unavailable} where the answer breaks off, is larger than the
     * limit or takes longer than the total. Any other answer is complete, and there is nothing to stream.
     */
    public <T> T stream(URI uri, Consumer<HttpHeaders> headers, BiFunction<Answer, InputStream, T> reader) {
        return rest.method(HttpMethod.GET)
                .uri(uri)
                .headers(headers)
                .attribute(READS, true)
                .attribute(STREAMS, true)
                .attribute(DEADLINE, System.nanoTime() + limits.total().toNanos())
                .exchange((sent, received) -> {
                    int status = received.getStatusCode().value();
                    boolean streams = isStreamed(status);
                    byte[] complete = streams ? new byte[0] : received.getBody().readAllBytes();
                    return reader.apply(
                            new Answer(status, received.getHeaders(), complete),
                            streams ? received.getBody() : InputStream.nullInputStream());
                });
    }

    private static boolean isStreamed(int status) {
        return status >= 200 && status < 300;
    }

    private Answer exchange(
            HttpMethod method, URI uri, Consumer<HttpHeaders> headers, byte @Nullable [] body, boolean reads) {
        RestClient.RequestBodySpec request = rest.method(method)
                .uri(uri)
                .headers(headers)
                .attribute(READS, reads)
                .attribute(DEADLINE, System.nanoTime() + limits.total().toNanos());
        if (body != null) {
            request.body(body);
        }
        return request.exchange((sent, received) -> new Answer(
                received.getStatusCode().value(),
                received.getHeaders(),
                received.getBody().readAllBytes()));
    }

    /** One request: collects its body, sends it, and waits until the deadline of the exchange it belongs to. */
    private final class OneShotRequest extends AbstractClientHttpRequest {

        private final URI uri;
        private final HttpMethod method;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        OneShotRequest(URI uri, HttpMethod method) {
            this.uri = uri;
            this.method = method;
        }

        @Override
        public HttpMethod getMethod() {
            return method;
        }

        @Override
        public URI getURI() {
            return uri;
        }

        @Override
        protected OutputStream getBodyInternal(HttpHeaders headers) {
            return body;
        }

        @Override
        protected ClientHttpResponse executeInternal(HttpHeaders headers) {
            boolean reads = Boolean.TRUE.equals(getAttributes().get(READS));
            long deadline = getAttributes().get(DEADLINE) instanceof Long nanos
                    ? nanos
                    : System.nanoTime() + limits.total().toNanos();
            if (deadline - System.nanoTime() <= 0) {
                throw new Unavailable("time-out", partner() + ", nothing left of " + limits.total(), null, null);
            }
            if (reads) {
                pauses.check(partner());
            }
            WatchedBody watched = new WatchedBody(body.toByteArray());
            boolean streams = Boolean.TRUE.equals(getAttributes().get(STREAMS));
            HttpResponse<InputStream> answer =
                    send(request(headers, watched, deadline), info -> body(info, deadline, streams), reads, watched);
            if (answer.statusCode() < 100) {
                throw noAnswer("no-answer", "a status that is none", reads, watched);
            }
            if (reads) {
                pauses.heard(partner(), answer.statusCode(), headersOf(answer));
            }
            return streams && isStreamed(answer.statusCode())
                    ? new ReceivedResponse(answer, new AnswerStream(answer, limits, deadline, partner()))
                    : new ReceivedResponse(answer, answer.body());
        }

        private HttpResponse.BodySubscriber<InputStream> body(
                HttpResponse.ResponseInfo info, long deadline, boolean streams) {
            if (streams && isStreamed(info.statusCode())) {
                return HttpResponse.BodySubscribers.ofInputStream();
            }
            return HttpResponse.BodySubscribers.mapping(
                    new LimitedBody(
                            limits.answerBytes(),
                            info.headers()
                                    .firstValueAsLong(HttpHeaders.CONTENT_LENGTH)
                                    .orElse(0),
                            deadline),
                    ByteArrayInputStream::new);
        }

        private HttpResponse<InputStream> send(
                HttpRequest request,
                HttpResponse.BodyHandler<InputStream> handler,
                boolean reads,
                WatchedBody watched) {
            try {
                // Not sendAsync: on two processors that starts a thread for each answer.
                return client.send(request, handler);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw noAnswer("interrupted", "stopped while waiting", reads, watched);
            } catch (IOException | RuntimeException failed) {
                // The client takes an answer that is no HTTP for a mistake of its caller.
                throw classify(failed, reads, watched);
            }
        }

        private HttpRequest request(HttpHeaders headers, WatchedBody watched, long deadline) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .timeout(left(deadline))
                    .method(method.name(), watched.contentLength() == 0 && isBodiless() ? empty() : watched);
            headers.forEach((name, values) -> {
                if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            return request.setHeader(HttpHeaders.USER_AGENT, "Sallyport").build();
        }

        private boolean isBodiless() {
            return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.DELETE.equals(method);
        }

        private static HttpRequest.BodyPublisher empty() {
            return HttpRequest.BodyPublishers.noBody();
        }

        private RuntimeException classify(Throwable failure, boolean reads, WatchedBody watched) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnresolvedAddressException) {
                    return notSent("unknown-host", failure);
                }
                if (cause instanceof AnswerTooLarge) {
                    return noAnswer("answer-too-large", "more than " + limits.answerBytes() + " bytes", reads, watched);
                }
                if (cause instanceof TimeoutException) {
                    return late(reads, watched);
                }
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof HttpConnectTimeoutException) {
                    return notSent("connect-time-out", failure);
                }
                if (cause instanceof HttpTimeoutException) {
                    return late(reads, watched);
                }
                if (cause instanceof NoRouteToHostException) {
                    return notSent("no-route", failure);
                }
                if (cause instanceof ConnectException) {
                    return notSent("connection-refused", failure);
                }
                // Also a TLS 1.3 certificate alert, which comes after the request was written: it was not read.
                if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
                    TlsFaults.Fault fault = TlsFaults.of(cause);
                    return new Unavailable(fault.code(), partner() + ", " + fault.detail(), null, failure);
                }
            }
            // The cause is left out: a parser's message may quote what the partner sent.
            Throwable first = failure.getCause() == null ? failure : failure.getCause();
            return noAnswer("no-answer", first.getClass().getSimpleName(), reads, watched);
        }

        private RuntimeException late(boolean reads, WatchedBody watched) {
            return noAnswer("time-out", "no complete answer within " + limits.total(), reads, watched);
        }

        private Unavailable notSent(String code, Throwable cause) {
            return new Unavailable(code, partner(), null, cause);
        }

        private RuntimeException noAnswer(String code, String detail, boolean reads, WatchedBody watched) {
            String line = partner() + ", " + detail;
            return reads || watched.provablyStayed()
                    ? new Unavailable(code, line, null, null)
                    : new Unknown(code, line, null);
        }

        private String partner() {
            return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        }
    }

    /**
     * For all clients of this process: how long a partner is left alone at most when it asks for it. While it is, reads end as
     * {@link Unavailable} before a byte has left; sends have the breaker of their lane.
     */
    public static void longestPause(Duration most) {
        PartnerPauses.longest(most);
    }

    private static HttpHeaders headersOf(HttpResponse<?> answer) {
        HttpHeaders headers = new HttpHeaders();
        answer.headers().map().forEach(headers::put);
        return headers;
    }

    static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** A body that knows whether anyone asked for it: until then no complete request can have left. */
    private static final class WatchedBody implements HttpRequest.BodyPublisher {

        private enum State {
            HERE,
            ASKED_FOR,
            WITHDRAWN
        }

        private final HttpRequest.BodyPublisher bytes;
        private final AtomicReference<State> state = new AtomicReference<>(State.HERE);

        WatchedBody(byte[] bytes) {
            this.bytes = HttpRequest.BodyPublishers.ofByteArray(bytes);
        }

        /** Once this said yes it stays true: whoever asks later gets nothing. */
        boolean provablyStayed() {
            return bytes.contentLength() > 0
                    && (state.compareAndSet(State.HERE, State.WITHDRAWN) || state.get() == State.WITHDRAWN);
        }

        @Override
        public long contentLength() {
            return bytes.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            if (state.compareAndSet(State.HERE, State.ASKED_FOR) || state.get() == State.ASKED_FOR) {
                bytes.subscribe(subscriber);
            } else {
                subscriber.onSubscribe(new NothingMore());
                subscriber.onError(new IOException("withdrawn"));
            }
        }
    }

    /** Collects an answer up to a size and a moment; one byte more, or later, and the connection is dropped. */
    private static final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

        private final long limit;
        private final long announced;
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final long deadline;
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        LimitedBody(long limit, long announced, long deadline) {
            this.limit = limit;
            this.announced = announced;
            this.deadline = deadline;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            if (announced > limit) {
                refuse();
            } else {
                // The client's own time-out ends with the head of the answer.
                body.orTimeout(left(deadline).toNanos(), NANOSECONDS).exceptionally(failure -> {
                    if (failure instanceof TimeoutException) {
                        subscription.cancel();
                    }
                    return null;
                });
                subscription.request(1);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (body.isDone()) {
                return;
            }
            for (ByteBuffer buffer : buffers) {
                if (collected.size() + (long) buffer.remaining() > limit) {
                    refuse();
                    return;
                }
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                collected.write(bytes, 0, bytes.length);
            }
            if (subscription != null) {
                subscription.request(1);
            }
        }

        private void refuse() {
            if (subscription != null) {
                subscription.cancel();
            }
            body.completeExceptionally(new AnswerTooLarge());
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(collected.toByteArray());
        }
    }

    private static final class NothingMore implements Flow.Subscription {

        @Override
        public void request(long count) {
            // There is nothing to give.
        }

        @Override
        public void cancel() {
            // There is nothing to stop.
        }
    }

    private static final class AnswerTooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record ReceivedResponse(HttpResponse<InputStream> answer, InputStream body) implements ClientHttpResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatusCode.valueOf(answer.statusCode());
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            return headersOf(answer);
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException alreadyBroken) {
                // Nobody reads on.
            }
        }
    }
}
