package sallyport.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the hub is compared with: eight threads, each with a connection and prepared statements of its own, that write the same rows
 * and make the same calls, one by one or by the hundred, and nothing else. No framework, no leases, no retries, no order, no second
 * node: a loop as one would write it if nothing ever went wrong.
 */
final class HandLoop {

    static final int THREADS = 8;

    private HandLoop() {}

    /** One thread's part. */
    interface Hand extends AutoCloseable {

        /** Does one batch from beginning to end; returns how many units it held, 0 when nothing is left. */
        int batch() throws Exception;

        @Override
        void close() throws Exception;
    }

    @FunctionalInterface
    interface Hands {
        Hand of(int thread) throws Exception;
    }

    /** Units a second, for about this long or until nothing is left. */
    static double perSecond(Hands hands, Duration length) throws Exception {
        List<Hand> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        AtomicLong units = new AtomicLong();
        try {
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(hands.of(thread));
            }
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (Hand hand : all) {
                running.add(threads.submit(() -> {
                    int done;
                    do {
                        done = hand.batch();
                        units.addAndGet(done);
                    } while (done > 0 && System.nanoTime() - start < length.toNanos());
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            return units.get() / ((System.nanoTime() - start) / 1e9);
        } finally {
            threads.shutdownNow();
            for (Hand hand : all) {
                hand.close();
            }
        }
    }

    /** A connection whose statements are prepared once, and an HTTP client that asks once. */
    static final class Tools implements AutoCloseable {

        // The same client as the hub's, shared by all threads as the hub shares it.
        private static final HttpClient HTTP = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();

        private final Connection connection;
        private final Map<String, PreparedStatement> statements = new HashMap<>();

        Tools(String url) throws SQLException {
            connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
        }

        PreparedStatement prepared(String sql) throws SQLException {
            PreparedStatement known = statements.get(sql);
            if (known == null) {
                known = connection.prepareStatement(sql);
                statements.put(sql, known);
            }
            return known;
        }

        /** Runs one statement over arrays, one element for each row. */
        void rows(String sql, Object... columns) throws SQLException {
            bind(sql, columns).executeUpdate();
        }

        PreparedStatement bind(String sql, Object... columns) throws SQLException {
            PreparedStatement statement = prepared(sql);
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] instanceof Collection<?> column) {
                    statement.setArray(i + 1, array(column));
                } else {
                    statement.setObject(i + 1, columns[i]);
                }
            }
            return statement;
        }

        private Array array(Collection<?> column) throws SQLException {
            Object first = column.isEmpty() ? "" : column.iterator().next();
            String type = first instanceof Long
                    ? "int8"
                    : first instanceof Integer ? "int4" : first instanceof byte[] ? "bytea" : "text";
            // The driver takes bytes only as an array of just that.
            return connection.createArrayOf(
                    type, first instanceof byte[] ? column.toArray(byte[][]::new) : column.toArray());
        }

        void commit() throws SQLException {
            connection.commit();
        }

        HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
            return exchange(HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer none")
                    .header("Accept", "application/json")
                    .build());
        }

        void send(String method, URI uri, String contentType, byte[] body) throws IOException, InterruptedException {
            int status = exchange(HttpRequest.newBuilder(uri)
                            .header("Content-Type", contentType)
                            .header("If-None-Match", "*")
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                            .build())
                    .statusCode();
            if (status != 201) {
                throw new IllegalStateException(uri + " answered " + status);
            }
        }

        private static HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
            try {
                return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException stale) {
                // A connection that stood unused during the hub's turn may be one that the partner has left.
                return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
