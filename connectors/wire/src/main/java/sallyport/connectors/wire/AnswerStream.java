package sallyport.connectors.wire;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The body of an answer while it comes: within its size and its time, whole, or {@link Unavailable}. */
final class AnswerStream extends InputStream {

    private final InputStream body;
    private final OneShotHttp.Limits limits;
    private final String partner;
    private final CompletableFuture<Void> inTime;
    private volatile boolean late;
    private long read;

    AnswerStream(HttpResponse<InputStream> answer, OneShotHttp.Limits limits, long deadline, String partner) {
        this.body = answer.body();
        this.limits = limits;
        this.partner = partner;
        // A read that waits for a partner that has fallen silent only ends when the stream is closed.
        this.inTime = new CompletableFuture<Void>()
                .orTimeout(OneShotHttp.left(deadline).toNanos(), NANOSECONDS);
        inTime.whenComplete(this::over);
        if (answer.headers().firstValueAsLong(HttpHeaders.CONTENT_LENGTH).orElse(0) > limits.answerBytes()) {
            close();
            throw tooLarge();
        }
    }

    private void over(@Nullable Void none, @Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            late = true;
            quietlyClosed();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        Objects.checkFromIndexSize(from, length, into.length);
        if (length == 0) {
            return 0;
        }
        try {
            int came = body.read(into, from, length);
            if (late) {
                throw tooLate();
            }
            read += Math.max(0, came);
            if (read > limits.answerBytes()) {
                close();
                throw tooLarge();
            }
            return came;
        } catch (IOException broken) {
            close();
            // The cause is left out: a parser's message may quote what the partner sent.
            throw late ? tooLate() : new Unavailable("no-answer", partner + ", the answer broke off", null, null);
        }
    }

    @Override
    public void close() {
        inTime.complete(null);
        quietlyClosed();
    }

    private void quietlyClosed() {
        try {
            body.close();
        } catch (IOException alreadyBroken) {
            // Nobody reads on.
        }
    }

    private Unavailable tooLarge() {
        return new Unavailable(
                "answer-too-large", partner + ", more than " + limits.answerBytes() + " bytes", null, null);
    }

    private Unavailable tooLate() {
        return new Unavailable("time-out", partner + ", no complete answer within " + limits.total(), null, null);
    }
}
